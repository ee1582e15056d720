"""One change of many requests: each row stands alone, is told, and nobody waits for nobody."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.conftest import Caller, People
from tests.requests.arrange import as_row, put, put_all

NOBODY = "00000000-0000-0000-0000-000000000000"


async def change(caller: Caller, requests: list[str], **what: Any) -> dict[str, Any]:
    answer = await caller.post("/api/requests/bulk", json={"requests": requests} | what)
    assert answer.status_code == 200, answer.text
    result: dict[str, Any] = answer.json()
    return result


def refusals(result: dict[str, Any]) -> list[tuple[str, str | None, int]]:
    return [(r["reference"], r["key"], r["status"]) for r in result["refused"]]


async def log_of(owner: asyncpg.Connection, *ids: str) -> list[tuple[str, int]]:
    query = "SELECT action, count(*) FROM activity_log WHERE request_id = ANY($1::uuid[]) GROUP BY 1 ORDER BY 1"
    return [tuple(row) for row in await owner.fetch(query, list(ids))]


async def test_what_can_be_moved_is_and_the_rest_is_told(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    first = await put(owner, requester)
    done = await put(owner, requester, "Accepted", engineer)
    second = await put(owner, requester)
    names = [second["key"], done["id"], NOBODY, "SF-999999999", "no such thing", first["id"]]
    result = await change(manager, names, move={"status": "Feasibility Review"})
    assert [(row["key"], row["status"]) for row in result["done"]] == [
        (second["key"], "Feasibility Review"),
        (first["key"], "Feasibility Review"),
    ]
    assert refusals(result) == [
        (done["id"], done["key"], 409),
        (NOBODY, None, 404),
        ("SF-999999999", None, 404),
        ("no such thing", None, 404),
    ]
    assert "Accepted" in result["refused"][0]["detail"]
    assert await log_of(owner, first["id"], second["id"], done["id"]) == [("start_review", 2)]


async def test_each_refusal_has_the_status_it_would_have_alone(
    owner: asyncpg.Connection, people: People, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    """The same move over everything there is, compared with what the single call says."""
    other = await people.add("ENGINEER")
    kinds = ["Submitted", "Engineering Review", "Discussion", "In Progress", "Completed", "Denied"]
    for caller in (requester, engineer, manager, other):
        for move in ({"status": "Cancelled"}, {"status": "In Progress"}, {"status": "Denied", "reason": "No"}):
            rows = await put_all(owner, [as_row(requester, kind, engineer) for kind in kinds])
            twins = await put_all(owner, [as_row(requester, kind, engineer) for kind in kinds])
            result = await change(caller, [row["key"] for row in rows], move=move)
            statuses = {row["key"]: 200 for row in result["done"]} | {
                r["reference"]: r["status"] for r in result["refused"]
            }
            alone = [(await caller.patch(f"/api/requests/{row['id']}/status", json=move)).status_code for row in twins]
            assert [statuses[row["key"]] for row in rows] == alone, (caller.user["role"], move)


async def test_assigning_many(owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller) -> None:
    rows = await put_all(
        owner, [as_row(requester, status) for status in ("Submitted", "Resource Allocation", "Denied")]
    )
    keys = [row["key"] for row in rows]
    result = await change(manager, keys, assign={"engineerId": engineer.id, "estimatedHours": 12})
    assert {(r["assignedTo"], r["estimatedHours"], r["status"]) for r in result["done"]} == {
        (engineer.id, 12, "Engineering Review")
    }
    assert refusals(result) == [(keys[2], keys[2], 409)]
    nobody = await change(manager, keys[:1], assign={"engineerId": requester.id, "estimatedHours": 12})
    assert refusals(nobody) == [(keys[0], keys[0], 422)]
    assert "engineerId must be an active engineer" in nobody["refused"][0]["detail"]
    theirs = await change(requester, keys[:1], assign={"engineerId": engineer.id, "estimatedHours": 12})
    assert refusals(theirs) == [(keys[0], keys[0], 403)]


async def test_prioritising_many(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    rows = await put_all(owner, [as_row(requester, s, engineer) for s in ("Submitted", "In Progress", "Accepted")])
    keys = [row["key"] for row in rows]
    mine = await change(requester, keys, priority="Medium")
    assert [row["key"] for row in mine["done"]] == keys[:1]
    assert [status for *_, status in refusals(mine)] == [403, 409]
    result = await change(manager, keys, priority="High")
    assert [(row["key"], row["priority"]) for row in result["done"]] == [(key, "High") for key in keys[:2]]


async def test_what_is_refused_leaves_nothing(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    """The database itself refuses one row after its statement has begun: the rows around it are done."""
    before, bad, after = await put_all(owner, [as_row(requester, title=t) for t in ("a", "bad", "c")])
    await owner.execute(
        f"""
        CREATE FUNCTION refuse_bad() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            RAISE EXCEPTION 'no' USING ERRCODE = 'check_violation', CONSTRAINT = 'requests_status_refused';
        END $$;
        CREATE TRIGGER refuse_bad AFTER UPDATE ON requests FOR EACH ROW WHEN (NEW.id = '{bad["id"]}')
        EXECUTE FUNCTION refuse_bad();
        """
    )
    try:
        keys = [row["key"] for row in (before, bad, after)]
        result = await change(manager, keys, move={"status": "Feasibility Review"})
    finally:
        await owner.execute("DROP TRIGGER refuse_bad ON requests; DROP FUNCTION refuse_bad()")
    assert [row["key"] for row in result["done"]] == [before["key"], after["key"]]
    assert refusals(result) == [(bad["key"], bad["key"], 422)]
    assert await log_of(owner, before["id"], bad["id"], after["id"]) == [("start_review", 2)]
    assert await owner.fetchval("SELECT status FROM requests WHERE id = $1", bad["id"]) == "Submitted"


async def test_a_request_named_twice_is_changed_once(owner: asyncpg.Connection, requester: Caller) -> None:
    row = await put(owner, requester)
    names = [row["key"].lower(), row["id"], row["key"], row["id"]]
    result = await change(requester, names, move={"status": "Cancelled", "reason": "Not needed"})
    assert [r["key"] for r in result["done"]] == [row["key"]]
    assert result["refused"] == []


async def test_what_one_may_not_see_is_not_there(
    owner: asyncpg.Connection, people: People, requester: Caller, engineer: Caller
) -> None:
    hidden = await put(owner, requester, "In Progress", engineer)
    for caller in (await people.add("USER"), await people.add("ENGINEER")):
        for name in (hidden["id"], hidden["key"]):
            for what in (
                {"move": {"status": "On Hold", "reason": "x"}},
                {"priority": "High"},
                {"assign": {"engineerId": engineer.id, "estimatedHours": 1}},
            ):
                result = await change(caller, [name], **what)
                assert refusals(result) == [(name, None, 404)]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"requests"}),
        ({"requests": ["SF-1"]}, {"move", "assign", "priority"}),
        ({"requests": ["SF-1"], "priority": "Low", "move": {"status": "Denied"}}, {"move", "assign", "priority"}),
        ({"requests": [], "priority": "Low"}, {"requests"}),
        ({"requests": ["SF-1"] * 501, "priority": "Low"}, {"requests"}),
        ({"requests": "SF-1", "priority": "Low"}, {"requests"}),
        ({"requests": ["SF-1", 5, ""], "priority": "Urgent"}, {"requests.1", "requests.2", "priority"}),
        ({"requests": ["a\x00"], "priority": "Low"}, {"requests.0"}),
        ({"requests": ["SF-1"], "move": {"status": "x", "why": 1}}, {"move.status", "move.why"}),
        ({"requests": ["SF-1"], "move": []}, {"move"}),
        ({"requests": ["SF-1"], "assign": {"estimatedHours": 0}}, {"assign.engineerId", "assign.estimatedHours"}),
        ({"requests": ["SF-1"], "priority": "Low", "delete": True}, {"delete"}),
    ],
)
async def test_wrong_bodies(manager: Caller, body: dict[str, Any], fields: set[str]) -> None:
    answer = await manager.post("/api/requests/bulk", json=body)
    assert answer.status_code == 422, answer.text
    assert {error["field"] for error in answer.json()["errors"]} == fields


async def test_sent_again_with_its_key_it_happens_once(owner: asyncpg.Connection, requester: Caller) -> None:
    rows = await put_all(owner, [as_row(requester) for _ in range(3)])
    body = {"requests": [row["id"] for row in rows], "move": {"status": "Cancelled", "reason": "Not needed"}}
    headers = {"Idempotency-Key": uuid4().hex}
    path = "/api/requests/bulk"
    answers = await asyncio.gather(*(requester.post(path, json=body, headers=headers) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len(answers[0].json()["done"]) == 3
    assert await log_of(owner, *body["requests"]) == [("cancel", 3)]


async def test_two_in_opposite_order_do_not_wait_for_each_other(
    owner: asyncpg.Connection, requester: Caller, manager: Caller
) -> None:
    rows = await put_all(owner, [as_row(requester) for _ in range(40)])
    ids = [row["id"] for row in rows]
    priorities = ("High", "Medium", "Low") * 4
    calls = [change(manager, ids[:: 1 if i % 2 else -1], priority=p) for i, p in enumerate(priorities)]
    results = await asyncio.gather(*calls)
    assert all(len(result["done"]) == 40 and not result["refused"] for result in results)
    assert [row["id"] for row in results[0]["done"]] == ids[::-1]
