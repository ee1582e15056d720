"""Acceptance criteria: proposed, agreed by both sides, measured round by round, and what waits for them."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from simflow.settings import Settings
from simflow.study.criteria import is_met
from simflow.study.models import Comparison
from tests.conftest import Caller, People, signed_in_as
from tests.requests.arrange import put
from tests.requests.table import STATUSES

CYCLE = {"name": "Cycle time", "comparison": "<=", "target": 48, "unit": "s"}
CLOSED = ("Completed", "Accepted", "Denied", "Cancelled")


def at(request: dict[str, Any], *more: str) -> str:
    return "/".join((f"/api/requests/{request['id']}/criteria", *more))


async def ok(call: Any, status: int = 200) -> dict[str, Any]:
    answer = await call
    assert answer.status_code == status, answer.text
    return answer.json()


async def action(caller: Caller, request: dict[str, Any], name: str) -> tuple[bool, str | None]:
    actions = (await caller.get(f"/api/requests/{request['id']}")).json()["request"]["actions"]
    return next((one["allowed"], one["why"]) for one in actions if one["name"] == name)


async def test_a_whole_life(requester: Caller, engineer: Caller, manager: Caller) -> None:
    request = await requester.submit()
    sheet = await ok(requester.post(at(request), json=CYCLE), 201)
    one = sheet["criteria"][0]
    assert (one["verdict"], one["required"], sheet["round"]) == ("open", True, 1)
    assert (sheet["agreement"]["requester"]["id"], sheet["agreement"]["team"]) == (requester.id, None)
    await manager.assign(request, engineer)
    # The team asks for another target: the requester is asked anew.
    sheet = await ok(engineer.patch(at(request, one["id"]), json={"target": 50}))
    assert (sheet["agreement"]["requester"], sheet["agreement"]["team"]["id"]) == (None, engineer.id)
    why = "the requester: not agreed to the criteria yet."
    assert await action(engineer, request, "accept_work") == (False, why)
    refused = await engineer.move(request, "In Progress")
    assert (refused.status_code, refused.json()["detail"]) == (409, why)
    assert (await ok(requester.get(at(request))))["canAgree"] is True
    await ok(requester.post(at(request, "agree")))
    assert await action(engineer, request, "accept_work") == (True, None)
    assert (await engineer.move(request, "In Progress")).status_code == 200
    # Open, failed, passed.
    assert await action(engineer, request, "complete") == (False, "Cycle time: still open.")
    results = at(request, one["id"], "measurements")
    failed = await ok(engineer.post(results, json={"value": 0.9, "unit": "min"}), 201)
    assert failed["criteria"][0]["verdict"] == "failed"
    assert (await engineer.move(request, "Completed")).status_code == 409
    passed = await ok(engineer.post(results, json={"value": 49.5, "evidence": "Report, page 3"}), 201)
    assert passed["criteria"][0]["verdict"] == "passed"
    assert (await engineer.move(request, "Completed")).status_code == 200
    assert (await requester.move(request, "Revision Requested", "Another gun")).status_code == 200
    assert (await manager.move(request, "In Progress")).status_code == 200
    # The earlier results stay, and the criterion is open again.
    sheet = await ok(requester.get(at(request)))
    assert (sheet["round"], sheet["criteria"][0]["verdict"]) == (2, "open")
    assert await action(engineer, request, "complete") == (False, "Cycle time: still open.")
    sheet = await ok(engineer.post(results, json={"value": 47}), 201)
    told = [
        (m["round"], m["value"], m["unit"], m["passed"], m["isCurrent"]) for m in sheet["criteria"][0]["measurements"]
    ]
    assert told == [(1, 0.9, "min", False, False), (1, 49.5, "s", True, False), (2, 47, "s", True, True)]
    assert (await engineer.move(request, "Completed")).status_code == 200
    log = (await requester.get(f"/api/requests/{request['id']}/activity")).json()["activity"]
    assert {"criteria_changed", "criteria_agreed", "measured"} <= {entry["action"] for entry in log}


async def test_of_two_who_change_a_criterion_the_second_is_told(requester: Caller, manager: Caller) -> None:
    request = await requester.submit()
    one = (await ok(requester.post(at(request), json=CYCLE), 201))["criteria"][0]
    path = at(request, one["id"])
    read = await requester.get(path)
    assert (read.status_code, read.headers["ETag"], read.json()["criterion"]) == (200, '"1"', one)
    first = await manager.patch(path, json={"target": 50}, headers={"If-Match": '"1"'})
    assert (first.status_code, first.headers["ETag"]) == (200, '"2"')
    late = await requester.patch(path, json={"target": 45}, headers={"If-Match": '"1"'})
    assert (late.status_code, late.json()["criterion"]) == (412, first.json()["criteria"][0])
    assert late.json()["detail"] == "Somebody else changed this criterion in the meantime."
    assert (await requester.delete(path, headers={"If-Match": '"1"'})).status_code == 412
    twice = await asyncio.gather(
        *(requester.patch(path, json={"target": n}, headers={"If-Match": '"2"'}) for n in (46, 47))
    )
    assert sorted(answer.status_code for answer in twice) == [200, 412]
    assert (await requester.patch(path, json={"target": 45})).status_code == 200, "without it, any version will do"
    last = await requester.delete(path, headers={"If-Match": '"4"'})
    assert (last.status_code, last.json()["criteria"]) == (200, [])
    assert (await requester.get(path)).status_code == 404


async def test_who_may_not_change_a_criterion_learns_nothing_from_a_version(people: People, requester: Caller) -> None:
    request = await requester.submit()
    one = (await ok(requester.post(at(request), json=CYCLE), 201))["criteria"][0]
    other = await people.add("USER")
    assert (await other.get(at(request, one["id"]))).status_code == 404
    answer = await other.patch(at(request, one["id"]), json={"target": 1}, headers={"If-Match": '"9"'})
    assert (answer.status_code, "criterion" in answer.json()) == (404, False)


async def test_the_template_is_proposed(requester: Caller, admin: Caller, manager: Caller, engineer: Caller) -> None:
    kind = f"t{uuid4().hex[:10]}"
    template = [CYCLE, {"name": "Report", "comparison": "judged", "required": False}]
    await ok(admin.put(f"/api/study-types/{kind}", json={"name": "T", "fields": [], "criteria": template}))
    request = await requester.submit(studyType=kind)
    sheet = await ok(requester.get(at(request)))
    assert [one["name"] for one in sheet["criteria"]] == ["Cycle time", "Report"]
    assert sheet["agreement"]["requester"]["id"] == requester.id
    later = await requester.submit()
    await manager.patch(f"/api/requests/{later['id']}", json={"studyType": kind})
    sheet = await ok(requester.get(at(later)))
    assert (len(sheet["criteria"]), sheet["agreement"]["requester"]) == (2, None)
    await manager.assign(request, engineer)
    assert (await engineer.move(request, "In Progress")).status_code == 200
    sheet = await ok(requester.get(at(request)))
    assert sheet["agreement"]["team"]["id"] == engineer.id


async def test_proposing_and_reading_many_takes_as_long_as_a_few(
    requester: Caller, admin: Caller, manager: Caller, statements: Any
) -> None:
    counted = []
    for many in (1, 1, 20):  # the first time, connections learn of types
        kind = f"t{uuid4().hex[:10]}"
        template = [{"name": f"Report {n}", "comparison": "judged"} for n in range(many)]
        await ok(admin.put(f"/api/study-types/{kind}", json={"name": "T", "fields": [], "criteria": template}))
        request = await requester.submit()
        await manager.patch(f"/api/requests/{request['id']}", json={"studyType": kind})
        for one in (await ok(requester.get(at(request))))["criteria"]:
            await ok(requester.delete(at(request, one["id"])))
        with statements() as proposing:
            assert len((await ok(requester.post(at(request, "propose"))))["criteria"]) == many
        with statements() as again:
            await ok(requester.post(at(request, "propose")))
        with statements() as reading:
            await ok(requester.get(at(request)))
        counted.append((len(proposing), len(again), len(reading)))
    assert counted[1] == counted[2]
    assert all(now <= most for now, most in zip(counted[2], (10, 7, 4), strict=True)), counted


async def test_what_the_type_proposes_is_added_once(
    requester: Caller, admin: Caller, manager: Caller, people: People
) -> None:
    kind = f"t{uuid4().hex[:10]}"
    request = await requester.submit()
    assert (await ok(requester.post(at(request, "propose"))))["criteria"] == [], "without a type nothing is proposed"
    await ok(requester.post(at(request), json={"name": "Report", "comparison": "judged"}), 201)
    template = [CYCLE, {"name": "Report", "comparison": "judged"}]
    await ok(admin.put(f"/api/study-types/{kind}", json={"name": "T", "fields": [], "criteria": template}))
    await manager.patch(f"/api/requests/{request['id']}", json={"studyType": kind})
    stranger = await people.add("ENGINEER")
    assert (await stranger.post(at(request, "propose"))).status_code == 404
    for _ in range(2):
        sheet = await ok(manager.post(at(request, "propose")))
        assert [one["name"] for one in sheet["criteria"]] == ["Report", "Cycle time"]
    assert (sheet["agreement"]["requester"], sheet["agreement"]["team"]["id"]) == (None, manager.id)
    log = (await requester.get(f"/api/requests/{request['id']}/activity")).json()["activity"]
    added = [entry["details"] for entry in log if entry["action"] == "criteria_changed"]
    assert added == [{"added": "Cycle time"}, {"added": "Report"}]
    await manager.move(request, "Cancelled", "No longer needed")
    assert (await manager.post(at(request, "propose"))).status_code == 409


async def test_results_count_while_nobody_works_on_it_again(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    request = await put(owner, requester, "In Progress", engineer)
    one = (await ok(engineer.post(at(request), json=CYCLE), 201))["criteria"][0]
    await ok(requester.post(at(request, "agree")))
    await ok(engineer.post(at(request, one["id"], "measurements"), json={"value": 40}), 201)

    async def stands() -> tuple[int, str, bool]:
        sheet = await ok(requester.get(at(request)))
        measured = sheet["criteria"][0]["measurements"][0]
        return sheet["round"], sheet["criteria"][0]["verdict"], measured["isCurrent"]

    for caller, status in ((engineer, "Completed"), (requester, "Revision Requested"), (manager, "Completed")):
        assert (await caller.move(request, status, "Because")).status_code == 200
        assert await stands() == (1, "passed", True), status
    await requester.move(request, "Revision Requested", "Please")
    assert (await manager.move(request, "In Progress")).status_code == 200
    assert await stands() == (3, "open", False)


async def test_a_changed_criterion_is_open_again(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    request = await put(owner, requester, "In Progress", engineer)
    one = (await ok(engineer.post(at(request), json=CYCLE), 201))["criteria"][0]
    assert (await action(engineer, request, "complete"))[1] == (
        "Cycle time: still open; the requester: not agreed to the criteria yet."
    )
    await ok(requester.post(at(request, "agree")))
    await ok(engineer.post(at(request, one["id"], "measurements"), json={"value": 40}), 201)
    assert await action(engineer, request, "complete") == (True, None)
    sheet = await ok(requester.patch(at(request, one["id"]), json={"target": 39}))
    assert (sheet["criteria"][0]["verdict"], sheet["agreement"]["team"]) == ("open", None)
    assert (await engineer.move(request, "Completed")).status_code == 409
    sheet = await ok(engineer.patch(at(request, one["id"]), json={"required": False}))
    await ok(requester.post(at(request, "agree")))
    assert await action(engineer, request, "complete") == (True, None)


@pytest.mark.parametrize("status", STATUSES)
async def test_who_may_do_what_in_each_status(
    owner: asyncpg.Connection,
    people: People,
    requester: Caller,
    engineer: Caller,
    manager: Caller,
    admin: Caller,
    status: str,
) -> None:
    request = await put(owner, requester, status, engineer)
    await owner.execute("SET simflow.quiet = 'on'")
    criterion = await owner.fetchval(
        "INSERT INTO criteria (request_id, name, comparison, required) VALUES ($1, 'C', 'judged', true)"
        " RETURNING id::text",
        request["id"],
    )
    await owner.execute("RESET simflow.quiet")
    stranger = await people.add("USER")
    for caller in (requester, engineer, manager, admin, stranger):
        sheet = await caller.get(at(request))
        if sheet.status_code == 404:
            assert caller in (engineer, stranger)
            for call in (
                caller.post(at(request), json=CYCLE),
                caller.patch(at(request, criterion), json={"name": "D"}),
                caller.delete(at(request, criterion)),
                caller.post(at(request, "agree")),
                caller.post(at(request, criterion, "measurements"), json={"passed": True}),
            ):
                assert (await call).status_code == 404
            continue
        changes = 409 if status in CLOSED else 201
        measures = 403 if caller is requester else 201 if status in ("In Progress", "On Hold") else 409
        body = sheet.json()
        assert (body["canChange"], body["canMeasure"]) == (changes == 201, measures == 201)
        assert (await caller.post(at(request), json=CYCLE)).status_code == changes
        result = await caller.post(at(request, criterion, "measurements"), json={"passed": True})
        assert result.status_code == measures
        assert (await caller.post(at(request, "agree"))).status_code == (200 if changes == 201 else 409)


async def test_an_engineer_who_only_sees_it_changes_nothing(
    owner: asyncpg.Connection, people: People, requester: Caller, engineer: Caller
) -> None:
    request = await put(owner, requester, "Engineering Review", engineer)
    other = await people.add("ENGINEER")
    sheet = await ok(other.get(at(request)))
    assert not any(sheet[name] for name in ("canChange", "canMeasure", "canAgree"))
    assert (await other.post(at(request), json=CYCLE)).status_code == 403
    assert (await other.post(at(request, "agree"))).status_code == 403


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"target": None}, "target"),
        ({"comparison": "between"}, "upper"),
        ({"comparison": "between", "upper": 1}, "upper"),
        ({"comparison": "judged"}, "target"),
        ({"unit": "blah"}, "unit"),
        ({"upper": 50}, "upper"),
        ({"target": "much"}, "target"),
        ({"comparison": "<"}, "comparison"),
        ({"name": " "}, "name"),
    ],
)
async def test_what_is_no_criterion(requester: Caller, change: dict[str, Any], field: str) -> None:
    request = await requester.submit()
    answer = await requester.post(at(request), json=CYCLE | change)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_what_is_no_result(owner: asyncpg.Connection, requester: Caller, engineer: Caller) -> None:
    request = await put(owner, requester, "In Progress", engineer)
    await ok(engineer.post(at(request), json=CYCLE), 201)
    sheet = await ok(engineer.post(at(request), json={"name": "Report", "comparison": "judged"}), 201)
    cycle, report = (one["id"] for one in sheet["criteria"])
    for criterion, body, fields in (
        (cycle, {}, {"value"}),
        (cycle, {"value": 1, "unit": "kg"}, {"unit"}),
        (cycle, {"value": 1, "unit": "blah"}, {"unit"}),
        (cycle, {"value": 1, "passed": True}, {"passed"}),
        (report, {"value": 1}, {"value"}),
        (report, {}, {"passed"}),
    ):
        answer = await engineer.post(at(request, criterion, "measurements"), json=body)
        assert {error["field"] for error in answer.json()["errors"]} == fields, body
    await ok(engineer.post(at(request, report, "measurements"), json={"passed": False}), 201)
    assert (await engineer.delete(at(request, report))).status_code == 409
    await ok(engineer.delete(at(request, cycle)))
    for wrong in ("nonsense", str(uuid4())):
        assert (await engineer.delete(at(request, wrong))).status_code == 404


async def test_nothing_is_completed_while_criteria_change(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    for _ in range(5):
        request = await put(owner, requester, "In Progress", engineer)
        added, moved = await asyncio.gather(
            requester.post(at(request), json=CYCLE), engineer.move(request, "Completed")
        )
        assert sorted((added.status_code, moved.status_code)) in ([200, 409], [201, 409])


async def test_the_database_guards_it_too(
    settings: Settings, people: People, owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    request = await put(owner, requester, "In Progress", engineer)
    one = (await ok(engineer.post(at(request), json=CYCLE), 201))["criteria"][0]
    with pytest.raises(asyncpg.CheckViolationError, match="still open"):
        await owner.execute("UPDATE requests SET status = 'Completed' WHERE id = $1", request["id"])
    done = await put(owner, requester, "Completed", engineer)
    with pytest.raises(asyncpg.CheckViolationError, match="do not change"):
        await owner.execute(
            "INSERT INTO criteria (request_id, name, comparison, required) VALUES ($1, 'C', 'judged', true)", done["id"]
        )
    stranger = await people.add("USER")
    for table, column in (("criteria", "id"), ("criteria_agreements", "request_id")):
        key = one["id"] if column == "id" else request["id"]
        for role, person, count in (
            ("simflow_requester", requester, 1),
            ("simflow_engineer", engineer, 1),
            ("simflow_manager", manager, 1),
            ("simflow_requester", stranger, 0),
            ("none", engineer, 0),
        ):
            async with signed_in_as(settings, role, person.id) as tx:
                assert await tx.fetchval(f"SELECT count(*) FROM {table} WHERE {column} = $1", key) == count
    measure = (
        "INSERT INTO measurements (criterion_id, request_id, criterion_version, round, passed, measured_by,"
        " measured_by_name) VALUES ($1, $2, 1, 1, true, $3, 'N')"
    )
    agree = (
        "INSERT INTO criteria_agreements (request_id, side, person_id, person_name) VALUES ($1, 'requester', $2, 'N')"
    )
    for role, person in (("simflow_requester", requester), ("simflow_requester", stranger)):
        async with signed_in_as(settings, role, person.id) as tx:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await tx.execute(measure, one["id"], request["id"], person.id)
    for role, person in (("simflow_engineer", engineer), ("simflow_manager", manager)):
        async with signed_in_as(settings, role, person.id) as tx:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await tx.execute(agree, request["id"], person.id)


@pytest.mark.parametrize(
    ("comparison", "value", "met"),
    [
        ("<=", 48, True),
        ("<=", 48.0000001, False),
        (">=", 48, True),
        (">=", 47.9, False),
        ("=", 48, True),
        ("=", 48.1, False),
        ("between", 48, True),
        ("between", 50, True),
        ("between", 50.1, False),
    ],
)
def test_verdicts(comparison: str, value: float, met: bool) -> None:
    assert is_met(Comparison(comparison), value, 48, 50 if comparison == "between" else None) is met
