"""What a client sends twice happens once."""

import asyncio
from uuid import uuid4

import asyncpg

from tests.conftest import Caller

BODY = {"title": "Reach", "description": "Cell 4", "vendor": "ABB", "priority": "Low"}


async def test_the_same_key_and_body_give_the_same_answer_and_one_request(requester: Caller) -> None:
    headers = {"Idempotency-Key": uuid4().hex}
    first = await requester.post("/api/requests", json=BODY, headers=headers)
    second = await requester.post("/api/requests", json=BODY, headers=headers)
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert (first.headers["location"], first.headers["etag"]) == (second.headers["location"], second.headers["etag"])
    assert (await requester.get("/api/requests/counts")).json()["total"] == 1


async def test_another_body_with_the_same_key_is_refused(requester: Caller) -> None:
    headers = {"Idempotency-Key": uuid4().hex}
    await requester.post("/api/requests", json=BODY, headers=headers)
    answer = await requester.post("/api/requests", json=BODY | {"vendor": "KUKA"}, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


async def test_fifty_at_once_make_one_row(requester: Caller) -> None:
    headers = {"Idempotency-Key": uuid4().hex}
    answers = await asyncio.gather(*(requester.post("/api/requests", json=BODY, headers=headers) for _ in range(50)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert (await requester.get("/api/requests/counts")).json()["total"] == 1


async def test_a_refused_call_does_not_use_up_its_key(requester: Caller) -> None:
    headers = {"Idempotency-Key": uuid4().hex}
    assert (await requester.post("/api/requests", json=BODY | {"title": ""}, headers=headers)).status_code == 422
    assert (await requester.post("/api/requests", json=BODY, headers=headers)).status_code == 201


async def test_keys_belong_to_their_person(requester: Caller, manager: Caller) -> None:
    headers = {"Idempotency-Key": uuid4().hex}
    mine = await requester.post("/api/requests", json=BODY, headers=headers)
    theirs = await manager.post("/api/requests", json=BODY, headers=headers)
    assert mine.json()["request"]["id"] != theirs.json()["request"]["id"]


async def test_comments_too(requester: Caller, owner: asyncpg.Connection) -> None:
    request = await requester.submit()
    headers = {"Idempotency-Key": uuid4().hex}
    path = f"/api/requests/{request['id']}/comments"
    answers = [await requester.post(path, json={"content": "Hello"}, headers=headers) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert await owner.fetchval("SELECT count(*) FROM comments WHERE request_id = $1", request["id"]) == 1


async def test_a_key_that_cannot_be_stored_is_refused(requester: Caller) -> None:
    answer = await requester.post("/api/requests", json=BODY, headers={"Idempotency-Key": "x" * 256})
    assert answer.status_code == 422
