"""The list: filters, order, pages that are complete, and counts that agree."""

import base64
import json
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import asyncpg
import httpx
import pytest

from tests.conftest import Caller, People
from tests.requests.arrange import as_row, put, put_all
from tests.requests.table import STATUSES, WITH_ENGINEER

Rows = list[dict[str, Any]]
PRIORITIES = ["Low", "Medium", "High"]
VENDORS = ["FANUC", "ABB", "KUKA, Augsburg"]


async def listed(caller: Caller, **params: Any) -> Rows:
    answer = await caller.get("/api/requests", params={"limit": 200} | params)
    assert answer.status_code == 200, answer.text
    return answer.json()["requests"]


async def refused(caller: Caller, **params: Any) -> list[str]:
    """The fields that are told to be wrong; the same for the counts."""
    answer = await caller.get("/api/requests", params=params)
    assert answer.status_code == 422, answer.text
    if not params.keys() & {"sort", "limit", "cursor"}:
        assert (await caller.get("/api/requests/counts", params=params)).status_code == 422
    return [error["field"] for error in answer.json()["errors"]]


async def all_pages(caller: Caller, **params: Any) -> Rows:
    rows: Rows = []
    cursor: dict[str, str] = {}
    while True:
        body = (await caller.get("/api/requests", params=params | cursor)).json()
        rows += body["requests"]
        if body["nextCursor"] is None:
            return rows
        assert body["requests"], "a page before the last is never empty"
        cursor = {"cursor": body["nextCursor"]}


@pytest.fixture
async def desk(owner: asyncpg.Connection, requester: Caller, engineer: Caller) -> Rows:
    """A requester's 36 requests, of every status and priority, some of them submitted at the same moment."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    plans = [
        {
            "status": status,
            "priority": priority,
            "vendor": VENDORS[number % 3 if number % 2 else 0],
            "title": f"Study {number % 7}",
            "created_at": start + timedelta(hours=number // 4),
        }
        for number, (status, priority) in enumerate(product(STATUSES, PRIORITIES))
    ]
    rows = await put_all(owner, [as_row(requester, engineer=engineer, **plan) for plan in plans])
    return [
        row | plan | {"assigned": engineer.id if plan["status"] in WITH_ENGINEER else None}
        for row, plan in zip(rows, plans, strict=True)
    ]


def every(_: Any) -> bool:
    return True


def none(_: Any) -> bool:
    return False


FILTERS: list[tuple[dict[str, Any], Any]] = [
    ({}, every),
    ({"status": "Completed"}, lambda r: r["status"] == "Completed"),
    ({"status": ["Completed", "On Hold"]}, lambda r: r["status"] in {"Completed", "On Hold"}),
    ({"status": STATUSES}, every),
    ({"priority": "High"}, lambda r: r["priority"] == "High"),
    ({"priority": ["High", "Low"]}, lambda r: r["priority"] != "Medium"),
    ({"vendor": "ABB"}, lambda r: r["vendor"] == "ABB"),
    ({"vendor": "KUKA, Augsburg"}, lambda r: r["vendor"] == "KUKA, Augsburg"),
    ({"vendor": ["ABB", "FANUC"]}, lambda r: r["vendor"] in {"ABB", "FANUC"}),
    ({"vendor": "abb"}, none),
    ({"vendor": "%"}, none),
    ({"assignedTo": "none"}, lambda r: r["assigned"] is None),
    ({"createdBy": "me"}, every),
    ({"assignedTo": "me"}, none),
    ({"assignedTo": ["me", "none"]}, lambda r: r["assigned"] is None),
    ({"createdBy": "00000000-0000-0000-0000-000000000000"}, none),
    (
        {"status": ["Completed", "Submitted"], "priority": "High", "vendor": VENDORS, "createdBy": "me"},
        lambda r: r["status"] in {"Completed", "Submitted"} and r["priority"] == "High",
    ),
    ({"status": "Submitted", "assignedTo": "none", "q": "study"}, lambda r: r["status"] == "Submitted"),
    ({"q": "study", "priority": "Low"}, lambda r: r["priority"] == "Low"),
    ({"q": "stuyd", "priority": "Low"}, lambda r: r["priority"] == "Low"),
    ({"q": "nothinglikethis"}, none),
]


@pytest.mark.parametrize(("params", "matches"), FILTERS, ids=lambda value: str(value)[:60])
async def test_filters_and_their_counts(desk: Rows, requester: Caller, params: dict[str, Any], matches: Any) -> None:
    wanted = [row for row in desk if matches(row)]
    assert {row["id"] for row in await listed(requester, **params)} == {row["id"] for row in wanted}
    counts = (await requester.get("/api/requests/counts", params=params)).json()
    assert counts["total"] == len(wanted)
    assert counts["byStatus"] == {status: sum(row["status"] == status for row in wanted) for status in STATUSES}


async def test_people_are_named_by_id(desk: Rows, requester: Caller, engineer: Caller, manager: Caller) -> None:
    assigned = {row["id"] for row in desk if row["assigned"]}
    for caller in (requester, engineer, manager):
        by_id = {row["id"] for row in await listed(caller, assignedTo=engineer.id, createdBy=requester.id)}
        assert by_id == assigned
    assert {row["id"] for row in await listed(engineer, assignedTo="me")} == assigned
    both = await listed(manager, createdBy=[requester.id, manager.id], assignedTo=[engineer.id, "none"])
    assert len(both) == len(desk)


@pytest.mark.parametrize(
    ("params", "fields"),
    [
        ({"status": "completed"}, ["status"]),
        ({"status": ["Completed", "Nonsense"]}, ["status"]),
        ({"status": "Completed,Submitted"}, ["status"]),
        ({"priority": "Urgent"}, ["priority"]),
        ({"assignedTo": "somebody"}, ["assignedTo"]),
        ({"createdBy": "none"}, ["createdBy"]),
        ({"createdBy": ["me", "x"], "assignedTo": "y"}, ["assignedTo", "createdBy"]),
        ({"vendor": "\x00"}, ["vendor"]),
        ({"q": "a\x00b"}, ["q"]),
        ({"q": "x" * 501}, ["q"]),
        ({"q": "a b c d e f g h i j k"}, ["q"]),
        ({"waitsFor": "them"}, ["waitsFor"]),
        ({"createdFrom": "yesterday", "createdTo": "x"}, ["createdFrom", "createdTo"]),
        ({"createdFrom": "2026-01-01T00:00:00"}, ["createdFrom"]),
        ({"completedFrom": "2026-01-01"}, ["completedFrom"]),
        ({"completedTo": "0001-01-01T00:00:00+14:00"}, ["completedTo"]),
        ({"statusBefore": "9999-12-31T23:59:59-14:00"}, ["statusBefore"]),
        ({"statusThen": "Completed"}, ["asOf"]),
        ({"asOf": "2026-01-01T00:00:00Z"}, ["statusThen"]),
        ({"statusThen": "x", "asOf": "y"}, ["asOf", "statusThen"]),
        ({"firstTimeRight": "perhaps"}, ["firstTimeRight"]),
        ({"limit": "0"}, ["limit"]),
        ({"limit": "201"}, ["limit"]),
        ({"limit": "-1"}, ["limit"]),
        ({"limit": "many"}, ["limit"]),
        ({"limit": "1.5"}, ["limit"]),
        ({"limit": "9" * 30}, ["limit"]),
        ({"limit": ""}, ["limit"]),
        ({"sort": "nonsense"}, ["sort"]),
        ({"sort": "+createdAt"}, ["sort"]),
        ({"sort": "created_at; DROP TABLE requests"}, ["sort"]),
        ({"limit": "0", "sort": "x"}, ["limit", "sort"]),
        ({"status": "y", "priority": "x"}, ["priority", "status"]),
    ],
    ids=lambda value: str(value)[:60],
)
async def test_filters_that_cannot_be_taken(requester: Caller, params: dict[str, Any], fields: list[str]) -> None:
    assert sorted(await refused(requester, **params)) == fields


async def test_limits_reach_their_bounds(desk: Rows, requester: Caller) -> None:
    assert len(await listed(requester, limit=1)) == 1
    assert len(await listed(requester, limit=200)) == len(desk)


async def test_fifty_are_the_default(owner: asyncpg.Connection, requester: Caller) -> None:
    await put_all(owner, [as_row(requester)] * 51)
    body = (await requester.get("/api/requests")).json()
    assert len(body["requests"]) == 50
    assert body["nextCursor"] is not None


# Order --------------------------------------------------------------------------------------------------------

ORDERS: dict[str, Any] = {
    "createdAt": lambda r: r["createdAt"],
    "updatedAt": lambda r: r["updatedAt"],
    "priority": lambda r: PRIORITIES.index(r["priority"]),
    "title": lambda r: r["title"],
    "status": lambda r: STATUSES.index(r["status"]),
    "key": none,
    "estimatedHours": lambda r: r["estimatedHours"],
    "statusSince": lambda r: r["statusSince"],
    "completedAt": lambda r: r["completedAt"],
    "urgency": lambda r: -PRIORITIES.index(r["priority"]),
}


def number(row: dict[str, Any]) -> int:
    return int(row["key"].removeprefix("SF-"))


@pytest.mark.parametrize("down", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("sort", ORDERS)
async def test_pages_are_in_order_and_complete(desk: Rows, requester: Caller, sort: str, down: bool) -> None:
    """Whatever the size of the pages, ties included; what has no value comes last."""
    name = f"-{sort}" if down else sort
    whole = await listed(requester, sort=name)
    valued = [r for r in whole if ORDERS[sort](r) is not None]
    rest = [r for r in whole if ORDERS[sort](r) is None]
    ordered = sorted(valued, key=lambda r: (ORDERS[sort](r), number(r)), reverse=down)
    assert whole == ordered + sorted(rest, key=number, reverse=down)
    assert {row["id"] for row in whole} == {row["id"] for row in desk}
    for limit in (1, 7, 36):
        assert await all_pages(requester, sort=name, limit=limit) == whole, limit


async def test_newest_first_is_the_default(desk: Rows, requester: Caller) -> None:
    assert await listed(requester) == await listed(requester, sort="-createdAt")


async def test_titles_that_start_alike_for_long_do_not_confuse_the_pages(
    owner: asyncpg.Connection, requester: Caller
) -> None:
    starts = ["\U0001f916" * 200, "x" * 254]
    for i in range(12):
        await put(owner, requester, title=starts[i % 2] + str(i % 3))
    for sort in ("title", "-title"):
        assert len({row["id"] for row in await all_pages(requester, sort=sort, limit=5)}) == 12


async def test_pages_with_a_filter_and_a_search(desk: Rows, requester: Caller) -> None:
    for q in ("study", "stuyd"):
        params = {"q": q, "priority": ["High", "Low"], "sort": "status"}
        assert await all_pages(requester, **params, limit=5) == await listed(requester, **params)


@pytest.mark.parametrize("sort", ["createdAt", "-createdAt", "key", "-key", "-title"])
async def test_no_row_is_skipped_or_repeated_while_others_write(
    desk: Rows, owner: asyncpg.Connection, requester: Caller, sort: str
) -> None:
    before = {row["id"] for row in desk}
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        body = (await requester.get("/api/requests", params={"sort": sort, "limit": 5} | cursor)).json()
        seen += [row["id"] for row in body["requests"]]
        if body["nextCursor"] is None:
            break
        assert len(seen) < 200, "new rows at the end are read too, but not for ever"
        cursor = {"cursor": body["nextCursor"]}
        if len(seen) < 60:
            for when in (desk[0]["created_at"], desk[-1]["created_at"], None):
                await put(owner, requester, title="Study 3", created_at=when)
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


async def test_a_row_that_leaves_the_list_takes_no_other_with_it(
    desk: Rows, owner: asyncpg.Connection, requester: Caller
) -> None:
    first = (await requester.get("/api/requests", params={"limit": 10})).json()
    await owner.execute("DELETE FROM requests WHERE id = $1", first["requests"][-1]["id"])
    rest = await listed(requester, cursor=first["nextCursor"])
    assert len(rest) == len(desk) - 10


# Cursors ------------------------------------------------------------------------------------------------------


def forge(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


MOMENT = "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    "cursor",
    [
        "garbage",
        "%%%",
        "\u00e9\U0001f916",
        "x" * 2001,
        "AAAA",
        "=",
        forge(),
        forge("-createdAt"),
        forge("-createdAt", MOMENT, 1),
        forge("-createdAt", MOMENT, 1, False, 1),
        forge("-createdAt", "yesterday", 1, False),
        forge("-createdAt", 5, 1, False),
        forge("-createdAt", MOMENT, -1, False),
        forge("-createdAt", MOMENT, 2**63, False),
        forge("-createdAt", MOMENT, "1", False),
        forge("-createdAt", MOMENT, 1, None),
        forge("-createdAt", "0001-01-01T00:00:00+14:00", 1, False),
        forge("-createdAt", "9999-12-31T23:59:59-14:00", 1, False),
        forge("createdAt", MOMENT, 1, False),
        forge("-updatedAt", MOMENT, 1, False),
        forge("-title", "x", 1, False),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
    ids=lambda cursor: repr(cursor[:40]),
)
async def test_cursors_that_are_not_ours(requester: Caller, cursor: str) -> None:
    assert await refused(requester, cursor=cursor) == ["cursor"]


@pytest.mark.parametrize(
    ("sort", "value"),
    [("title", "a\x00"), ("title", "x" * 201), ("title", 5), ("priority", 10**6), ("priority", "High"), ("status", -1)],
)
async def test_cursors_with_values_of_another_kind(requester: Caller, sort: str, value: Any) -> None:
    assert await refused(requester, sort=sort, cursor=forge(sort, value, 1, False)) == ["cursor"]


async def test_a_truncated_or_tampered_cursor_never_breaks(desk: Rows, requester: Caller) -> None:
    """It is refused, or continues somewhere else; what it shows, the person may see anyway."""
    cursor = (await requester.get("/api/requests", params={"limit": 5})).json()["nextCursor"]
    mine = {row["id"] for row in desk}
    for at in range(len(cursor)):
        for tampered in (cursor[:at], cursor[:at] + "A" + cursor[at + 1 :]):
            answer = await requester.get("/api/requests", params={"cursor": tampered})
            assert answer.status_code in {200, 422}
            if answer.status_code == 200:
                assert {row["id"] for row in answer.json()["requests"]} <= mine


async def test_another_persons_cursor_shows_nothing_of_theirs(desk: Rows, people: People, requester: Caller) -> None:
    cursor = (await requester.get("/api/requests", params={"limit": 5})).json()["nextCursor"]
    assert await listed(await people.add("USER"), cursor=cursor) == []


async def test_an_odd_query_string_never_breaks(requester: Caller) -> None:
    for query in (
        "?%",
        "?%ff=%ff",
        "?status",
        "?status=",
        "?&&&",
        "?=",
        "?q=%ff%fe",
        "?vendor=%ED%A0%80",
        "?limit=1&limit=2",
    ):
        answer: httpx.Response = await requester.get(f"/api/requests{query}")
        assert answer.status_code in {200, 422}, query


async def test_every_wrong_parameter_is_told_at_once(manager: Caller) -> None:
    wrong = {
        "status": "Bogus",
        "priority": "Bogus",
        "assignedTo": "Bob",
        "createdBy": "none",
        "limit": 0,
        "sort": "age",
    }
    answer = await manager.get("/api/requests", params=wrong)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == set(wrong)
