"""Due dates and tags: what they may be, who changes them, and lists by them."""

from typing import Any

import asyncpg
import pytest

from tests.conftest import Caller, People
from tests.requests.arrange import put
from tests.requests.table import FINAL, STATUSES


async def test_both_are_kept_and_told_in_the_log(requester: Caller) -> None:
    request = await requester.submit(dueDate="2026-12-01", tags=["Weld ", "weld", "Line  3"])
    assert (request["dueDate"], request["tags"]) == ("2026-12-01", ["line 3", "weld"])
    path = f"/api/requests/{request['id']}"
    answer = await requester.patch(path, json={"dueDate": None, "tags": ["Ärger"]})
    assert answer.status_code == 200
    assert (answer.json()["request"]["dueDate"], answer.json()["request"]["tags"]) == (None, ["ärger"])
    log = (await requester.get(f"{path}/activity")).json()["activity"]
    assert log[0]["details"]["changes"] == {
        "dueDate": {"from": "2026-12-01", "to": None},
        "tags": {"from": ["line 3", "weld"], "to": ["ärger"]},
    }
    unchanged = await requester.patch(path, json={"tags": [" ärger "], "title": None})
    assert unchanged.json()["request"]["version"] == 2
    assert (await requester.submit())["tags"] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("dueDate", "2026-02-30"),
        ("dueDate", "1999-12-31"),
        ("dueDate", "3000-01-01"),
        ("dueDate", "20261201"),
        ("dueDate", "tomorrow"),
        ("dueDate", 7),
        ("tags", "weld"),
        ("tags", [""]),
        ("tags", [" "]),
        ("tags", [7]),
        ("tags", ["x" * 41]),
        ("tags", ["nul\x00"]),
        ("tags", [f"t{i}" for i in range(21)]),
    ],
)
async def test_what_cannot_be_taken(requester: Caller, field: str, value: Any) -> None:
    request = await requester.submit()
    body = {"title": "T", "description": "D", "vendor": "V", "priority": "Low", field: value}
    for answer in (
        await requester.post("/api/requests", json=body),
        await requester.patch(f"/api/requests/{request['id']}", json={field: value}),
    ):
        assert answer.status_code == 422
        assert [error["field"].split(".")[0] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("status", STATUSES)
async def test_who_may_change_them(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller, admin: Caller, status: str
) -> None:
    request = await put(owner, requester, status, engineer)
    path = f"/api/requests/{request['id']}"
    for caller in (requester, engineer, manager, admin):
        detail = await caller.get(path)
        visible = detail.status_code == 200
        of_requester = caller is requester and status in ("Submitted", "Information Needed")
        edits = of_requester or (caller in (manager, admin) and status not in FINAL)
        tags = edits or (caller is engineer and visible and status not in FINAL)
        if visible:
            assert (detail.json()["request"]["canEdit"], detail.json()["request"]["canTag"]) == (edits, tags)
        refusal = 404 if not visible else 409 if status in FINAL else 403
        tagged = await caller.patch(path, json={"tags": [caller.user["role"]]})
        assert tagged.status_code == (200 if tags else refusal)
        dated = await caller.patch(path, json={"dueDate": "2026-12-01", "tags": []})
        assert dated.status_code == (200 if edits else refusal)


async def test_lists_by_tag_and_due_date(people: People, owner: asyncpg.Connection) -> None:
    caller = await people.add("USER")
    made = [
        await caller.submit(title=title, tags=tags, dueDate=due)
        for title, tags, due in (
            ("A", ["weld"], "2026-12-01"),
            ("B", ["weld", "line"], None),
            ("C", [], "2026-11-01"),
            ("D", ["line"], "2026-12-01"),
            ("E", [], None),
        )
    ]
    assert len(made) == 5

    async def titles(**params: Any) -> str:
        found: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            body = (await caller.get("/api/requests", params=params | cursor)).json()
            found += [request["title"] for request in body["requests"]]
            if body["nextCursor"] is None:
                return "".join(found)
            cursor = {"cursor": body["nextCursor"]}

    assert await titles(tag="Weld", sort="title") == "AB"
    assert await titles(tag=["weld", "line"], sort="title") == "ABD"
    assert (await caller.get("/api/requests/counts", params={"tag": "line"})).json()["total"] == 2
    for limit in (1, 2, 3):
        assert await titles(sort="dueDate", limit=limit) == "CADBE"
        assert await titles(sort="-dueDate", limit=limit) == "DACEB"


async def test_bounds_hold_in_the_database_too(owner: asyncpg.Connection, requester: Caller) -> None:
    request = await put(owner, requester)
    for change in (
        "tags = '{A}'",
        "tags = '{\"\"}'",
        "tags = '{\" a\"}'",
        "tags = ARRAY[NULL]::text[]",
        "tags = ARRAY[repeat('x', 41)]",
        "tags = array_fill('a'::text, ARRAY[21])",
        "due_date = '1999-12-31'",
        "due_date = 'infinity'",
    ):
        with pytest.raises(asyncpg.CheckViolationError):
            await owner.execute(f"UPDATE requests SET {change} WHERE id = $1", request["id"])
