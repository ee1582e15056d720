"""What cannot be taken is listed whole, and then either nothing or everything else is taken."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.conftest import Caller
from tests.imports.old_app import OldApp, preview, send, take

OLD = OldApp()
TOMORROW = (datetime.now(UTC) + timedelta(days=2)).isoformat()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ...}, "title"),
        ({"title": " \t "}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"title": "half \ud83d"}, "title"),
        ({"title": "nul \x00"}, "title"),
        ({"title": 7}, "title"),
        ({"description": "x" * 20_001}, "description"),
        ({"vendor": "x" * 101}, "vendor"),
        ({"id": ...}, "id"),
        ({"id": 12}, "id"),
        ({"status": "Waiting"}, "status"),
        ({"status": ["Submitted"]}, "status"),
        ({"priority": "Urgent"}, "priority"),
        ({"createdByName": ...}, "createdByName"),
        ({"createdByName": ""}, "createdByName"),
        ({"createdBy": 1}, "createdBy"),
        ({"createdAt": "yesterday"}, "createdAt"),
        ({"createdAt": "2025-09-19"}, "createdAt"),
        ({"createdAt": "2025-09-19T05:18:24"}, "createdAt"),
        ({"createdAt": "2025-02-30T05:18:24Z"}, "createdAt"),
        ({"createdAt": "0001-01-01T00:00:00+12:00"}, "createdAt"),
        ({"createdAt": "1999-12-31T23:59:59Z"}, "createdAt"),
        ({"createdAt": TOMORROW}, "createdAt"),
        ({"createdAt": 1758258000000}, "createdAt"),
        ({"estimatedHours": "8"}, "estimatedHours"),
        ({"estimatedHours": 0}, "estimatedHours"),
        ({"estimatedHours": 7.5}, "estimatedHours"),
        ({"estimatedHours": True}, "estimatedHours"),
        ({"estimatedHours": 10**30}, "estimatedHours"),
        ({"assignedTo": ..., "assignedToName": ...}, "assignedToName"),
        ({"assignedToName": ..., "status": "Completed"}, "assignedToName"),
        ({"comments": {}}, "comments"),
        ({"comments": [3]}, "comments[0]"),
        ({"comments": [OLD.comment(), OLD.comment(content="")]}, "comments[1].content"),
        ({"comments": [OLD.comment(content="x" * 10_001)]}, "comments[0].content"),
        ({"comments": [OLD.comment(authorRole="Boss")]}, "comments[0].authorRole"),
        ({"comments": [OLD.comment(authorName=...)]}, "comments[0].authorName"),
        ({"comments": [OLD.comment(timestamp=None)]}, "comments[0].timestamp"),
        ({"comments": [OLD.comment(id=...)]}, "comments[0].id"),
    ],
)
async def test_a_damaged_field_is_named(admin: Caller, changes: dict[str, Any], field: str) -> None:
    report = await preview(admin, [OLD.entry(**changes)])
    (problem,) = report["problems"]
    assert [error["field"] for error in problem["errors"]] == [field]
    assert (problem["entry"], report["requests"]["invalid"]) == (1, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "\u2003" * 200 + "x" * 255},
        {"title": "&lt;" * 255},
        {"createdAt": "2025-09-19t05:18:24.123456789+02:00"},
        {"comments": ...},
        {"createdBy": ...},
        {"assignedTo": None, "assignedToName": None, "estimatedHours": None, "status": "Completed"},
    ],
)
async def test_what_is_unusual_but_plain_is_taken(admin: Caller, changes: dict[str, Any]) -> None:
    assert (await take(admin, [OLD.entry(**changes)]))["requests"]["new"] == 1


async def test_every_field_of_every_entry_is_listed(admin: Caller) -> None:
    old = OldApp()
    twice = old.entry(title="R&amp;D twice")
    entries = [
        old.entry(),
        old.entry(title=..., status="Waiting", estimatedHours="8"),
        "an entry",
        twice,
        dict(twice),
        old.entry(comments=[{"id": "x", "authorName": "", "content": None}]),
    ]
    report = await preview(admin, entries)
    assert report["requests"] == {"total": 6, "new": 2, "alreadyHere": 0, "invalid": 4}
    told = {p["entry"]: [error["field"] for error in p["errors"]] for p in report["problems"]}
    comment = [f"comments[0].{name}" for name in ("authorName", "authorRole", "content", "timestamp")]
    assert told == {2: ["title", "status", "estimatedHours"], 3: [""], 5: ["id"], 6: comment}
    repeated = report["problems"][2]
    assert (repeated["id"], repeated["title"]) == (twice["id"], "R&D twice")
    assert repeated["errors"][0]["message"] == "is also the id of entry 4"


async def test_comment_ids_belong_to_one_request(admin: Caller) -> None:
    comment = OLD.comment()
    report = await preview(admin, [OLD.entry(comments=[comment]), OLD.entry(comments=[OLD.comment(), comment])])
    message = {"field": "comments[1].id", "message": "is also the id of comments[0] of entry 1"}
    assert report["problems"][0]["errors"] == [message]
    await take(admin, [OLD.entry(comments=[comment])])
    report = await preview(admin, [OLD.entry(comments=[comment])])
    assert [error["field"] for error in report["problems"][0]["errors"]] == ["comments[0].id"]


async def test_one_problem_and_nothing_is_taken(admin: Caller, owner: asyncpg.Connection) -> None:
    old = OldApp()
    good, bad = old.entry(), old.entry(status="Waiting", priority="Urgent")
    answer = await send(admin, [good, bad], dry_run=False)
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["detail"] == "1 of 2 entries cannot be taken, so nothing was taken."
    assert [error["field"] for error in problem["errors"]] == ["requests[1].status", "requests[1].priority"]
    assert not await owner.fetchval("SELECT count(*) FROM users WHERE name = $1", old.requester)
    assert (await admin.get(f"/api/requests/{good['id']}")).status_code == 404


async def test_or_everything_else_is_taken(admin: Caller) -> None:
    old = OldApp()
    good, bad = old.entry(), old.entry(status="Waiting")
    report = await take(admin, [bad, good], skip_invalid=True)
    assert report["requests"] == {"total": 2, "new": 1, "alreadyHere": 0, "invalid": 1}
    assert report["problems"][0]["entry"] == 1
    assert (await admin.get(f"/api/requests/{good['id']}")).status_code == 200
    assert (await admin.get(f"/api/requests/{bad['id']}")).status_code == 404


@pytest.mark.parametrize(
    ("file", "status"),
    [
        (b"", 400),
        (b"no JSON", 400),
        (b"[NaN]", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"sim-flow-requests": "no JSON"}', 400),
        (b"null", 422),
        (b"12", 422),
        (b'{"theme-mode": "dark"}', 422),
        (b'{"sim-flow-requests": {"a": 1}}', 422),
        (json.dumps([0] * 100_001).encode(), 422),
    ],
)
async def test_what_is_no_export_is_refused_in_one_sentence(admin: Caller, file: bytes, status: int) -> None:
    answer = await send(admin, file)
    assert answer.status_code == status
    assert answer.json()["detail"].startswith(("The file", "The text under", "This is no export", "This file"))


async def test_an_empty_list_is_an_export_of_nothing(admin: Caller) -> None:
    assert (await take(admin, []))["requests"] == {"total": 0, "new": 0, "alreadyHere": 0, "invalid": 0}


async def test_other_content_types_and_values_are_refused(admin: Caller) -> None:
    answer = await admin.post("/api/import/localstorage", content=b"[]", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415
    answer = await admin.post("/api/import/localstorage", json=[], params={"dryRun": "perhaps"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "dryRun")


async def test_the_file_may_be_larger_than_other_bodies_but_not_endless(admin: Caller) -> None:
    spaces = b" " * 2_000_000
    assert (await send(admin, spaces + b"[]")).status_code == 200
    assert (await send(admin, b" " * 50_000_001)).status_code == 413


async def test_text_that_no_answer_can_carry_is_told_all_the_same(admin: Caller) -> None:
    entry = OLD.entry(id=f"\ud83d {uuid4()}", title="half \ud83d", status="\ud83d") | {"\ud83d": 1}
    report = await preview(admin, [entry])
    assert {error["field"] for error in report["problems"][0]["errors"]} == {"id", "title", "status"}
    assert report["problems"][0]["title"] == "half ?"
