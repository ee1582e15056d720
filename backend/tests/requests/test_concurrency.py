"""Many at once: one wins where only one may, no version is lost, and the log tells everything."""

import asyncio
from collections import Counter
from typing import Any

import asyncpg
import pytest

from tests.conftest import Caller, People
from tests.requests.arrange import put

MANY = 50


async def version_and_log(owner: asyncpg.Connection, request: dict[str, Any]) -> tuple[int, Counter[str]]:
    version = await owner.fetchval("SELECT version FROM requests WHERE id = $1", request["id"])
    rows = await owner.fetch("SELECT action FROM activity_log WHERE request_id = $1", request["id"])
    return version, Counter(row["action"] for row in rows)


async def test_work_is_accepted_once(owner: asyncpg.Connection, requester: Caller, engineer: Caller) -> None:
    request = await put(owner, requester, "Engineering Review", engineer)
    answers = await asyncio.gather(*(engineer.move(request, "In Progress") for _ in range(MANY)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: MANY - 1}
    losers = [answer.json() for answer in answers if answer.status_code == 409]
    assert {problem["currentStatus"] for problem in losers} == {"In Progress"}
    assert await version_and_log(owner, request) == (2, {"accept_work": 1})


async def test_two_moves_that_exclude_each_other(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    request = await put(owner, requester, "Completed", engineer)
    moves = [("Accepted", None), ("Revision Requested", "Once more")] * (MANY // 2)
    answers = await asyncio.gather(*(requester.move(request, status, reason) for status, reason in moves))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: MANY - 1}
    version, log = await version_and_log(owner, request)
    assert (version, sum(log.values())) == (2, 1)


async def test_assigning_at_once_leaves_the_last_one_and_a_whole_chain(
    people: People, owner: asyncpg.Connection, requester: Caller, manager: Caller
) -> None:
    """Each assignment starts from what the one before it left: no engineer drops out of the story."""
    request = await put(owner, requester)
    engineers = [await people.add("ENGINEER", f"Engineer {i}") for i in range(MANY)]
    answers = await asyncio.gather(*(manager.assign(request, e, i + 1) for i, e in enumerate(engineers)))
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json()["request"]["version"] for answer in answers) == list(range(2, MANY + 2))
    assert await version_and_log(owner, request) == (MANY + 1, {"assign": MANY})
    log = (await manager.get(f"/api/requests/{request['id']}/activity")).json()["activity"]
    chain = [entry["details"]["engineer"] for entry in reversed(log)]
    assert [link["from"] for link in chain] == [None, *(link["to"] for link in chain[:-1])]
    last = (await manager.get(f"/api/requests/{request['id']}")).json()["request"]
    assert last["assignedToName"] == chain[-1]["to"]
    assert last["estimatedHours"] == log[0]["details"]["estimatedHours"]["to"]


async def test_edits_of_one_version_are_made_once(owner: asyncpg.Connection, manager: Caller) -> None:
    request = await put(owner, manager)
    path = f"/api/requests/{request['id']}"
    answers = await asyncio.gather(
        *(manager.patch(path, json={"title": f"T{i}"}, headers={"If-Match": '"1"'}) for i in range(MANY))
    )
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: MANY - 1}
    winner = next(answer.json()["request"]["title"] for answer in answers if answer.status_code == 200)
    assert {a.json()["request"]["title"] for a in answers} == {winner}
    assert await version_and_log(owner, request) == (2, {"edited": 1})


async def test_edits_of_different_fields_are_all_kept(owner: asyncpg.Connection, manager: Caller) -> None:
    """Without If-Match nothing that is not sent goes back to what it was before."""
    request = await put(owner, manager)
    path = f"/api/requests/{request['id']}"
    bodies = [{"title": "New"}, {"description": "New"}, {"vendor": "New"}, {"priority": "High"}]
    answers = await asyncio.gather(*(manager.patch(path, json=body) for body in bodies))
    assert {answer.status_code for answer in answers} == {200}
    last = (await manager.get(path)).json()["request"]
    assert (last["title"], last["description"], last["vendor"], last["priority"]) == ("New", "New", "New", "High")
    assert last["version"] == 5


async def test_edits_without_a_version_all_happen(owner: asyncpg.Connection, manager: Caller) -> None:
    request = await put(owner, manager)
    path = f"/api/requests/{request['id']}"
    answers = await asyncio.gather(*(manager.patch(path, json={"title": f"T{i}"}) for i in range(MANY)))
    assert {answer.status_code for answer in answers} == {200}
    assert await version_and_log(owner, request) == (MANY + 1, {"edited": MANY})
    log = (await manager.get(f"{path}/activity")).json()["activity"]
    chain = [entry["details"]["changes"]["title"] for entry in reversed(log)]
    assert [link["from"] for link in chain] == ["Reach study", *(link["to"] for link in chain[:-1])]


async def test_comments_and_moves_do_not_hinder_each_other(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    request = await put(owner, requester, "In Progress", engineer)
    path = f"/api/requests/{request['id']}"
    comments = [requester.post(f"{path}/comments", json={"content": f"Word {i}"}) for i in range(MANY)]
    answers = await asyncio.gather(*comments, engineer.move(request, "On Hold", "Parts are missing"))
    assert Counter(answer.status_code for answer in answers) == {201: MANY, 200: 1}
    assert await version_and_log(owner, request) == (2, {"commented": MANY, "hold": 1})
    contents = [c["content"] for c in (await requester.get(path)).json()["comments"]]
    assert sorted(contents) == sorted(f"Word {i}" for i in range(MANY))


async def test_many_submit_at_once(requester: Caller) -> None:
    made = await asyncio.gather(*(requester.submit(title=f"T{i}") for i in range(MANY)))
    assert len({request["key"] for request in made}) == MANY
    assert (await requester.get("/api/requests/counts")).json()["total"] == MANY


async def until_somebody_waits(owner: asyncpg.Connection, table: str) -> None:
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = $1::regclass"
    async with asyncio.timeout(10):
        while not await owner.fetchval(query, table):
            pass


@pytest.mark.parametrize("internal", [False, True])
async def test_a_comment_on_what_just_went_out_of_sight(
    people: People, owner: asyncpg.Connection, requester: Caller, engineer: Caller, internal: bool
) -> None:
    """It was in review when the engineer was let in, and no more when the comment is written."""
    other = await people.add("ENGINEER")
    request = await put(owner, requester, "Engineering Review", engineer)
    async with owner.transaction():
        await owner.execute("LOCK TABLE comments IN EXCLUSIVE MODE")
        body = {"content": "Late", "internal": internal}
        late = asyncio.create_task(other.post(f"/api/requests/{request['id']}/comments", json=body))
        await until_somebody_waits(owner, "comments")
        await owner.execute("UPDATE requests SET status = 'In Progress' WHERE id = $1", request["id"])
    assert (await late).status_code == 404
    assert await owner.fetchval("SELECT count(*) FROM comments WHERE request_id = $1", request["id"]) == 0


async def test_a_change_of_what_was_just_given_to_another(
    people: People, owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    """The engineer was let in, and lost the request before their move was written."""
    other = await people.add("ENGINEER")
    request = await put(owner, requester, "In Progress", engineer)
    async with owner.transaction():
        await owner.execute(
            "UPDATE requests SET assigned_to = $2, assigned_to_name = 'Other' WHERE id = $1", request["id"], other.id
        )
        late = asyncio.create_task(engineer.move(request, "Completed"))
        query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
        async with asyncio.timeout(10):
            while not await owner.fetchval(query):
                pass
    assert (await late).status_code == 404
    assert await version_and_log(owner, request) == (2, {})
