"""The record of a request: complete, newest first, in pages."""

import base64
import json
from itertools import pairwise
from typing import Any

import asyncpg
import pytest

from tests.conftest import Caller
from tests.requests.arrange import put


async def test_a_whole_life_is_told(requester: Caller, manager: Caller, engineer: Caller) -> None:
    request = await requester.submit()
    path = f"/api/requests/{request['id']}"
    steps: list[tuple[Caller, str, str | None]] = [
        (manager, "Feasibility Review", None),
        (manager, "Resource Allocation", None),
        (manager, "assign", None),
        (engineer, "Discussion", "Too few hours"),
        (manager, "Engineering Review", "They are enough"),
        (engineer, "In Progress", None),
        (engineer, "On Hold", "No model"),
        (engineer, "In Progress", None),
        (engineer, "Completed", None),
        (requester, "Revision Requested", "Another robot"),
        (manager, "In Progress", None),
        (engineer, "Completed", None),
        (requester, "Accepted", None),
    ]
    for who, status, reason in steps:
        answer = await (who.assign(request, engineer) if status == "assign" else who.move(request, status, reason))
        assert answer.status_code == 200, answer.text
    log = (await requester.get(f"{path}/activity")).json()["activity"][::-1]
    assert [(entry["action"], entry["userId"]) for entry in log] == [
        ("created", requester.id),
        ("start_review", manager.id),
        ("approve", manager.id),
        ("assign", manager.id),
        ("discuss", engineer.id),
        ("resolve", manager.id),
        ("accept_work", engineer.id),
        ("hold", engineer.id),
        ("resume", engineer.id),
        ("complete", engineer.id),
        ("request_revision", requester.id),
        ("approve_revision", manager.id),
        ("complete", engineer.id),
        ("accept", requester.id),
    ]
    assert [entry["details"].get("reason") for entry in log if "reason" in entry["details"]] == [
        reason for _, _, reason in steps if reason
    ]
    assert log[0]["details"] == {"to": "Submitted"}
    for before, after in pairwise(log):
        assert before["details"]["to"] == after["details"]["from"]
    assert [entry["createdAt"] for entry in log] == sorted(entry["createdAt"] for entry in log)
    final = (await requester.get(path)).json()["request"]
    assert (final["status"], final["version"], final["actions"]) == ("Accepted", len(steps) + 1, [])


@pytest.fixture
async def talked_about(owner: asyncpg.Connection, requester: Caller) -> dict[str, Any]:
    """A request with 12 lines in its log, every third of them internal."""
    request = await put(owner, requester)
    for i in range(12):
        await owner.execute(
            "INSERT INTO activity_log (request_id, user_id, user_name, action, details, internal)"
            " VALUES ($1, $2, 'N', 'commented', $3, $4)",
            request["id"],
            requester.id,
            json.dumps({"n": i}),
            i % 3 == 0,
        )
    return request


async def pages(caller: Caller, request: dict[str, Any], limit: int) -> list[list[int]]:
    found: list[list[int]] = []
    cursor: dict[str, str] = {}
    while True:
        path = f"/api/requests/{request['id']}/activity"
        body = (await caller.get(path, params={"limit": limit} | cursor)).json()
        found.append([entry["details"]["n"] for entry in body["activity"]])
        if body["nextCursor"] is None:
            return found
        cursor = {"cursor": body["nextCursor"]}


async def test_pages_are_complete_for_everybody(
    talked_about: dict[str, Any], requester: Caller, manager: Caller
) -> None:
    public = [n for n in range(11, -1, -1) if n % 3]
    for caller, whole in ((manager, list(range(11, -1, -1))), (requester, public)):
        for limit in (1, 4, 5, 12, 200):
            found = await pages(caller, talked_about, limit)
            assert [n for page in found for n in page] == whole
            assert all(len(page) == limit for page in found[:-1])
            assert found[-1]


async def test_new_lines_do_not_disturb_older_pages(talked_about: dict[str, Any], requester: Caller) -> None:
    path = f"/api/requests/{talked_about['id']}/activity"
    first = (await requester.get(path, params={"limit": 3})).json()
    await requester.post(f"/api/requests/{talked_about['id']}/comments", json={"content": "Said"})
    rest = (await requester.get(path, params={"cursor": first["nextCursor"]})).json()
    assert [entry["details"]["n"] for entry in first["activity"] + rest["activity"]] == [11, 10, 8, 7, 5, 4, 2, 1]


@pytest.mark.parametrize(
    "params",
    [
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "x"},
        {"cursor": "garbage"},
        {"cursor": base64.urlsafe_b64encode(b'["x"]').decode()},
        {"cursor": base64.urlsafe_b64encode(b"[1, 2]").decode()},
        {"cursor": base64.urlsafe_b64encode(b"[1.5]").decode()},
        {"cursor": base64.urlsafe_b64encode(b"[99999999999999999999]").decode()},
        {"cursor": base64.urlsafe_b64encode(b"[-99999999999999999999]").decode()},
    ],
    ids=str,
)
async def test_what_cannot_be_taken(talked_about: dict[str, Any], requester: Caller, params: dict[str, str]) -> None:
    answer = await requester.get(f"/api/requests/{talked_about['id']}/activity", params=params)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == list(params)
