"""Requests: what a row is, what JSON is."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from simflow.comments.models import Comment
from simflow.errors import NotFound, Problem
from simflow.requests.layout import Basis
from simflow.requests.workflow import Action, Status, WaitsFor
from simflow.study.fields import COLUMN
from simflow.study.models import FieldValue, Slug
from simflow.text import STORABLE, form

Title = Annotated[str, Meta(min_length=1, max_length=255, pattern=STORABLE)]
Description = Annotated[str, Meta(min_length=1, max_length=20_000, pattern=STORABLE)]
Vendor = Annotated[str, Meta(min_length=1, max_length=100, pattern=STORABLE)]
Reason = Annotated[str, Meta(min_length=1, max_length=10_000, pattern=STORABLE)]
Tag = Annotated[str, Meta(min_length=1, max_length=40, pattern=STORABLE)]
Tags = Annotated[list[Tag], Meta(max_length=20)]
Data = Annotated[dict[str, Any], Meta(max_length=100)]
"""Values by the names of fields: text, a number or `{value, unit}`, a date, a person's id; null takes one away."""
Hours = Annotated[int, Meta(ge=1, le=10_000)]

KEY = re.compile(r"SF-(\d{1,18})", re.ASCII | re.IGNORECASE)


class Priority(StrEnum):
    LOW = "Low"
    MEDIUM = "Medium"
    HIGH = "High"


class ColumnName(StrEnum):
    """The fields of a request that a list or an export shows; people by their names."""

    KEY = "key"
    TITLE = "title"
    DESCRIPTION = "description"
    STATUS = "status"
    WAITS_FOR = "waitsFor"
    PRIORITY = "priority"
    VENDOR = "vendor"
    CREATED_BY = "createdBy"
    ASSIGNED_TO = "assignedTo"
    ESTIMATED_HOURS = "estimatedHours"
    REVISIONS = "revisions"
    DUE_DATE = "dueDate"
    TAGS = "tags"
    STUDY_TYPE = "studyType"
    DATA = "data"
    STATUS_SINCE = "statusSince"
    STARTED_AT = "startedAt"
    COMPLETED_AT = "completedAt"
    CREATED_AT = "createdAt"
    UPDATED_AT = "updatedAt"


A_COLUMN = form(
    f"^(?:{'|'.join(ColumnName)}|{COLUMN}[a-z][a-z0-9_]{{0,39}})$",
    f"must be {', '.join(ColumnName)} or {COLUMN} and the name of a field, such as {COLUMN}payload",
)
AnyColumn = Annotated[str, Meta(pattern=A_COLUMN)]
"""A `ColumnName`, or a field of the simulation data."""


class Request(Struct, rename="camel"):
    """One request. `version` counts its changes and is the ETag; comments do not change it.

    It has its status since `statusSince`. `startedAt` is when it first was In Progress; `completedAt` when it last
    became Completed, while it is Completed or Accepted; `revisions` how often one was requested; `waitsFor` who has the
    ball; `overdue`: the day (UTC) on which it was due has passed, and its result has not come; `clockStopped`: it waits
    for an answer since `statusSince`, which cycle times leave out.
    """

    id: UUID
    key: str
    title: str
    description: str
    vendor: str
    status: Status
    priority: Priority
    created_by: UUID
    created_by_name: str
    assigned_to: UUID | None
    assigned_to_name: str | None
    estimated_hours: int | None
    created_at: datetime
    updated_at: datetime
    version: int
    status_since: datetime
    started_at: datetime | None
    completed_at: datetime | None
    revisions: int
    waits_for: WaitsFor | None
    due_date: date | None
    tags: list[str]
    study_type: str | None
    overdue: bool
    clock_stopped: bool


class Listed(Request):
    """A request in a list. `values` has what was asked for of its simulation data, by the names of fields."""

    values: dict[str, FieldValue] | UnsetType = UNSET


class Whole(Request):
    """A request with what hinders it, null where nothing can, and its comments as a JSON list of `Comment`, null where
    there are none."""

    codes: list[str] | None
    comments: str | None


class EnteredWhole(Whole):
    """The same with the columns of a `Session`. Of a request that there is not, or not for them, all else is null."""

    session: tuple[Any, ...]


class Hindrances(Struct):
    """What keeps a request from its next step: `criterion:Cycle time`, `field:Payload`, `agreement:requester`."""

    id: UUID
    codes: list[str]


class RequestTitle(Struct):
    """A request as others refer to it."""

    id: UUID
    key: str
    title: str
    status: Status


class Card(Request):
    """A request with every move from its status, those that are not open to the caller included."""

    actions: list[Action]


class RequestDetail(Card):
    """A request with what the caller may do: move it, and whether it, or its tags, can be edited."""

    can_edit: bool
    can_tag: bool


class NewRequest(Struct, rename="camel", forbid_unknown_fields=True):
    """`draftId` is the draft that it was written in, which goes with it."""

    title: Title
    description: Description
    vendor: Vendor
    priority: Priority
    due_date: date | None = None
    tags: Tags | None = None
    study_type: Slug | None = None
    data: Data | None = None
    draft_id: UUID | None = None


class RequestChanges(Struct, rename="camel", forbid_unknown_fields=True):
    """Only what is given is changed; a due date is taken away by null."""

    title: Title | None = None
    description: Description | None = None
    vendor: Vendor | None = None
    priority: Priority | None = None
    due_date: date | UnsetType | None = UNSET
    tags: Tags | None = None
    study_type: Slug | UnsetType | None = UNSET
    data: Data | None = None


class Move(Struct, rename="camel", forbid_unknown_fields=True):
    """A change of status. `suggestedHours` goes with opening a discussion."""

    status: Status
    reason: Reason | None = None
    suggested_hours: Hours | None = None


class Assignment(Struct, rename="camel", forbid_unknown_fields=True):
    engineer_id: UUID
    estimated_hours: Hours


class BulkChange(Struct, rename="camel", forbid_unknown_fields=True):
    """One change of many requests, named by id or key: exactly one of `move`, `assign` and `priority`."""

    requests: Annotated[list[Annotated[str, Meta(min_length=1, max_length=100)]], Meta(min_length=1, max_length=500)]
    move: Move | None = None
    assign: Assignment | None = None
    priority: Priority | None = None


class Refused(Struct):
    """A request that was left as it is, as it was referred to; `status` is what it would have been answered alone."""

    reference: str
    key: str | None
    status: int
    detail: str


class BulkResult(Struct):
    """What was done stays done, whatever was refused beside it."""

    done: list[Request]
    refused: list[Refused]


class Column(Struct, rename="camel"):
    """A status with all that match counted, and the first of them; `nextCursor` goes on in this column."""

    status: Status
    count: int
    cards: list[Card]
    next_cursor: str | None


class Board(Struct):
    columns: list[Column]


class Busy(Struct):
    """Who has open work: how much that matches, and how much in all; their hours where the caller sees all of it."""

    id: UUID
    name: str
    weekly_hours: int | None
    matching: int
    open_requests: int
    found: list[UUID] | None


class ScheduledRequest(Struct, rename="camel"):
    """As much of a request as a timeline shows."""

    id: UUID
    key: str
    title: str
    vendor: str
    status: Status
    priority: Priority
    created_at: datetime
    estimated_hours: int | None


class TimelineItem(Struct):
    """A request from `start` to `end`, exclusively; null where that cannot be told."""

    request: ScheduledRequest
    start: datetime | None
    end: datetime | None
    basis: Basis


class EngineerWork(Struct, rename="camel"):
    """What an engineer has, in the order in which it will be done; hours and sums are of all their open work.

    They are null where the caller may not see all of it.
    """

    engineer_id: UUID
    name: str
    weekly_hours: int | None
    open_requests: int | None
    open_hours: int | None
    items: list[TimelineItem]


class Timeline(Struct, rename={"start": "from", "end": "to", "next_cursor": "nextCursor"}):
    """From the Monday of this week, to a Monday exclusively. Work that begins later is not shown.

    Engineers are in the order of their names, each with all that is shown; `nextCursor` is null on the last page.
    """

    start: datetime
    end: datetime
    engineers: list[EngineerWork]
    next_cursor: str | None


class RequestPage(Struct, rename="camel"):
    """`nextCursor` is null on the last page."""

    requests: list[Listed]
    next_cursor: str | None


class RequestWithComments(Struct):
    request: RequestDetail
    comments: list[Comment]


class OneRequest(Struct):
    request: RequestDetail


class IllegalMoveProblem(Problem, rename="camel", kw_only=True):
    """Where the request stands, and what the caller may do with it now."""

    current_status: Status
    actions: list[Action]


class StaleProblem(Problem, kw_only=True):
    """The request as it is now."""

    request: RequestDetail


class Counts(Struct, rename="camel"):
    """How many requests the caller may see; `byStatus` names every status."""

    total: int
    by_status: dict[str, int]


class Place(Struct):
    """Where a request stands in an order by the value of a field."""

    id: UUID
    number: int
    value: tuple[float, str] | None


class StatusCount(Struct):
    status: Status
    count: int


class FacetCount(Struct):
    """Without a value where that could not be told."""

    value: str | None
    count: int


class GroupRow(Struct):
    """What the requests of a group have in common; null where nobody is assigned."""

    value: str | None
    label: str | None
    count: int


class PersonName(Struct):
    id: UUID
    name: str


class VendorCount(Struct):
    vendor: str
    count: int


class Vendors(Struct):
    """The vendors of the requests that the caller may see, the commonest first."""

    vendors: list[VendorCount]


class Reference(NamedTuple):
    """How a path names a request: the column it is found by, and the value."""

    column: str
    value: UUID | int

    @classmethod
    def parse(cls, text: str) -> "Reference":
        """An id or a key such as SF-1042. Raises `NotFound` for anything else: it names no request."""
        if match := KEY.fullmatch(text):
            return cls("number", int(match[1]))
        try:
            return cls("id", UUID(text))
        except ValueError:
            raise NotFound from None
