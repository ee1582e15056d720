"""A copy begins with what was asked for, of a request that one may see."""

from typing import Any
from uuid import uuid4

from tests.conftest import Caller, People

FIELDS: list[dict[str, Any]] = [
    {"name": "robot", "label": "Robot", "kind": "text", "required": "submission"},
    {"name": "payload", "label": "Payload", "kind": "number", "unit": "kg"},
    {"name": "axes", "label": "Axes", "kind": "number"},
    {"name": "freeze", "label": "Frozen", "kind": "date"},
    {"name": "contact", "label": "Contact", "kind": "person"},
]


async def copy(caller: Caller, request: dict[str, Any]) -> Any:
    answer = await caller.get(f"/api/requests/{request['key']}/copy")
    assert answer.status_code == 200, answer.text
    return answer.json()["content"]


async def test_it_is_taken_as_it_is(admin: Caller, manager: Caller, requester: Caller) -> None:
    kind = f"t{uuid4().hex[:10]}"
    await admin.put(f"/api/study-types/{kind}", json={"name": "Reach", "fields": FIELDS})
    data = {
        "robot": "R-2000",
        "payload": {"value": 120000, "unit": "g"},
        "axes": 6,
        "freeze": "2026-12-01",
        "contact": manager.id,
    }
    request = await requester.submit(studyType=kind, data=data, tags=["weld"], dueDate="2026-12-24")
    content = await copy(requester, request)
    whole = {"title": "Reach study", "description": "Cell 4", "vendor": "FANUC", "priority": "Low"}
    assert content == whole | {"tags": ["weld"], "studyType": kind, "data": data}
    again = await requester.post("/api/requests", json=content)
    assert again.status_code == 201, again.text
    fewer = [field for field in FIELDS if field["name"] != "axes"]
    await admin.put(f"/api/study-types/{kind}", json={"name": "Reach", "fields": fewer})
    del data["axes"]
    assert (await copy(requester, request))["data"] == data, "what the form no longer asks for stays behind"
    await admin.put(f"/api/study-types/{kind}", json={"name": "Reach", "fields": fewer, "active": False})
    assert await copy(requester, request) == whole | {"tags": ["weld"]}


async def test_only_of_what_one_may_see(people: People, requester: Caller, engineer: Caller, manager: Caller) -> None:
    request = await requester.submit()
    for caller, status in ((await people.add("USER"), 404), (engineer, 404), (requester, 200), (manager, 200)):
        answer = await caller.get(f"/api/requests/{request['key']}/copy")
        assert answer.status_code == status


async def test_three_statements_at_most(requester: Caller, statements: Any) -> None:
    request = await requester.submit()
    with statements() as run:
        await copy(requester, request)
    assert len(run) == 1
