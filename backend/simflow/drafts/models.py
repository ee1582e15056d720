"""Drafts: what a row is, what JSON is."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from simflow.errors import Problem
from simflow.requests.models import Data, Priority, Tags

Begun = Annotated[str, Meta(max_length=255)]
BegunDescription = Annotated[str, Meta(max_length=20_000)]
BegunVendor = Annotated[str, Meta(max_length=100)]
BegunSlug = Annotated[str, Meta(max_length=40)]


class Content(Struct, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """What a request is going to say, as far as it has been told. Nothing is checked but how long it is."""

    title: Begun | None = None
    description: BegunDescription | None = None
    vendor: BegunVendor | None = None
    priority: Priority | None = None
    due_date: date | None = None
    tags: Tags | None = None
    study_type: BegunSlug | None = None
    data: Data | None = None


class DraftRow(Struct):
    """`content` is JSON, a `Content`."""

    id: UUID
    content: str
    created_at: datetime
    updated_at: datetime
    version: int


class Draft(Struct, rename="camel"):
    """A draft of the caller's. It goes by itself at `expiresAt`, unless it is changed before."""

    id: UUID
    content: Content
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    version: int


class DraftBody(Struct, rename="camel", forbid_unknown_fields=True):
    """The whole content, as it is to be."""

    content: Content


class OneDraft(Struct):
    draft: Draft


class DraftList(Struct):
    """The caller's drafts, the last changed first."""

    drafts: list[Draft]


class OneContent(Struct):
    content: Content


class StaleDraftProblem(Problem, kw_only=True):
    """The draft as it is now."""

    draft: Draft
