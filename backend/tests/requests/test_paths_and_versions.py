"""How a path names a request, and how a change names the version it means."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from tests.conftest import Caller, People
from tests.requests.arrange import put

Call = Callable[[Caller, str], Awaitable[httpx.Response]]

CALLS: dict[str, Call] = {
    "detail": lambda caller, ref: caller.get(f"/api/requests/{ref}"),
    "activity": lambda caller, ref: caller.get(f"/api/requests/{ref}/activity"),
    "edit": lambda caller, ref: caller.patch(f"/api/requests/{ref}", json={"priority": "High"}),
    "comment": lambda caller, ref: caller.post(f"/api/requests/{ref}/comments", json={"content": "Said"}),
    "move": lambda caller, ref: caller.patch(
        f"/api/requests/{ref}/status", json={"status": "Cancelled", "reason": "x"}
    ),
    "assign": lambda caller, ref: caller.patch(
        f"/api/requests/{ref}/assign", json={"engineerId": str(uuid4()), "estimatedHours": 1}
    ),
}
EACH_CALL = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


@EACH_CALL
async def test_an_id_or_a_key_names_a_request(owner: asyncpg.Connection, manager: Caller, call: Call) -> None:
    for spelling in (
        lambda r: r["id"],
        lambda r: r["id"].upper(),
        lambda r: r["key"],
        lambda r: r["key"].lower(),
    ):
        request = await put(owner, manager)
        answer = await call(manager, spelling(request))
        # The engineer of "assign" does not exist, which is told only once the request was found.
        assert answer.status_code in {200, 201, 422}, spelling(request)


@EACH_CALL
@pytest.mark.parametrize(
    "reference",
    [
        "00000000-0000-0000-0000-000000000000",
        "SF-0",
        "SF-999999999999999999",
        "SF-9223372036854775808",
        "SF-" + "9" * 200,
        "SF--1",
        "SF-1.0",
        "SF-",
        "SF-\u0661",
        "\u017fF-1",
        "1",
        "null",
        "garbage",
        "%00",
        "%F0%9F%A4%96",
        "'; DROP TABLE requests",
        "..%2Fusers",
    ],
)
async def test_anything_else_names_none(manager: Caller, call: Call, reference: str) -> None:
    answer = await call(manager, reference)
    assert answer.status_code == 404
    assert answer.json()["detail"] == "There is nothing here, or you may not see it."


async def test_a_new_request_says_where_it_is(requester: Caller) -> None:
    body = {"title": "T", "description": "D", "vendor": "ABB", "priority": "High"}
    answer = await requester.post("/api/requests", json=body)
    created = answer.json()["request"]
    assert answer.headers["location"] == f"/api/requests/{created['id']}"
    assert answer.headers["etag"] == '"1"'
    there = await requester.get(answer.headers["location"])
    assert there.json()["request"] == created
    assert there.headers["etag"] == '"1"'
    assert created | body == created
    assert (created["status"], created["version"]) == ("Submitted", 1)
    assert (created["createdBy"], created["createdByName"]) == (requester.id, requester.user["name"])
    assert (created["assignedTo"], created["assignedToName"], created["estimatedHours"]) == (None, None, None)
    assert UUID(created["id"])
    assert created["key"].startswith("SF-")
    assert created["createdAt"] == created["updatedAt"]
    assert created["createdAt"].endswith(("Z", "+00:00"))


CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "edit": ("", {"title": "Other"}),
    "move": ("/status", {"status": "Feasibility Review"}),
    "assign": ("/assign", {"estimatedHours": 5}),
}


async def change(caller: Caller, request: dict[str, Any], what: str, engineer: Caller, if_match: str) -> httpx.Response:
    path, body = CHANGES[what]
    if what == "assign":
        body = body | {"engineerId": engineer.id}
    return await caller.patch(f"/api/requests/{request['id']}{path}", json=body, headers={"If-Match": if_match})


@pytest.mark.parametrize("what", CHANGES)
async def test_a_change_of_the_current_version_is_made(
    owner: asyncpg.Connection, manager: Caller, engineer: Caller, what: str
) -> None:
    # A proxy that compresses turns the tag into a weak one.
    for if_match in ('"1"', "*", '"7", "1"', '"7","1" , "8"', 'W/"1"'):
        answer = await change(manager, await put(owner, manager), what, engineer, if_match)
        assert answer.status_code == 200, if_match
        assert answer.headers["etag"] == '"2"'
        assert answer.json()["request"]["version"] == 2


@pytest.mark.parametrize("what", CHANGES)
async def test_a_change_of_another_version_is_not(
    owner: asyncpg.Connection, manager: Caller, engineer: Caller, what: str
) -> None:
    request = await put(owner, manager)
    for if_match in (
        '"0"',
        '"2"',
        '"10"',
        '"7", "8"',
        '"01"',
        '"-1"',
        '"garbage"',
        "garbage",
        '""',
        ",",
        "\u00e9",
    ):
        answer = await change(manager, request, what, engineer, if_match)
        assert answer.status_code == 412, if_match
        current = (await manager.get(f"/api/requests/{request['id']}")).json()["request"]
        assert answer.json()["request"] == current
        assert (current["version"], current["title"], current["status"]) == (1, "Reach study", "Submitted")


async def test_an_edit_that_changes_nothing_is_no_change(owner: asyncpg.Connection, manager: Caller) -> None:
    request = await put(owner, manager)
    for body in ({}, {"title": "Reach study"}):
        answer = await manager.patch(f"/api/requests/{request['id']}", json=body)
        assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
    assert await owner.fetchval("SELECT count(*) FROM activity_log WHERE request_id = $1", request["id"]) == 0


async def test_an_edit_tells_what_it_was_and_what_it_became(owner: asyncpg.Connection, manager: Caller) -> None:
    request = await put(owner, manager)
    body = {"title": "Other", "vendor": "KUKA", "priority": "Low"}
    answer = await manager.patch(f"/api/requests/{request['id']}", json=body)
    assert answer.json()["request"]["description"] == "Cell 4", "what is not given stays"
    entry = (await manager.get(f"/api/requests/{request['id']}/activity")).json()["activity"][0]
    assert (entry["action"], entry["userId"]) == ("edited", manager.id)
    changes = {"title": {"from": "Reach study", "to": "Other"}, "vendor": {"from": "FANUC", "to": "KUKA"}}
    assert entry["details"] == {"changes": changes}


async def test_times_move_on_with_every_change(requester: Caller, manager: Caller) -> None:
    request = await requester.submit()
    changed = (await manager.move(request, "Feasibility Review")).json()["request"]
    assert changed["updatedAt"] > request["updatedAt"]
    assert changed["createdAt"] == request["createdAt"]


async def test_a_comment_is_no_change(requester: Caller) -> None:
    request = await requester.submit()
    await requester.post(f"/api/requests/{request['id']}/comments", json={"content": "Said"})
    assert (await requester.get(f"/api/requests/{request['id']}")).headers["etag"] == '"1"'


async def test_a_name_stays_as_it_was_then(people: People, owner: asyncpg.Connection) -> None:
    person = await people.add("USER", "Before")
    request = await person.submit()
    await owner.execute("UPDATE users SET name = 'After' WHERE id = $1", person.id)
    assert (await person.get(f"/api/requests/{request['id']}")).json()["request"]["createdByName"] == "Before"
