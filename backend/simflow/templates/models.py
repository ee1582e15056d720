"""Templates: what a row is, what JSON is."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from simflow.drafts.models import Content
from simflow.errors import Problem
from simflow.text import STORABLE

TemplateName = Annotated[str, Meta(min_length=1, max_length=100, pattern=STORABLE)]


class TemplateRow(Struct):
    """`content` is JSON, a `Content`."""

    id: UUID
    name: str
    content: str
    created_at: datetime
    updated_at: datetime
    version: int


class Template(Struct, rename="camel"):
    """What a new request may begin with."""

    id: UUID
    name: str
    content: Content
    created_at: datetime
    updated_at: datetime
    version: int


class NewTemplate(Struct, rename="camel", forbid_unknown_fields=True):
    name: TemplateName
    content: Content


class TemplateChanges(Struct, rename="camel", forbid_unknown_fields=True):
    """Only what is given is changed; the content as a whole."""

    name: TemplateName | None = None
    content: Content | None = None


class OneTemplate(Struct):
    template: Template


class TemplateList(Struct, rename="camel"):
    """By name. `canEdit`: whether the caller may make and change them."""

    templates: list[Template]
    can_edit: bool


class StaleTemplateProblem(Problem, kw_only=True):
    """The template as it is now."""

    template: Template
