"""Which requests are meant: the filters that lists, counts, boards and statistics share, and the SQL they become.

SQL is composed from the fragments here; every value is bound.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from simflow.db.queries import Connection
from simflow.errors import FieldError, InvalidFields
from simflow.requests import by_field, queries, words
from simflow.requests.models import KEY, Priority
from simflow.requests.workflow import Person, Status, WaitsFor, waiting
from simflow.study.models import Slug
from simflow.text import AN_ID, form
from simflow.users.models import Role

MAX_SEARCH_WORDS = 10
MAX_FIELDS = 10
FAR_AWAY = datetime.max.replace(tzinfo=UTC)
SEE_EVERYTHING = {Role.MANAGER, Role.ADMIN}

ID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
ENGINEER = form(f"^(me|none|{ID})$", f"must be me, none or an id such as {AN_ID}")
REQUESTER = form(f"^(me|{ID})$", f"must be me or an id such as {AN_ID}")
Engineers = list[Annotated[str, Meta(pattern=ENGINEER)]]
Requesters = list[Annotated[str, Meta(pattern=REQUESTER)]]
Words = Annotated[str, Meta(max_length=500)]


class Hands(StrEnum):
    """Whom a request waits for; `me` is the caller, for a manager or an admin whatever waits for a manager."""

    ME = "me"
    MANAGER = "manager"
    ENGINEER = "engineer"
    REQUESTER = "requester"


FIELD = "Values of fields, `name:value`, or `name:low..high unit` with either end; of one name any, of several all."


class Filters(Struct, rename="camel", omit_defaults=True, frozen=True):
    """The query of a list as it is sent: people are ids, `me` or, for nobody, `none`. What is absent lets all through.

    An answer that counts requests tells with this which list shows them.
    """

    status: list[Status] | None = None
    priority: list[Priority] | None = None
    vendor: list[str] | None = None
    tag: list[str] | None = None
    assigned_to: Annotated[Engineers | None, Meta(description="Ids, `me` or `none`.")] = None
    created_by: Annotated[Requesters | None, Meta(description="Ids or `me`.")] = None
    q: Annotated[Words | None, Meta(description="Words to search for.")] = None
    waits_for: Annotated[list[Hands] | None, Meta(description="Who has the ball; `me` is the caller.")] = None
    created_from: Annotated[datetime | None, Meta(description="Created at this moment or later.")] = None
    created_to: Annotated[datetime | None, Meta(description="Created before this moment.")] = None
    completed_from: Annotated[datetime | None, Meta(description="Completed at this moment or later.")] = None
    completed_to: Annotated[datetime | None, Meta(description="Completed before this moment.")] = None
    status_before: Annotated[datetime | None, Meta(description="In its status since before this moment.")] = None
    status_then: Annotated[list[Status] | None, Meta(description="What it was at the moment `asOf`.")] = None
    as_of: Annotated[datetime | None, Meta(description="The moment that `statusThen` speaks of.")] = None
    due_from: Annotated[date | None, Meta(description="Due on this day or later.")] = None
    due_to: Annotated[date | None, Meta(description="Due before this day.")] = None
    overdue: Annotated[bool | None, Meta(description="Due before today (UTC) with the result to come, or not.")] = None
    watching: Annotated[bool | None, Meta(description="Watched by the caller, or not.")] = None
    first_time_right: Annotated[bool | None, Meta(description="Accepted without a revision, or after one.")] = None
    field: Annotated[list[Words] | None, Meta(description=FIELD)] = None
    study_type: Annotated[list[Slug] | None, Meta(description="Ids of types of study.")] = None


HAS_VALUE = "r.id IN (SELECT v.request_id FROM request_values v WHERE {either})"
OF_VALUES = "SELECT v.request_id FROM request_values v WHERE {one}"
SPANS = {
    "created_from": "r.created_at >= :created_from",
    "created_to": "r.created_at < :created_to",
    "completed_from": "r.completed_at >= :completed_from",
    "completed_to": "r.completed_at < :completed_to",
    "status_before": "r.status_since < :status_before",
}
DAYS = {
    "due_from": f"{queries.DUE} >= :due_from AND {queries.DUE} < 'infinity'",
    "due_to": f"{queries.DUE} < :due_to",
}
WATCHED = """r.id IN (
    SELECT w.request_id FROM watchers w WHERE w.user_id = :watcher AND w.watching
    UNION SELECT c.id FROM requests c WHERE c.created_by = :watcher
    UNION SELECT a.id FROM requests a WHERE a.assigned_to = :watcher
    EXCEPT SELECT w.request_id FROM watchers w WHERE w.user_id = :watcher AND NOT w.watching
)"""
# A period holds the moment of its beginning, not that of its end. What was made later was nothing then: who walks down
# a list begins there.
WAS = """r.created_at <= :as_of AND EXISTS (
    SELECT FROM status_periods p
    WHERE p.request_id = r.id AND p.status = ANY(:status_then::text[]) AND p.entered_at <= :as_of AND p.left_at > :as_of
)"""

# Found once and hashed. The limit, far above, leaves nothing out: without it the planner might take them for too many
# to hash. So written, it cannot join them either.
FOUND_ONCE = "(r.id IN ({found} LIMIT 100000)) IS TRUE"
FEW_THEN = 10_000
# The same where no more than `FEW_THEN` were.
FOUND_THEN = """SELECT p.request_id FROM status_periods p
    WHERE p.status = ANY(:status_then::text[]) AND p.entered_at <= :as_of AND p.left_at > :as_of"""
WAS_OF_FEW = f"r.created_at <= :as_of AND {FOUND_ONCE.replace('{found}', FOUND_THEN)}"
FEW_VALUES, MANY_VALUES = 1_000, 20_000
"""Of fewer values each request is looked up, of more a walk down the list asks each for its value; between them they
are found once as well."""

FEW_SAID = 2_000
"""So few with some words are looked up by their numbers."""
COMMON = 0.05
"""Of words that so large a share of all requests has, what is kept of all is read: looking each up takes longer."""


class Conditions:
    """SQL conditions and the values bound in them."""

    def __init__(self, filters: Filters, person: Person) -> None:
        """Raises `InvalidFields` for every filter that cannot be taken."""
        self.parts: list[str] = []
        self.values: dict[str, Any] = {}
        self.errors: list[FieldError] = []
        self.is_told = False
        """Whether words were found already, so that asking for them costs next to nothing."""
        self.is_common = False
        """Whether many of all were found."""
        self.of_values = ""
        """Which requests the last of the fields names, if any, found by indexes alone."""
        if filters.status:
            self._one_of("status", "status", filters.status)
        if filters.priority:
            self._one_of("priority", "priority", filters.priority)
        if filters.vendor:
            self._one_of("vendor", "vendor", [self._text("vendor", v) for v in filters.vendor])
        if filters.tag:
            self._add("r.tags && :tags::text[]", tags=[self._text("tag", tag).lower() for tag in filters.tag])
        if filters.study_type:
            self._one_of("study_type", "study_types", filters.study_type)
        self._fields(filters.field or [])
        if filters.assigned_to:
            self._people("assignedTo", "assigned_to", filters.assigned_to, person.id, none="r.assigned_to IS NULL")
        if filters.created_by:
            self._people("createdBy", "created_by", filters.created_by, person.id)
        if filters.waits_for:
            self._hands(filters.waits_for, person)
        self._spans(filters)
        self._then(filters)
        self._either(filters, person)
        self._sees_everything = person.role in SEE_EVERYTHING
        self.words = self._text("q", filters.q or "").split()
        if len(self.words) > MAX_SEARCH_WORDS:
            self.errors.append(FieldError("q", f"must have at most {MAX_SEARCH_WORDS} words; leave some out"))
        if self.errors:
            raise InvalidFields(*self.errors)

    def _add(self, part: str, **values: Any) -> None:
        self.parts.append(part)
        self.values |= values

    def _one_of(self, column: str, name: str, values: Sequence[str]) -> None:
        self._add(f"r.{column} = {_any_of(name, 'text', values)}", **{name: values})

    def _text(self, field: str, text: str) -> str:
        if "\x00" in text or (not text.isprintable() and any("\ud800" <= c <= "\udfff" for c in text)):
            self.errors.append(FieldError(field, "must not contain the NUL character or half of a character"))
        return text

    def _fields(self, given: list[str]) -> None:
        by_name: dict[str, list[str]] = {}
        if len(given) > MAX_FIELDS:
            self.errors.append(FieldError("field", f"may be given at most {MAX_FIELDS} times"))
            return
        for number, text in enumerate(given):
            try:
                wanted = by_field.parse(text)
            except ValueError as error:
                self.errors.append(FieldError("field", str(error)))
                continue
            parts, values = by_field.sql(wanted, number)
            by_name.setdefault(wanted.name, []).extend(parts)
            self.values |= values
        for parts in by_name.values():
            self._add(HAS_VALUE.replace("{either}", " OR ".join(parts)))
            self.of_values = " UNION ALL ".join(OF_VALUES.replace("{one}", one) for one in parts)

    def _people(self, field: str, column: str, names: list[str], me: UUID, none: str | None = None) -> None:
        ids: list[UUID] = []
        for name in names:
            try:
                if name != "none" or none is None:
                    ids.append(me if name == "me" else UUID(name))
            except ValueError:
                choices = "ids or me" if none is None else "ids, me or none"
                self.errors.append(FieldError(field, f"takes {choices}, not {name[:50]!r}"))
        either = [f"r.{column} = {_any_of(column, 'uuid', ids)}"] if ids else []
        if none and "none" in names:
            either.append(none)
        self._add("(" + " OR ".join(either or ["true"]) + ")", **{column: ids})

    def _hands(self, names: list[Hands], person: Person) -> None:
        whom = {WaitsFor(name.value) for name in names if name is not Hands.ME}
        parts = []
        if Hands.ME in names:
            if person.role in (Role.MANAGER, Role.ADMIN):
                whom.add(WaitsFor.MANAGER)
            else:
                parts.append("r.assigned_to = :me AND r.status = ANY(:for_engineer::text[])")
                parts.append("r.created_by = :me AND r.status = ANY(:for_requester::text[])")
                self.values |= {
                    "me": person.id,
                    "for_engineer": waiting(WaitsFor.ENGINEER),
                    "for_requester": waiting(WaitsFor.REQUESTER),
                }
        if whom:
            parts.append("r.status = ANY(:waiting::text[])")
            self.values["waiting"] = [status for one in sorted(whom) for status in waiting(one)]
        self.parts.append("(" + " OR ".join(parts) + ")")

    def _moment(self, name: str, moment: datetime) -> datetime:
        try:
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except OverflowError:
            pass
        self.errors.append(FieldError(_wire(name), "must be a moment with its time zone, like 2026-01-31T08:00:00Z"))
        return FAR_AWAY

    def _spans(self, filters: Filters) -> None:
        for name, part in SPANS.items():
            if (moment := getattr(filters, name)) is not None:
                self._add(part, **{name: self._moment(name, moment)})
        for name, part in DAYS.items():
            if (day := getattr(filters, name)) is not None:
                self._add(part, **{name: day})

    def _either(self, filters: Filters, person: Person) -> None:
        if filters.first_time_right is not None:
            self._add(f"r.status = 'Accepted' AND r.revisions {'=' if filters.first_time_right else '>'} 0")
        if filters.overdue is not None:
            # Plainly where it may, so that an index can find it.
            self._add(queries.OVERDUE if filters.overdue else f"NOT ({queries.OVERDUE})")
        if filters.watching is not None:
            self._add(WATCHED if filters.watching else f"NOT {WATCHED}", watcher=person.id)

    def _then(self, filters: Filters) -> None:
        if filters.status_then and filters.as_of is not None:
            self._add(WAS, status_then=filters.status_then, as_of=self._moment("as_of", filters.as_of))
        elif filters.status_then:
            self.errors.append(FieldError("asOf", "is needed with statusThen"))
        elif filters.as_of is not None:
            self.errors.append(FieldError("statusThen", "is needed with asOf"))

    def find_few_then(self) -> None:
        """Finds what was in the statuses then at once instead of request by request; for who sees everything."""
        self.parts[self.parts.index(WAS)] = WAS_OF_FEW

    def find_by_values(self) -> None:
        """Finds what has the values at once, where nothing else is asked for; for who sees everything."""
        self.parts = [FOUND_ONCE.replace("{found}", self.of_values)]

    def go_on(self, part: str, values: dict[str, Any]) -> None:
        """Only what comes after a cursor."""
        self._add(part, **values)

    def search(self, *, forgiving: bool, one_by_one: Literal["texts", "words"] | None = None) -> None:
        """Every word must occur in the title, the description or a comment that the person may read, or be the key.

        Strictly: as part of a word. Forgivingly: as something spelt alike (trigram word similarity). `one_by_one` looks
        at one request after the other: at its texts, or, for who sees everything, at the words that are kept of it.
        """
        patterns, numbers = self.typed(forgiving=forgiving)
        if self.is_kept and not one_by_one and not self._sees_everything:
            self._add(words.found_for_person(forgiving=forgiving), patterns=patterns, numbers=numbers)
            return
        if self.is_kept and one_by_one != "texts":
            self._add(words.found(numbers, forgiving=forgiving, one_by_one=one_by_one is not None))
        else:
            self._add(words.holds(numbers, forgiving=forgiving))
        for i, (pattern, number) in enumerate(zip(patterns, numbers, strict=True)):
            self.values |= {f"word{i}": pattern, f"number{i}": number}

    def keep_to(self, said: bytes) -> None:
        """Only requests with a bit, which were found by their words already."""
        self.is_told = True
        number = int.from_bytes(said).bit_count()
        if number <= FEW_SAID:
            self._add("r.number = ANY(:said_by::bigint[])", said_by=words.numbers_of(said))
            return
        # Which share of what they see has them, of somebody who sees less, is a guess.
        share = number / (8 * len(said)) if self._sees_everything else 1 / 9
        self.is_common = self._sees_everything and share > COMMON
        self._add(words.has_bit(share), said=said)

    def typed(self, *, forgiving: bool) -> tuple[list[str], list[int | None]]:
        """For each word what it is looked for as, and the number of the request whose key it is."""
        keys = [KEY.fullmatch(word) for word in self.words]
        patterns = self.words if forgiving else [words.like(word) for word in self.words]
        return patterns, [int(key[1]) if key else None for key in keys]

    @property
    def is_kept(self) -> bool:
        """Whether the words that are kept of each request tell where these occur."""
        return all(len(word) <= words.LONGEST_KEPT for word in self.words)

    @property
    def where(self) -> str:
        return " AND ".join(self.parts) or "true"


def _any_of(name: str, kind: str, values: Sequence[Any]) -> str:
    """One alone is compared as such: only then has an index of such values the order of the list as well."""
    return f"(:{name}::{kind}[])[1]" if len(values) == 1 else f"ANY(:{name}::{kind}[])"


def _wire(name: str) -> str:
    return next(f.encode_name for f in msgspec.structs.fields(Filters) if f.name == name)


async def conditions(
    tx: Connection, filters: Filters, person: Person, *, forgiving: bool | None = None
) -> tuple[Conditions, bool]:
    """The conditions, and whether the search forgives typos: it does once nothing is spelt just like that.

    Raises `InvalidFields` for every filter that cannot be taken.
    """
    chosen = Conditions(filters, person)
    if not chosen.words:
        return chosen, False
    if forgiving is None:
        probe = Conditions(filters, person)
        probe.search(forgiving=False)
        forgiving = not await _is_any_visible(tx, probe)
    chosen.search(forgiving=forgiving)
    return chosen, forgiving


async def conditions_for_all(
    tx: Connection, filters: Filters, person: Person, *, forgiving: bool | None = None
) -> Conditions:
    """The same conditions for statements that read all that matches, and not a page of it: words by bits of all that
    have them, which are asked for once, where these tell."""
    chosen = Conditions(filters, person)
    if not chosen.words or not chosen.is_kept:
        return (await conditions(tx, filters, person, forgiving=forgiving))[0]
    patterns, numbers = chosen.typed(forgiving=bool(forgiving))
    said = await queries.all_with_words.first(tx, patterns=patterns, numbers=numbers, forgiving=bool(forgiving))
    if said is None:
        return (await conditions(tx, filters, person, forgiving=forgiving))[0]
    are_alone = not chosen.parts
    chosen.keep_to(said)
    if forgiving is None and not (said and (are_alone or await _is_any_visible(tx, chosen))):
        return await conditions_for_all(tx, filters, person, forgiving=True)
    return chosen


async def _is_any_visible(tx: Connection, chosen: Conditions) -> bool:
    return await queries.is_any_visible.filled(where=chosen.where).one(tx, **chosen.values)


async def share_of(tx: Connection, typed: Sequence[str]) -> float:
    """Which share of all requests has these words, by the planner's guess; for who sees everything."""
    return await queries.estimate_share.one(tx, patterns=[words.like(word) for word in typed])
