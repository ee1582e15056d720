"""Notifications: who is told of what, and that nothing leaks by them."""

from typing import Any

import asyncpg
import pytest

from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as
from tests.requests.arrange import put

ROLE_NAMES = {"USER": "requester", "ENGINEER": "engineer", "MANAGER": "manager", "ADMIN": "admin"}


async def page(caller: Caller, **params: Any) -> dict[str, Any]:
    answer = await caller.get("/api/notifications", params=params)
    assert answer.status_code == 200
    return answer.json()


async def actions(caller: Caller) -> list[str]:
    return [one["action"] for one in (await page(caller))["notifications"]]


async def test_requester_and_engineer_hear_what_others_do(requester: Caller, engineer: Caller, manager: Caller) -> None:
    request = await requester.submit()
    await manager.move(request, "Feasibility Review")
    await manager.assign(request, engineer)
    await engineer.move(request, "In Progress")
    await requester.post(f"/api/requests/{request['id']}/comments", json={"content": "Good"})
    await engineer.post(f"/api/requests/{request['id']}/comments", json={"content": "Hm", "internal": True})
    assert await actions(requester) == ["accept_work", "assign", "start_review"]
    assert await actions(engineer) == ["commented", "assign"]
    assert await actions(manager) == []
    told = (await page(requester))["notifications"][0]
    assert (told["key"], told["title"], told["requestId"]) == (request["key"], request["title"], request["id"])
    assert (told["actorId"], told["actorName"], told["readAt"]) == (engineer.id, engineer.user["name"], None)


async def test_what_is_out_of_sight_is_told_no_more(requester: Caller, engineer: Caller, manager: Caller) -> None:
    request = await requester.submit()
    await manager.assign(request, engineer)
    assert (await page(engineer))["unread"] == 1
    await manager.move(request, "Resource Allocation", "Needed elsewhere")
    assert await page(engineer) == {"notifications": [], "unread": 0, "nextCursor": None}
    await manager.move(request, "Denied", "No time")
    assert await actions(engineer) == []


async def test_reading_one_and_all(
    people: People, owner: asyncpg.Connection, requester: Caller, manager: Caller
) -> None:
    request = await requester.submit()
    for i in range(5):
        await manager.post(f"/api/requests/{request['id']}/comments", json={"content": f"Word {i}"})
    first = await page(requester, limit=2)
    assert (first["unread"], len(first["notifications"])) == (5, 2)
    rest = await page(requester, limit=200, cursor=first["nextCursor"])
    ids = [one["id"] for one in first["notifications"] + rest["notifications"]]
    assert ids == sorted(ids, reverse=True)
    assert (len(ids), rest["nextCursor"]) == (5, None)
    stranger = await people.add("USER")
    for wrong in (f"{ids[0]}0", "x", "9" * 40, "-1"):
        assert (await requester.put(f"/api/notifications/{wrong}/read")).status_code == 404
    assert (await stranger.put(f"/api/notifications/{ids[0]}/read")).status_code == 404
    assert (await requester.put(f"/api/notifications/{ids[0]}/read")).status_code == 204
    unread = await page(requester, unread="true")
    assert (unread["unread"], [one["id"] for one in unread["notifications"]]) == (4, ids[1:])
    await stranger.post("/api/notifications/read")
    assert (await page(requester))["unread"] == 4
    assert (await requester.post("/api/notifications/read")).status_code == 204
    after = await page(requester)
    assert after["unread"] == 0
    assert all(one["readAt"] for one in after["notifications"])


@pytest.mark.parametrize("params", [{"limit": "0"}, {"cursor": "x"}, {"unread": "maybe"}], ids=str)
async def test_what_cannot_be_taken(requester: Caller, params: dict[str, str]) -> None:
    answer = await requester.get("/api/notifications", params=params)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == list(params)


async def test_counting_stops_at_a_hundred(owner: asyncpg.Connection, requester: Caller) -> None:
    request = await put(owner, requester)
    await owner.execute(
        "INSERT INTO notifications (user_id, request_id, action, actor_name)"
        " SELECT $1, $2, 'commented', 'N' FROM generate_series(1, 150)",
        requester.id,
        request["id"],
    )
    assert (await page(requester))["unread"] == 100


async def test_nobody_reads_or_forges_notifications_of_others(
    settings: Settings, people: People, owner: asyncpg.Connection, requester: Caller, manager: Caller
) -> None:
    request = await put(owner, requester)
    await manager.post(f"/api/requests/{request['id']}/comments", json={"content": "Word"})
    rows = "SELECT count(*) FROM notifications WHERE request_id = $1"
    for role in ROLE_NAMES.values():
        async with signed_in_as(settings, f"simflow_{role}", manager.id) as tx:
            assert await tx.fetchval(rows, request["id"]) == 0
            assert await tx.execute("UPDATE notifications SET read_at = now()") == "UPDATE 0"
        for verb in ("DELETE FROM notifications", "INSERT INTO notifications DEFAULT VALUES"):
            async with signed_in_as(settings, f"simflow_{role}", requester.id) as tx:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await tx.execute(verb)
    async with signed_in_as(settings, "simflow_requester", requester.id) as tx:
        assert await tx.fetchval(rows, request["id"]) == 1
    async with signed_in_as(settings, "none", requester.id) as tx:
        assert await tx.fetchval(rows, request["id"]) == 0


async def test_the_function_says_what_the_policies_say(
    settings: Settings, people: People, owner: asyncpg.Connection
) -> None:
    audience = [await people.add(role) for role in ("USER", "USER", "ENGINEER", "ENGINEER", "MANAGER", "ADMIN")]
    creators, engineer = (audience[0], audience[2]), audience[3]
    for creator in creators:
        for status in ("Submitted", "Engineering Review", "In Progress", "Accepted"):
            request = await put(owner, creator, status, engineer)
            for person in audience:
                role = person.user["role"]
                says = await owner.fetchval(
                    "SELECT may_see($1, $2, created_by, status, assigned_to) FROM requests WHERE id = $3",
                    role,
                    person.id,
                    request["id"],
                )
                async with signed_in_as(settings, f"simflow_{ROLE_NAMES[role]}", person.id) as tx:
                    sees = await tx.fetchval("SELECT EXISTS (SELECT FROM requests WHERE id = $1)", request["id"])
                assert says is sees, (role, status)
