"""The timeline: laid out over all that an engineer has, shown by the filters, told only to those who see all of it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import asyncpg
import pytest

from tests.conftest import Caller, People
from tests.requests.arrange import as_row, put_all

OPEN = ["Engineering Review", "Discussion", "In Progress", "On Hold", "Revision Requested"]


async def timeline(caller: Caller, **params: Any) -> dict[str, dict[str, Any]]:
    answer = await caller.get("/api/requests/timeline", params=params)
    assert answer.status_code == 200, answer.text
    return {engineer["engineerId"]: engineer for engineer in answer.json()["engineers"]}


def items(engineer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(item["request"]["status"], item["basis"]) for item in engineer["items"]]


@pytest.fixture
async def desk(owner: asyncpg.Connection, requester: Caller, engineer: Caller) -> Caller:
    """An engineer with one request of each status that has one, eight hours each."""
    statuses = ["Submitted", "Completed", "Accepted", *OPEN]
    await put_all(
        owner, [as_row(requester, s, engineer, priority="High" if s == "On Hold" else "Low") for s in statuses]
    )
    return engineer


async def test_open_work_in_its_order(desk: Caller, manager: Caller) -> None:
    row = (await timeline(manager, assignedTo=desk.id))[desk.id]
    assert (row["name"], row["weeklyHours"], row["openRequests"], row["openHours"]) == (desk.user["name"], 40, 5, 40)
    assert items(row) == [
        ("In Progress", "started"),
        ("On Hold", "planned"),
        ("Engineering Review", "planned"),
        ("Discussion", "planned"),
        ("Revision Requested", "planned"),
    ]
    starts = [item["start"] for item in row["items"]]
    assert starts == sorted(starts)
    # What the page shows and no more: there may be hundreds.
    assert {tuple(item["request"]) for item in row["items"]} == {
        ("id", "key", "title", "vendor", "status", "priority", "createdAt", "estimatedHours")
    }
    body = (await manager.get("/api/requests/timeline", params={"weeks": 3})).json()
    monday, end = datetime.fromisoformat(body["from"]), datetime.fromisoformat(body["to"])
    assert (monday.weekday(), monday.time(), end - monday) == (0, datetime.min.time(), timedelta(weeks=3))
    assert monday <= datetime.now(UTC) < monday + timedelta(weeks=1)


async def test_without_filters_everybody_with_open_work_is_told(
    desk: Caller, manager: Caller, owner: asyncpg.Connection
) -> None:
    """Who has what is counted otherwise there."""
    row = (await timeline(manager, assignedTo=desk.id))[desk.id]
    every = [one for page in await pages(manager, limit=2000) for one in page["engineers"]]
    (unfiltered,) = [one for one in every if one["engineerId"] == desk.id]
    assert (items(unfiltered), unfiltered["openRequests"]) == (items(row), 5)
    busy = await owner.fetch(
        "SELECT assigned_to::text FROM requests WHERE status = ANY($1) AND assigned_to IS NOT NULL GROUP BY 1", OPEN
    )
    # Of somebody whose work all begins after twelve weeks nothing is shown.
    assert {one["engineerId"] for one in every} <= {row["assigned_to"] for row in busy}


async def test_filters_choose_what_is_shown_and_move_nothing(desk: Caller, manager: Caller) -> None:
    whole = (await timeline(manager, assignedTo=desk.id))[desk.id]
    some = (await timeline(manager, assignedTo=desk.id, status=["Discussion", "Accepted"]))[desk.id]
    assert [item["request"]["status"] for item in some["items"]] == ["Discussion"]
    assert (some["openRequests"], some["openHours"]) == (5, 40)
    (shown,) = some["items"]
    (same,) = [item for item in whole["items"] if item["request"]["id"] == shown["request"]["id"]]
    # The two calls were made at different moments.
    assert abs(datetime.fromisoformat(shown["start"]) - datetime.fromisoformat(same["start"])) < timedelta(hours=1)
    assert await timeline(manager, assignedTo=desk.id, q="nothinglikethis") == {}


async def test_weekly_hours_decide_how_long_it_takes(desk: Caller, manager: Caller, owner: asyncpg.Connection) -> None:
    await owner.execute("UPDATE users SET weekly_hours = 4 WHERE id = $1", desk.id)
    row = (await timeline(manager, assignedTo=desk.id))[desk.id]
    assert row["weeklyHours"] == 4
    ends = [datetime.fromisoformat(item["end"]) for item in row["items"]]
    assert all(timedelta(weeks=2) <= b - a <= timedelta(weeks=2, days=3) for a, b in pairwise(ends))
    # What is begun on a weekend ends a week later in the timeline: four weeks hold two beginnings on every day.
    few = (await timeline(manager, assignedTo=desk.id, weeks=4))[desk.id]
    assert (len(few["items"]), few["openRequests"]) == (2, 5)
    await owner.execute("UPDATE users SET weekly_hours = 0 WHERE id = $1", desk.id)
    row = (await timeline(manager, assignedTo=desk.id))[desk.id]
    assert {(item["end"], item["basis"]) for item in row["items"]} == {(None, "unknown")}


async def test_who_does_not_see_all_is_told_no_times(
    desk: Caller, people: People, owner: asyncpg.Connection, requester: Caller
) -> None:
    """From a part of somebody's work nobody can tell when it will be done."""
    stranger = await people.add("USER")
    await put_all(owner, [as_row(stranger, "In Progress", desk, title="Secret")])
    row = (await timeline(requester))[desk.id]
    assert (row["weeklyHours"], row["openRequests"], row["openHours"]) == (None, None, None)
    theirs = (await requester.get("/api/requests", params={"assignedTo": desk.id, "status": OPEN})).json()["requests"]
    assert {one["createdBy"] for one in theirs} == {requester.id}
    assert sorted(item["request"]["id"] for item in row["items"]) == sorted(one["id"] for one in theirs)
    assert {(item["end"], item["basis"]) for item in row["items"]} == {(None, "unknown")}
    assert len(row["items"]) == 5
    assert await timeline(await people.add("USER")) == {}
    mine = (await timeline(desk, createdBy=[requester.id, stranger.id]))[desk.id]
    assert (mine["openRequests"], len(mine["items"])) == (6, 6)
    assert "unknown" not in {basis for _, basis in items(mine)}
    other = await timeline(await people.add("ENGINEER"), createdBy=requester.id)
    assert items(other[desk.id]) == [("Engineering Review", "unknown")]
    assert other[desk.id]["openHours"] is None


@pytest.fixture
async def team(owner: asyncpg.Connection, people: People, requester: Caller) -> list[Caller]:
    """Three engineers with two requests each, of which one is of ABB, and one with work far away."""
    team = [await people.add("ENGINEER") for _ in range(4)]
    for one, name in zip(team, ("Zoë Page", "adam page", "Mia Page", "Noor Page"), strict=True):
        await owner.execute("UPDATE users SET name = $1 WHERE id = $2", name, one.id)
    for one in team[:3]:
        await put_all(owner, [as_row(requester, "In Progress", one, vendor=vendor) for vendor in ("ABB", "KUKA")])
    # Of both only the first begins within a year.
    far = [as_row(requester, "Engineering Review", team[3], priority=p, vendor=p) for p in ("High", "Low")]
    for row in await put_all(owner, far):
        await owner.execute("UPDATE requests SET estimated_hours = 10000 WHERE id = $1", row["id"])
    return team


async def pages(caller: Caller, **params: Any) -> list[dict[str, Any]]:
    found = [(await caller.get("/api/requests/timeline", params=params)).json()]
    while found[-1]["nextCursor"]:
        answer = await caller.get("/api/requests/timeline", params={**params, "cursor": found[-1]["nextCursor"]})
        assert answer.status_code == 200, answer.text
        found.append(answer.json())
    return found


@pytest.mark.parametrize("role", ["manager", "requester", "engineer"])
async def test_pages_are_whole_engineers_by_name(
    team: list[Caller], role: str, manager: Caller, requester: Caller
) -> None:
    caller = {"manager": manager, "requester": requester, "engineer": team[1]}[role]
    whole = (await pages(caller, createdBy=requester.id))[0]["engineers"]
    names = ["adam page", "Mia Page", "Noor Page", "Zoë Page"]
    # An engineer sees their own, and what is in review.
    assert [one["name"] for one in whole] == (["adam page", "Noor Page"] if role == "engineer" else names)
    for limit in (1, 3, 4, 100):
        parts = await pages(caller, createdBy=requester.id, limit=limit)
        every = [one for part in parts for one in part["engineers"]]
        # Each was asked for at another moment.
        assert [_keys(one) for one in every] == [_keys(one) for one in whole], limit
        assert all(part["engineers"] for part in parts)
    assert len(await pages(caller, createdBy=requester.id, limit=1)) == len(whole)
    assert len(await pages(caller, createdBy=requester.id, limit=100)) == 1
    for vendor, q in (("ABB", None), (None, "Reach")):
        params = {"createdBy": requester.id, "vendor": vendor, "q": q}
        params = {name: value for name, value in params.items() if value}
        every = [one for part in await pages(caller, limit=1, **params) for one in part["engineers"]]
        wanted = [
            (name, [key for key in keys if vendor in (None, of[key])])
            for (name, keys), of in ((_keys(one), _vendors(one)) for one in whole)
        ]
        assert [_keys(one) for one in every] == [(name, keys) for name, keys in wanted if keys], params


def _keys(engineer: dict[str, Any]) -> tuple[str, list[str]]:
    return engineer["name"], [item["request"]["key"] for item in engineer["items"]]


def _vendors(engineer: dict[str, Any]) -> dict[str, str]:
    return {item["request"]["key"]: item["request"]["vendor"] for item in engineer["items"]}


async def test_no_page_is_of_those_alone_whose_work_begins_later(team: list[Caller], manager: Caller) -> None:
    """Noor's only match begins after the first 10,000 hours, so that nothing is shown of it: the page goes on."""
    theirs = [one.id for one in team]
    (page,) = await pages(manager, assignedTo=theirs, vendor="Low", limit=1)
    assert page["engineers"] == []
    found = await pages(manager, assignedTo=theirs, vendor=["Low", "KUKA"], limit=1)
    assert [[one["name"] for one in page["engineers"]] for page in found] == [["adam page"], ["Mia Page"], ["Zoë Page"]]


async def test_a_page_ends_with_what_must_be_read_as_well(team: list[Caller], manager: Caller) -> None:
    """Of each of three one request matches; a quarter of what they have counts beside it."""
    found = await pages(manager, assignedTo=[one.id for one in team], vendor="ABB", limit=3)
    assert [len(page["engineers"]) for page in found] == [2, 1]


async def test_who_is_no_engineer_any_more_sees_what_they_created(
    desk: Caller, owner: asyncpg.Connection, requester: Caller
) -> None:
    await put_all(owner, [as_row(desk, "In Progress", desk)])
    await owner.execute("UPDATE users SET role = 'USER' WHERE id = $1", desk.id)
    row = (await timeline(desk))[desk.id]
    assert (len(row["items"]), row["weeklyHours"], row["openRequests"]) == (1, None, None)


async def test_refusals(manager: Caller) -> None:
    wrong = {"weeks": 53, "status": "x", "createdFrom": "y"}
    answer = await manager.get("/api/requests/timeline", params=wrong)
    assert {error["field"] for error in answer.json()["errors"]} == set(wrong)
    answer = await manager.get("/api/requests/timeline", params={"asOf": "2026-01-01T00:00:00Z"})
    assert [error["field"] for error in answer.json()["errors"]] == ["statusThen"]
    for cursor in ("x", "WzFd", "bnVsbA"):
        answer = await manager.get("/api/requests/timeline", params={"cursor": cursor})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")


async def test_three_statements_however_many_engineers(
    desk: Caller, people: People, owner: asyncpg.Connection, requester: Caller, manager: Caller, statements: Any
) -> None:
    others = [await people.add("ENGINEER") for _ in range(3)]
    await put_all(owner, [as_row(requester, "In Progress", other) for other in others])
    with statements() as run:
        assert len(await timeline(manager, createdBy=requester.id)) == 4
    assert len(run) == 3, run
