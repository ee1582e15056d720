"""Random requests, random filters: every way to look at them shows what a plain look at each row says."""

import csv
import io
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from simflow.requests import listing, queries
from simflow.requests.moments import AMONG_ALL
from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as
from tests.requests.table import STATUSES, WITH_ENGINEER
from tests.requests.test_listing import PRIORITIES, all_pages

Row = dict[str, Any]
START = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 30
VENDORS = ["FANUC", "ABB", "KUKA, Augsburg"]
WORDS = ["welding", "gripper", "layout"]
# Around today, on which what is due is not overdue yet.
DUE = [None, *(datetime.now(UTC).date() + timedelta(days=days) for days in (-9, -1, 0, 1, 9))]
WAITS_FOR = {
    "Submitted": "manager",
    "Feasibility Review": "manager",
    "Information Needed": "requester",
    "Resource Allocation": "manager",
    "Engineering Review": "engineer",
    "Discussion": "manager",
    "In Progress": "engineer",
    "On Hold": "engineer",
    "Completed": "requester",
    "Revision Requested": "manager",
}
COLUMNS = {
    "title": "text",
    "description": "text",
    "vendor": "text",
    "priority": "text",
    "status": "text",
    "created_by": "uuid",
    "created_by_name": "text",
    "assigned_to": "uuid",
    "assigned_to_name": "text",
    "estimated_hours": "int",
    "created_at": "timestamptz",
    "status_since": "timestamptz",
    "completed_at": "timestamptz",
    "revisions": "int",
    "due_date": "date",
}


def moment(chance: random.Random) -> datetime:
    """On the hour, so that moments coincide with those of the rows."""
    return START + timedelta(hours=chance.randrange(24 * DAYS))


def made_up(chance: random.Random, requesters: list[Caller], engineers: list[Caller]) -> Row:
    status, requester, engineer = chance.choice(STATUSES), chance.choice(requesters), chance.choice(engineers)
    created, since = sorted((moment(chance), moment(chance)))
    since = created if status == "Submitted" else since
    assigned = engineer if status in WITH_ENGINEER else None
    return {
        "title": chance.choice(WORDS),
        "description": "Cell 4",
        "vendor": chance.choice(VENDORS),
        "priority": chance.choice(PRIORITIES),
        "status": status,
        "created_by": requester.id,
        "created_by_name": requester.user["name"],
        "assigned_to": assigned.id if assigned else None,
        "assigned_to_name": assigned.user["name"] if assigned else None,
        "estimated_hours": chance.choice([8, 16]) if assigned else None,
        "created_at": created,
        "status_since": since,
        "completed_at": since if status in {"Completed", "Accepted"} else None,
        "revisions": chance.choice([0, 0, 1, 2]),
        "due_date": chance.choice(DUE),
    }


class Desk:
    def __init__(self, rows: list[Row], requesters: list[Caller], engineers: list[Caller], manager: Caller) -> None:
        self.rows, self.requesters, self.engineers, self.manager = rows, requesters, engineers, manager

    def seen_by(self, caller: Caller) -> list[Row]:
        """Of the rows of this desk."""
        if caller is self.manager:
            return self.rows
        return [
            row
            for row in self.rows
            if row["created_by"] == caller.id
            or (caller in self.engineers and (row["assigned_to"] == caller.id or row["status"] == "Engineering Review"))
        ]


@pytest.fixture
async def desk(owner: asyncpg.Connection, people: People) -> Desk:
    chance = random.Random(4)
    requesters = [await people.add("USER"), await people.add("USER")]
    engineers = [await people.add("ENGINEER"), await people.add("ENGINEER")]
    rows = [made_up(chance, [*requesters, engineers[0]], engineers) for _ in range(160)]
    arrays = ", ".join(f"${i}::{kind}[]" for i, kind in enumerate(COLUMNS.values(), 1))
    query = f"INSERT INTO requests ({', '.join(COLUMNS)}) SELECT * FROM unnest({arrays}) RETURNING id::text"
    ids = await owner.fetch(query, *([row[column] for row in rows] for column in COLUMNS))
    manager = await people.add("MANAGER")
    made = [row | {"id": made["id"], "watchers": {}} for row, made in zip(rows, ids, strict=True)]
    for row in chance.sample(made, 80):
        person = chance.choice([*requesters, *engineers, manager])
        row["watchers"][person.id] = chance.choice([True, False])
    wishes = [(row["id"], person, wish) for row in made for person, wish in row["watchers"].items()]
    await owner.executemany("INSERT INTO watchers VALUES ($1, $2, $3)", wishes)
    return Desk(made, requesters, engineers, manager)


Test = Callable[[Row], bool]


def in_hands(caller: Caller, names: list[str]) -> Test:
    def mine(row: Row) -> bool:
        ball = WAITS_FOR.get(row["status"])
        if caller.user["role"] == "MANAGER":
            return ball == "manager"
        assigned = row["assigned_to"] == caller.id and ball == "engineer"
        return assigned or (row["created_by"] == caller.id and ball == "requester")

    return lambda row: WAITS_FOR.get(row["status"]) in names or ("me" in names and mine(row))


def status_at(row: Row, when: datetime) -> str | None:
    if when < row["created_at"]:
        return None
    return "Submitted" if when < row["status_since"] else row["status"]


def is_overdue(row: Row) -> bool:
    delivered = row["status"] in {"Completed", "Accepted", "Denied", "Cancelled"}
    return row["due_date"] is not None and row["due_date"] < datetime.now(UTC).date() and not delivered


def watches(caller: Caller, row: Row) -> bool:
    wish = row["watchers"].get(caller.id)
    return caller.id in (row["created_by"], row["assigned_to"]) if wish is None else wish


def choices(chance: random.Random, desk: Desk, caller: Caller) -> dict[str, tuple[dict[str, Any], Test]]:
    """Each filter with values of its own, and what it means."""
    statuses, priorities = chance.sample(STATUSES, 4), chance.sample(PRIORITIES, 2)
    vendors, word = chance.sample(VENDORS, 2), chance.choice(WORDS)
    engineer, requester = chance.choice(desk.engineers).id, chance.choice(desk.requesters).id
    hands = chance.sample(["me", "manager", "engineer", "requester"], chance.choice([1, 1, 2]))
    then, when, right = chance.sample(STATUSES, 6), moment(chance), chance.choice([True, False])
    overdue, watching = chance.choice([True, False]), chance.choice([True, False])
    first, last = sorted(chance.sample([due for due in DUE if due], 2))
    early, late = sorted((moment(chance), moment(chance)))

    def wire(value: datetime) -> str:
        return value.astimezone(UTC).isoformat()

    return {
        "status": ({"status": statuses}, lambda r: r["status"] in statuses),
        "priority": ({"priority": priorities}, lambda r: r["priority"] in priorities),
        "vendor": ({"vendor": vendors}, lambda r: r["vendor"] in vendors),
        "engineer": (
            {"assignedTo": [engineer, "none"]},
            lambda r: r["assigned_to"] in (engineer, None),
        ),
        "requester": (
            {"createdBy": [requester, "me"]},
            lambda r: r["created_by"] in (requester, caller.id),
        ),
        "q": ({"q": word}, lambda r: r["title"] == word),
        "hands": ({"waitsFor": hands}, in_hands(caller, hands)),
        "from": ({"createdFrom": wire(early)}, lambda r: r["created_at"] >= early),
        "to": ({"createdTo": wire(late)}, lambda r: r["created_at"] < late),
        "completed": (
            {"completedFrom": wire(early), "completedTo": wire(late)},
            lambda r: r["completed_at"] is not None and early <= r["completed_at"] < late,
        ),
        "before": ({"statusBefore": wire(late)}, lambda r: r["status_since"] < late),
        "then": ({"statusThen": then, "asOf": wire(when)}, lambda r: status_at(r, when) in then),
        "right": (
            {"firstTimeRight": str(right).lower()},
            lambda r: r["status"] == "Accepted" and (r["revisions"] == 0) == right,
        ),
        "due": (
            {"dueFrom": first.isoformat(), "dueTo": last.isoformat()},
            lambda r: r["due_date"] is not None and first <= r["due_date"] < last,
        ),
        "overdue": ({"overdue": str(overdue).lower()}, lambda r: is_overdue(r) == overdue),
        "watching": ({"watching": str(watching).lower()}, lambda r: watches(caller, r) == watching),
    }


NAMES = [
    "status", "priority", "vendor", "engineer", "requester", "q", "hands", "from", "to", "completed", "before", "then",
    "right", "due", "overdue", "watching",
]  # fmt: skip


async def compare(desk: Desk, caller: Caller, chance: random.Random, names: list[str]) -> int:
    every = choices(chance, desk, caller)
    assert sorted(every) == sorted(NAMES)
    chosen = [every[name] for name in names]
    params: dict[str, Any] = {"createdBy": [c.id for c in (*desk.requesters, desk.engineers[0])]}
    for part, _ in chosen:
        params |= part
    wanted = {r["id"]: r for r in desk.seen_by(caller) if all(test(r) for _, test in chosen)}
    about = f"{caller.user['role']} {params}"
    rows = await all_pages(caller, **params, limit=chance.choice([3, 20, 200]), sort="-completedAt")
    assert sorted(row["id"] for row in rows) == sorted(wanted), about
    counts = (await caller.get("/api/requests/counts", params=params)).json()
    assert counts["total"] == len(wanted), about
    assert +Counter(counts["byStatus"]) == Counter(r["status"] for r in wanted.values()), about
    board = (await caller.get("/api/requests/board", params=params | {"limit": 200})).json()["columns"]
    assert sorted(card["id"] for column in board for card in column["cards"]) == sorted(wanted), about
    assert {c["status"]: c["count"] for c in board if c["count"]} == +Counter(counts["byStatus"]), about
    exported = await caller.get("/api/requests/export", params=params | {"sort": "-completedAt", "columns": "key"})
    lines = list(csv.reader(io.StringIO(exported.content.decode("utf-8-sig"), newline="")))
    assert lines[lines.index([]) + 2 :] == [[row["key"]] for row in rows], about
    assert ["Rows", str(len(rows))] in lines[: lines.index([])], about
    for by in ("status", "priority", "vendor", "assignedTo", "createdBy"):
        groups = (await caller.get("/api/requests/groups", params=params | {"by": by})).json()["groups"]
        assert {g["value"]: g["count"] for g in groups} == Counter(row[by] or "none" for row in rows), about
        for group in groups[:1]:
            behind = (await caller.get("/api/requests/counts", params=group["filters"])).json()
            assert behind["total"] == group["count"], about
    return len(wanted)


async def test_all_agree_with_a_plain_look(desk: Desk) -> None:
    chance = random.Random(5)
    callers = [desk.manager, *desk.engineers, *desk.requesters]
    found: Counter[str] = Counter()
    for round_number in range(52):
        first = NAMES[round_number % len(NAMES)]
        others = chance.sample(NAMES, chance.choice([0, 0, 1, 2]))
        names = list(dict.fromkeys([first, *others]))
        caller = callers[round_number % len(callers)]
        found[first] += await compare(desk, caller, chance, names)
    assert sorted(found) == sorted(NAMES)
    assert all(found.values()), f"some filter never let anything through: {found}"


@pytest.mark.parametrize("sort", ["-createdAt", "createdAt", "-priority", "title"])
async def test_what_was_then_is_found_alike_whether_few_or_many_were(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    """Few are found at once, many are looked for request by request; a manager's list chooses."""
    when = START + timedelta(days=20)
    params = {"statusThen": ["Submitted", "In Progress"], "asOf": when.isoformat(), "sort": sort, "limit": 7}
    few = await all_pages(desk.manager, **params)
    monkeypatch.setattr(listing, "FEW_THEN", -1)
    many = await all_pages(desk.manager, **params)
    assert few == many
    wanted = {row["id"] for row in desk.rows if status_at(row, when) in params["statusThen"]}
    assert {row["id"] for row in few} >= wanted
    assert len(wanted) > 7


async def test_few_then_are_counted_within_the_half_hour_too(settings: Settings, manager: Caller) -> None:
    """What is kept by half hours tells nothing of a request that came in the one that is asked about."""
    await manager.submit()
    asked = {"status_then": ["Submitted"], "as_of": datetime.now(UTC)}
    counted = queries.count_then.filled(moments=AMONG_ALL)
    async with signed_in_as(settings, "simflow_manager", UUID(manager.id)) as tx:
        there = await tx.fetchval("SELECT count(*) FROM requests WHERE status = 'Submitted'")
        assert await counted.one(tx, few=10_000, **asked) == there
