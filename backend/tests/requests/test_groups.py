"""Groups and vendors: exact over everything that the person may see, and each group's query shows just its requests."""

from collections import Counter
from typing import Any

import asyncpg
import pytest

from tests.conftest import Caller, People
from tests.requests.arrange import as_row, put, put_all
from tests.requests.table import STATUSES
from tests.requests.test_listing import all_pages

Groups = list[dict[str, Any]]


async def grouped(caller: Caller, by: str, **params: Any) -> Groups:
    answer = await caller.get("/api/requests/groups", params={"by": by} | params)
    assert answer.status_code == 200, answer.text
    groups: Groups = answer.json()["groups"]
    return groups


@pytest.fixture
async def desk(owner: asyncpg.Connection, people: People, requester: Caller, engineer: Caller) -> Caller:
    """A requester with requests of every status, three vendors and two engineers; somebody else has some too."""
    other, stranger = await people.add("ENGINEER", "aaron"), await people.add("USER")
    plans = [
        as_row(requester, status, (engineer, other)[i % 2], priority=p, vendor=v, title=f"Study {i}")
        for i, (status, p, v) in enumerate(
            (status, p, v) for status in STATUSES for p, v in (("High", "ABB"), ("Low", "abb"), ("Medium", "KUKA"))
        )
    ]
    hidden = [as_row(stranger, status, other, vendor="Secret vendor") for status in STATUSES]
    await put_all(owner, plans + hidden)
    return requester


@pytest.mark.parametrize("by", ["status", "priority", "vendor", "assignedTo", "createdBy"])
@pytest.mark.parametrize(
    "params", [{}, {"priority": ["High", "Low"], "q": "study"}, {"q": "stuyd", "vendor": "ABB"}, {"q": "no such thing"}]
)
async def test_groups_add_up_and_lead_to_their_requests(desk: Caller, by: str, params: dict[str, Any]) -> None:
    whole = await all_pages(desk, **params, limit=200)
    groups = await grouped(desk, by, **params)
    assert {group["value"]: group["count"] for group in groups} == Counter(row[by] or "none" for row in whole)
    for group in groups:
        behind = await all_pages(desk, **group["filters"])
        assert {row["id"] for row in behind} == {r["id"] for r in whole if (r[by] or "none") == group["value"]}


async def test_groups_come_in_their_natural_order(desk: Caller, engineer: Caller) -> None:
    assert [g["label"] for g in await grouped(desk, "status")] == STATUSES
    assert [g["value"] for g in await grouped(desk, "priority")] == ["High", "Medium", "Low"]
    assert [g["value"] for g in await grouped(desk, "vendor")] == ["ABB", "abb", "KUKA"]
    engineers = await grouped(desk, "assignedTo")
    assert [g["label"] for g in engineers] == ["aaron", engineer.user["name"], "Unassigned"]
    assert [g["value"] for g in engineers][-1] == "none"
    (mine,) = await grouped(desk, "createdBy")
    assert (mine["value"], mine["label"], mine["count"]) == (desk.id, desk.user["name"], 3 * len(STATUSES))


async def test_what_was_asked_for_twice_is_narrowed_to_the_group(desk: Caller, engineer: Caller) -> None:
    params = {"assignedTo": [engineer.id, "none"], "createdBy": "me"}
    groups = await grouped(desk, "assignedTo", **params)
    assert [g["filters"]["assignedTo"] for g in groups] == [[engineer.id], ["none"]]
    assert all(g["filters"]["createdBy"] == ["me"] for g in groups)
    assert all(g["filters"].keys() == {"assignedTo", "createdBy"} for g in groups)


async def test_wrong_parameters_are_all_told(requester: Caller) -> None:
    answer = await requester.get("/api/requests/groups", params={"by": "size", "status": "x", "assignedTo": "y"})
    assert {error["field"] for error in answer.json()["errors"]} == {"by", "status", "assignedTo"}


async def test_nobody_learns_from_vendors_or_groups_what_they_may_not_see(
    desk: Caller, people: People, engineer: Caller, manager: Caller, owner: asyncpg.Connection
) -> None:
    vendors = (await desk.get("/api/requests/vendors")).json()["vendors"]
    assert vendors == [{"vendor": name, "count": len(STATUSES)} for name in ("ABB", "KUKA", "abb")]
    assert (await (await people.add("USER")).get("/api/requests/vendors")).json() == {"vendors": []}
    own = "status = 'Engineering Review' OR assigned_to = $1"
    for caller, sees in ((engineer, own), (manager, "$1::uuid IS NOT NULL")):
        query = f"SELECT vendor, count(*) FROM requests WHERE {sees} GROUP BY vendor"
        wanted = dict(await owner.fetch(query, caller.id))
        got = (await caller.get("/api/requests/vendors")).json()["vendors"]
        assert {v["vendor"]: v["count"] for v in got} == wanted
        assert {g["value"]: g["count"] for g in await grouped(caller, "vendor")} == wanted


async def test_one_statement_however_many_groups(owner: asyncpg.Connection, requester: Caller, statements: Any) -> None:
    for vendor in ("A", "B", "C", "D"):
        await put(owner, requester, vendor=vendor)
    with statements() as run:
        assert len(await grouped(requester, "vendor")) == 4
    assert len(run) == 1, run
