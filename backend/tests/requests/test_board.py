"""The board: every column counted, its cards in order and with their moves, whatever the number of columns."""

from collections import defaultdict
from typing import Any

import asyncpg
import pytest

from tests.conftest import Caller, People
from tests.requests.arrange import as_row, put_all
from tests.requests.table import STATUSES
from tests.requests.test_listing import PRIORITIES, number


async def board(caller: Caller, **params: Any) -> dict[str, dict[str, Any]]:
    answer = await caller.get("/api/requests/board", params=params)
    assert answer.status_code == 200, answer.text
    return {column["status"]: column for column in answer.json()["columns"]}


@pytest.fixture
async def desk(owner: asyncpg.Connection, people: People, requester: Caller, engineer: Caller) -> Caller:
    """Seven requests of each status, in turn of all priorities; and those of somebody else."""
    stranger = await people.add("USER")
    mine = [
        as_row(requester, status, engineer, priority=PRIORITIES[i % 3], title=f"Study {i % 2}")
        for status in STATUSES
        for i in range(7)
    ]
    await put_all(owner, mine + [as_row(stranger, status, engineer) for status in STATUSES])
    return requester


async def test_every_column_is_there_and_counted(desk: Caller, people: People) -> None:
    columns = await board(desk)
    assert list(columns) == STATUSES
    assert {(c["count"], len(c["cards"]), c["nextCursor"]) for c in columns.values()} == {(7, 7, None)}
    assert {card["createdBy"] for c in columns.values() for card in c["cards"]} == {desk.id}
    empty = await board(await people.add("USER"))
    assert {(c["count"], len(c["cards"]), c["nextCursor"]) for c in empty.values()} == {(0, 0, None)}


async def test_cards_are_the_list_and_the_details(desk: Caller, engineer: Caller, manager: Caller) -> None:
    for caller in (desk, engineer, manager):
        params = {"createdBy": desk.id, "priority": ["High", "Low"]}
        columns = await board(caller, **params)
        listed = (await caller.get("/api/requests", params=params | {"sort": "-priority", "limit": 200})).json()
        by_status = defaultdict(list)
        for row in listed["requests"]:
            by_status[row["status"]].append(row)
        for status, column in columns.items():
            plain = [{k: v for k, v in card.items() if k != "actions"} for card in column["cards"]]
            assert plain == by_status[status]
            assert column["count"] == len(plain)
            for card in column["cards"][:1]:
                detail = (await caller.get(f"/api/requests/{card['id']}")).json()["request"]
                assert card["actions"] == detail["actions"]


@pytest.mark.parametrize("sort", ["-priority", "createdAt", "-title", "estimatedHours", "-estimatedHours"])
async def test_a_column_goes_on_where_it_ended(desk: Caller, sort: str) -> None:
    columns = await board(desk, sort=sort, limit=3)
    for status in ("Submitted", "In Progress", "Accepted"):
        column, cards = columns[status], []
        while True:
            cards += column["cards"]
            assert column["count"] == 7
            if column["nextCursor"] is None:
                break
            params = {"status": status, "sort": sort, "limit": 3, "cursor": column["nextCursor"]}
            column = (await board(desk, **params))[status]
        whole = (await board(desk, sort=sort))[status]["cards"]
        assert cards == whole
        assert len({card["id"] for card in cards}) == 7


@pytest.fixture
async def mixed(owner: asyncpg.Connection, people: People, engineer: Caller) -> None:
    """What an engineer sees for one reason or several, and does not see, of each status, vendor and priority."""
    stranger, other = await people.add("USER"), await people.add("ENGINEER")
    pairs = [(creator, assigned) for creator in (engineer, stranger) for assigned in (engineer, other)]
    await put_all(
        owner,
        [
            as_row(creator, status, assigned, priority=priority, vendor=vendor)
            for status in STATUSES
            for vendor in ("ABB", "KUKA")
            for priority in PRIORITIES
            for creator, assigned in pairs
        ],
    )


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"sort": "priority"},
        {"priority": ["High", "Low"]},
        {"vendor": "ABB", "priority": "High"},
        {"vendor": "Nobody"},
        {"assignedTo": "me"},
        {"createdBy": "me", "sort": "priority"},
        {"waitsFor": ["me"]},
        {"waitsFor": ["engineer"], "vendor": "KUKA"},
        {"overdue": "false"},
        {"watching": "true"},
    ],
)
@pytest.mark.parametrize("role", ["ENGINEER", "USER"])
@pytest.mark.usefixtures("mixed")
async def test_the_first_of_each_column_and_the_rest_are_the_list(
    engineer: Caller, requester: Caller, owner: asyncpg.Connection, role: str, params: dict[str, Any]
) -> None:
    caller = engineer
    if role == "USER":
        caller = requester
        await put_all(
            owner,
            [
                as_row(requester, status, engineer, priority=priority, vendor=vendor)
                for status in STATUSES
                for vendor in ("ABB", "KUKA")
                for priority in PRIORITIES
            ],
        )
    counts = (await caller.get("/api/requests/counts", params=params)).json()["byStatus"]
    for status, column in (await board(caller, **params, limit=5)).items():
        listed = {"sort": "-priority"} | params | {"status": status, "limit": 10}
        wanted = [row["id"] for row in (await caller.get("/api/requests", params=listed)).json()["requests"]]
        cards = [card["id"] for card in column["cards"]]
        assert cards == wanted[:5]
        assert column["count"] == counts[status]
        if column["nextCursor"] is not None:
            goes_on = {"status": status, "limit": 5, "cursor": column["nextCursor"]}
            cards += [card["id"] for card in (await board(caller, **(params | goes_on)))[status]["cards"]]
        assert cards == wanted


async def test_high_priority_comes_first(desk: Caller) -> None:
    for column in (await board(desk)).values():
        keys = [(PRIORITIES.index(card["priority"]), number(card)) for card in column["cards"]]
        assert keys == sorted(keys, reverse=True)


async def test_filters_leave_out_columns_and_cards(desk: Caller) -> None:
    columns = await board(desk, status=["Accepted", "Submitted"], q="stuyd")
    assert list(columns) == ["Submitted", "Accepted"]
    assert [column["count"] for column in columns.values()] == [7, 7]
    cursor = (await board(desk, status="Submitted", q="stuyd", limit=2))["Submitted"]["nextCursor"]
    rest = await board(desk, status="Submitted", q="stuyd", cursor=cursor)
    assert len(rest["Submitted"]["cards"]) == 5


async def test_refusals(desk: Caller) -> None:
    cursor = (await board(desk, status="Submitted", limit=2))["Submitted"]["nextCursor"]
    for params in ({"cursor": cursor}, {"cursor": cursor, "status": ["Submitted", "Denied"]}, {"cursor": "x"}):
        answer = await desk.get("/api/requests/board", params=params)
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == ["cursor"]
    wrong = {"sort": "size", "limit": 201, "status": "x", "createdBy": "none", "q": "x" * 501}
    answer = await desk.get("/api/requests/board", params=wrong)
    assert {error["field"] for error in answer.json()["errors"]} == set(wrong)


async def test_the_same_statements_for_one_column_and_for_all(desk: Caller, statements: Any) -> None:
    # Cards, counts, and the criteria of those cards that have any; a search looks first how it is to search.
    for params, most in (({}, 3), ({"status": "Denied"}, 3), ({"q": "study"}, 4)):
        await board(desk, **params)
        with statements() as run:
            await board(desk, **params)
        assert len(run) <= most, run
