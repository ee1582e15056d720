"""Comments that their author edits or withdraws: who may, what stays, who reads the history."""

import asyncio
from typing import Any

import asyncpg
import pytest

from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as
from tests.requests.arrange import put


@pytest.fixture
async def request_(owner: asyncpg.Connection, requester: Caller, engineer: Caller) -> dict[str, Any]:
    return await put(owner, requester, "In Progress", engineer)


async def say(caller: Caller, request: dict[str, Any], content: str = "Said", **more: Any) -> dict[str, Any]:
    answer = await caller.post(f"/api/requests/{request['id']}/comments", json={"content": content} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()["comment"]


def path(comment: dict[str, Any]) -> str:
    return f"/api/requests/{comment['requestId']}/comments/{comment['id']}"


async def test_an_edit_shows_and_the_words_of_before_stay(
    request_: dict[str, Any], requester: Caller, engineer: Caller
) -> None:
    comment = await say(requester, request_, "Cell 4")
    answer = await requester.patch(path(comment), json={"content": "Cell 5"})
    assert answer.status_code == 200
    edited = answer.json()["comment"]
    assert edited == comment | {"content": "Cell 5", "version": 2, "editedAt": edited["editedAt"]}
    assert edited["editedAt"] > comment["createdAt"]
    assert (await engineer.get(f"/api/requests/{request_['id']}")).json()["comments"] == [edited]
    history = (await engineer.get(f"{path(comment)}/history")).json()["versions"]
    assert [(v["version"], v["content"], v["writtenAt"]) for v in history] == [
        (1, "Cell 4", comment["createdAt"]),
        (2, "Cell 5", edited["editedAt"]),
    ]


async def test_a_withdrawn_comment_leaves_a_stub(
    request_: dict[str, Any], requester: Caller, engineer: Caller, admin: Caller
) -> None:
    comment = await say(engineer, request_, "Zirkonium")
    await engineer.patch(path(comment), json={"content": "Zirkonium 2"})
    answer = await engineer.delete(path(comment))
    assert answer.status_code == 200
    stub = answer.json()["comment"]
    assert (stub["content"], stub["version"], bool(stub["withdrawnAt"])) == ("", 3, True)
    for reader in (requester, engineer, admin):
        assert (await reader.get(f"/api/requests/{request_['id']}")).json()["comments"] == [stub]
        found = (await reader.get("/api/requests", params={"q": "Zirkonium"})).json()["requests"]
        assert request_["id"] not in [request["id"] for request in found]
    for reader, status in ((requester, 404), (admin, 404), (engineer, 200)):
        assert (await reader.get(f"{path(comment)}/history")).status_code == status
    versions = (await engineer.get(f"{path(comment)}/history")).json()["versions"]
    assert [version["content"] for version in versions] == ["Zirkonium", "Zirkonium 2"]
    assert (await engineer.delete(path(comment))).json()["comment"] == stub
    answer = await engineer.patch(path(comment), json={"content": "Again"})
    assert answer.status_code == 409


async def test_only_its_author_changes_a_comment(
    people: People, request_: dict[str, Any], requester: Caller, engineer: Caller, manager: Caller, admin: Caller
) -> None:
    comment = await say(requester, request_)
    for caller, status in ((engineer, 403), (manager, 403), (admin, 403), (await people.add("USER"), 404)):
        assert (await caller.patch(path(comment), json={"content": "x"})).status_code == status
        assert (await caller.delete(path(comment))).status_code == status
    internal = await say(engineer, request_, internal=True)
    assert (await requester.patch(path(internal), json={"content": "x"})).status_code == 404
    assert (await requester.get(f"{path(internal)}/history")).status_code == 404
    assert (await manager.get(f"{path(internal)}/history")).status_code == 200


async def test_a_comment_is_found_only_under_its_request(
    owner: asyncpg.Connection, request_: dict[str, Any], requester: Caller
) -> None:
    comment = await say(requester, request_)
    other = await put(owner, requester)
    for wrong in (f"/api/requests/{other['id']}/comments/{comment['id']}", f"{path(comment)}0"):
        assert (await requester.patch(wrong, json={"content": "x"})).status_code == 404


async def test_versions_guard_against_ones_own_other_window(request_: dict[str, Any], requester: Caller) -> None:
    comment = await say(requester, request_)
    first = await requester.patch(path(comment), json={"content": "One"}, headers={"If-Match": '"1"'})
    assert first.status_code == 200
    second = await requester.patch(path(comment), json={"content": "Two"}, headers={"If-Match": '"1"'})
    assert second.status_code == 412
    assert second.json()["comment"] == first.json()["comment"]


async def test_edits_at_once_are_all_kept(request_: dict[str, Any], requester: Caller) -> None:
    comment = await say(requester, request_, "0")
    edits = [requester.patch(path(comment), json={"content": str(i)}) for i in range(1, 9)]
    assert {answer.status_code for answer in await asyncio.gather(*edits)} == {200}
    versions = (await requester.get(f"{path(comment)}/history")).json()["versions"]
    assert [version["version"] for version in versions] == list(range(1, 10))
    assert {version["content"] for version in versions} == {str(i) for i in range(9)}


async def test_changes_are_told_in_the_log_as_the_comment_is(
    request_: dict[str, Any], requester: Caller, engineer: Caller
) -> None:
    for internal in (False, True):
        comment = await say(engineer, request_, internal=internal)
        await engineer.patch(path(comment), json={"content": "Other"})
        await engineer.patch(path(comment), json={"content": "Other"})
        await engineer.delete(path(comment))
        await engineer.delete(path(comment))
        details = {"commentId": comment["id"], "internal": internal}
        log = (await engineer.get(f"/api/requests/{request_['id']}/activity")).json()["activity"]
        assert [entry["action"] for entry in log[:3]] == ["comment_withdrawn", "comment_edited", "commented"]
        assert [entry["details"] for entry in log[:3]] == [details] * 3
    seen = (await requester.get(f"/api/requests/{request_['id']}/activity")).json()["activity"]
    assert [entry["action"] for entry in seen] == ["comment_withdrawn", "comment_edited", "commented"]


async def test_changes_are_heard_live(owner: asyncpg.Connection, request_: dict[str, Any], engineer: Caller) -> None:
    comment = await say(engineer, request_, internal=True)
    await engineer.patch(path(comment), json={"content": "Other"})
    await engineer.delete(path(comment))
    kinds = await owner.fetch("SELECT kind, internal FROM events WHERE request_id = $1 ORDER BY seq", request_["id"])
    assert [tuple(row) for row in kinds][-3:] == [("commented", True)] * 3


async def test_history_cannot_be_written_or_read_past_the_rules(
    settings: Settings, people: People, request_: dict[str, Any], requester: Caller, engineer: Caller
) -> None:
    comment = await say(requester, request_)
    await requester.patch(path(comment), json={"content": "Other"})
    rows = "SELECT count(*) FROM comment_versions WHERE comment_id = $1"
    stranger = await people.add("USER")
    for role, person, count in (
        ("simflow_requester", requester, 1),
        ("simflow_engineer", engineer, 1),
        ("simflow_requester", stranger, 0),
        ("none", requester, 0),
    ):
        async with signed_in_as(settings, role, person.id) as tx:
            assert await tx.fetchval(rows, comment["id"]) == count
    await requester.delete(path(comment))
    async with signed_in_as(settings, "simflow_engineer", engineer.id) as tx:
        assert await tx.fetchval(rows, comment["id"]) == 0
    for verb in ("DELETE FROM comment_versions", "UPDATE comment_versions SET content = 'x'"):
        async with signed_in_as(settings, "simflow_admin", requester.id) as tx:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await tx.execute(verb)
    with pytest.raises(asyncpg.PostgresError):
        async with signed_in_as(settings, "simflow_requester", requester.id) as tx:
            await tx.execute("UPDATE comments SET content = 'Again' WHERE id = $1", comment["id"])
