"""Saved views: what a row is, what JSON is."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from simflow.errors import Problem
from simflow.requests.filters import Filters
from simflow.requests.grouping import By
from simflow.requests.models import AnyColumn
from simflow.requests.sorting import BY_FIELD, AnySort
from simflow.text import STORABLE

ViewName = Annotated[str, Meta(min_length=1, max_length=100, pattern=STORABLE)]


class Layout(StrEnum):
    LIST = "list"
    BOARD = "board"
    TIMELINE = "timeline"


class ViewQuery(Filters, frozen=True):
    """The query parameters of the list that the view shows, and how it shows them."""

    sort: Annotated[AnySort | None, Meta(description=BY_FIELD)] = None
    group: By | None = None
    columns: Annotated[list[AnyColumn], Meta(max_length=60)] | None = None


class ViewRow(Struct):
    """`query` is JSON, a `ViewQuery`."""

    id: UUID
    name: str
    layout: Layout
    query: str
    shared: bool
    owner_id: UUID
    owner_name: str
    created_at: datetime
    updated_at: datetime
    version: int


class View(Struct, rename="camel"):
    """A saved view; `canEdit` is true for its owner and, where it is shared, for admins."""

    id: UUID
    name: str
    layout: Layout
    query: ViewQuery
    shared: bool
    owner_id: UUID
    owner_name: str
    can_edit: bool
    created_at: datetime
    updated_at: datetime
    version: int


class NewView(Struct, rename="camel", forbid_unknown_fields=True):
    name: ViewName
    layout: Layout
    query: ViewQuery
    shared: bool = False


class ViewChanges(Struct, rename="camel", forbid_unknown_fields=True):
    """Only what is given is changed."""

    name: ViewName | None = None
    layout: Layout | None = None
    query: ViewQuery | None = None
    shared: bool | None = None


class OneView(Struct):
    view: View


class ViewList(Struct):
    """One's own views and those that are shared with one, by name."""

    views: list[View]


class StaleViewProblem(Problem, kw_only=True):
    """The view as it is now."""

    view: View
