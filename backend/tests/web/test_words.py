"""What is wrong with a field is told so that one knows what to send instead."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from simflow.text import PATTERNS
from tests.conftest import Caller
from tests.web.declared import contract

NEW = {"title": "T", "description": "D", "vendor": "V", "priority": "Low"}
TYPE = {"name": "X", "fields": []}


def patterns(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("pattern"), str):
            yield part["pattern"]
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from patterns(inner)


def test_every_pattern_of_the_contract_has_its_words() -> None:
    assert set(patterns(contract())) <= set(PATTERNS)
    for pattern, words in PATTERNS.items():
        assert words.startswith("must "), pattern


def told(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    return {error["field"]: error["message"] for error in answer.json()["errors"]}


SLUG = "must be small letters, digits and hyphens, 40 at most, with a letter first, such as cycle-time"
FIELD_NAME = "must be small letters, digits and underscores, 40 at most, with a letter first, such as cycle_time"
SORT = "must be createdAt, updatedAt, priority, title, status, dueDate, key, estimatedHours, statusSince, completedAt, "
MOMENT = "must be a moment with its time zone, like 2026-01-31T08:00:00Z"
DAY = "must be a date such as 2026-11-30"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (
            {"sort": "newest"},
            SORT + "urgency or field: and the name of a field; with a minus in front it is turned round",
        ),
        ({"status": "Done"}, "must be one of: Submitted, Feasibility Review, "),
        ({"priority": "Urgent"}, "must be one of: Low, Medium, High"),
        ({"waitsFor": "nobody"}, "must be one of: me, manager, engineer, requester"),
        ({"assignedTo": "Charlie"}, "must be me, none or an id such as 7d0f8f3a-"),
        ({"createdBy": "none"}, "must be me or an id such as 7d0f8f3a-"),
        ({"createdFrom": "yesterday"}, MOMENT),
        ({"createdTo": "2026-01-31T08:00:00"}, MOMENT),
        ({"dueFrom": "soon"}, DAY),
        ({"dueTo": "2026-02-30"}, DAY),
        ({"overdue": "perhaps"}, "must be true or false"),
        ({"q": "x" * 501}, "must have at most 500 characters"),
        ({"cursor": "x" * 2001}, "must have at most 2000 characters"),
        ({"cursor": "x"}, "is not one of ours; start again without it"),
        ({"limit": "0"}, "must be at least 1"),
        ({"limit": "201"}, "must be at most 200"),
        ({"limit": "many"}, "must be a whole number"),
        ({"studyType": "Cycle Time"}, SLUG),
        ({"field": "payload"}, "takes name:value, such as payload:100..200 kg"),
        ({"field": "freeze:2026-13-01.."}, "must be a date that there is, such as 2026-11-30"),
        ({"field": "payload:200..100"}, "ends before it begins; turn it round"),
        ({"field": "payload:1..2 blah"}, "is no unit: 'blah'; take one such as kg, mm, s or m/s²"),
    ],
    ids=str,
)
async def test_a_wrong_query_parameter(requester: Caller, query: dict[str, str], words: str) -> None:
    problems = told(await requester.get("/api/requests", params=query))
    assert list(problems) == list(query)
    assert problems[next(iter(query))].startswith(words)


async def test_a_wrong_path(admin: Caller) -> None:
    assert told(await admin.put("/api/study-types/Cycle%20Time", json=TYPE)) == {"typeId": SLUG}


async def test_a_wrong_column_of_an_export(requester: Caller) -> None:
    problems = told(await requester.get("/api/requests/export", params={"columns": "price"}))
    assert problems["columns"].startswith("must be key, title, ")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"title": "\u2003"}, "must not be empty"),
        ({"title": "a\x00b"}, "must not contain the NUL character"),
        ({"priority": "Urgent"}, "must be one of: Low, Medium, High"),
        ({"studyType": "Cycle Time"}, SLUG),
        ({"studyType": "unknown"}, "is no type of study that is in use; choose another"),
        ({"dueDate": "soon"}, DAY),
        ({"colour": 1}, "is not a known field; there are title, description, vendor, priority, "),
        ({"tags": "one"}, "must be a list"),
    ],
    ids=str,
)
async def test_a_wrong_field_of_a_request(requester: Caller, body: dict[str, Any], words: str) -> None:
    problems = told(await requester.post("/api/requests", json=NEW | body))
    assert list(problems) == list(body)
    assert problems[next(iter(body))].startswith(words)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"name": "Cycle Time"}, FIELD_NAME),
        ({"kind": "choice"}, "needs choices, one at least"),
        ({"choices": ["a"]}, "has choices, which belong to the kind choice; leave them out, or make it one"),
        ({"unit": "kg"}, "has a unit or bounds, which belong to the kind number; leave them out, or make it one"),
        ({"kind": "number", "minimum": 2, "maximum": 1}, "has a minimum above its maximum; turn them round"),
        ({"kind": "number", "unit": "blah"}, "is no unit: 'blah'; take one such as kg, mm, s or m/s²"),
        ({"kind": "number", "minimum": 1e300}, "must be a number from -1e15 to 1e15"),
    ],
    ids=str,
)
async def test_a_wrong_field_of_a_form(admin: Caller, field: dict[str, Any], words: str) -> None:
    fields = [{"name": "a_field", "label": "L", "kind": "text"} | field]
    answer = await admin.put("/api/study-types/words", json=TYPE | {"fields": fields})
    assert list(told(answer).values()) == [words]


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        ({"comparison": "<="}, {"target": "needs a target"}),
        ({"comparison": "judged", "target": 1}, {"target": "is judged; leave the target out"}),
        ({"comparison": "judged", "unit": "s"}, {"unit": "is judged; leave the unit out"}),
        ({"comparison": "between", "target": 1}, {"upper": "needs both ends, target and upper"}),
        (
            {"comparison": "<=", "target": 1, "upper": 2},
            {"upper": "has an upper end, which belongs to between; leave it out"},
        ),
        (
            {"comparison": "between", "target": 2, "upper": 1},
            {"upper": "has its upper end below its lower one; turn them round"},
        ),
    ],
    ids=str,
)
async def test_a_wrong_criterion(requester: Caller, criterion: dict[str, Any], words: dict[str, str]) -> None:
    request = await requester.submit()
    path = f"/api/requests/{request['id']}/criteria"
    assert told(await requester.post(path, json={"name": "Cycle"} | criterion)) == words


async def test_a_wrong_move_assignment_link_and_figure(requester: Caller, manager: Caller, engineer: Caller) -> None:
    request = await requester.submit()
    path = f"/api/requests/{request['id']}"
    assert told(await manager.move(request, "Denied")) == {"reason": "is needed for this move; say why"}
    nobody = {"engineerId": manager.id, "estimatedHours": 1}
    assert told(await manager.patch(f"{path}/assign", json=nobody)) == {
        "engineerId": "must be an active engineer; choose somebody else"
    }
    nobody["engineerId"] = "Charlie"
    example = "must be an id such as 7d0f8f3a-2c51-4c0b-9c5e-0a4a8b1f6e21"
    assert told(await manager.patch(f"{path}/assign", json=nobody)) == {"engineerId": example}
    link = {"relation": "blocks", "request": "SF-0"}
    missing = "is not there, or you may not see it"
    assert told(await requester.post(f"{path}/links", json=link))["request"] == missing


async def test_a_parameter_that_is_missing_is_named(requester: Caller) -> None:
    assert told(await requester.get("/api/requests/similar")) == {"title": "is missing"}
