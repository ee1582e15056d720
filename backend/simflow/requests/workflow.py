"""The life of a request: the one table of legal moves, and pure functions over it.

The API's checks, the `actions` of a request, the database's guard, the diagram in the documentation and the tests all
come from `TRANSITIONS`.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol
from uuid import UUID

from msgspec import Struct

from simflow.users.models import Role


class Status(StrEnum):
    SUBMITTED = "Submitted"
    FEASIBILITY_REVIEW = "Feasibility Review"
    INFORMATION_NEEDED = "Information Needed"
    RESOURCE_ALLOCATION = "Resource Allocation"
    ENGINEERING_REVIEW = "Engineering Review"
    DISCUSSION = "Discussion"
    IN_PROGRESS = "In Progress"
    ON_HOLD = "On Hold"
    COMPLETED = "Completed"
    REVISION_REQUESTED = "Revision Requested"
    ACCEPTED = "Accepted"
    DENIED = "Denied"
    CANCELLED = "Cancelled"


class Who(StrEnum):
    """What makes somebody entitled to a move. An admin is entitled to all of them."""

    MANAGER = "a manager"
    ASSIGNED_ENGINEER = "the assigned engineer"
    REQUESTER = "the requester"


class WaitsFor(StrEnum):
    """Who has the ball: whom a request waits for."""

    MANAGER = "manager"
    ENGINEER = "engineer"
    REQUESTER = "requester"


class Transition(NamedTuple):
    action: str
    sources: tuple[Status, ...]
    to: Status
    who: tuple[Who, ...]
    needs_reason: bool = False


class Action(Struct, rename="camel"):
    """A move that is legal from the request's current status; `why` says why it is not open to the caller.

    `isHindered`: the caller may make it once what `why` names is done.
    """

    name: str
    to: Status
    needs_reason: bool
    allowed: bool
    why: str | None
    is_hindered: bool


class Person(Protocol):
    """The caller, as far as entitlement is concerned."""

    @property
    def id(self) -> UUID: ...
    @property
    def role(self) -> Role: ...


class Subject(Protocol):
    """A request, as far as entitlement is concerned."""

    @property
    def status(self) -> Status: ...
    @property
    def created_by(self) -> UUID: ...
    @property
    def created_by_name(self) -> str: ...
    @property
    def assigned_to(self) -> UUID | None: ...
    @property
    def assigned_to_name(self) -> str | None: ...


S = Status
MANAGER, ENGINEER, REQUESTER = (Who.MANAGER,), (Who.ASSIGNED_ENGINEER,), (Who.REQUESTER,)
REASON = True

ASSIGNABLE = (
    S.SUBMITTED,
    S.FEASIBILITY_REVIEW,
    S.RESOURCE_ALLOCATION,
    S.ENGINEERING_REVIEW,
    S.DISCUSSION,
    S.IN_PROGRESS,
    S.ON_HOLD,
    S.REVISION_REQUESTED,
)
BEFORE_WORK = (
    S.SUBMITTED,
    S.FEASIBILITY_REVIEW,
    S.INFORMATION_NEEDED,
    S.RESOURCE_ALLOCATION,
    S.ENGINEERING_REVIEW,
    S.DISCUSSION,
)
WITH_ENGINEER = (S.ENGINEERING_REVIEW, S.DISCUSSION, S.IN_PROGRESS, S.ON_HOLD)
UNDECIDED = (S.SUBMITTED, S.FEASIBILITY_REVIEW, S.RESOURCE_ALLOCATION)
WITH_REQUESTER = (S.SUBMITTED, S.INFORMATION_NEEDED)
"""Where the requester may still edit: nobody has begun, or they have been asked for more."""

# In the order in which they are offered: what moves the work on comes first.
TRANSITIONS = (
    Transition("start_review", (S.SUBMITTED,), S.FEASIBILITY_REVIEW, MANAGER),
    Transition("approve", (S.FEASIBILITY_REVIEW,), S.RESOURCE_ALLOCATION, MANAGER),
    # Whatever the manager was at: an answer has to be judged, and who judges it may assign straight away.
    Transition("give_information", (S.INFORMATION_NEEDED,), S.FEASIBILITY_REVIEW, (Who.REQUESTER, Who.MANAGER), REASON),
    Transition("accept_work", (S.ENGINEERING_REVIEW,), S.IN_PROGRESS, ENGINEER),
    Transition("resolve", (S.DISCUSSION,), S.ENGINEERING_REVIEW, MANAGER, REASON),
    Transition("complete", (S.IN_PROGRESS,), S.COMPLETED, ENGINEER),
    Transition("resume", (S.ON_HOLD,), S.IN_PROGRESS, (Who.ASSIGNED_ENGINEER, Who.MANAGER)),
    Transition("accept", (S.COMPLETED,), S.ACCEPTED, REQUESTER),
    Transition("approve_revision", (S.REVISION_REQUESTED,), S.IN_PROGRESS, MANAGER),
    Transition("assign", ASSIGNABLE, S.ENGINEERING_REVIEW, MANAGER),
    Transition("ask_information", UNDECIDED, S.INFORMATION_NEEDED, MANAGER, REASON),
    Transition("discuss", (S.ENGINEERING_REVIEW,), S.DISCUSSION, ENGINEER, REASON),
    Transition("hold", (S.IN_PROGRESS,), S.ON_HOLD, (Who.ASSIGNED_ENGINEER, Who.MANAGER), REASON),
    Transition("request_revision", (S.COMPLETED,), S.REVISION_REQUESTED, REQUESTER, REASON),
    Transition("rescope", (S.REVISION_REQUESTED,), S.FEASIBILITY_REVIEW, MANAGER, REASON),
    Transition("decline_revision", (S.REVISION_REQUESTED,), S.COMPLETED, MANAGER, REASON),
    Transition("reopen", (S.DENIED,), S.SUBMITTED, MANAGER, REASON),
    Transition("unassign", WITH_ENGINEER, S.RESOURCE_ALLOCATION, MANAGER, REASON),
    Transition("deny", (*UNDECIDED, S.INFORMATION_NEEDED), S.DENIED, MANAGER, REASON),
    Transition("cancel", BEFORE_WORK, S.CANCELLED, (Who.REQUESTER, Who.MANAGER), REASON),
)

OFFERED = {status: [t for t in TRANSITIONS if status in t.sources] for status in Status}
"""The moves from each status."""
ASSIGN = next(t for t in TRANSITIONS if t.action == "assign")
DISCUSS = next(t for t in TRANSITIONS if t.action == "discuss")
FINAL = frozenset(status for status in Status if not OFFERED[status])
ENDED = FINAL | {S.DENIED}
"""What is over: it waits for nobody. All else is open work."""
OPEN = tuple(status for status in Status if status not in ENDED)
UNDELIVERED = tuple(status for status in OPEN if status != S.COMPLETED)
"""Its result is still to come: after its due date it is overdue."""
CLOCK_STOPS = (S.INFORMATION_NEEDED,)
"""The clock stands until an answer comes: this time is not part of the cycle time, and nothing is stuck here. The
database keeps it as `stopped_for`, by the same status."""
CLOCK_RUNS = tuple(status for status in OPEN if status not in CLOCK_STOPS)
"""Open work that is stuck once it has not moved for long."""

WORKED_ON = (*WITH_ENGINEER, S.REVISION_REQUESTED)
"""What is still some work for the engineer to whom it is assigned."""

BALL = {
    Who.MANAGER: WaitsFor.MANAGER,
    Who.ASSIGNED_ENGINEER: WaitsFor.ENGINEER,
    Who.REQUESTER: WaitsFor.REQUESTER,
}


def waits_for(status: Status) -> WaitsFor | None:
    """Who makes the move that takes the work on, the first one offered; nobody for what is over."""
    if status in ENDED:
        return None
    return BALL[OFFERED[status][0].who[0]]


def waiting(whom: WaitsFor) -> tuple[Status, ...]:
    """The statuses in which a request waits for them."""
    return tuple(status for status in Status if waits_for(status) == whom)


def find_move(current: Status, target: Status) -> Transition | None:
    """The move from one status to another; None where there is none. Assigning is not a plain move: it needs more."""
    return next((t for t in OFFERED[current] if t.to == target and t is not ASSIGN), None)


def is_entitled(transition: Transition, person: Person, request: Subject) -> bool:
    """Whether this person may make this move, its status apart."""
    return not standing(person, request).isdisjoint(transition.who)


def standing(person: Person, request: Subject) -> set[Who]:
    """What this person is to this request; an admin is all of it."""
    if person.role == Role.ADMIN:
        return set(Who)
    found = set()
    if person.role == Role.MANAGER:
        found.add(Who.MANAGER)
    if person.id == request.assigned_to:
        found.add(Who.ASSIGNED_ENGINEER)
    if person.id == request.created_by:
        found.add(Who.REQUESTER)
    return found


def why_not(transition: Transition, request: Subject) -> str:
    """A sentence that names those who may make the move."""
    names = {
        Who.MANAGER: Who.MANAGER,
        Who.ASSIGNED_ENGINEER: f"{Who.ASSIGNED_ENGINEER} ({request.assigned_to_name})",
        Who.REQUESTER: f"{Who.REQUESTER} ({request.created_by_name})",
    }
    return f"Only {' or '.join(names[who] for who in transition.who)} may do this."


def actions(person: Person, request: Subject, hindrances: Sequence[str] = ()) -> list[Action]:
    """Every move from the current status, those that are not open to the person included."""
    found = standing(person, request)
    return [_action(t, found, request, hindrances) for t in OFFERED[request.status]]


def open_actions(person: Person, request: Subject, hindrances: Sequence[str] = ()) -> list[Action]:
    """The moves that the person may make now."""
    return [action for action in actions(person, request, hindrances) if action.allowed]


def _action(transition: Transition, whom: set[Who], request: Subject, hindrances: Sequence[str]) -> Action:
    why = why_not(transition, request) if whom.isdisjoint(transition.who) else None
    is_hindered = why is None and transition.action in HINDERED.values() and bool(hindrances)
    if is_hindered:
        why = why_hindered(hindrances)
    return Action(
        name=transition.action,
        to=transition.to,
        needs_reason=transition.needs_reason,
        allowed=why is None,
        why=why,
        is_hindered=is_hindered,
    )


HINDERED = {Status.ENGINEERING_REVIEW: "accept_work", Status.IN_PROGRESS: "complete"}
"""Moves that wait for more than somebody entitled: the database tells what for."""
WORDS = {"field": "still to be filled in", "criterion": "still open", "agreement": "not agreed to the criteria yet"}


def why_hindered(hindrances: Sequence[str]) -> str:
    """A sentence that names what is missing, from the codes of the database, `criterion:Cycle time`."""
    found: dict[str, list[str]] = {}
    for code in hindrances:
        kind, _, name = code.partition(":")
        found.setdefault(kind, []).append(f"the {name}" if kind == "agreement" else name)
    return "; ".join(f"{', '.join(names)}: {WORDS[kind]}" for kind, names in found.items()) + "."


def may_edit(person: Person, request: Subject) -> bool:
    """The requester edits while the request is Submitted or waits for their answer, a manager until it is final."""
    if request.status in FINAL:
        return False
    if person.role in (Role.MANAGER, Role.ADMIN):
        return True
    return person.id == request.created_by and request.status in WITH_REQUESTER


def may_tag(person: Person, request: Subject) -> bool:
    """Whoever may edit, and the assigned engineer until the request is final."""
    return may_edit(person, request) or (request.status not in FINAL and person.id == request.assigned_to)
