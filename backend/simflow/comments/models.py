"""Comments: what a row is, what JSON is."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from simflow.text import STORABLE
from simflow.users.models import Role


class Comment(Struct, rename="camel"):
    """One comment. An internal one exists only for engineers, managers and admins."""

    id: UUID
    request_id: UUID
    author_id: UUID
    author_name: str
    author_role: Role
    content: str
    internal: bool
    created_at: datetime


class NewComment(Struct, forbid_unknown_fields=True):
    content: Annotated[str, Meta(min_length=1, max_length=10_000, pattern=STORABLE)]
    internal: bool = False


class OneComment(Struct):
    comment: Comment
