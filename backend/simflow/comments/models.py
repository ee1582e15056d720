"""Comments: what a row is, what JSON is."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from simflow.errors import Problem
from simflow.text import STORABLE
from simflow.users.models import Role

Content = Annotated[str, Meta(min_length=1, max_length=10_000, pattern=STORABLE)]


class Comment(Struct, rename="camel"):
    """One comment. An internal one exists only for engineers, managers and admins.

    `content` is empty once it is withdrawn. `version` counts its changes.
    """

    id: UUID
    request_id: UUID
    author_id: UUID
    author_name: str
    author_role: Role
    content: str
    internal: bool
    created_at: datetime
    version: int
    edited_at: datetime | None
    withdrawn_at: datetime | None


class NewComment(Struct, forbid_unknown_fields=True):
    content: Content
    internal: bool = False


class CommentChange(Struct, forbid_unknown_fields=True):
    content: Content


class CommentVersion(Struct, rename="camel"):
    """What a comment said, and since when."""

    version: int
    content: str
    written_at: datetime


class CommentHistory(Struct):
    """Oldest first; the last one is what the comment says now, unless it is withdrawn."""

    versions: list[CommentVersion]


class StaleCommentProblem(Problem, kw_only=True):
    """The comment as it is now."""

    comment: Comment


class OneComment(Struct):
    comment: Comment
