"""Drafts: kept for their writer alone, and a request once, or not at all."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from simflow.drafts import service
from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as

WHOLE = {"title": "Reach study", "description": "Cell 4", "vendor": "FANUC", "priority": "Low"}


async def keep(caller: Caller, **content: Any) -> dict[str, Any]:
    answer = await caller.post("/api/drafts", json={"content": content})
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["draft"])


async def own(caller: Caller) -> list[dict[str, Any]]:
    return list((await caller.get("/api/drafts")).json()["drafts"])


def wrong(answer: Any) -> set[str]:
    assert answer.status_code == 422, answer.text
    return {error["field"] for error in answer.json()["errors"]}


async def test_everything_is_optional_and_kept_as_typed(requester: Caller) -> None:
    assert (await keep(requester))["content"] == {}
    content = {
        "title": " Half a",
        "description": "",
        "vendor": "",
        "priority": "High",
        "dueDate": "2026-12-01",
        "tags": ["Weld"],
        "studyType": "not-yet",
        "data": {"payload": {"value": 1, "unit": "kg"}, "x": None},
    }
    draft = await keep(requester, **content)
    assert draft["content"] == content
    answer = await requester.get(f"/api/drafts/{draft['id']}")
    assert (answer.json()["draft"], answer.headers["etag"]) == (draft, '"1"')
    kept = datetime.fromisoformat(draft["expiresAt"]) - datetime.fromisoformat(draft["updatedAt"])
    assert kept == timedelta(days=90)


async def test_the_last_changed_is_first_and_a_change_is_whole(requester: Caller) -> None:
    first, second = await keep(requester, title="A", vendor="ABB"), await keep(requester, title="B")
    assert [draft["id"] for draft in await own(requester)] == [second["id"], first["id"]]
    answer = await requester.patch(f"/api/drafts/{first['id']}", json={"content": {"title": "C"}})
    assert (answer.json()["draft"]["content"], answer.headers["etag"]) == ({"title": "C"}, '"2"')
    assert [draft["id"] for draft in await own(requester)] == [first["id"], second["id"]]


@pytest.mark.parametrize("role", ["USER", "ENGINEER", "MANAGER", "ADMIN"])
async def test_nobody_else_finds_it(people: People, requester: Caller, role: str) -> None:
    draft, other = await keep(requester, **WHOLE), await people.add(role)
    path = f"/api/drafts/{draft['id']}"
    assert await own(other) == []
    answers = [
        await other.get(path),
        await other.patch(path, json={"content": {}}),
        await other.delete(path),
        await other.post(f"{path}/submit"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert await own(requester) == [draft]


async def test_two_windows_do_not_overwrite_each_other(requester: Caller) -> None:
    draft = await keep(requester, title="A")
    path = f"/api/drafts/{draft['id']}"
    answers = await asyncio.gather(
        *(requester.patch(path, json={"content": {"title": f"{i}"}}, headers={"If-Match": '"1"'}) for i in range(8))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7
    winner = next(answer.json()["draft"] for answer in answers if answer.status_code == 200)
    assert all(answer.json()["draft"] == winner for answer in answers if answer.status_code == 412)
    for call in (requester.delete(path, headers={"If-Match": '"1"'}),):
        assert (await call).status_code == 412
    assert (await requester.post(f"{path}/submit", headers={"If-Match": '"1"'})).status_code == 412
    assert (await requester.delete(path, headers={"If-Match": '"2"'})).status_code == 204
    assert (await requester.get(path)).status_code == 404


async def test_submitted_it_is_a_request_and_gone(requester: Caller) -> None:
    draft = await keep(requester, **WHOLE, tags=["Weld"], dueDate="2026-12-01")
    answer = await requester.post(f"/api/drafts/{draft['id']}/submit")
    assert answer.status_code == 201, answer.text
    created = answer.json()["request"]
    assert answer.headers["location"] == f"/api/requests/{created['id']}"
    assert created | WHOLE == created
    assert (created["status"], created["tags"], created["dueDate"]) == ("Submitted", ["weld"], "2026-12-01")
    assert await own(requester) == []


async def test_what_is_missing_is_told_whole_and_the_draft_stays(admin: Caller, requester: Caller) -> None:
    kind = f"t{uuid4().hex[:10]}"
    fields = [{"name": "robot", "label": "Robot", "kind": "text", "required": "submission"}]
    await admin.put(f"/api/study-types/{kind}", json={"name": "Reach", "fields": fields})
    draft = await keep(requester, title=" ", studyType=kind)
    path = f"/api/drafts/{draft['id']}"
    assert wrong(await requester.post(f"{path}/submit")) == {"title", "description", "vendor", "priority"}
    content = WHOLE | {"studyType": kind, "data": {"other": "x"}}
    await requester.patch(path, json={"content": content})
    assert wrong(await requester.post(f"{path}/submit")) == {"data.robot", "data.other"}
    await requester.patch(path, json={"content": content | {"data": {"robot": "R-2000"}}})
    request = (await requester.post(f"{path}/submit")).json()["request"]
    form = (await requester.get(f"/api/requests/{request['id']}/form")).json()
    assert form["values"]["robot"]["value"] == "R-2000"


async def test_sent_twice_it_is_one_request(owner: asyncpg.Connection, requester: Caller) -> None:
    draft = await keep(requester, **WHOLE)
    path, headers = f"/api/drafts/{draft['id']}/submit", {"Idempotency-Key": uuid4().hex}
    answers = [await requester.post(path, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert (await requester.post(path)).status_code == 404, "without the key it is another call"
    assert await owner.fetchval("SELECT count(*) FROM requests WHERE created_by = $1", requester.id) == 1


async def test_at_once_it_is_one_request(owner: asyncpg.Connection, requester: Caller) -> None:
    draft = await keep(requester, **WHOLE)
    answers = await asyncio.gather(*(requester.post(f"/api/drafts/{draft['id']}/submit") for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [404] * 7
    assert await owner.fetchval("SELECT count(*) FROM requests WHERE created_by = $1", requester.id) == 1


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        ({"title": "x" * 256, "priority": "Huge"}, {"content.title", "content.priority"}),
        ({"description": "x" * 20_001, "vendor": "x" * 101}, {"content.description", "content.vendor"}),
        ({"title": "a\x00b", "tags": "x"}, {"content.title", "content.tags"}),
        ({"dueDate": "tomorrow", "status": "Accepted"}, {"content.dueDate", "content.status"}),
        ({"data": {"x": "y" * 200_000}}, {"content"}),
        ([], {"content"}),
    ],
)
async def test_what_cannot_be_kept(requester: Caller, content: Any, fields: set[str]) -> None:
    assert wrong(await requester.post("/api/drafts", json={"content": content})) == fields
    draft = await keep(requester, title="A")
    assert wrong(await requester.patch(f"/api/drafts/{draft['id']}", json={"content": content})) == fields


async def test_there_is_an_end_to_them(monkeypatch: pytest.MonkeyPatch, people: People, requester: Caller) -> None:
    monkeypatch.setattr(service, "MOST", 2)
    for _ in range(2):
        await keep(requester)
    answer = await requester.post("/api/drafts", json={"content": {}})
    assert (answer.status_code, answer.json()["title"]) == (409, "Too many drafts")
    await keep(await people.add("USER"))


async def test_statements_are_few(requester: Caller, statements: Any) -> None:
    for title in "abc":
        draft = await keep(requester, **WHOLE | {"title": title})
    path = f"/api/drafts/{draft['id']}"
    for call, most in (
        (lambda: requester.get("/api/drafts"), 1),
        (lambda: requester.patch(path, json={"content": WHOLE}), 2),
        (lambda: requester.post(f"{path}/submit"), 3),
    ):
        with statements() as run:
            assert (await call()).status_code in (200, 201)
        assert len(run) <= most, run


ROLES = {"USER": "requester", "ENGINEER": "engineer", "MANAGER": "manager", "ADMIN": "admin"}


@pytest.mark.parametrize("role", ROLES)
async def test_the_database_keeps_it_too(settings: Settings, people: People, requester: Caller, role: str) -> None:
    """The second wall: as any other person, or as nobody, there is no draft, and none can be put under their name."""
    draft, other = await keep(requester, title="A"), await people.add(role)
    for person in (other.id, None):
        async with signed_in_as(settings, f"simflow_{ROLES[role]}", person) as tx:
            assert await tx.fetchval("SELECT count(*) FROM drafts") == 0
            change = "UPDATE drafts SET content = '{}' WHERE id = $1"
            assert await tx.execute(change, draft["id"]) == "UPDATE 0"
            assert await tx.execute("DELETE FROM drafts WHERE id = $1", draft["id"]) == "DELETE 0"
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await tx.execute("INSERT INTO drafts (owner_id, content) VALUES ($1, '{}')", requester.id)
    async with signed_in_as(settings, "none", requester.id) as tx:
        assert await tx.fetchval("SELECT count(*) FROM drafts") == 0
    async with signed_in_as(settings, "simflow_worker", None) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.fetch("SELECT content FROM drafts")


async def test_a_request_takes_its_draft_along(people: People, requester: Caller) -> None:
    """In one transaction, and only one's own; whether it is still there does not matter."""
    mine, theirs = await keep(requester, title="A"), await keep(other := await people.add("USER"), title="B")
    refused = await requester.post("/api/requests", json=WHOLE | {"title": " ", "draftId": mine["id"]})
    assert wrong(refused) == {"title"}
    assert len(await own(requester)) == 1
    for draft_id in (mine["id"], mine["id"], theirs["id"]):
        await requester.submit(draftId=draft_id)
    assert (await own(requester), len(await own(other))) == ([], 1)
