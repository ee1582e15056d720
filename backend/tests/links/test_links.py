"""Links: seen from both ends by those who may see both, never in circles, whoever races."""

import asyncio
from typing import Any

import asyncpg
import pytest

from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as
from tests.requests.arrange import as_row, put, put_all

BACK = {"duplicates": "duplicatedBy", "blocks": "blockedBy", "follows": "followedBy"}


async def link(caller: Caller, request: dict[str, Any], relation: str, other: dict[str, Any] | str) -> Any:
    name = other if isinstance(other, str) else other["key"]
    return await caller.post(f"/api/requests/{request['id']}/links", json={"relation": relation, "request": name})


async def links(caller: Caller, request: dict[str, Any]) -> list[tuple[str, str]]:
    answer = await caller.get(f"/api/requests/{request['id']}/links")
    assert answer.status_code == 200
    return [(one["relation"], one["request"]["key"]) for one in answer.json()["links"]]


async def actions(caller: Caller, request: dict[str, Any]) -> list[tuple[str, Any]]:
    log = (await caller.get(f"/api/requests/{request['id']}/activity")).json()["activity"]
    return [(entry["action"], entry["details"]) for entry in log if entry["action"] in ("linked", "unlinked")]


@pytest.mark.parametrize("relation", [*BACK, *BACK.values()])
async def test_a_link_is_seen_from_both_ends(owner: asyncpg.Connection, requester: Caller, relation: str) -> None:
    first, second = await put(owner, requester), await put(owner, requester, title="Other")
    answer = await link(requester, first, relation, second["id"])
    assert answer.status_code == 201
    made = answer.json()["link"]
    assert made["request"] == {"id": second["id"], "key": second["key"], "title": "Other", "status": "Submitted"}
    assert (made["createdBy"], made["canRemove"]) == (requester.id, True)
    back = {**BACK, **{b: a for a, b in BACK.items()}}[relation]
    assert await links(requester, first) == [(relation, second["key"])]
    assert await links(requester, second) == [(back, first["key"])]
    again = await link(requester, second, back, first)
    assert (again.status_code, again.json()["link"]["id"]) == (200, made["id"])
    assert await actions(requester, first) == [("linked", {"relation": relation, "key": second["key"]})]
    assert await actions(requester, second) == [("linked", {"relation": back, "key": first["key"]})]
    assert (await requester.delete(f"/api/requests/{second['id']}/links/{made['id']}")).status_code == 204
    assert await links(requester, first) == await links(requester, second) == []
    assert (await actions(requester, first))[0][0] == "unlinked"
    heard = await owner.fetch("SELECT request_id::text AS id FROM events WHERE kind = 'commented'")
    assert sum(row["id"] in (first["id"], second["id"]) for row in heard) == 4


async def test_a_link_to_the_invisible_does_not_exist(
    people: People, owner: asyncpg.Connection, requester: Caller, manager: Caller
) -> None:
    mine = await put(owner, requester)
    hidden = await put(owner, await people.add("USER"), title="Secret")
    made = (await link(manager, mine, "duplicates", hidden)).json()["link"]
    assert await links(requester, mine) == []
    assert await actions(requester, mine) == []
    assert len(await actions(manager, mine)) == 1
    assert (await requester.delete(f"/api/requests/{mine['id']}/links/{made['id']}")).status_code == 404
    for other in (hidden["key"], hidden["id"], "SF-99999999", "nonsense"):
        answer = await link(requester, mine, "blocks", other)
        assert answer.status_code == 422
        assert answer.json()["errors"] == [{"field": "request", "message": "is not there, or you may not see it"}]
    assert (await link(requester, hidden, "blocks", mine)).status_code == 404
    assert (await requester.get(f"/api/requests/{hidden['id']}/links")).status_code == 404


async def test_what_is_no_link(requester: Caller) -> None:
    request = await requester.submit()
    itself = await link(requester, request, "blocks", request)
    assert [error["field"] for error in itself.json()["errors"]] == ["request"]
    wrong = await requester.post(f"/api/requests/{request['id']}/links", json={"relation": "likes"})
    assert {error["field"] for error in wrong.json()["errors"]} == {"relation", "request"}


async def test_circles_are_refused(owner: asyncpg.Connection, requester: Caller, manager: Caller) -> None:
    a, b, c = await put_all(owner, [as_row(requester) for _ in range(3)])
    assert (await link(requester, a, "blocks", b)).status_code == 201
    assert (await link(manager, b, "blocks", c)).status_code == 201
    for first, relation, second in ((c, "blocks", a), (b, "blocks", a), (a, "blockedBy", c)):
        answer = await link(requester, first, relation, second)
        assert (answer.status_code, answer.json()["title"]) == (409, "Not possible now")
    assert (await link(requester, c, "follows", a)).status_code == 201
    assert (await link(requester, a, "blocks", c)).status_code == 201


async def test_circles_cannot_be_closed_by_many_at_once(owner: asyncpg.Connection, requester: Caller) -> None:
    ring = await put_all(owner, [as_row(requester) for _ in range(6)])
    calls = [link(requester, ring[i], "blocks", ring[(i + 1) % 6]) for i in range(6)]
    calls += [link(requester, ring[(i + 1) % 6], "blocks", ring[i]) for i in range(6)]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*calls))
    assert set(statuses) == {201, 409}
    edges = await owner.fetch("SELECT from_id::text, to_id::text FROM links WHERE created_by = $1", requester.id)
    left = {tuple(edge) for edge in edges}
    while sources := {a for a, _ in left} - {b for _, b in left}:
        left = {(a, b) for a, b in left if a not in sources}
    assert not left


async def test_who_removes_a_link(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller, admin: Caller
) -> None:
    first, second = await put_all(owner, [as_row(requester, "In Progress", engineer) for _ in range(2)])
    for maker, refused, removes in (
        (requester, engineer, manager),
        (engineer, requester, engineer),
        (manager, engineer, admin),
    ):
        made = (await link(maker, first, "follows", second)).json()["link"]
        path = f"/api/requests/{first['id']}/links/{made['id']}"
        assert (await refused.delete(path)).status_code == 403
        assert (await removes.delete(path)).status_code == 204
        assert (await removes.delete(path)).status_code == 404


async def test_the_database_shows_and_takes_links_by_both_ends(
    settings: Settings, people: People, owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    mine = await put(owner, requester, "In Progress", engineer)
    hidden = await put(owner, await people.add("USER"))
    await link(manager, mine, "blocks", hidden)
    for role, person, count in (
        ("simflow_requester", requester, 0),
        ("simflow_engineer", engineer, 0),
        ("simflow_manager", manager, 1),
        ("none", manager, 0),
    ):
        async with signed_in_as(settings, role, person.id) as tx:
            rows = await tx.fetchval("SELECT count(*) FROM links WHERE from_id = $1", mine["id"])
            told = await tx.fetchval(
                "SELECT count(*) FROM activity_log WHERE request_id = $1 AND action = 'linked'", mine["id"]
            )
            assert (rows, told) == (count, count), role
    insert = "INSERT INTO links (from_id, kind, to_id, created_by, created_by_name) VALUES ($1, 'follows', $2, $3, 'N')"
    for maker in (requester.id, manager.id):
        async with signed_in_as(settings, "simflow_requester", requester.id) as tx:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await tx.execute(insert, mine["id"], hidden["id"], maker)
    with pytest.raises(asyncpg.CheckViolationError):
        await owner.execute(insert, mine["id"], mine["id"], requester.id)
