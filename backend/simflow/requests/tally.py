"""Which counts come from `request_counts`, where counting costs the same however many requests there are.

Filters by status, priority, vendor, whom it waits for and one side's people are answered there, those by type of study
for who sees everything; all others count rows.
"""

from typing import Any

import msgspec

from simflow.requests.filters import SEE_EVERYTHING, Conditions, Filters, Hands
from simflow.requests.reasons import SEEN_BY_ALL_ENGINEERS
from simflow.requests.workflow import Person, Status, WaitsFor, waiting
from simflow.users.models import Role

PLAIN = {"status", "priority", "vendor", "study_type"}
CELLS = (
    "SELECT c.status, c.priority, c.vendor, c.person, c.number, c.estimated_hours FROM request_counts c WHERE {where}"
)
ROWS = """SELECT r.status, r.priority, r.vendor, r.assigned_to, 1, coalesce(r.estimated_hours, 0) FROM requests r
    WHERE {where}"""
TOLD_APART = {(Role.USER, "created_by"), (Role.ENGINEER, "assigned_to")}
"""Whose people cells tell apart also for who does not see everything."""


class Tally:
    """Cells that together count each matching request once: the place `{cells}`, and the values bound in it."""

    def __init__(self, filters: Filters, prefix: str) -> None:
        self._prefix = prefix
        plain = Filters(**{name: getattr(filters, name) for name in PLAIN})
        # The filters' own conditions, which name the table's columns alike.
        conditions = Conditions(plain, _NOBODY)
        self._where = conditions.where
        self.values: dict[str, Any] = {}
        for field, value in conditions.values.items():
            self._where = self._where.replace(f":{field}::", f":{prefix}{field}::")
            self.values[f"{prefix}{field}"] = value
        self._parts: list[str] = []

    def cells(self, side: str, people: list[Any] | None = None, statuses: tuple[Status, ...] | None = None) -> None:
        """Those of a side, of these people (None among them: nobody), in these statuses."""
        name = f"{self._prefix}{len(self._parts)}"
        where = [self._plain("c"), f"c.side = '{side}'"]
        if people is not None:
            ids = [person for person in people if person is not None]
            either = [f"c.person = ANY(:people_{name}::uuid[])"] if ids else []
            self.values |= {f"people_{name}": ids} if ids else {}
            where.append("(" + " OR ".join(either + ["c.person IS NULL"] * (None in people)) + ")")
        if statuses is not None:
            where.append(f"c.status = ANY(:statuses_{name}::text[])")
            self.values[f"statuses_{name}"] = list(statuses)
        self._parts.append(CELLS.format(where=" AND ".join(where)))

    def strays(self, me: Any, statuses: list[Status]) -> None:
        """What this person created and is not assigned to them, one by one: no cell tells these apart."""
        self._rows("r.created_by = :{me} AND r.assigned_to IS DISTINCT FROM :{me}", me, statuses)

    def assigned(self, me: Any, statuses: list[Status]) -> None:
        """What is assigned to somebody who sees only what they created, one by one: no cell tells that apart either."""
        self._rows("r.assigned_to = :{me}", me, statuses)

    def _rows(self, whose: str, me: Any, statuses: list[Status]) -> None:
        whose = whose.format(me=f"{self._prefix}me")
        where = f"{self._plain('r')} AND {whose} AND r.status = ANY(:{self._prefix}among::text[])"
        self._parts.append(ROWS.format(where=where))
        self.values |= {f"{self._prefix}me": me, f"{self._prefix}among": statuses}

    def _plain(self, table: str) -> str:
        return self._where.replace("r.", f"{table}.")

    @property
    def sql(self) -> str:
        return " UNION ALL ".join(self._parts)


class _Nobody:
    id, role = None, Role.USER


_NOBODY: Any = _Nobody()


def tally(filters: Filters, person: Person, by: str | None = None, prefix: str = "") -> Tally | None:
    """None where rows must be counted. `by` is the side whose people are to be told apart; `prefix` keeps the names of
    several apart in one statement."""
    Conditions(filters, person)  # refuses what cannot be taken
    given = {name for name, value in msgspec.structs.asdict(filters).items() if value is not None}
    given -= {name for name in given if getattr(filters, name) in ([], "")}
    if given - PLAIN - {"assigned_to", "created_by", "waits_for"} or {"assigned_to", "created_by"} <= given:
        return None
    side = next(iter(given & {"assigned_to", "created_by"}), None)
    manages, by_type, hands = person.role in SEE_EVERYTHING, bool(filters.study_type), filters.waits_for or []
    tells_people_apart = manages or (person.role, by) in TOLD_APART
    if by is not None and (side not in (None, by) or not tells_people_apart or Hands.ME in hands):
        return None
    if by_type and not (manages and side is by is None):
        return None
    named = None if side is None else [person.id if n == "me" else n for n in getattr(filters, side)]
    statuses: tuple[Status, ...] | None = None
    if hands and (manages or Hands.ME not in hands):
        whom = {WaitsFor.MANAGER if hand is Hands.ME else WaitsFor(hand.value) for hand in hands}
        statuses = tuple(status for one in whom for status in waiting(one))
    made = Tally(filters, prefix)
    if hands and statuses is None:
        return _mine_to_do(made, person) if hands == [Hands.ME] and side is None else None
    if manages:
        people = None if named is None else [None if name == "none" else name for name in named]
        made.cells(side or by or ("study_type" if by_type else "all"), people, statuses)
    elif named is not None:
        if named not in ([person.id], [str(person.id)]) or (person.role, side) == (Role.USER, "assigned_to"):
            return None
        made.cells(str(side), [person.id], statuses)
    elif person.role == Role.USER:
        made.cells("created_by", [person.id], statuses)
    else:
        _all_of_an_engineer(made, person, statuses, by or "all")
    return made


def _mine_to_do(made: Tally, person: Person) -> Tally:
    """No status waits for both sides, so no request is in both."""
    made.cells("created_by", [person.id], waiting(WaitsFor.REQUESTER))
    if person.role == Role.ENGINEER:
        made.cells("assigned_to", [person.id], waiting(WaitsFor.ENGINEER))
    else:
        # Who was an engineer before may still have work.
        made.assigned(person.id, list(waiting(WaitsFor.ENGINEER)))
    return made


def _all_of_an_engineer(made: Tally, person: Person, statuses: tuple[Status, ...] | None, side: str) -> None:
    """What an engineer sees: what is theirs, what all engineers see, and what they created and is neither."""
    wanted = statuses or tuple(Status)
    others = tuple(status for status in wanted if status != SEEN_BY_ALL_ENGINEERS)
    if SEEN_BY_ALL_ENGINEERS in wanted:
        made.cells(side, None, (SEEN_BY_ALL_ENGINEERS,))
    made.cells("assigned_to", [person.id], others)
    made.strays(person.id, list(others))
