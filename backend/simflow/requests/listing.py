"""A page of a list, in one of its orders, and counts: SQL composed from the fragments here, every value bound."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from msgspec import Meta

from simflow.cursors import MAX_BIGINT, pack, unpack
from simflow.db.queries import Connection
from simflow.errors import FieldError, InvalidFields
from simflow.requests import queries
from simflow.requests.filters import Filters, conditions
from simflow.requests.models import Counts, Priority, Request, RequestPage
from simflow.requests.workflow import Person, Status


class Sort(StrEnum):
    """A leading minus turns the order round; priority ascends from Low to High, status along the life of a request."""

    CREATED = "createdAt"
    CREATED_DOWN = "-createdAt"
    UPDATED = "updatedAt"
    UPDATED_DOWN = "-updatedAt"
    PRIORITY = "priority"
    PRIORITY_DOWN = "-priority"
    TITLE = "title"
    TITLE_DOWN = "-title"
    STATUS = "status"
    STATUS_DOWN = "-status"
    DUE = "dueDate"
    DUE_DOWN = "-dueDate"
    KEY = "key"
    KEY_DOWN = "-key"


class SortKey(NamedTuple):
    """What a sort orders by, what its cursor holds, and that value of a row; ties are broken by the number."""

    expression: str
    kind: Any
    value: Callable[[Request], Any]

    @property
    def cursor(self) -> Any:
        """The type of a cursor: the sort, its value, the number, whether the search forgives typos."""
        return tuple[str, self.kind, Number, bool]  # type: ignore[name-defined]


STATUS_ORDER = [status.value for status in Status]
STATUS_SQL = "array_position(ARRAY[" + ", ".join(f"'{status}'" for status in STATUS_ORDER) + "]::text[], r.status)"
Small = Annotated[int, Meta(ge=0, le=100)]
TitleStart = Annotated[str, Meta(max_length=200, pattern=r"\A[^\x00]*\Z")]
Number = Annotated[int, Meta(ge=0, le=MAX_BIGINT)]


def _number(request: Request) -> int:
    return int(request.key.removeprefix("SF-"))


SORT_KEYS = {
    "createdAt": SortKey("r.created_at", datetime, lambda r: r.created_at),
    "updatedAt": SortKey("r.updated_at", datetime, lambda r: r.updated_at),
    "priority": SortKey("r.priority_rank", Small, lambda r: list(Priority).index(Priority(r.priority)) + 1),
    "title": SortKey("left(r.title, 200)", TitleStart, lambda r: r.title[:200]),
    "status": SortKey(STATUS_SQL, Small, lambda r: STATUS_ORDER.index(r.status) + 1),
    # Those without a due date come after all others. To asyncpg, the last date of Python is infinity.
    "dueDate": SortKey("coalesce(r.due_date, DATE 'infinity')", date, lambda r: r.due_date or date.max),
    "key": SortKey("r.number", Number, _number),
}


async def page(
    tx: Connection, filters: Filters, person: Person, sort: Sort, limit: int, cursor: str | None
) -> RequestPage:
    """Raises `InvalidFields` for a filter or cursor that cannot be taken.

    The page continues after the row that the cursor names by its sort values, so rows that come or go meanwhile make
    no other row appear twice or not at all.
    """
    down = sort.startswith("-")
    key = SORT_KEYS[sort.removeprefix("-")]
    after = _unpack(cursor, sort, key) if cursor else None
    chosen, forgiving = await conditions(tx, filters, person, forgiving=after.forgiving if after else None)
    where = chosen.where
    if after:
        where += f" AND ({key.expression}, r.number) {'<' if down else '>'} (:after, :after_number)"
        chosen.values |= {"after": after.value, "after_number": after.number}
    direction = "DESC" if down else "ASC"
    order = f"{key.expression} {direction}, r.number {direction}"
    query = queries.list_visible.filled(columns=queries.COLUMNS, where=where, order=order)
    rows = await query.all(tx, **chosen.values, limit=limit + 1)
    more = len(rows) > limit
    next_cursor = _pack(rows[limit - 1], sort, key, forgiving=forgiving) if more else None
    return RequestPage(rows[:limit], next_cursor)


async def count(tx: Connection, filters: Filters, person: Person) -> Counts:
    """Raises `InvalidFields` for a filter that cannot be taken."""
    chosen, _ = await conditions(tx, filters, person)
    rows = await queries.count_visible.filled(where=chosen.where).all(tx, **chosen.values)
    found = {row.status: row.count for row in rows}
    by_status = {status.value: found.get(status, 0) for status in Status}
    return Counts(sum(by_status.values()), by_status)


class After(NamedTuple):
    sort: str
    value: Any
    number: int
    forgiving: bool


def _pack(last: Request, sort: Sort, key: SortKey, *, forgiving: bool) -> str:
    return pack(sort, key.value(last), _number(last), forgiving)


def _unpack(cursor: str, sort: Sort, key: SortKey) -> After:
    after = After(*unpack(cursor, key.cursor))
    if after.sort != sort:
        raise InvalidFields(FieldError("cursor", f"belongs to a list sorted by {after.sort}; start again without it"))
    if isinstance(after.value, datetime):
        try:
            after = after._replace(value=after.value.astimezone(UTC))
        except OverflowError:
            raise InvalidFields(FieldError("cursor", "is not one of ours; start again without it")) from None
    return after
