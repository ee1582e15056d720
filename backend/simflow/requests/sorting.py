"""The orders of lists, and where a page goes on: after the sort values of the row before it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from msgspec import Meta

from simflow.cursors import MAX_BIGINT, pack, unpack
from simflow.errors import FieldError, InvalidFields
from simflow.requests.models import Priority, Request
from simflow.requests.workflow import Status
from simflow.study.fields import COLUMN as FIELD
from simflow.study.fields import or_field
from simflow.text import form


class Sort(StrEnum):
    """A leading minus turns the order round; priority ascends from Low to High, status along the life of a request.

    Urgency is how work is taken: the highest priority first, and of the same priority the oldest.
    """

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
    HOURS = "estimatedHours"
    HOURS_DOWN = "-estimatedHours"
    STATUS_SINCE = "statusSince"
    STATUS_SINCE_DOWN = "-statusSince"
    COMPLETED = "completedAt"
    COMPLETED_DOWN = "-completedAt"
    URGENCY = "urgency"
    URGENCY_DOWN = "-urgency"


SORTS = [sort.value for sort in Sort if sort[0] != "-"]
SORT = form(
    f"^-?(?:{'|'.join(SORTS)}|{FIELD}[a-z][a-z0-9_]{{0,39}})$",
    f"must be {', '.join(SORTS)} or {FIELD} and the name of a field; with a minus in front it is turned round, "
    f"such as -updatedAt",
)
AnySort = Annotated[str, Meta(pattern=SORT)]
SORT_SCHEMA = or_field(list(Sort), "-?")
"""For OpenAPI: which orders there are, and how one by a field is written."""
BY_FIELD = (
    "A leading minus turns the order round; `field:payload` orders by a field of the simulation data: numbers in the "
    "base unit of what they measure, texts without regard to case, requests without a value last. A field that no type "
    "of study has or had is refused, with those that there are."
)


class Absent(NamedTuple):
    """What stands in for no value, so that such rows come last in both directions: an index holds it as any other."""

    up: str
    down: str


class SortKey(NamedTuple):
    """What a sort orders by, what its cursor holds, and that value of a row; ties are broken by the number.

    There is an index for each direction of what may be absent, and one for both of the others.
    """

    expression: str
    kind: Any
    value: Callable[[Request], Any]
    absent: Absent | None = None

    @property
    def cursor(self) -> Any:
        """The type of a cursor: the sort, its value, the number, whether the search forgives typos."""
        return tuple[str, self.kind, Number, bool]  # type: ignore[name-defined]


STATUS_ORDER = [status.value for status in Status]
STATUS_SQL = "array_position(ARRAY[" + ", ".join(f"'{status}'" for status in STATUS_ORDER) + "]::text[], r.status)"
Small = Annotated[int, Meta(ge=0, le=10_000)]
TitleStart = Annotated[str, Meta(max_length=200, pattern=r"\A[^\x00]*\Z")]
Number = Annotated[int, Meta(ge=0, le=MAX_BIGINT)]


def _number(request: Request) -> int:
    return int(request.key.removeprefix("SF-"))


def _rank(request: Request) -> int:
    return list(Priority).index(Priority(request.priority)) + 1


SORT_KEYS = {
    "createdAt": SortKey("r.created_at", datetime, lambda r: r.created_at),
    "updatedAt": SortKey("r.updated_at", datetime, lambda r: r.updated_at),
    "priority": SortKey("r.priority_rank", Small, _rank),
    "title": SortKey("left(r.title, 200)", TitleStart, lambda r: r.title[:200]),
    "status": SortKey(STATUS_SQL, Small, lambda r: STATUS_ORDER.index(r.status) + 1),
    "dueDate": SortKey(
        "r.due_date", date | None, lambda r: r.due_date, Absent("'infinity'::date", "'-infinity'::date")
    ),
    "key": SortKey("r.number", Number, _number),
    "estimatedHours": SortKey(
        "r.estimated_hours", Small | None, lambda r: r.estimated_hours, Absent("2147483647", "'-1'::integer")
    ),
    "statusSince": SortKey("r.status_since", datetime, lambda r: r.status_since),
    "completedAt": SortKey(
        "r.completed_at",
        datetime | None,
        lambda r: r.completed_at,
        Absent("'infinity'::timestamptz", "'-infinity'::timestamptz"),
    ),
    "urgency": SortKey("(4 - r.priority_rank)", Small, lambda r: 4 - _rank(r)),
}


# Within one field only one of the two says something: what the other holds is the same in all its values.
FIELD_AMOUNT = "(coalesce(v.number_value, v.date_value - DATE '2000-01-01', 0)::float8)"
FIELD_TEXT = "coalesce(lower(left(v.text_value, 200)), '')"
FIELD_VALUE = f"ROW({FIELD_AMOUNT}, {FIELD_TEXT})"
AFTER_FIELD = "(ROW(:after_amount::float8, :after_text::text), :after_number)"
FIELD_KEY = SortKey(
    f"(SELECT {FIELD_VALUE} FROM request_values v WHERE v.request_id = r.id AND v.field = :sort_field)",  # noqa: S608
    tuple[float, TitleStart] | None,
    lambda _: None,
)


class After(NamedTuple):
    """The row that a page goes on after, and whether its search forgives typos."""

    sort: str
    value: Any
    number: int
    forgiving: bool


class Apart(NamedTuple):
    """What goes on after a cursor, for requests with a value v in the field that orders them, and for those without."""

    valued: str
    rest: str
    values: dict[str, Any]


class Order:
    """A sort as SQL."""

    def __init__(self, sort: str) -> None:
        """`sort` is a `Sort` or matches `SORT`."""
        self._sort = str(sort)
        name = sort.removeprefix("-")
        self.field = name.removeprefix(FIELD) if name.startswith(FIELD) else None
        """The field of the simulation data that it orders by, if it is one."""
        self._key = FIELD_KEY if self.field else SORT_KEYS[name]
        self.values = {"sort_field": self.field} if self.field else {}
        self._down = sort.startswith("-")
        self.direction = "DESC" if self._down else "ASC"
        nulls = " NULLS LAST" if self.field else ""
        self.expression = self._present(self._key.expression)
        """What it orders by."""
        self.sql = f"{self.expression} {self.direction}{nulls}, r.number {self.direction}"

    def _present(self, value: str) -> str:
        absent = self._key.absent
        return f"coalesce({value}, {absent.down if self._down else absent.up})" if absent else value

    @property
    def indexed(self) -> bool:
        """Whether an index of all requests has this order."""
        return self.field is None

    @property
    def is_creation(self) -> bool:
        """Whether it is the order of creation, which has an index of what each person sees."""
        return self._key is SORT_KEYS["createdAt"]

    @property
    def is_priority(self) -> bool:
        """Whether it is the order of a board, which has an index of what each person sees by status."""
        return self._key is SORT_KEYS["priority"]

    @property
    def priorities(self) -> list[Priority]:
        """In the order in which it walks them, if it is by priority and then by number."""
        if self._key not in (SORT_KEYS["priority"], SORT_KEYS["urgency"]):
            return []
        return list(Priority)[:: -1 if self._down is (self._key is SORT_KEYS["priority"]) else 1]

    def priority_of(self, after: After) -> Priority | None:
        """Of the row that a page by priority goes on after; none of a cursor that is not ours."""
        place = len(self.priorities) - after.value if self._down else after.value - 1
        return self.priorities[place] if 0 <= place < len(self.priorities) else None

    def after(self, after: After) -> tuple[str, dict[str, Any]]:
        """The condition for what comes after that row, with its values."""
        beyond = "<" if self._down else ">"
        if not self.field:
            part = f"({self.expression}, r.number) {beyond} ({self._present(':after')}, :after_number)"
            return part, {"after": after.value, "after_number": after.number}
        if after.value is None:
            return f"({self.expression} IS NULL AND r.number {beyond} :after_number)", {"after_number": after.number}
        return f"(({self.expression}, r.number) {beyond} {AFTER_FIELD} OR {self.expression} IS NULL)", _values_of(after)

    def apart(self, after: After | None) -> Apart:
        """For an order by a field."""
        beyond = "<" if self._down else ">"
        if after is None:
            return Apart("true", "true", {})
        if after.value is None:
            return Apart("false", f"r.number {beyond} :after_number", {"after_number": after.number})
        # The first says where an index begins.
        near = f"({FIELD_AMOUNT}, {FIELD_TEXT}) {beyond}= (:after_amount::float8, :after_text::text)"
        return Apart(f"{near} AND ({FIELD_VALUE}, r.number) {beyond} {AFTER_FIELD}", "true", _values_of(after))

    def cursor(self, last: Request, *, forgiving: bool) -> str:
        """Where to go on after this row."""
        return self.cursor_at(self._key.value(last), _number(last), forgiving=forgiving)

    def cursor_at(self, value: Any, number: int, *, forgiving: bool) -> str:
        """Where to go on after a row with this value and number."""
        return pack(self._sort, value, number, forgiving)

    def read(self, cursor: str | None) -> After | None:
        """Raises `InvalidFields` for a cursor that is not ours, or of another order."""
        if not cursor:
            return None
        after = After(*unpack(cursor, self._key.cursor))
        if after.sort != self._sort:
            raise InvalidFields(FieldError("cursor", f"belongs to an order by {after.sort}; start again without it"))
        if isinstance(after.value, datetime):
            try:
                after = after._replace(value=after.value.astimezone(UTC))
            except OverflowError:
                raise InvalidFields(FieldError("cursor", "is not one of ours; start again without it")) from None
        return after


def _values_of(after: After) -> dict[str, Any]:
    """Of a place in an order by a field."""
    return {"after_amount": after.value[0], "after_text": after.value[1], "after_number": after.number}
