"""One change of many requests: each stands alone, and what is refused keeps nothing else from being done."""

from collections.abc import Awaitable, Callable

from simflow.db.pool import savepoint
from simflow.db.queries import Connection
from simflow.errors import ApiError, FieldError, InvalidFields, NotFound
from simflow.requests import queries, service
from simflow.requests.models import BulkChange, BulkResult, Reference, Refused, Request, RequestChanges
from simflow.users.models import User
from simflow.web.problems import UNSTORABLE, unstorable

Change = Callable[[Reference], Awaitable[Request]]


async def change(tx: Connection, person: User, wanted: BulkChange) -> BulkResult:
    """Raises `InvalidFields` unless exactly one change is wanted; what a single request refuses is in the result.

    A request that is named twice is changed once.
    """
    one = _change(tx, person, wanted)
    named = await _find(tx, wanted.requests)
    outcomes: dict[str, Request | Refused] = {}
    # In the order of their numbers, so that no two calls can wait for each other's requests.
    for reference in sorted(named, key=lambda text: _number(named[text])):
        outcomes[reference] = await _attempt(tx, reference, named[reference], one)
    told = [outcomes[text] for text in dict.fromkeys(wanted.requests) if text in outcomes]
    return BulkResult(
        done=[outcome for outcome in told if isinstance(outcome, Request)],
        refused=[outcome for outcome in told if isinstance(outcome, Refused)],
    )


def _change(tx: Connection, person: User, wanted: BulkChange) -> Change:
    changes: list[Change] = []
    if wanted.move is not None:
        move = wanted.move
        changes.append(lambda reference: service.move(tx, person, reference, move, None))
    if wanted.assign is not None:
        assignment = wanted.assign
        changes.append(lambda reference: service.assign(tx, person, reference, assignment, None))
    if wanted.priority is not None:
        edit = RequestChanges(priority=wanted.priority)
        changes.append(lambda reference: service.edit(tx, person, reference, edit, None))
    if len(changes) != 1:
        message = "is needed alone: exactly one of move, assign and priority"
        raise InvalidFields(*(FieldError(field, message) for field in ("move", "assign", "priority")))
    return changes[0]


async def _find(tx: Connection, texts: list[str]) -> dict[str, Request | None]:
    """What each text refers to, as far as the person may see it; a second name of the same request is left out."""
    references = {text: _parse(text) for text in texts}
    rows = await queries.get_referenced.all(
        tx,
        ids=[r.value for r in references.values() if r and r.column == "id"],
        numbers=[r.value for r in references.values() if r and r.column == "number"],
    )
    by_value = {row.id: row for row in rows} | {_number(row): row for row in rows}
    found: dict[str, Request | None] = {}
    taken = set()
    for text, reference in references.items():
        row = by_value.get(reference.value) if reference else None
        if row is None or row.id not in taken:
            found[text] = row
        if row is not None:
            taken.add(row.id)
    return found


def _parse(text: str) -> Reference | None:
    try:
        return Reference.parse(text)
    except NotFound:
        return None


def _number(request: Request | None) -> int:
    return int(request.key.removeprefix("SF-")) if request else 0


async def _attempt(tx: Connection, text: str, request: Request | None, one: Change) -> Request | Refused:
    """The changed request, or why it was not changed; nothing of a refused change remains."""
    key = request.key if request else None
    try:
        if request is None:
            raise NotFound
        async with savepoint(tx):
            return await one(Reference("id", request.id))
    except UNSTORABLE as error:
        return _refused(text, key, unstorable(error))
    except ApiError as error:
        return _refused(text, key, error)


def _refused(text: str, key: str | None, error: ApiError) -> Refused:
    sentences = [f"{e.field} {e.message}." for e in error.errors]
    return Refused(text, key, error.status, " ".join(sentences) or error.detail)
