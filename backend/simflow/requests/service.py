"""Decides what happens to a request. Whoever loses a race decides again on what the winner left."""

from contextlib import suppress
from typing import Any

import asyncpg
import msgspec

from simflow.auth.models import Session
from simflow.db.queries import Connection, Query
from simflow.errors import FieldError, Forbidden, IllegalMove, InvalidFields, NotFound, Stale
from simflow.mentions import service as mentions
from simflow.requests import filling, queries, workflow
from simflow.requests.hindering import hindrances_of
from simflow.requests.models import (
    Assignment,
    Move,
    NewRequest,
    Reference,
    Request,
    RequestChanges,
    RequestDetail,
    RequestWithComments,
    Whole,
)
from simflow.requests.workflow import Status, Transition
from simflow.users import queries as user_queries
from simflow.users.models import User
from simflow.versions import is_named

FIELDS = dict(zip(RequestChanges.__struct_fields__, RequestChanges.__struct_encode_fields__, strict=True))
del FIELDS["data"]
"""What can be edited, with its name on the wire."""
NULLABLE = {"due_date", "study_type"}
WHO_EDITS = (
    "The requester may edit while the request is Submitted or waits for their answer, a manager until it is final."
)


def plain_tags(tags: list[str]) -> list[str]:
    """As they are kept: in lower case, without needless white space, each once, in order."""
    return sorted({" ".join(tag.lower().split()) for tag in tags})


async def detail(tx: Connection, request: Request, person: User) -> RequestDetail:
    """The request with what this person may do with it."""
    return _detail(request, person, (await hindrances_of(tx, [request])).get(request.id, []))


async def enter_whole(
    reader: Connection, path: dict[str, str], token_hash: bytes, mark: str
) -> tuple[Session | None, Whole | None]:
    """The session, and the request that the path names, if it is one that its person may see."""
    found = await queries.ENTER_WHOLE.first(reader, token_hash=token_hash, mark=mark, **_wanted(path["request_id"]))
    return (Session(*found.session), found if found.id else None) if found else (None, None)


async def get_whole(tx: Connection, person: User, reference: str) -> Whole | None:
    """The same request for who has entered."""
    return await queries.GET_WHOLE.first(tx, person=person.id, **_wanted(reference))


def _wanted(reference: str) -> dict[str, Any]:
    wanted: dict[str, Any] = {"id": None, "number": None}
    with suppress(NotFound):
        column, value = Reference.parse(reference)
        wanted[column] = value
    return wanted


def whole(found: Whole | None, person: User) -> RequestWithComments:
    """The request with its comments. Raises `NotFound` when there is none."""
    if found is None:
        raise NotFound
    # JSON as the answer has it: to read it and to write it again took longer than to pack the answer.
    comments: Any = msgspec.Raw(found.comments or "[]")
    return RequestWithComments(_detail(found, person, found.codes or []), comments)


def _detail(request: Request, person: User, hindrances: list[str]) -> RequestDetail:
    # In the order of its fields: by their names it took seven times as long.
    values: tuple[Any, ...] = (
        *msgspec.structs.astuple(request)[: len(Request.__struct_fields__)],  # what a subclass adds comes after
        workflow.actions(person, request, hindrances),
        workflow.may_edit(person, request),
        workflow.may_tag(person, request),
    )
    return RequestDetail(*values)


async def get(tx: Connection, reference: Reference) -> Request:
    """Raises `NotFound` when there is none, or none that the transaction's person may see."""
    request = await queries.GET_BY[reference.column].first(tx, value=reference.value)
    if request is None:
        raise NotFound
    return request


async def create(tx: Connection, person: User, new: NewRequest) -> Request:
    filled = await filling.new(tx, new.study_type, new.vendor, new.data)
    created = await queries.insert.one(
        tx,
        study_type=new.study_type,
        form_id=filled.form_id,
        title=new.title,
        description=new.description,
        vendor=new.vendor,
        priority=new.priority,
        due_date=new.due_date,
        tags=plain_tags(new.tags or []),
        person=person.id,
        person_name=person.name,
    )
    await filling.keep(tx, person, created.id, filled, ["requester"])
    await mentions.note(tx, created.id, None, new.description)
    if new.draft_id is not None:
        await queries.drop_draft.run(tx, id=new.draft_id)
    return created


async def edit(
    tx: Connection, person: User, reference: Reference, changes: RequestChanges, if_match: str | None
) -> Request:
    """Raises `NotFound`, `Stale`, `IllegalMove` once it is final, `Forbidden`."""
    while True:
        request = await get(tx, reference)
        await _require_version(tx, request, person, if_match)
        if request.status in workflow.FINAL:
            raise await _illegal(tx, request, person, f"A request that is {request.status} can no longer be edited.")
        given = _given(changes)
        may = workflow.may_tag if given.keys() <= {"tags", "data"} else workflow.may_edit
        if not may(person, request):
            raise Forbidden(WHO_EDITS)
        data = given.pop("data", None)
        old = {name: getattr(request, name) for name in FIELDS}
        differing = {FIELDS[n]: {"from": old[n], "to": value} for n, value in given.items() if value != old[n]}
        values = old | given
        filled = await filling.again(tx, request, values["study_type"], values["vendor"], data)
        differing |= filled.changes
        if not differing:
            return request
        values["form_id"] = filled.form_id
        details = {"changes": differing}
        if changed := await _change(tx, queries.edit, request, person, "edited", details, **values):
            sides = ["requester"] if person.id == request.created_by else ["team"]
            await filling.keep(tx, person, changed.id, filled, sides)
            await mentions.note(tx, changed.id, None, changed.description, before=request.description)
            return changed


def _given(changes: RequestChanges) -> dict[str, Any]:
    """What is to be changed, by the names of our own; null takes away what may be absent, and else says nothing."""
    given = {
        name: value
        for name, value in msgspec.structs.asdict(changes).items()
        if value is not msgspec.UNSET and (value is not None or name in NULLABLE)
    }
    return given | {"tags": plain_tags(given["tags"])} if "tags" in given else given


async def move(tx: Connection, person: User, reference: Reference, wanted: Move, if_match: str | None) -> Request:
    """Raises `NotFound`, `Stale`, `IllegalMove`, `Forbidden`, `InvalidFields` where a reason is needed."""
    while True:
        request = await get(tx, reference)
        await _require_version(tx, request, person, if_match)
        transition = workflow.find_move(request.status, wanted.status)
        if transition is None:
            raise await _illegal(tx, request, person, _why_illegal(request.status, wanted.status))
        _require_entitled(transition, person, request)
        if hindrances := await _hindrances(tx, transition, request):
            raise await _illegal(tx, request, person, workflow.why_hindered(hindrances))
        details = _move_details(transition, request, wanted)
        # Leaving for Resource Allocation clears the engineer, whatever the way there.
        leaves = transition.to == Status.RESOURCE_ALLOCATION
        if leaves and request.assigned_to is not None:
            details["engineer"] = {"from": request.assigned_to_name, "to": None}
        query = queries.leave if leaves else queries.move
        if changed := await _change(tx, query, request, person, transition.action, details, status=transition.to):
            return changed


async def _hindrances(tx: Connection, transition: Transition, request: Request) -> list[str]:
    if workflow.HINDERED.get(request.status) != transition.action:
        return []
    return (await hindrances_of(tx, [request]))[request.id]


async def assign(
    tx: Connection, person: User, reference: Reference, assignment: Assignment, if_match: str | None
) -> Request:
    """Raises `NotFound`, `Stale`, `IllegalMove`, `Forbidden`, `InvalidFields` unless it is an active engineer."""
    while True:
        request = await get(tx, reference)
        await _require_version(tx, request, person, if_match)
        if request.status not in workflow.ASSIGN.sources:
            raise await _illegal(tx, request, person, f"A request that is {request.status} cannot be assigned.")
        _require_entitled(workflow.ASSIGN, person, request)
        engineer = await user_queries.get_active_engineer.first(tx, id=assignment.engineer_id)
        if engineer is None:
            raise InvalidFields(FieldError("engineerId", "must be an active engineer; choose somebody else"))
        details = {
            "from": request.status,
            "to": workflow.ASSIGN.to,
            "engineer": {"from": request.assigned_to_name, "to": engineer.name},
            "estimatedHours": {"from": request.estimated_hours, "to": assignment.estimated_hours},
        }
        if changed := await _change(
            tx,
            queries.assign,
            request,
            person,
            workflow.ASSIGN.action,
            details,
            status=workflow.ASSIGN.to,
            engineer=engineer.id,
            engineer_name=engineer.name,
            hours=assignment.estimated_hours,
        ):
            return changed


async def _change(
    tx: Connection,
    query: Query[Request],
    request: Request,
    person: User,
    action: str,
    details: dict[str, Any],
    **values: Any,
) -> Request | None:
    """The changed request; None when somebody else was quicker and the caller must decide again.

    Raises `IllegalMove` where the criteria were changed in the same moment.
    """
    try:
        return await query.first(
            tx,
            id=request.id,
            version=request.version,
            person=person.id,
            person_name=person.name,
            action=action,
            details=msgspec.json.encode(details).decode(),
            **values,
        )
    except asyncpg.CheckViolationError as error:
        if error.constraint_name != "requests_hindered":
            raise
        extra = {"currentStatus": request.status, "actions": []}
        raise IllegalMove("Its acceptance criteria have just been changed.", extra=extra) from None


def _move_details(transition: Transition, request: Request, wanted: Move) -> dict[str, Any]:
    if transition.needs_reason and wanted.reason is None:
        raise InvalidFields(FieldError("reason", "is needed for this move; say why"))
    if wanted.suggested_hours is not None and transition is not workflow.DISCUSS:
        raise InvalidFields(FieldError("suggestedHours", "goes only with opening a discussion; leave it out"))
    details: dict[str, Any] = {"from": request.status, "to": transition.to}
    if wanted.reason is not None:
        details["reason"] = wanted.reason
    if wanted.suggested_hours is not None:
        details["suggestedHours"] = wanted.suggested_hours
    return details


async def _require_version(tx: Connection, request: Request, person: User, if_match: str | None) -> None:
    """Raises `Stale` with the current request."""
    if not is_named(request.version, if_match):
        raise Stale(extra={"request": msgspec.to_builtins(await detail(tx, request, person))})


def _require_entitled(transition: Transition, person: User, request: Request) -> None:
    if not workflow.is_entitled(transition, person, request):
        raise Forbidden(workflow.why_not(transition, request))


async def _illegal(tx: Connection, request: Request, person: User, detail_text: str) -> IllegalMove:
    hindrances = (await hindrances_of(tx, [request])).get(request.id, [])
    open_actions = msgspec.to_builtins(workflow.open_actions(person, request, hindrances))
    return IllegalMove(detail_text, extra={"currentStatus": request.status, "actions": open_actions})


def _why_illegal(current: Status, target: Status) -> str:
    if target == workflow.ASSIGN.to and current in workflow.ASSIGN.sources:
        return f"A request that is {current} gets to {target} by being assigned to an engineer."
    return f"A request that is {current} cannot become {target}."
