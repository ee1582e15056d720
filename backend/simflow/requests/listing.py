"""Which requests a list shows, and in which order: SQL composed from the fragments here, every value bound."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from msgspec import Meta

from simflow.cursors import MAX_BIGINT, pack, unpack
from simflow.db.queries import Connection
from simflow.errors import FieldError, InvalidFields
from simflow.requests import queries
from simflow.requests.models import KEY, Counts, Priority, Request, RequestPage
from simflow.requests.workflow import Status

MAX_SEARCH_WORDS = 10
LIKE_SPECIAL = re.compile(r"([\\%_])")


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
    "key": SortKey("r.number", Number, _number),
}


class Filters(NamedTuple):
    """What the caller asked for, as it came: people as ids, `me` or `none`."""

    status: list[Status] | None
    priority: list[Priority] | None
    vendor: list[str] | None
    assigned_to: list[str] | None
    created_by: list[str] | None
    q: str | None


OCCURS = """r.id IN (
    SELECT s.id FROM requests s WHERE s.title {match} OR s.description {match}
    UNION SELECT c.request_id FROM comments c WHERE c.content {match}
    UNION SELECT n.id FROM requests n WHERE n.number = {number}::bigint
)"""


class Conditions:
    """SQL conditions and the values bound in them."""

    def __init__(self, filters: Filters, me: UUID) -> None:
        """Raises `InvalidFields` for every filter that cannot be taken."""
        self.parts: list[str] = []
        self.values: dict[str, Any] = {}
        self.errors: list[FieldError] = []
        if filters.status:
            self._add("r.status = ANY(:status::text[])", status=filters.status)
        if filters.priority:
            self._add("r.priority = ANY(:priority::text[])", priority=filters.priority)
        if filters.vendor:
            self._add("r.vendor = ANY(:vendor::text[])", vendor=[self._text("vendor", v) for v in filters.vendor])
        if filters.assigned_to:
            self._people("assignedTo", "assigned_to", filters.assigned_to, me, none="r.assigned_to IS NULL")
        if filters.created_by:
            self._people("createdBy", "created_by", filters.created_by, me)
        self.words = self._text("q", filters.q or "").split()
        if len(self.words) > MAX_SEARCH_WORDS:
            self.errors.append(FieldError("q", f"must have at most {MAX_SEARCH_WORDS} words"))
        if self.errors:
            raise InvalidFields(*self.errors)

    def _add(self, part: str, **values: Any) -> None:
        self.parts.append(part)
        self.values |= values

    def _text(self, field: str, text: str) -> str:
        if "\x00" in text or (not text.isprintable() and any("\ud800" <= c <= "\udfff" for c in text)):
            self.errors.append(FieldError(field, "must not contain the NUL character or half of a character"))
        return text

    def _people(self, field: str, column: str, names: list[str], me: UUID, none: str | None = None) -> None:
        ids: list[UUID] = []
        for name in names:
            try:
                if name != "none" or none is None:
                    ids.append(me if name == "me" else UUID(name))
            except ValueError:
                choices = "ids or me" if none is None else "ids, me or none"
                self.errors.append(FieldError(field, f"takes {choices}, not {name[:50]!r}"))
        either = [f"r.{column} = ANY(:{column}::uuid[])"] if ids else []
        if none and "none" in names:
            either.append(none)
        self._add("(" + " OR ".join(either or ["true"]) + ")", **{column: ids})

    def search(self, *, forgiving: bool) -> None:
        """Every word must occur in the title, the description or a comment that the person may read, or be the key.

        Strictly: as part of a word. Forgivingly: as something spelt alike (trigram word similarity).
        """
        for i, word in enumerate(self.words):
            key = KEY.fullmatch(word)
            number = int(key[1]) if key else None
            match = f"%> :word{i}" if forgiving else f"ILIKE :word{i}"
            self._add(
                OCCURS.replace("{match}", match).replace("{number}", f":number{i}"),
                **{f"word{i}": word if forgiving else like(word), f"number{i}": number},
            )

    @property
    def where(self) -> str:
        return " AND ".join(self.parts) or "true"


def like(word: str) -> str:
    """A pattern that finds the word anywhere, its own wildcards taken literally."""
    return "%" + LIKE_SPECIAL.sub(r"\\\1", word) + "%"


async def conditions(
    tx: Connection, filters: Filters, me: UUID, *, forgiving: bool | None = None
) -> tuple[Conditions, bool]:
    """The conditions, and whether the search forgives typos: it does once nothing is spelt just like that."""
    strict = Conditions(filters, me)
    if not strict.words:
        return strict, False
    strict.search(forgiving=False)
    if forgiving is None:
        forgiving = not await queries.is_any_visible.filled(where=strict.where).one(tx, **strict.values)
    if not forgiving:
        return strict, False
    similar = Conditions(filters, me)
    similar.search(forgiving=True)
    return similar, True


async def page(tx: Connection, filters: Filters, me: UUID, sort: Sort, limit: int, cursor: str | None) -> RequestPage:
    """Raises `InvalidFields` for a filter or cursor that cannot be taken.

    The page continues after the row that the cursor names by its sort values, so rows that come or go meanwhile make
    no other row appear twice or not at all.
    """
    down = sort.startswith("-")
    key = SORT_KEYS[sort.removeprefix("-")]
    after = _unpack(cursor, sort, key) if cursor else None
    chosen, forgiving = await conditions(tx, filters, me, forgiving=after.forgiving if after else None)
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


async def count(tx: Connection, filters: Filters, me: UUID) -> Counts:
    """Raises `InvalidFields` for a filter that cannot be taken."""
    chosen, _ = await conditions(tx, filters, me)
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
