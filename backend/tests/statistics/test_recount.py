"""Every statistic over random data: what plain Python counts, and what the list behind each number shows."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from simflow.db.embedded import EmbeddedServer
from simflow.settings import Settings
from simflow.statistics.routes import CHARTS
from tests.conftest import Caller, signed_in_as
from tests.statistics import recount
from tests.statistics.conftest import ROLES, Desk
from tests.statistics.recount import CLOSED, Life

TODAY = datetime.now(UTC).date()
THURSDAY = TODAY - timedelta(days=TODAY.weekday() + 18)
SPANS: list[dict[str, Any]] = [
    {},
    {"from": str(TODAY - timedelta(days=100)), "to": str(TODAY - timedelta(days=40)), "timeZone": "America/New_York"},
    {"from": str(TODAY - timedelta(days=400)), "to": str(TODAY + timedelta(days=1)), "timeZone": "Europe/Berlin"},
    # By half hours, and by neither.
    {"timeZone": "Asia/Kolkata"},
    {"timeZone": "Asia/Kathmandu"},
    # Three days from a Thursday on, years in which nothing was, and a day.
    {"from": str(THURSDAY), "to": str(THURSDAY + timedelta(days=3)), "timeZone": "America/Los_Angeles"},
    {"from": "1990-01-03", "to": "1992-01-08", "timeZone": "Asia/Kathmandu"},
    {"from": str(TODAY - timedelta(days=9)), "to": str(TODAY - timedelta(days=8)), "timeZone": "Pacific/Auckland"},
]
SOME = {"priority": ["High", "Low"], "vendor": ["FANUC", "KUKA", "ABB"]}
everybody = pytest.mark.parametrize("role", ROLES)
TYPES = ["reach", "cycle-time", "collision", "line-balancing", "virtual-commissioning"]
"""All but one: a third of the requests has a type, and a requester sees few."""
COLUMNS = {"priority": "priority", "vendor": "vendor", "studyType": "study_type"}
asked = pytest.mark.parametrize(
    ("span", "filters"),
    [
        (SPANS[0], SOME),
        (SPANS[0], {"vendor": SOME["vendor"]}),
        (SPANS[2], {"priority": ["High"]}),
        (SPANS[0], {"studyType": TYPES}),
        (SPANS[2], {"studyType": TYPES, "vendor": SOME["vendor"]}),
        (SPANS[1], {"studyType": TYPES, "priority": ["High", "Medium"]}),
        (SPANS[2], {"studyType": TYPES, "vendor": SOME["vendor"], "priority": ["High", "Medium"]}),
        *((span, {}) for span in SPANS[1:]),
    ],
    ids=[
        "some",
        "vendors",
        "apriority",
        "types",
        "atype",
        "typesthen",
        "all3",
        "newyork",
        "berlin",
        "kolkata",
        "kathmandu",
        "losangeles",
        "nothing",
        "aday",
    ],
)


class Chart:
    """A chart as it was answered, and what it should tell."""

    def __init__(self, caller: Caller, body: dict[str, Any], seen: list[Life]) -> None:
        self.caller, self.body, self.seen = caller, body, seen
        self.rows = body["rows"]
        self.zone = ZoneInfo(body["timeZone"])
        first, to = date.fromisoformat(body["from"]), date.fromisoformat(body["to"])
        self.weeks = recount.weeks(first, to, self.zone)
        self.start, self.stop = self.weeks[0][1], self.weeks[-1][2]

    def done(self, start: datetime, stop: datetime) -> list[Life]:
        return [one for one in self.seen if one.completed_at and start <= one.completed_at < stop]

    async def listed(self, filters: dict[str, Any]) -> int:
        answer = await self.caller.get("/api/requests/counts", params=filters)
        assert answer.status_code == 200, answer.text
        total: int = answer.json()["total"]
        return total


async def chart(desk: Desk, role: str, path: str, span: dict[str, Any], filters: dict[str, Any]) -> Chart:
    caller = desk.people[role]
    answer = await caller.get(f"/api/statistics/{path}", params=span | filters)
    assert answer.status_code == 200, answer.text
    seen = [
        one
        for one in await desk.lives(role)
        if all(one.row[COLUMNS[name]] in values for name, values in filters.items() if name != "q")
    ]
    if "q" in filters:
        seen = (await desk.texts()).saying(filters["q"], seen)
    assert len(seen) > (3 if filters else 20), "a test of nothing"
    return Chart(caller, answer.json(), seen)


def close(value: float | None, places: float = 0.006) -> Any:
    return None if value is None else pytest.approx(value, abs=places)


@everybody
@asked
async def test_throughput(desk: Desk, role: str, span: dict[str, Any], filters: dict[str, Any]) -> None:
    it = await chart(desk, role, "throughput", span, filters)
    told = [(date.fromisoformat(row["week"]), row["count"]) for row in it.rows]
    assert told == [(week, len(it.done(start, stop))) for week, start, stop in it.weeks]
    assert it.body["total"] == sum(count for _, count in told)
    for row in it.rows:
        assert await it.listed(row["filters"]) == row["count"]


@everybody
@asked
async def test_open_work(desk: Desk, role: str, span: dict[str, Any], filters: dict[str, Any]) -> None:
    it = await chart(desk, role, "open-work", span, filters)
    assert [row["week"] for row in it.rows] == [str(week) for week, start, _ in it.weeks if start < datetime.now(UTC)]
    for row, (_, _, stop) in zip(it.rows, it.weeks, strict=False):
        at = datetime.fromisoformat(row["at"])
        assert at == stop or timedelta() <= datetime.now(UTC) - at < timedelta(minutes=1)
        then = [one.status_at(at) for one in it.seen]
        assert row["byStatus"] == {status: then.count(status) for status in row["byStatus"]}
        assert row["count"] == sum(status is not None and status not in CLOSED for status in then)
        assert await it.listed(row["filters"]) == row["count"]
    assert it.body["total"] == it.rows[-1]["count"]
    for status, count in it.rows[-1]["byStatus"].items():
        assert await it.listed(it.rows[-1]["filters"] | {"statusThen": [status]}) == count


@everybody
@asked
async def test_cycle_time(desk: Desk, role: str, span: dict[str, Any], filters: dict[str, Any]) -> None:
    it = await chart(desk, role, "cycle-time", span, filters)
    for row, (week, start, stop) in zip(it.rows, it.weeks, strict=True):
        expected = {name: close(value) for name, value in recount.durations(it.done(start, stop)).items()}
        assert row == expected | {"week": str(week), "filters": row["filters"]}
        assert await it.listed(row["filters"]) == row["completed"]
    overall = {name: close(value) for name, value in recount.durations(it.done(it.start, it.stop)).items()}
    assert it.body["overall"] == overall


@everybody
@asked
async def test_time_in_status(desk: Desk, role: str, span: dict[str, Any], filters: dict[str, Any]) -> None:
    it = await chart(desk, role, "time-in-status", span, filters)
    done = it.done(it.start, it.stop)
    expected = recount.times(done)
    assert {row["status"] for row in it.rows} == set(expected)
    for row in it.rows:
        told = {name: row[name] for name in ("visited", "median", "mean", "share")}
        assert told == {name: close(value) for name, value in expected[row["status"]].items()}
        assert row["count"] == it.body["total"] == len(done) == await it.listed(row["filters"])


@everybody
@asked
@pytest.mark.parametrize("by", ["vendor", "priority"])
async def test_by_vendor_and_priority(
    desk: Desk, role: str, span: dict[str, Any], filters: dict[str, Any], by: str
) -> None:
    it = await chart(desk, role, f"by-{by}", span, filters)
    done = it.done(it.start, it.stop)
    concerned = []
    for row in it.rows:
        mine = [one for one in it.seen if one.row[by] == row[by]]
        submitted = [one for one in mine if it.start <= one.created_at < it.stop]
        still_open = [one for one in mine if one.status not in CLOSED]
        completed = [one for one in mine if one in done]
        counts = {"submitted": len(submitted), "open": len(still_open), "completed": len(completed)}
        assert {name: row[name]["count"] for name in counts} == counts
        assert row["cycleMedian"] == close(recount.durations(completed)["cycleMedian"])
        for name, count in counts.items():
            assert await it.listed(row[name]["filters"]) == count
        concerned.append(len({one.id for one in (*submitted, *still_open, *completed)}))
    assert it.body["total"] == sum(concerned)
    there = {
        one.row[by]
        for one in it.seen
        if one.status not in CLOSED or one in done or it.start <= one.created_at < it.stop
    }
    assert there == {row[by] for row in it.rows}
    if by == "vendor":
        assert concerned == sorted(concerned, reverse=True)
    else:
        assert [row["priority"] for row in it.rows] == [p for p in ("High", "Medium", "Low") if p in there]


@everybody
@asked
async def test_first_time_right(desk: Desk, role: str, span: dict[str, Any], filters: dict[str, Any]) -> None:
    it = await chart(desk, role, "first-time-right", span, filters)
    for row, (_, start, stop) in zip(it.rows, it.weeks, strict=True):
        accepted = [one for one in it.done(start, stop) if one.status == "Accepted"]
        right = [one for one in accepted if one.revisions == 0]
        assert (row["accepted"], row["right"]) == (len(accepted), len(right))
        assert row["rate"] == (close(len(right) / len(accepted)) if accepted else None)
        assert await it.listed(row["filters"]) == row["accepted"]
        assert await it.listed(row["rightFilters"]) == row["right"]
    assert it.body["total"] == sum(row["accepted"] for row in it.rows)


@everybody
@asked
async def test_estimates(desk: Desk, role: str, span: dict[str, Any], filters: dict[str, Any]) -> None:
    it = await chart(desk, role, "estimates", span, filters)
    for row, (week, start, stop) in zip(it.rows, it.weeks, strict=True):
        expected = recount.accuracy(it.done(start, stop))
        assert row == {n: close(v) for n, v in expected.items()} | {"week": str(week), "filters": row["filters"]}
        assert await it.listed(row["filters"]) == row["completed"]
    overall = recount.accuracy(it.done(it.start, it.stop))
    assert it.body["overall"] == {name: close(value) for name, value in overall.items()}
    lives = {str(one.id): one for one in it.seen}
    assert len(it.body["points"]) == min(500, overall["measured"])
    for point in it.body["points"]:
        life = lives[point["id"]]
        assert point["actual"] == close(life.worked())
        assert (point["key"], point["estimated"]) == (f"SF-{life.number}", life.estimated_hours)
    moments = [datetime.fromisoformat(point["completedAt"]) for point in it.body["points"]]
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize(("role", "becomes"), [("USER", "simflow_requester"), ("ENGINEER", "simflow_engineer")])
async def test_how_long_it_took_is_seen_with_the_request(
    desk: Desk, server: EmbeddedServer, settings: Settings, role: str, becomes: str
) -> None:
    name = await desk.owner.fetchval("SELECT current_database()")
    there = replace(settings, url=server.url(user="simflow_user", database=name))
    wanted = {one.id for one in await desk.lives(role) if one.completed_at}
    assert len(wanted) > 3, "a test of nothing"
    async with signed_in_as(there, becomes, str(desk.people[role].id)) as tx:
        rows = await tx.fetch("SELECT DISTINCT request_id FROM request_durations WHERE measure = 'lead'")
        assert {row["request_id"] for row in rows} == wanted
        assert await tx.fetchval("SELECT count(*) FROM request_durations WHERE request_id <> ALL($1)", wanted) == 0


@pytest.mark.parametrize("path", CHARTS)
async def test_a_chart_asks_little(
    desk: Desk, path: str, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    """However long the span is."""
    for span in SPANS:
        with statements() as run:
            assert (await desk.people["MANAGER"].get(f"/api/statistics/{path}", params=span)).status_code == 200
        assert len(run) <= 3, run
