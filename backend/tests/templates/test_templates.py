"""Templates: everybody takes them, managers make them."""

from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as


async def make(caller: Caller, name: str = "Door cell", **content: Any) -> dict[str, Any]:
    answer = await caller.post("/api/templates", json={"name": name, "content": content})
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["template"])


async def listed(caller: Caller) -> dict[str, Any]:
    return dict((await caller.get("/api/templates")).json())


@pytest.mark.parametrize(("role", "edits"), [("USER", False), ("ENGINEER", False), ("MANAGER", True), ("ADMIN", True)])
async def test_who_may_do_what(people: People, manager: Caller, role: str, edits: bool) -> None:
    template, caller = await make(manager, f"N{uuid4().hex}", title="Reach of "), await people.add(role)
    told = await listed(caller)
    assert template in told["templates"]
    assert told["canEdit"] is edits
    path = f"/api/templates/{template['id']}"
    answers = [
        await caller.post("/api/templates", json={"name": "x", "content": {}}),
        await caller.patch(path, json={"name": "Other"}),
        await caller.delete(path),
    ]
    assert [answer.status_code for answer in answers] == ([201, 200, 204] if edits else [403] * 3)


async def test_a_change_leaves_the_rest(manager: Caller) -> None:
    template = await make(manager, title="A", tags=["weld"])
    path = f"/api/templates/{template['id']}"
    changed = (await manager.patch(path, json={"name": "B"}, headers={"If-Match": '"1"'})).json()["template"]
    assert (changed["name"], changed["content"], changed["version"]) == ("B", {"title": "A", "tags": ["weld"]}, 2)
    stale = await manager.patch(path, json={"name": "C"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["template"]) == (412, changed)
    assert (await manager.delete(path, headers={"If-Match": '"1"'})).status_code == 412
    assert (await manager.delete(path)).status_code == 204
    assert (await manager.delete(path)).status_code == 404
    assert (await manager.patch("/api/templates/x", json={"name": "C"})).status_code == 404


async def test_it_holds_what_a_request_could(admin: Caller, manager: Caller, requester: Caller) -> None:
    kind = f"t{uuid4().hex[:10]}"
    fields = [
        {"name": "robot", "label": "Robot", "kind": "text", "required": "submission"},
        {"name": "payload", "label": "Payload", "kind": "number", "unit": "kg", "maximum": 500},
    ]
    await admin.put(f"/api/study-types/{kind}", json={"name": "Reach", "fields": fields})
    for content, wrong in (
        ({"studyType": "no-such"}, {"content.studyType"}),
        ({"studyType": kind, "data": {"payload": 501, "x": 1}}, {"content.data.payload", "content.data.x"}),
        ({"dueDate": "2026-12-01"}, {"content.dueDate"}),
        ({"title": "x" * 256}, {"content.title"}),
    ):
        answer = await manager.post("/api/templates", json={"name": "x", "content": content})
        assert answer.status_code == 422, answer.text
        assert {error["field"] for error in answer.json()["errors"]} == wrong
    content = {"vendor": "FANUC", "studyType": kind, "data": {"payload": 120}}
    assert (await make(manager, **content))["content"] == content


async def test_one_statement(requester: Caller, statements: Any) -> None:
    with statements() as run:
        await listed(requester)
    assert len(run) == 1


async def test_the_database_keeps_it_too(
    settings: Settings, manager: Caller, requester: Caller, engineer: Caller
) -> None:
    template = await make(manager, title="A")
    for role, person in (("requester", requester), ("engineer", engineer)):
        async with signed_in_as(settings, f"simflow_{role}", person.id) as tx:
            assert await tx.fetchval("SELECT count(*) FROM templates WHERE id = $1", template["id"]) == 1
        for attempt in (
            "DELETE FROM templates",
            "UPDATE templates SET name = 'x'",
            "INSERT INTO templates (name, content) VALUES ('x', '{}')",
        ):
            async with signed_in_as(settings, f"simflow_{role}", person.id) as tx:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await tx.execute(attempt)
    async with signed_in_as(settings, "none", manager.id) as tx:
        assert await tx.fetchval("SELECT count(*) FROM templates") == 0
