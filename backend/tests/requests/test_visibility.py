"""What a person may not see does not exist for them, anywhere."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.conftest import Caller, People
from tests.requests.arrange import as_row, put, put_all
from tests.requests.table import ENGINEERING, STATUSES, WITH_ENGINEER
from tests.requests.test_paths_and_versions import CALLS

SECRET = "zirconium"
"""A word in an internal comment and nowhere else."""


@dataclass
class Office:
    """Two requesters with a request in every status each, two engineers who share them out."""

    alice: Caller
    anna: Caller
    charlie: Caller
    carla: Caller
    manager: Caller
    admin: Caller
    requests: list[dict[str, Any]]

    @property
    def mine(self) -> dict[str, list[str]]:
        return {"createdBy": [self.alice.id, self.anna.id, self.carla.id]}

    def visible(self, caller: Caller) -> set[str]:
        role = caller.user["role"]
        return {
            request["id"]
            for request in self.requests
            if role in {"MANAGER", "ADMIN"}
            or request["by"] is caller
            or (role == "ENGINEER" and (request["status"] == ENGINEERING or request["to"] is caller))
        }

    @property
    def everybody(self) -> list[Caller]:
        return [self.alice, self.anna, self.charlie, self.carla, self.manager, self.admin]


@pytest.fixture
async def office(people: People, owner: asyncpg.Connection) -> Office:
    alice, anna = await people.add("USER"), await people.add("USER")
    charlie, carla = await people.add("ENGINEER"), await people.add("ENGINEER")
    manager, admin = await people.add("MANAGER"), await people.add("ADMIN")
    plans = [
        (creator, status, (charlie, carla)[number % 2] if status in WITH_ENGINEER else None)
        for number, status in enumerate(STATUSES)
        for creator in (alice, anna, carla)
    ]
    rows = await put_all(owner, [as_row(*plan, title=f"Office {plan[1]}") for plan in plans])
    requests = [row | {"by": creator, "to": engineer} for row, (creator, _, engineer) in zip(rows, plans, strict=True)]
    return Office(alice, anna, charlie, carla, manager, admin, requests)


async def test_the_list_holds_what_may_be_seen(office: Office) -> None:
    for caller in office.everybody:
        listed = (await caller.get("/api/requests", params=office.mine | {"limit": 200})).json()["requests"]
        assert {request["id"] for request in listed} == office.visible(caller), caller.user["role"]


async def test_counts_count_what_may_be_seen(office: Office) -> None:
    for caller in office.everybody:
        counts = (await caller.get("/api/requests/counts", params=office.mine)).json()
        visible = [r for r in office.requests if r["id"] in office.visible(caller)]
        assert counts["total"] == len(visible)
        assert counts["byStatus"] == {s: sum(r["status"] == s for r in visible) for s in STATUSES}


async def test_search_finds_what_may_be_seen(office: Office) -> None:
    for caller in office.everybody:
        for words in ("Office", "Ofice"):
            params = office.mine | {"q": words, "limit": 200}
            found = (await caller.get("/api/requests", params=params)).json()["requests"]
            assert {request["id"] for request in found} == office.visible(caller), (caller.user["role"], words)
        hidden = next((r for r in office.requests if r["id"] not in office.visible(caller)), None)
        if hidden:
            assert (await caller.get("/api/requests", params={"q": hidden["key"]})).json()["requests"] == []


async def test_a_requesters_whole_list_is_their_own(office: Office) -> None:
    for caller in (office.alice, office.anna):
        listed = (await caller.get("/api/requests")).json()["requests"]
        assert {request["id"] for request in listed} == office.visible(caller)
        assert (await caller.get("/api/requests/counts")).json()["total"] == len(listed)


def told(answer: Any) -> tuple[Any, Any]:
    """What an answer tells, but for the call's own mark."""
    body = {name: value for name, value in answer.json().items() if name != "requestId"}
    return body, {name: value for name, value in answer.headers.items() if name != "x-request-id"}


async def test_what_is_invisible_cannot_be_told_from_what_is_not(office: Office) -> None:
    """Not by status, not by text, not by headers; whatever is tried with it."""
    for caller in (office.anna, office.charlie, office.carla):
        hidden = [r for r in office.requests if r["id"] not in office.visible(caller)]
        assert len(hidden) > 5
        for name, call in CALLS.items():
            nothing = await call(caller, str(uuid4()))
            assert nothing.status_code == 404
            for request in hidden[:6]:
                for reference in (request["id"], request["key"]):
                    answer = await call(caller, reference)
                    assert answer.status_code == 404, (name, request["status"])
                    assert told(answer) == told(nothing)


async def test_neither_does_a_stale_version_nor_an_internal_comment_tell(office: Office) -> None:
    hidden = next(r for r in office.requests if r["by"] is office.alice)
    for method, path, body, headers in (
        ("PATCH", "", {"title": "x"}, {"If-Match": '"99"'}),
        ("PATCH", "/status", {"status": "Accepted"}, {"If-Match": '"99"'}),
        ("POST", "/comments", {"content": "x", "internal": True}, {}),
    ):
        answers = [
            await office.anna.request(method, f"/api/requests/{ref}{path}", json=body, headers=headers)
            for ref in (hidden["id"], uuid4())
        ]
        assert [a.status_code for a in answers] == [404, 404]
        assert told(answers[0]) == told(answers[1])


async def test_nothing_invisible_was_changed(office: Office, owner: asyncpg.Connection) -> None:
    hidden = [r["id"] for r in office.requests if r["by"] is office.alice]
    for request_id in hidden:
        for call in CALLS.values():
            await call(office.anna, request_id)
    query = "SELECT count(*) FROM requests WHERE id = ANY($1::uuid[]) AND version > 1"
    assert await owner.fetchval(query, hidden) == 0
    assert await owner.fetchval("SELECT count(*) FROM activity_log WHERE request_id = ANY($1::uuid[])", hidden) == 0
    assert await owner.fetchval("SELECT count(*) FROM comments WHERE request_id = ANY($1::uuid[])", hidden) == 0


async def test_an_engineer_sees_in_three_ways(
    people: People, owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    other = await people.add("ENGINEER")

    async def sees(caller: Caller, request: dict[str, Any]) -> bool:
        return (await caller.get(f"/api/requests/{request['key']}")).status_code == 200

    request = await put(owner, requester)
    assert not await sees(engineer, request)
    await manager.assign(request, engineer)
    assert await sees(engineer, request), "assigned"
    assert await sees(other, request), "in Engineering Review"
    await engineer.move(request, "In Progress")
    assert await sees(engineer, request)
    assert not await sees(other, request)
    await manager.assign(request, other)
    await other.move(request, "In Progress")
    assert not await sees(engineer, request), "no longer assigned"
    assert await sees(other, request)
    asked = await other.submit()
    assert await sees(other, asked), "asked for it"
    assert not await sees(engineer, asked)


# Internal comments --------------------------------------------------------------------------------------------


async def test_a_requester_never_meets_an_internal_comment(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller, admin: Caller
) -> None:
    request = await put(owner, requester, "In Progress", engineer)
    path = f"/api/requests/{request['id']}"
    await requester.post(f"{path}/comments", json={"content": "A public word"})
    before = [
        (await requester.get(url)).text
        for url in (path, f"{path}/activity", f"{path}/activity?limit=1", "/api/requests", "/api/requests/counts")
    ]
    for author in (engineer, manager, admin):
        answer = await author.post(f"{path}/comments", json={"content": f"{SECRET} inside", "internal": True})
        assert answer.status_code == 201
        assert answer.json()["comment"]["internal"] is True
    after = [
        (await requester.get(url)).text
        for url in (path, f"{path}/activity", f"{path}/activity?limit=1", "/api/requests", "/api/requests/counts")
    ]
    assert after == before
    for words in (SECRET, "zircnium"):
        assert (await requester.get("/api/requests", params={"q": words})).json()["requests"] == []
        assert (await requester.get("/api/requests/counts", params={"q": words})).json()["total"] == 0
        for reader in (engineer, manager, admin):
            params = {"q": words, "createdBy": requester.id}
            found = (await reader.get("/api/requests", params=params)).json()["requests"]
            assert [r["id"] for r in found] == [request["id"]]
    for reader in (engineer, manager, admin):
        comments = (await reader.get(path)).json()["comments"]
        assert [c["internal"] for c in comments] == [False, True, True, True]
        log = (await reader.get(f"{path}/activity")).json()["activity"]
        assert len([entry for entry in log if entry["action"] == "commented"]) == 4


async def test_an_engineer_who_only_asked_reads_internal_comments(people: People, manager: Caller) -> None:
    """They are for engineers; whose request it is does not matter."""
    asker = await people.add("ENGINEER")
    request = await asker.submit()
    path = f"/api/requests/{request['id']}"
    await manager.post(f"{path}/comments", json={"content": "Inside", "internal": True})
    assert [c["content"] for c in (await asker.get(path)).json()["comments"]] == ["Inside"]


async def test_a_requester_cannot_write_one(requester: Caller, owner: asyncpg.Connection) -> None:
    request = await requester.submit()
    path = f"/api/requests/{request['id']}/comments"
    assert (await requester.post(path, json={"content": "x", "internal": True})).status_code == 403
    assert (await requester.post(path, json={"content": "x", "internal": False})).status_code == 201
    assert await owner.fetchval("SELECT count(*) FROM comments WHERE request_id = $1", request["id"]) == 1
