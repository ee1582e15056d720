"""Every kind of person, in every status, with every move, against the running API."""

import json
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import pytest

from tests.conftest import Caller, People
from tests.requests.arrange import put
from tests.requests.table import ALLOCATION, ENGINEERING, FINAL, STATUSES, TABLE, WITH_ENGINEER, Row, plain_move

ROLES = {
    "requester": "USER",
    "other requester": "USER",
    "assigned engineer": "ENGINEER",
    "other engineer": "ENGINEER",
    "engineer who asked": "ENGINEER",
    "manager": "MANAGER",
    "manager who asked": "MANAGER",
    "admin": "ADMIN",
    "admin who asked": "ADMIN",
}
"""What the caller is to the request, and the role they have."""


@dataclass
class Cell:
    """One person before requests in one status."""

    relation: str
    status: str
    caller: Caller
    creator: Caller
    engineer: Caller
    next_engineer: Caller
    owner: asyncpg.Connection
    wrong: list[str] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        return self.relation == "requester" or self.relation.endswith("who asked")

    @property
    def visible(self) -> bool:
        if self.relation == "other requester":
            return False
        if self.relation == "assigned engineer":
            return self.status in WITH_ENGINEER
        return self.relation != "other engineer" or self.status == ENGINEERING

    def entitled(self, row: Row) -> bool:
        return (
            self.relation.startswith("admin")
            or (self.relation.startswith("manager") and "manager" in row.who)
            or (self.relation == "assigned engineer" and "engineer" in row.who)
            or (self.asks and "requester" in row.who)
        )

    def expect(self, what: str, got: object, wanted: object) -> None:
        if got != wanted:
            self.wrong.append(f"{self.relation}, {self.status}, {what}: {got!r} instead of {wanted!r}")

    async def fresh(self) -> dict[str, Any]:
        return await put(self.owner, self.creator, self.status, self.engineer)

    async def state(self, request: dict[str, Any]) -> dict[str, Any]:
        row = await self.owner.fetchrow(
            "SELECT status, version, assigned_to::text, assigned_to_name, estimated_hours FROM requests WHERE id = $1",
            request["id"],
        )
        return dict(row)

    async def log(self, request: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
        rows = await self.owner.fetch(
            "SELECT action, user_id::text, details FROM activity_log WHERE request_id = $1", request["id"]
        )
        return [(row["action"], row["user_id"], json.loads(row["details"])) for row in rows]


async def _cells(people: People, owner: asyncpg.Connection, relation: str) -> list[Cell]:
    """The same people before each status."""
    caller = await people.add(ROLES[relation])
    asks = relation == "requester" or relation.endswith("who asked")
    creator = caller if asks else await people.add("USER")
    engineer = caller if relation == "assigned engineer" else await people.add("ENGINEER")
    next_engineer = await people.add("ENGINEER")
    return [Cell(relation, status, caller, creator, engineer, next_engineer, owner) for status in STATUSES]


@pytest.mark.parametrize("relation", ROLES)
async def test_cells(people: People, owner: asyncpg.Connection, relation: str) -> None:
    wrong: list[str] = []
    for cell in await _cells(people, owner, relation):
        await _check_what_is_offered(cell)
        idle = await cell.fresh()
        for target in STATUSES:
            await _check_move(cell, target, idle)
        await _check_assign(cell, idle)
        cell.expect("nothing refused left a trace", await cell.log(idle), [])
        wrong += cell.wrong
    assert not wrong, "\n".join(wrong)


async def _check_what_is_offered(cell: Cell) -> None:
    request = await cell.fresh()
    answer = await cell.caller.get(f"/api/requests/{request['id']}")
    if not cell.visible:
        cell.expect("detail", answer.status_code, 404)
        return
    offered = answer.json()["request"]["actions"]
    told = {a["name"]: (a["to"], a["needsReason"], a["allowed"], bool(a["why"])) for a in offered}
    wanted = {
        row.action: (row.to, row.reason, cell.entitled(row), not cell.entitled(row))
        for row in TABLE
        if cell.status in row.sources
    }
    cell.expect("actions", told, wanted)


async def _check_move(cell: Cell, target: str, idle: dict[str, Any]) -> None:
    """`idle` is for the tries that must not change anything."""
    row = plain_move(cell.status, target)
    path = f"/api/requests/{idle['id']}/status"
    body = {"status": target, "reason": "Because of cell 4"}
    if not cell.visible or row is None or not cell.entitled(row):
        answer = await cell.caller.patch(path, json=body)
        wanted = 404 if not cell.visible else 409 if row is None else 403
        cell.expect(f"to {target}", answer.status_code, wanted)
        if answer.status_code == 409:
            open_now = {r.action for r in TABLE if cell.status in r.sources and cell.entitled(r)}
            cell.expect(f"409 to {target}: status", answer.json()["currentStatus"], cell.status)
            cell.expect(f"409 to {target}: actions", {a["name"] for a in answer.json()["actions"]}, open_now)
        return
    if row.reason:
        answer = await cell.caller.patch(path, json={"status": target})
        fields = [error["field"] for error in answer.json().get("errors", [])]
        cell.expect(f"to {target} without a reason", (answer.status_code, fields), (422, ["reason"]))
    await _check_legal_move(cell, row, body)


async def _check_legal_move(cell: Cell, row: Row, body: dict[str, Any]) -> None:
    request = await cell.fresh()
    before = await cell.state(request)
    answer = await cell.caller.patch(f"/api/requests/{request['id']}/status", json=body)
    cell.expect(row.action, answer.status_code, 200)
    if answer.status_code != 200:
        return
    cleared = {"assigned_to": None, "assigned_to_name": None} if row.to == ALLOCATION else {}
    after = before | {"status": row.to, "version": request["version"] + 1} | cleared
    cell.expect(f"{row.action}: row", await cell.state(request), after)
    told = answer.json()["request"]
    cell.expect(
        f"{row.action}: answer",
        (told["status"], told["version"], told["assignedTo"], answer.headers["etag"]),
        (row.to, after["version"], after["assigned_to"], f'"{after["version"]}"'),
    )
    details = {"from": cell.status, "to": row.to, "reason": body["reason"]}
    if row.to == ALLOCATION and before["assigned_to"]:
        details["engineer"] = {"from": before["assigned_to_name"], "to": None}
    cell.expect(f"{row.action}: log", await cell.log(request), [(row.action, cell.caller.id, details)])


async def _check_assign(cell: Cell, idle: dict[str, Any]) -> None:
    row = next(row for row in TABLE if row.action == "assign")
    legal = cell.status in row.sources
    if not cell.visible or not legal or not cell.entitled(row):
        answer = await cell.caller.assign(idle, cell.next_engineer, 16)
        cell.expect("assign", answer.status_code, 404 if not cell.visible else 409 if not legal else 403)
        return
    request = await cell.fresh()
    before = await cell.state(request)
    answer = await cell.caller.assign(request, cell.next_engineer, 16)
    cell.expect("assign", answer.status_code, 200)
    name = cell.next_engineer.user["name"]
    after = {
        "status": ENGINEERING,
        "version": before["version"] + 1,
        "assigned_to": cell.next_engineer.id,
        "assigned_to_name": name,
        "estimated_hours": 16,
    }
    cell.expect("assign: row", await cell.state(request), after)
    details = {
        "from": cell.status,
        "to": ENGINEERING,
        "engineer": {"from": before["assigned_to_name"], "to": name},
        "estimatedHours": {"from": before["estimated_hours"], "to": 16},
    }
    cell.expect("assign: log", await cell.log(request), [("assign", cell.caller.id, details)])


@pytest.mark.parametrize("relation", ROLES)
async def test_editing(people: People, owner: asyncpg.Connection, relation: str) -> None:
    """The requester edits while Submitted or asked for more, a manager until it is final; `canEdit` says the same."""
    wrong: list[str] = []
    for cell in await _cells(people, owner, relation):
        request = await cell.fresh()
        final = cell.status in FINAL
        allowed = not final and (
            relation.startswith(("manager", "admin"))
            or (cell.asks and cell.status in ("Submitted", "Information Needed"))
        )
        wanted = 404 if not cell.visible else 409 if final else 200 if allowed else 403
        if cell.visible:
            seen = (await cell.caller.get(f"/api/requests/{request['id']}")).json()["request"]
            cell.expect("canEdit", seen["canEdit"], allowed)
        answer = await cell.caller.patch(f"/api/requests/{request['id']}", json={"title": "Other"})
        cell.expect("edit", answer.status_code, wanted)
        details = {"changes": {"title": {"from": "Reach study", "to": "Other"}}}
        log = [("edited", cell.caller.id, details)] if wanted == 200 else []
        cell.expect("edit: log", await cell.log(request), log)
        version = request["version"] + (wanted == 200)
        cell.expect("edit: version", (await cell.state(request))["version"], version)
        wrong += cell.wrong
    assert not wrong, "\n".join(wrong)


async def test_an_assigned_manager_acts_as_the_engineer(
    people: People, owner: asyncpg.Connection, requester: Caller
) -> None:
    """Somebody who became a manager while assigned still finishes what they have."""
    manager = await people.add("MANAGER")
    request = await put(owner, requester, "In Progress", manager)
    assert (await manager.move(request, "Completed")).status_code == 200


async def test_rescoped_work_loses_its_engineer_on_the_way(
    people: People, owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    request = await put(owner, requester, "Revision Requested", engineer)
    kept = await manager.move(request, "Feasibility Review", "Other scope")
    assert kept.json()["request"]["assignedTo"] == engineer.id
    left = await manager.move(request, "Resource Allocation")
    assert left.json()["request"]["assignedTo"] is None
    assert left.json()["request"]["assignedToName"] is None
    assert (await engineer.get(f"/api/requests/{request['id']}")).status_code == 404


async def test_suggested_hours_go_into_the_log_of_a_discussion(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    request = await put(owner, requester, "Engineering Review", engineer)
    path = f"/api/requests/{request['id']}/status"
    body = {"status": "Discussion", "reason": "Too little", "suggestedHours": 40}
    assert (await engineer.patch(path, json=body)).status_code == 200
    newest = (await engineer.get(f"/api/requests/{request['id']}/activity")).json()["activity"][0]
    assert newest["details"]["suggestedHours"] == 40


async def test_suggested_hours_go_with_nothing_else(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    request = await put(owner, requester, "Engineering Review", engineer)
    body = {"status": "In Progress", "suggestedHours": 40}
    answer = await engineer.patch(f"/api/requests/{request['id']}/status", json=body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["suggestedHours"]


@pytest.mark.parametrize("role", ["USER", "MANAGER", "ADMIN"])
async def test_only_engineers_are_assigned(
    people: People, owner: asyncpg.Connection, requester: Caller, manager: Caller, role: str
) -> None:
    request = await put(owner, requester)
    answer = await manager.assign(request, await people.add(role))
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["engineerId"]


async def test_inactive_and_unknown_engineers_are_not_assigned(
    people: People, owner: asyncpg.Connection, requester: Caller, manager: Caller
) -> None:
    request = await put(owner, requester)
    gone = await people.add("ENGINEER", active=False)
    assert (await manager.assign(request, gone)).status_code == 422
    body = {"engineerId": "00000000-0000-4000-8000-000000000000", "estimatedHours": 1}
    answer = await manager.patch(f"/api/requests/{request['id']}/assign", json=body)
    assert answer.status_code == 422
    state = await owner.fetchrow("SELECT status, version FROM requests WHERE id = $1", request["id"])
    assert tuple(state) == ("Submitted", 1)
