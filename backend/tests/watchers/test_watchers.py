"""Watching: who is told, and that it shows nothing to anybody."""

from typing import Any

import asyncpg
import pytest

from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as
from tests.requests.arrange import put


async def watchers(caller: Caller, request: dict[str, Any]) -> tuple[set[str], bool]:
    answer = await caller.get(f"/api/requests/{request['id']}/watchers")
    assert answer.status_code == 200
    return {one["id"] for one in answer.json()["watchers"]}, answer.json()["watching"]


async def unread(caller: Caller) -> int:
    return (await caller.get("/api/notifications")).json()["unread"]


async def test_requester_and_engineer_watch_until_they_say_no(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    request = await put(owner, requester, "In Progress", engineer)
    me = f"/api/requests/{request['key']}/watchers/me"
    assert await watchers(requester, request) == ({requester.id, engineer.id}, True)
    assert await watchers(manager, request) == ({requester.id, engineer.id}, False)
    for _ in range(2):
        assert (await manager.put(me)).status_code == 204
        assert (await requester.delete(me)).status_code == 204
    assert await watchers(manager, request) == ({engineer.id, manager.id}, True)
    await engineer.post(f"/api/requests/{request['id']}/comments", json={"content": "Word"})
    assert (await unread(manager), await unread(requester), await unread(engineer)) == (1, 0, 0)
    await requester.put(me)
    await manager.delete(me)
    await engineer.move(request, "On Hold", "No model")
    assert (await unread(manager), await unread(requester)) == (1, 1)


async def test_watching_gives_no_sight(
    people: People, owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    request = await put(owner, requester, "Engineering Review", engineer)
    other = await people.add("ENGINEER")
    me = f"/api/requests/{request['id']}/watchers/me"
    assert (await other.put(me)).status_code == 204
    assert other.id in (await watchers(requester, request))[0]
    await engineer.move(request, "In Progress")
    assert other.id not in (await watchers(requester, request))[0]
    await manager.post(f"/api/requests/{request['id']}/comments", json={"content": "Word"})
    assert await unread(other) == 0
    assert (await other.get(f"/api/requests/{request['id']}")).status_code == 404
    for call in (other.put(me), other.delete(me), other.get(me.removesuffix("/me"))):
        assert (await call).status_code == 404


async def test_nobody_watches_for_somebody_else(
    settings: Settings, owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    request = await put(owner, requester, "In Progress", engineer)
    await requester.delete(f"/api/requests/{request['id']}/watchers/me")
    async with signed_in_as(settings, "simflow_engineer", engineer.id) as tx:
        assert await tx.execute("UPDATE watchers SET watching = true") == "UPDATE 0"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.execute("INSERT INTO watchers VALUES ($1, $2, true)", request["id"], requester.id)
    async with signed_in_as(settings, "none", requester.id) as tx:
        assert await tx.fetchval("SELECT count(*) FROM watchers") == 0
