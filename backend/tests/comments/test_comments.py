"""Comments: who may write which, and what is read back."""

import asyncpg
import msgspec
import pytest

from simflow.requests.models import RequestWithComments
from tests.conftest import Caller, People
from tests.requests.arrange import put
from tests.requests.table import STATUSES


async def test_a_comment_is_read_back_as_it_was_written(requester: Caller, manager: Caller) -> None:
    request = await requester.submit()
    path = f"/api/requests/{request['key']}"
    answer = await manager.post(f"{path}/comments", json={"content": " <b>Which</b> robot?\n"})
    assert answer.status_code == 201
    comment = answer.json()["comment"]
    assert (comment["content"], comment["internal"]) == (" <b>Which</b> robot?\n", False)
    assert (comment["authorId"], comment["authorName"]) == (manager.id, manager.user["name"])
    assert (comment["authorRole"], comment["requestId"]) == ("MANAGER", request["id"])
    assert (await requester.get(path)).json()["comments"] == [comment]


async def test_comments_are_in_the_order_of_the_talk(requester: Caller, manager: Caller) -> None:
    request = await requester.submit()
    path = f"/api/requests/{request['id']}"
    for i in range(6):
        caller = (requester, manager)[i % 2]
        await caller.post(f"{path}/comments", json={"content": f"Word {i}"})
    comments = (await requester.get(path)).json()["comments"]
    assert [comment["content"] for comment in comments] == [f"Word {i}" for i in range(6)]


async def test_a_comment_is_told_in_the_log_without_its_words(requester: Caller) -> None:
    request = await requester.submit()
    path = f"/api/requests/{request['id']}"
    comment = (await requester.post(f"{path}/comments", json={"content": "Said"})).json()["comment"]
    entry = (await requester.get(f"{path}/activity")).json()["activity"][0]
    assert (entry["action"], entry["userId"]) == ("commented", requester.id)
    assert entry["details"] == {"commentId": comment["id"], "internal": False}


@pytest.mark.parametrize("status", STATUSES)
async def test_everybody_who_sees_a_request_may_comment_in_every_status(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller, admin: Caller, status: str
) -> None:
    request = await put(owner, requester, status, engineer)
    path = f"/api/requests/{request['id']}"
    assigned = bool(await owner.fetchval("SELECT assigned_to FROM requests WHERE id = $1", request["id"]))
    for caller, may in ((requester, True), (engineer, assigned), (manager, True), (admin, True)):
        answer = await caller.post(f"{path}/comments", json={"content": "Said"})
        assert answer.status_code == (201 if may else 404)
        internal = await caller.post(f"{path}/comments", json={"content": "Said", "internal": True})
        assert internal.status_code == (404 if not may else 403 if caller is requester else 201)


async def test_the_role_stays_as_it_was_then(people: People, owner: asyncpg.Connection) -> None:
    person = await people.add("USER", "Before")
    request = await person.submit()
    path = f"/api/requests/{request['id']}"
    await person.post(f"{path}/comments", json={"content": "Said"})
    await owner.execute("UPDATE users SET role = 'MANAGER', name = 'After' WHERE id = $1", person.id)
    comment = (await person.get(path)).json()["comments"][0]
    assert (comment["authorName"], comment["authorRole"]) == ("Before", "USER")


@pytest.mark.parametrize(
    "content", ['"\\"\\\\', "Line\nand tab\t", "\x01\x1f\x7f", "Müller — 机器人 \U0001f916", "\u2028</script>"]
)
async def test_any_text_is_told_by_the_request_as_by_the_comment(requester: Caller, content: str) -> None:
    """The request's comments are JSON by the database, others by the server."""
    request = await requester.submit()
    path = f"/api/requests/{request['id']}"
    comment = (await requester.post(f"{path}/comments", json={"content": content})).json()["comment"]
    answer = await requester.get(path)
    assert answer.json()["comments"] == [comment]
    assert msgspec.json.decode(answer.content, type=RequestWithComments).comments[0].content == content
