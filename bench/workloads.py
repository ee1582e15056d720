"""What is asked for: each workload is a list of calls that repeats itself."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple
from urllib.parse import urlencode

import asyncpg

from desk import EMAIL, PASSWORD, Desk

SAMPLE = 500
"""Different requests that details, comments and moves go to."""


class Call(NamedTuple):
    method: str
    path: str
    cookie: str
    body: str | None = None


@dataclass
class Workload:
    """`again` tells that the same statements may be run again, so that pgbench can; with a `rate` so many calls begin each
    second, however long those before them take."""

    name: str
    calls: list[Call]
    again: bool = True
    rate: int | None = None
    expected: set[int] = field(default_factory=lambda: {200})


CHARTS = (
    "throughput", "open work", "cycle time", "time in status", "by vendor", "by priority", "first time right", "estimates",
)

BUSIEST = "SELECT {0} AS id FROM requests WHERE {0} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"

Maker = Callable[[Desk], "list[Workload]"]


async def _sample(desk: Desk, where: str = "true", order: str = "ASC") -> list[asyncpg.Record]:
    return await desk.fetch(
        "SELECT id::text, number, title, description, vendor, priority"
        f" FROM requests WHERE {where} ORDER BY md5(number::text) {order} LIMIT {SAMPLE}"
    )


def _details(rows: list[asyncpg.Record], cookie: str) -> list[Call]:
    return [Call("GET", f"/api/requests/SF-{row['number']}", cookie) for row in rows]


def _one(name: str, path: str, cookie: str) -> Workload:
    return Workload(name, [Call("GET", path, cookie)])


async def reads(desk: Desk) -> list[Workload]:
    sample = await _sample(desk)
    manager, engineer, requester = (desk.cookies[role] for role in ("MANAGER", "ENGINEER", "USER"))
    made_by = BUSIEST.format("created_by")
    theirs = {
        "engineer": (engineer, await _sample(desk, "status = 'Engineering Review'")),
        "requester": (requester, await _sample(desk, f"created_by = ({made_by})")),
    }
    lists = {
        "list of 50": "limit=50",
        "list of 100": "limit=100",
        "list, one status": "limit=50&status=In%20Progress",
        "list, high priority": "limit=50&priority=High",
        "list, vendor": "limit=50&vendor=KUKA",
        "list, by priority": "limit=50&sort=-priority",
        "list, by a field": "limit=50&sort=field:payload",
        "list, waits for manager": "limit=50&waitsFor=manager",
        "list, tag": "limit=50&tag=safety",
        "list, a key": f"limit=50&q=SF-{desk.requests // 2}",
        "list, rare words": "limit=50&q=interference%20tyre%20fence",
        "list, frequent word": "limit=50&q=reach",
        "list, misspelt word": "limit=50&q=interferense",
        "list, frequent word of a vendor": "limit=50&q=reach&vendor=KUKA",
        "list, frequent word by priority": "limit=50&q=reach&sort=-priority",
    }
    return [
        Workload("detail", _details(sample, manager)),
        *(Workload(f"detail, {role}", _details(rows, cookie)) for role, (cookie, rows) in theirs.items()),
        *(_one(name, f"/api/requests?{query}", manager) for name, query in lists.items()),
        _one("list, requester", "/api/requests?limit=50", requester),
        _one("list, engineer", "/api/requests?limit=50", engineer),
        *(
            _one(f"list, {words}, {role}", f"/api/requests?{lists[f'list, {words}']}", cookie)
            for role, cookie in (("engineer", engineer), ("requester", requester))
            for words in ("rare words", "frequent word", "misspelt word")
        ),
        _one("counts", "/api/requests/counts", manager),
        _one("counts, engineer", "/api/requests/counts", engineer),
        _one("counts, vendor and priority", "/api/requests/counts?vendor=ABB&priority=High", manager),
        _one("counts, frequent word", "/api/requests/counts?q=reach", manager),
        _one("counts, frequent word of a vendor", "/api/requests/counts?q=reach&vendor=KUKA", manager),
        _one("groups, frequent word", "/api/requests/groups?by=vendor&q=reach", manager),
        _one("counts, frequent word, engineer", "/api/requests/counts?q=reach", engineer),
        _one("counts, frequent word, requester", "/api/requests/counts?q=reach", requester),
        _one("home", "/api/home", manager),
        _one("home, engineer", "/api/home", engineer),
        _one("home, requester", "/api/home", requester),
        _one("board", "/api/requests/board?limit=20", manager),
        _one("board, frequent word", "/api/requests/board?limit=20&q=reach&sort=-priority", manager),
        _one("board, engineer", "/api/requests/board?limit=20", engineer),
        _one("timeline", "/api/requests/timeline", manager),
        _one("timeline, engineer", "/api/requests/timeline", engineer),
        _one("chart, throughput", "/api/statistics/throughput", manager),
        _one("chart, cycle time", "/api/statistics/cycle-time", manager),
        _one("chart, open work", "/api/statistics/open-work", manager),
    ]


async def filters(desk: Desk) -> list[Workload]:
    """The newest 50 of each filter that is not among the reads: a manager's, over people and moments that the data have."""
    (engineer,), (creator,) = [(await desk.fetch(BUSIEST.format(column)))[0] for column in ("assigned_to", "created_by")]
    (kind,) = (await desk.fetch("SELECT study_type FROM requests WHERE study_type IS NOT NULL ORDER BY number LIMIT 1"))[0]
    now = datetime.now(UTC)
    day, week, quarter = ((now - timedelta(days=days)).isoformat() for days in (1, 7, 90))
    queries = {
        "assignee": {"assignedTo": engineer},
        "nobody assigned": {"assignedTo": "none"},
        "creator": {"createdBy": creator},
        "created in a quarter": {"createdFrom": quarter, "createdTo": week},
        "completed in a week": {"completedFrom": week, "completedTo": day},
        "in a status for long": {"statusBefore": quarter, "status": "In Progress"},
        "what it was then": {"statusThen": "On Hold", "asOf": quarter},
        "due soon": {"dueFrom": now.date(), "dueTo": now.date() + timedelta(days=7)},
        "overdue": {"overdue": "true"},
        "watched": {"watching": "true"},
        "after a revision": {"firstTimeRight": "false"},
        "type of study": {"studyType": kind},
        "field": {"field": "payload:100..120 kg"},
        "four filters": {"status": "In Progress", "priority": "High", "vendor": "ABB", "assignedTo": engineer},
    }
    return [
        _one(f"list, {name}", f"/api/requests?{urlencode({'limit': 50} | query)}", desk.cookies["MANAGER"])
        for name, query in queries.items()
    ]


async def deep(desk: Desk) -> list[Workload]:
    """A page in the middle of the list, whose cursor is that of a page there; and the charts that have values to tell of."""
    import httpx  # noqa: PLC0415

    middle = (await desk.fetch("SELECT created_at FROM requests ORDER BY number OFFSET $1 LIMIT 1", desk.requests // 2))[0]
    moment = middle["created_at"].isoformat().replace("+00:00", "Z")
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{desk.port}", timeout=60) as client:
        page = await client.get(
            "/api/requests", params={"createdTo": moment}, headers={"Cookie": desk.cookies["MANAGER"]}
        )
        cursor = page.json()["nextCursor"]
    manager = desk.cookies["MANAGER"]
    charts = ("time in status", "by vendor", "by priority", "first time right", "estimates")
    return [
        _one("list, deep cursor", f"/api/requests?limit=50&cursor={cursor}", manager),
        *(_one(f"chart, {name}", f"/api/statistics/{name.replace(' ', '-')}", manager) for name in charts),
    ]


async def charts(desk: Desk) -> list[Workload]:
    """Each chart of what is filtered: by what is kept for charts, and by two of these at once."""
    (kind,) = (await desk.fetch("SELECT study_type FROM requests WHERE study_type IS NOT NULL ORDER BY number LIMIT 1"))[0]
    queries = {
        "high priority": {"priority": "High"},
        "a vendor": {"vendor": "KUKA"},
        "a type of study": {"studyType": kind},
        "a vendor and a priority": {"vendor": "KUKA", "priority": "High"},
    }
    return [
        _one(f"chart, {name}, {of}", f"/api/statistics/{name.replace(' ', '-')}?{urlencode(query)}", desk.cookies["MANAGER"])
        for of, query in queries.items()
        for name in CHARTS
    ]


async def writes(desk: Desk) -> list[Workload]:
    # Others than details are read of: these would grow by thousands of comments, and be slower with each round.
    sample = await _sample(desk, order="DESC")
    manager = desk.cookies["MANAGER"]
    new = [{name: row[name] for name in ("title", "description", "vendor", "priority")} for row in sample]
    said = json.dumps({"content": "Spot 12 is out of reach by 30 mm with the current gun.", "internal": False})
    moving = await _sample(desk, "status = 'In Progress'")
    # All are put on hold before the first is taken up again: calls overlap.
    moves = [
        Call("PATCH", f"/api/requests/{row['id']}/status", manager, json.dumps(body))
        for body in ({"status": "On Hold", "reason": "Waiting for the drawing."}, {"status": "In Progress"})
        for row in moving
    ]
    return [
        Workload(
            "create", [Call("POST", "/api/requests", manager, json.dumps(body)) for body in new], expected={201}
        ),
        Workload(
            "comment",
            [Call("POST", f"/api/requests/{row['id']}/comments", manager, said) for row in sample],
            expected={201},
        ),
        Workload("status change", moves, again=False, expected={200, 409, 403}),
    ]


async def sign_in(_: Desk) -> list[Workload]:
    body = json.dumps({"email": EMAIL, "password": PASSWORD})
    return [Workload("sign-in", [Call("POST", "/api/auth/login", "", body)], again=False)]


DAY = {
    "detail": 40,
    "list of 50": 14,
    "list, one status": 8,
    "counts": 14,
    "home": 8,
    "board": 5,
    "list, rare words": 3,
    "comment": 5,
    "create": 2,
    "status change": 1,
}
"""Of a hundred calls."""


async def day(desk: Desk) -> list[Workload]:
    """200 people, each as themselves: what they may not see is 404, as it would be."""
    made = {one.name: one for one in [*await reads(desk), *await writes(desk)]}
    rng = Random(1)
    calls = []
    for _ in range(5000):
        (name,) = rng.choices(list(DAY), DAY.values())
        calls.append(rng.choice(made[name].calls)._replace(cookie=rng.choice(desk.crowd)))
    expected = {200, 201, 403, 404, 409}
    return [
        Workload("mixed day", calls, again=False, expected=expected),
        Workload("mixed day, 50/s", calls, again=False, rate=50, expected=expected),
    ]


PARTS = {
    "reads": reads, "filters": filters, "deep": deep, "charts": charts, "writes": writes, "sign-in": sign_in, "day": day,
}  # fmt: skip
