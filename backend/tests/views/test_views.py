"""Saved views: what is kept, who sees it, who may share, change and delete it."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as

QUERY = {
    "status": ["In Progress", "On Hold"],
    "assignedTo": ["me", "none"],
    "createdFrom": "2026-01-01T00:00:00Z",
    "statusThen": ["Submitted"],
    "asOf": "2026-02-01T00:00:00Z",
    "waitsFor": ["me"],
    "firstTimeRight": False,
    "q": "welding",
    "sort": "-statusSince",
    "group": "vendor",
    "columns": ["status", "assignedTo"],
}


async def save(caller: Caller, **fields: Any) -> dict[str, Any]:
    body = {"name": "Mine", "layout": "list", "query": {}} | fields
    answer = await caller.post("/api/views", json=body)
    assert answer.status_code == 201, answer.text
    view: dict[str, Any] = answer.json()["view"]
    return view


async def names(caller: Caller) -> list[str]:
    return [view["name"] for view in (await caller.get("/api/views")).json()["views"]]


async def test_it_is_kept_as_it_was_sent(requester: Caller) -> None:
    made = await save(requester, name=" What I do ", layout="board", query=QUERY)
    assert (made["name"], made["layout"], made["query"]) == (" What I do ", "board", QUERY)
    assert (made["ownerId"], made["ownerName"], made["shared"], made["version"], made["canEdit"]) == (
        requester.id,
        requester.user["name"],
        False,
        1,
        True,
    )
    answer = await requester.get(f"/api/views/{made['id']}")
    assert answer.json() == {"view": made}
    assert answer.headers["etag"] == '"1"'
    assert (await requester.get("/api/views")).json() == {"views": [made]}
    listed = {name: value for name, value in QUERY.items() if name not in {"group", "columns"}}
    assert (await requester.get("/api/requests", params=listed)).status_code == 200


async def test_views_come_by_name(requester: Caller) -> None:
    for name in ("b", "A", "c"):
        await save(requester, name=name)
    assert await names(requester) == ["A", "b", "c"]


async def test_who_sees_whose(
    people: People, requester: Caller, engineer: Caller, manager: Caller, admin: Caller
) -> None:
    mark = uuid4().hex
    await save(requester, name=f"{mark} requester, private")
    await save(manager, name=f"{mark} manager, private")
    await save(manager, name=f"{mark} manager, shared", shared=True)
    await save(engineer, name=f"{mark} engineer, shared", shared=True)
    sees = {
        requester: {"requester, private"},
        engineer: {"manager, shared", "engineer, shared"},
        manager: {"manager, private", "manager, shared", "engineer, shared"},
        admin: {"manager, shared", "engineer, shared"},
        await people.add("USER"): set(),
        await people.add("ENGINEER"): {"manager, shared", "engineer, shared"},
    }
    for caller, wanted in sees.items():
        found = {name.removeprefix(f"{mark} ") for name in await names(caller) if name.startswith(mark)}
        assert found == wanted, caller.user["role"]


async def test_a_private_view_does_not_exist_for_others(people: People, manager: Caller, admin: Caller) -> None:
    view = await save(manager)
    for caller in (admin, await people.add("MANAGER"), await people.add("USER")):
        path = f"/api/views/{view['id']}"
        answers = [await caller.get(path), await caller.patch(path, json={"name": "x"}), await caller.delete(path)]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
    for other in ("nonsense", str(uuid4()), "%00"):
        assert (await manager.get(f"/api/views/{other}")).status_code == 404
    assert (await manager.get(f"/api/views/{view['id']}")).json() == {"view": view}


async def test_a_shared_view_is_hidden_from_requesters(manager: Caller, requester: Caller) -> None:
    """Its words may be such as they must not read."""
    view = await save(manager, shared=True, query={"q": "secret"})
    assert (await requester.get(f"/api/views/{view['id']}")).status_code == 404
    assert (await requester.patch(f"/api/views/{view['id']}", json={"name": "x"})).status_code == 404


async def test_requesters_do_not_share(requester: Caller) -> None:
    body = {"name": "Mine", "layout": "list", "query": {}, "shared": True}
    assert (await requester.post("/api/views", json=body)).status_code == 403
    view = await save(requester)
    assert (await requester.patch(f"/api/views/{view['id']}", json={"shared": True})).status_code == 403
    assert (await requester.patch(f"/api/views/{view['id']}", json={"shared": False})).status_code == 200


async def test_the_owner_and_admins_edit_what_is_shared(
    people: People, engineer: Caller, manager: Caller, admin: Caller
) -> None:
    view = await save(engineer, shared=True)
    path = f"/api/views/{view['id']}"
    other = await people.add("ENGINEER")
    for caller in (manager, other):
        assert (await caller.get(path)).json()["view"]["canEdit"] is False
        assert (await caller.patch(path, json={"name": "Ours"})).status_code == 403
        assert (await caller.delete(path)).status_code == 403
    assert (await admin.get(path)).json()["view"]["canEdit"] is True
    changed = (await admin.patch(path, json={"name": "Ours", "layout": "timeline"})).json()["view"]
    assert (changed["name"], changed["layout"], changed["version"]) == ("Ours", "timeline", 2)
    assert changed["ownerId"] == engineer.id
    assert changed["updatedAt"] > view["updatedAt"]
    assert (await admin.patch(path, json={"shared": False})).status_code == 403
    assert (await engineer.patch(path, json={"shared": False})).json()["view"]["shared"] is False
    assert (await admin.get(path)).status_code == 404
    assert (await engineer.delete(path)).status_code == 204
    assert (await engineer.get(path)).status_code == 404


async def test_an_admin_deletes_what_is_shared(engineer: Caller, admin: Caller) -> None:
    view = await save(engineer, shared=True)
    assert (await admin.delete(f"/api/views/{view['id']}")).status_code == 204
    assert (await engineer.get(f"/api/views/{view['id']}")).status_code == 404


async def test_only_what_is_given_changes(requester: Caller) -> None:
    view = await save(requester, query=QUERY)
    path = f"/api/views/{view['id']}"
    renamed = (await requester.patch(path, json={"name": "Other"})).json()["view"]
    assert {**renamed, "name": "Mine", "version": 1, "updatedAt": view["updatedAt"]} == view
    emptied = (await requester.patch(path, json={"query": {}})).json()["view"]
    assert emptied["query"] == {}


async def test_versions(requester: Caller) -> None:
    view = await save(requester)
    path = f"/api/views/{view['id']}"
    answers = await asyncio.gather(
        *(requester.patch(path, json={"name": f"N{i}"}, headers={"If-Match": '"1"'}) for i in range(10))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 9
    winner = next(answer.json()["view"] for answer in answers if answer.status_code == 200)
    assert all(answer.json()["view"] == winner for answer in answers if answer.status_code == 412)
    assert (await requester.delete(path, headers={"If-Match": '"1"'})).status_code == 412
    assert (await requester.delete(path, headers={"If-Match": '"2"'})).status_code == 204


async def test_sent_twice_it_is_saved_once(requester: Caller) -> None:
    headers = {"Idempotency-Key": uuid4().hex}
    body = {"name": "Mine", "layout": "list", "query": {"q": "x"}}
    answers = [await requester.post("/api/views", json=body, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert answers[1].headers["location"] == f"/api/views/{answers[0].json()['view']['id']}"
    assert await names(requester) == ["Mine"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": " "}, {"name"}),
        ({"name": "x" * 101, "layout": "table", "shared": "yes"}, {"name", "layout", "shared"}),
        ({"query": []}, {"query"}),
        ({"query": {"status": ["x"], "size": 1}}, {"query.status.0", "query.size"}),
        (
            {"query": {"status": "Submitted", "sort": "size", "group": "x"}},
            {"query.status", "query.sort", "query.group"},
        ),
        (
            {"query": {"columns": ["title", "secret"], "createdFrom": "yesterday"}},
            {"query.columns.1", "query.createdFrom"},
        ),
        ({"query": {"assignedTo": ["Bob"], "createdBy": ["none"]}}, {"query.assignedTo.0", "query.createdBy.0"}),
        ({"query": {"asOf": "2026-02-01T00:00:00Z"}}, {"query.statusThen"}),
        ({"query": {"createdFrom": "2026-02-01T00:00:00"}}, {"query.createdFrom"}),
        ({"query": {"q": "x" * 501}}, {"query.q"}),
        ({"query": {"cursor": "x"}, "ownerId": "me"}, {"query.cursor", "ownerId"}),
    ],
)
async def test_what_no_list_would_take_is_refused(requester: Caller, fields: dict[str, Any], wrong: set[str]) -> None:
    body = {"name": "Mine", "layout": "list", "query": {}} | fields
    answer = await requester.post("/api/views", json=body)
    assert answer.status_code == 422, answer.text
    assert {error["field"] for error in answer.json()["errors"]} == wrong
    view = await save(requester)
    assert (await requester.patch(f"/api/views/{view['id']}", json=fields)).status_code == 422


async def test_the_database_keeps_it_too(
    settings: Settings, requester: Caller, engineer: Caller, manager: Caller, admin: Caller
) -> None:
    """The second wall: nobody writes another's, a requester shares nothing, nobody is nobody."""
    theirs = await save(manager, shared=True)
    columns = "name, layout, query, owner_id, owner_name, shared"
    insert = f"INSERT INTO saved_views ({columns}) VALUES ('x', 'list', '{{}}', $1, 'x', $2)"
    for role, person in (("requester", requester), ("engineer", engineer), ("admin", admin)):
        async with signed_in_as(settings, f"simflow_{role}", person.id) as tx:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await tx.execute(insert, manager.id, False)
    async with signed_in_as(settings, "simflow_requester", requester.id) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.execute(insert, requester.id, True)
    async with signed_in_as(settings, "simflow_engineer", engineer.id) as tx:
        assert await tx.execute("UPDATE saved_views SET name = 'x' WHERE id = $1", theirs["id"]) == "UPDATE 0"
        assert await tx.execute("DELETE FROM saved_views WHERE id = $1", theirs["id"]) == "DELETE 0"
    for role in ("requester", "engineer", "manager", "user"):
        async with signed_in_as(settings, f"simflow_{role}", None) as tx:
            seen = await tx.fetchval("SELECT count(*) FROM saved_views WHERE NOT shared")
            assert seen == 0
    async with signed_in_as(settings, "simflow_user", None) as tx:
        assert await tx.fetchval("SELECT count(*) FROM saved_views") == 0


async def test_two_statements_at_most(requester: Caller, statements: Any) -> None:
    for name in ("a", "b", "c"):
        view = await save(requester, name=name)
    with statements() as run:
        await requester.get("/api/views")
    assert len(run) == 1
    with statements() as run:
        await requester.patch(f"/api/views/{view['id']}", json={"name": "d"})
    assert len(run) == 2
