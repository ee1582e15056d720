"""Home for each role: every figure is what the list behind it shows."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import asyncpg
import pytest

from tests.conftest import Caller, People
from tests.requests.arrange import as_row, put_all
from tests.statistics.conftest import ROLES, Desk, desk
from tests.statistics.recount import CLOSED

__all__ = ["desk"]
WORKED_ON = ["Engineering Review", "Discussion", "In Progress", "On Hold", "Revision Requested"]


async def home(caller: Caller, **params: Any) -> dict[str, Any]:
    answer = await caller.get("/api/home", params=params)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def listed(caller: Caller, filters: dict[str, Any]) -> int:
    total: int = (await caller.get("/api/requests/counts", params=filters)).json()["total"]
    return total


@pytest.mark.parametrize("role", ROLES)
async def test_every_figure_is_the_list_behind_it(desk: Desk, role: str) -> None:
    caller = desk.people[role]
    body = await home(caller, stuckDays=20)
    figures = body["figures"]
    for figure in (*figures.values(), *body["byStatus"].values(), *(body["load"] or [])):
        if figure is not None:
            count = figure["count"] if "count" in figure else figure["openRequests"]
            assert await listed(caller, figure["filters"]) == count
    seen = await desk.lives(role)
    still_open = [one for one in seen if one.status not in CLOSED]
    assert figures["open"]["count"] == len(still_open) > 0
    assert figures["mine"]["count"] == sum(str(one.created_by) == caller.id for one in still_open)
    assert {status: one["count"] for status, one in body["byStatus"].items()} == {
        status: sum(one.status == status for one in seen) for status in body["byStatus"]
    }
    stuck = figures["stuck"]["filters"]
    moved_before = datetime.fromisoformat(stuck["statusBefore"])
    runs = [one for one in still_open if one.status != "Information Needed"]
    assert figures["stuck"]["count"] == sum(one.status_since < moved_before for one in runs)
    assert "Information Needed" not in stuck["status"]
    manages = role in ("MANAGER", "ADMIN")
    assert {name for name, figure in figures.items() if figure is None} == (
        set() if manages else {"unassigned", "inbox"}
    )
    if role == "ENGINEER":
        mine = [one for one in still_open if str(one.assigned_to) == caller.id]
        hands = [one for one in mine if one.status in ("Engineering Review", "In Progress", "On Hold")]
        own = [
            one
            for one in still_open
            if str(one.created_by) == caller.id and one.status in ("Information Needed", "Completed")
        ]
        assert figures["waitingForMe"]["count"] == len(hands) + len(own)
    if manages:
        assert figures["unassigned"]["count"] == sum(one.assigned_to is None for one in still_open)
        assert figures["inbox"] == figures["waitingForMe"] | {"filters": {"waitsFor": ["manager"]}}


async def test_what_waits_for_an_answer_is_not_stuck(
    owner: asyncpg.Connection, requester: Caller, manager: Caller
) -> None:
    """Neither counted nor listed: its clock stands. Once it is answered it moves, and may get stuck as all others."""
    for status in ("Information Needed", "Information Needed", "Feasibility Review", "Resource Allocation", "Accepted"):
        await owner.execute(
            "INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name,"
            " created_at, status_since) VALUES ('T', 'D', 'V', 'Low', $2, $1, 'C', now() - interval '40 days',"
            " now() - interval '30 days')",
            requester.id, status,
        )  # fmt: skip
    figures = (await home(requester))["figures"]
    assert (figures["stuck"]["count"], figures["open"]["count"]) == (2, 4)
    listed = (await requester.get("/api/requests", params=figures["stuck"]["filters"])).json()["requests"]
    assert sorted((one["status"], one["clockStopped"]) for one in listed) == [
        ("Feasibility Review", False),
        ("Resource Allocation", False),
    ]
    params = {"createdBy": requester.id, "status": "Information Needed"}
    waiting = (await manager.get("/api/requests", params=params)).json()["requests"]
    assert [one["clockStopped"] for one in waiting] == [True, True]


@pytest.mark.parametrize("folded", [False, True])
async def test_what_moved_and_was_completed_lately_is_counted_to_the_second(
    owner: asyncpg.Connection, requester: Caller, manager: Caller, folded: bool
) -> None:
    """Kept by half hours: what lies in the one that the span begins in is looked at."""
    before = (await home(manager))["figures"]
    await owner.execute(
        "INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name, created_at,"
        " status_since, completed_at) SELECT 'T', 'D', 'V', 'Low', s.status, $1, 'C', m.at - interval '1 day', m.at,"
        " CASE WHEN s.completed THEN m.at END"
        " FROM (VALUES ('Submitted', false), ('Completed', true), ('Accepted', true)) AS s (status, completed),"
        " generate_series(-45, 45) AS minute,"
        " LATERAL (SELECT now() - interval '7 days' + (minute + 0.5) * interval '1 minute') AS m (at)",
        requester.id,
    )
    if folded:
        await owner.execute("SELECT fold_request_moments()")
    after = (await home(manager))["figures"]
    # From half a minute after the beginning of the span on, the next 46 minutes of each status are in it.
    assert after["stuck"]["count"] - before["stuck"]["count"] == 2 * 45
    assert after["completedLately"]["count"] - before["completedLately"]["count"] == 2 * 46
    for name in ("stuck", "completedLately"):
        assert await listed(manager, after[name]["filters"]) == after[name]["count"]


async def test_load_is_what_is_assigned_to_each_engineer(desk: Desk) -> None:
    body = await home(desk.people["MANAGER"])
    load, seen = body["load"], await desk.lives("MANAGER")
    engineers = await desk.owner.fetchval("SELECT count(*) FROM users WHERE role = 'ENGINEER' AND active")
    assert len(load) == body["engineers"] == engineers
    assert load == sorted(load, key=lambda row: (-row["openHours"] / row["weeklyHours"], row["name"]))
    for row in load:
        mine = [one for one in seen if str(one.assigned_to) == row["engineerId"] and one.status in WORKED_ON]
        told = (row["openRequests"], row["openHours"], row["weeklyHours"])
        assert told == (len(mine), sum(one.estimated_hours or 0 for one in mine), 40)


async def test_an_engineer_sees_their_own_load_only(desk: Desk) -> None:
    engineer, manager = desk.people["ENGINEER"], desk.people["MANAGER"]
    own = (await home(engineer))["load"]
    assert [row["engineerId"] for row in own] == [engineer.id]
    assert own[0]["openRequests"] > 0
    assert own[0] in (await home(manager))["load"]


async def test_load_is_told_of_those_with_the_most_work_first_and_of_all_who_asks(
    desk: Desk, owner: asyncpg.Connection, people: People, manager: Caller, requester: Caller
) -> None:
    """40 more: one has years of work, one has work and no hours, the others nothing."""
    engineers = [await people.add("ENGINEER") for _ in range(40)]
    busy, away = engineers[20], engineers[30]
    await put_all(owner, [as_row(requester, "In Progress", one) for one in (busy, busy, away)])
    await owner.execute("UPDATE requests SET estimated_hours = 9000 WHERE assigned_to = $1", busy.id)
    await owner.execute("UPDATE users SET weekly_hours = 0 WHERE id = $1", away.id)
    few = await home(manager)
    every = (await manager.get("/api/home", params={"wholeLoad": True})).json()
    assert (len(few["load"]), len(every["load"])) == (30, few["engineers"])
    assert every["engineers"] == few["engineers"] >= 40
    assert every["load"][:30] == few["load"]
    order = [row["engineerId"] for row in few["load"]]
    assert order.index(away.id) < order.index(busy.id) < 30
    own = await home(busy)
    assert ([row["engineerId"] for row in own["load"]], own["engineers"]) == ([busy.id], 1)


async def test_an_admin_sees_people_jobs_and_health(desk: Desk) -> None:
    team = (await home(desk.people["ADMIN"]))["team"]
    rows = dict(await desk.owner.fetch("SELECT role, count(*) FROM users GROUP BY role"))
    assert (team["people"], team["inactive"]) == (rows, 0)
    assert (team["jobsWaiting"], team["jobsFailed"]) == (0, 0)
    assert team["databaseBytes"] > 1_000_000
    assert team["ready"] == [{"name": "database", "ok": True}, {"name": "migrated", "ok": True}]


@pytest.mark.parametrize("role", ROLES)
async def test_nobody_is_told_more_than_their_role_needs(desk: Desk, role: str) -> None:
    body = await home(desk.people[role])
    assert (body["load"] is None) == (role == "USER")
    assert (body["team"] is None) == (role != "ADMIN")


@pytest.mark.parametrize("days", ["0", "366", "x"])
async def test_days_have_bounds(desk: Desk, days: str) -> None:
    answer = await desk.people["USER"].get("/api/home", params={"stuckDays": days})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["stuckDays"]


async def test_home_asks_little(desk: Desk, statements: Callable[[], AbstractContextManager[list[str]]]) -> None:
    for role, most in zip(ROLES, (2, 3, 3, 5), strict=True):
        with statements() as run:
            await home(desk.people[role])
        assert len(run) <= most, run
