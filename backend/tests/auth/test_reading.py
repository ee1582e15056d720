"""A call that only reads: its connection is of the pool for the session's role, and reads for nobody but its person."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from simflow.auth.service import digest
from simflow.db.embedded import EmbeddedServer
from simflow.requests.service import enter_whole
from tests.conftest import Caller, People

ROLES = {"USER": "requester", "ENGINEER": "engineer", "MANAGER": "manager", "ADMIN": "admin"}


async def as_role(server: EmbeddedServer, role: str) -> asyncpg.Connection:
    url = server.url(user="simflow_user", database="simflow")
    return await asyncpg.connect(url, server_settings={"role": f"simflow_{role}"})


def token_of(caller: Caller) -> bytes:
    return digest(caller.cookies["simflow_session"])


async def seen_by(connection: asyncpg.Connection, caller: Caller | None) -> int:
    """How many requests are seen once somebody has entered."""
    await connection.fetch("SELECT enter($1, 'test')", token_of(caller) if caller else b"")
    return await connection.fetchval("SELECT count(*) FROM requests")


async def entering_reads(connection: asyncpg.Connection, caller: Caller, request: dict[str, Any]) -> str | None:
    """The title of the request that is read in the statement that enters, if they may see it."""
    session, found = await enter_whole(connection, {"request_id": request["key"]}, token_of(caller), "test")
    assert session is not None
    assert str(session.id) == caller.id
    return found and found.title


async def test_many_of_one_role_at_once_see_each_their_own(people: People) -> None:
    callers = [await people.add("USER") for _ in range(8)]
    for caller in callers:
        await caller.submit(title=f"Of {caller.id}")

    async def titles(caller: Caller) -> set[str]:
        return {row["title"] for row in (await caller.get("/api/requests")).json()["requests"]}

    for _ in range(5):
        found = await asyncio.gather(*(titles(caller) for caller in callers))
        assert found == [{f"Of {caller.id}"} for caller in callers]


async def test_the_next_on_a_connection_sees_nothing_of_who_was_there(
    server: EmbeddedServer, requester: Caller, people: People
) -> None:
    await requester.submit()
    other = await people.add("USER")
    connection = await as_role(server, "requester")
    try:
        assert await seen_by(connection, None) == 0
        assert await seen_by(connection, requester) == 1
        assert await seen_by(connection, other) == 0
        assert await seen_by(connection, requester) == 1
        assert await seen_by(connection, None) == 0, "a session that there is not"
    finally:
        await connection.close()


@pytest.mark.parametrize(
    "plans",
    [
        "SET enable_nestloop = on",
        "SET plan_cache_mode = force_generic_plan",
        *(
            f"SET enable_{way} = off"
            for way in ("nestloop", "hashjoin", "mergejoin", "material", "memoize", "indexscan")
        ),
    ],
)
async def test_who_enters_as_they_read_sees_what_is_theirs_whatever_the_plan(
    server: EmbeddedServer, people: People, plans: str
) -> None:
    one, other = await people.add("USER"), await people.add("USER")
    of_one, of_other = await one.submit(title="Of one"), await other.submit(title="Of the other")
    connection = await as_role(server, "requester")
    try:
        await connection.execute(plans)
        for _ in range(3):
            assert await entering_reads(connection, one, of_one) == "Of one"
            assert await entering_reads(connection, other, of_one) is None
            assert await entering_reads(connection, other, of_other) == "Of the other"
            assert await entering_reads(connection, one, of_other) is None
        nobody = await enter_whole(connection, {"request_id": of_one["key"]}, b"", "test")
        assert nobody == (None, None)
        assert await connection.fetchval("SELECT count(*) FROM requests") == 0, "left behind by nobody"
    finally:
        await connection.close()


async def test_a_request_is_told_to_nobody_but_whom_the_connection_reads_for(
    server: EmbeddedServer, manager: Caller, people: People
) -> None:
    other = await people.add("MANAGER")
    request = await manager.submit()
    ask = "SELECT count(*) FROM whole_request($1, $2, NULL, '{}')"
    connection = await as_role(server, "manager")
    try:
        assert await connection.fetchval(ask, None, UUID(request["id"])) == 0
        assert await connection.fetchval(ask, UUID(manager.id), UUID(request["id"])) == 0
        await connection.fetch("SELECT enter($1, 'test')", token_of(manager))
        assert await connection.fetchval(ask, UUID(other.id), UUID(request["id"])) == 0
        assert await connection.fetchval(ask, None, UUID(request["id"])) == 0
        assert await connection.fetchval(ask, UUID(manager.id), UUID(request["id"])) == 1
    finally:
        await connection.close()


@pytest.mark.parametrize("role", ["USER", "ENGINEER"])
@pytest.mark.parametrize("pool", [r for r in ROLES.values() if r not in {"manager", "admin"}])
async def test_entering_by_the_pool_of_another_role_is_entering_as_nobody(
    server: EmbeddedServer, people: People, role: str, pool: str
) -> None:
    caller = await people.add(role)
    await caller.submit()
    connection = await as_role(server, pool)
    try:
        await connection.fetch("SELECT enter($1, 'test')", token_of(caller))
        person = await connection.fetchval("SELECT current_person()")
        assert (person is not None) == (ROLES[role] == pool)
    finally:
        await connection.close()


async def test_only_the_roles_of_people_may_enter(server: EmbeddedServer, requester: Caller) -> None:
    for role in ("auth", "worker", "monitor"):
        connection = await as_role(server, role)
        try:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.fetch("SELECT enter($1, 'test')", token_of(requester))
        finally:
            await connection.close()


async def test_what_ends_a_session_ends_it_between_two_reads(owner: asyncpg.Connection, people: People) -> None:
    for change in (
        "DELETE FROM sessions WHERE user_id = $1",
        "UPDATE sessions SET expires_at = now() WHERE user_id = $1",
        "UPDATE users SET active = false WHERE id = $1",
    ):
        caller = await people.add("MANAGER")
        paths = ["/api/requests?limit=1", f"/api/requests/{(await caller.submit())['id']}", "/api/requests/none"]
        for wanted in ([200, 200, 404], [200, 200, 404], [401, 401, 401]):
            if wanted[0] == 401:
                await owner.execute(change, caller.id)
            assert [(await caller.get(path)).status_code for path in paths] == wanted


async def test_another_role_holds_between_two_reads(owner: asyncpg.Connection, people: People) -> None:
    caller, other = await people.add("MANAGER"), await people.add("USER")
    theirs = await other.submit()
    path = f"/api/requests/{theirs['id']}"
    assert [(await caller.get(path)).status_code for _ in range(2)] == [200, 200]
    await owner.execute("UPDATE users SET role = 'USER' WHERE id = $1", caller.id)
    assert [(await caller.get(path)).status_code for _ in range(2)] == [404, 404]
    await owner.execute("UPDATE users SET role = 'ADMIN' WHERE id = $1", caller.id)
    assert [(await caller.get(path)).status_code for _ in range(2)] == [200, 200]


async def test_reading_moves_the_end_of_a_session_on(owner: asyncpg.Connection, requester: Caller) -> None:
    await requester.get("/api/requests")
    await owner.execute("UPDATE sessions SET expires_at = now() + interval '1 hour' WHERE user_id = $1", requester.id)
    await requester.get("/api/requests")
    left = "SELECT expires_at > now() + interval '2 hours' FROM sessions WHERE user_id = $1"
    assert await owner.fetchval(left, requester.id)
