"""Taking over the old application's data: what is answered, and what an entry of the file becomes."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from simflow.errors import FieldError
from simflow.requests.models import Priority
from simflow.requests.workflow import Status
from simflow.users.models import Role


class Match(StrEnum):
    """Whether a name of the file belongs to somebody here already, or an inactive account is made for it."""

    MATCHED = "matched"
    CREATED = "created"


class RequestCounts(Struct, rename="camel"):
    """`total` is the sum of the others: every entry of the file is one of them."""

    total: int
    new: int
    already_here: int
    invalid: int


class CommentCounts(Struct):
    """Comments of the new requests."""

    new: int


class ImportedPerson(Struct, rename="camel"):
    """Somebody whom the new requests name; `oldId` is null for those who only commented."""

    name: str
    old_id: str | None
    role: Role
    match: Match
    email: str


class EntryProblem(Struct):
    """An entry that cannot be taken: its position, counted from 1, and every field that is wrong."""

    entry: int
    id: str | None
    title: str | None
    errors: list[FieldError]


class Report(Struct, rename="camel"):
    """What the import did or, after a dry run, would do."""

    dry_run: bool
    requests: RequestCounts
    comments: CommentCounts
    people: list[ImportedPerson]
    problems: list[EntryProblem]
    notes: list[str]


class KnownPerson(Struct):
    """A row of users, for matching names."""

    id: UUID
    name: str
    email: str
    role: Role
    active: bool


class KnownComment(Struct):
    """A comment that is here already."""

    id: UUID
    request_id: UUID


@dataclass(slots=True)
class OldComment:
    """A comment of a valid entry."""

    id: UUID
    author_name: str
    author_role: Role
    content: str
    created_at: datetime


@dataclass(slots=True)
class OldRequest:
    """A valid entry. Names are trimmed; which person they mean is not decided yet."""

    entry: int
    id: UUID
    old_id: str
    title: str
    description: str
    vendor: str
    status: Status
    priority: Priority
    created_by_name: str
    created_by_old_id: str | None
    assigned_to_name: str | None
    assigned_to_old_id: str | None
    estimated_hours: int | None
    created_at: datetime
    comments: list[OldComment] = field(default_factory=list)

    @property
    def updated_at(self) -> datetime:
        """The last that the old application recorded of it."""
        return max([self.created_at, *(comment.created_at for comment in self.comments)])

    def names(self) -> dict[str, str]:
        """Every field that names a person, and the name."""
        found = {"createdByName": self.created_by_name}
        if self.assigned_to_name is not None:
            found["assignedToName"] = self.assigned_to_name
        for index, comment in enumerate(self.comments):
            found[f"comments[{index}].authorName"] = comment.author_name
        return found
