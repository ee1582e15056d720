"""A manager asks, the request waits for its requester, and the answer brings it back."""

from datetime import datetime
from typing import Any

import asyncpg
import pytest

from tests.conftest import Caller, People
from tests.requests.arrange import put

ASKED_FROM = ["Submitted", "Feasibility Review", "Resource Allocation"]


async def detail(caller: Caller, request: dict[str, Any]) -> dict[str, Any]:
    answer = await caller.get(f"/api/requests/{request['id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["request"])


@pytest.mark.parametrize("status", ASKED_FROM)
async def test_question_and_answer(owner: asyncpg.Connection, requester: Caller, manager: Caller, status: str) -> None:
    """Whatever the manager was at, an answer is judged; who judges it may assign straight away."""
    request = await put(owner, requester, status)
    asked = await manager.move(request, "Information Needed", "Which payload?")
    assert asked.status_code == 200, asked.text
    assert asked.json()["request"]["waitsFor"] == "requester"
    assert asked.json()["request"]["clockStopped"]
    waiting = await detail(requester, request)
    assert [a["name"] for a in waiting["actions"] if a["allowed"]] == ["give_information", "cancel"]
    answered = await requester.move(request, "Feasibility Review", "120 kg")
    assert answered.json()["request"]["waitsFor"] == "manager"
    assert not answered.json()["request"]["clockStopped"]
    log = (await requester.get(f"/api/requests/{request['id']}/activity")).json()["activity"]
    assert [(line["action"], line["details"]["reason"]) for line in log] == [
        ("give_information", "120 kg"),
        ("ask_information", "Which payload?"),
    ]
    offered = {action["name"] for action in (await detail(manager, request))["actions"] if action["allowed"]}
    assert {"approve", "assign"} <= offered


async def test_the_clock_stops_visibly(owner: asyncpg.Connection, requester: Caller, manager: Caller) -> None:
    request = await requester.submit()
    await manager.move(request, "Information Needed", "Which payload?")
    since = (await detail(requester, request))["statusSince"]
    await requester.move(request, "Feasibility Review", "120 kg")
    periods = await owner.fetch(
        "SELECT status, entered_at, left_at, assumed FROM status_periods WHERE request_id = $1 ORDER BY seq",
        request["id"],
    )
    assert [period["status"] for period in periods] == ["Submitted", "Information Needed", "Feasibility Review"]
    assert not any(period["assumed"] for period in periods)
    assert periods[1]["entered_at"] == datetime.fromisoformat(since)
    assert periods[1]["left_at"] == periods[2]["entered_at"] > periods[1]["entered_at"]


async def test_the_requester_edits_while_they_are_asked(requester: Caller, manager: Caller) -> None:
    request = await requester.submit()
    path = f"/api/requests/{request['id']}"
    await manager.move(request, "Feasibility Review")
    assert (await requester.patch(path, json={"description": "Cell 5"})).status_code == 403
    await manager.move(request, "Information Needed", "Which cell?")
    assert (await detail(requester, request))["canEdit"]
    assert (await requester.patch(path, json={"description": "Cell 5"})).status_code == 200
    await requester.move(request, "Feasibility Review", "Cell 5, see above")
    answer = await requester.patch(path, json={"description": "Cell 6"})
    assert answer.status_code == 403
    assert "waits for their answer" in answer.json()["detail"]


async def test_who_must_do_something_hears_of_it(people: People, requester: Caller, manager: Caller) -> None:
    request = await requester.submit()
    await manager.move(request, "Information Needed", "Which payload?")
    told = (await requester.get("/api/notifications")).json()["notifications"]
    assert [(one["key"], one["action"]) for one in told] == [(request["key"], "ask_information")]
    for caller, count in ((requester, 1), (await people.add("USER"), 0)):
        home = (await caller.get("/api/home")).json()
        assert home["figures"]["waitingForMe"]["count"] == count
        assert home["byStatus"]["Information Needed"]["count"] == count


async def told_of(caller: Caller, request: dict[str, Any]) -> list[tuple[str, str]]:
    """What it was told, and by whom, newest first."""
    told = (await caller.get("/api/notifications", params={"limit": 200})).json()["notifications"]
    return [(one["action"], one["actorName"]) for one in told if one["key"] == request["key"]]


async def test_whoever_asked_hears_the_answer(people: People, requester: Caller, manager: Caller) -> None:
    """Of two who asked the later one, and nobody else; who answers does not tell themselves."""
    other = await people.add("MANAGER")
    request = await requester.submit()
    await manager.move(request, "Information Needed", "Which payload?")
    await requester.move(request, "Feasibility Review", "120 kg")
    answer = [("give_information", requester.user["name"])]
    assert await told_of(manager, request) == answer
    assert await told_of(other, request) == []
    await other.move(request, "Information Needed", "With the tool?")
    await requester.move(request, "Feasibility Review", "With it")
    assert await told_of(other, request) == answer
    assert await told_of(manager, request) == answer, "the first question is not asked any more"
    assert [action for action, _ in await told_of(requester, request)] == ["ask_information"] * 2


async def test_other_moves_are_no_answer(requester: Caller, manager: Caller) -> None:
    request = await requester.submit()
    await manager.move(request, "Information Needed", "Which payload?")
    await requester.post(f"/api/requests/{request['id']}/comments", json={"content": "I must look."})
    await requester.move(request, "Cancelled", "Not needed any more")
    assert await told_of(manager, request) == []


async def test_a_manager_who_answers_for_the_requester(people: People, requester: Caller, manager: Caller) -> None:
    """The other manager who asked hears of it as well, and the requester; whoever asked and answers, nothing."""
    other = await people.add("MANAGER")
    request = await requester.submit()
    await manager.move(request, "Information Needed", "Which payload?")
    await other.move(request, "Feasibility Review", "120 kg, by phone")
    assert await told_of(manager, request) == [("give_information", other.user["name"])]
    await manager.move(request, "Information Needed", "With the tool?")
    await manager.move(request, "Feasibility Review", "With it, by phone")
    assert await told_of(manager, request) == [("give_information", other.user["name"])]
    assert (await told_of(requester, request))[0] == ("give_information", manager.user["name"])


async def test_a_requester_who_asks_themselves_is_told_nothing(people: People, manager: Caller) -> None:
    request = await manager.submit()
    await manager.move(request, "Information Needed", "Which payload?")
    await manager.move(request, "Feasibility Review", "120 kg")
    assert await told_of(manager, request) == []


@pytest.mark.parametrize("change", ["role = 'USER'", "role = 'ENGINEER'", "active = false"])
async def test_who_may_no_longer_see_it_hears_no_answer(
    owner: asyncpg.Connection, requester: Caller, manager: Caller, change: str
) -> None:
    request = await requester.submit()
    await manager.move(request, "Information Needed", "Which payload?")
    await owner.execute(f"UPDATE users SET {change} WHERE id = $1", manager.id)
    await requester.move(request, "Feasibility Review", "120 kg")
    query = "SELECT count(*) FROM notifications WHERE user_id = $1"
    assert await owner.fetchval(query, manager.id) == 0


async def test_who_does_not_want_to_be_told_hears_no_answer(requester: Caller, manager: Caller) -> None:
    request = await requester.submit()
    await manager.move(request, "Information Needed", "Which payload?")
    assert (await manager.delete(f"/api/requests/{request['id']}/watchers/me")).status_code < 300
    await requester.move(request, "Feasibility Review", "120 kg")
    assert await told_of(manager, request) == []


async def test_engineers_see_nothing_of_it(owner: asyncpg.Connection, requester: Caller, engineer: Caller) -> None:
    request = await put(owner, requester, "Information Needed")
    assert (await engineer.get(f"/api/requests/{request['id']}")).status_code == 404
    assert (await engineer.move(request, "Feasibility Review", "x")).status_code == 404


@pytest.mark.parametrize("to", ["Submitted", "Resource Allocation", "Engineering Review", "In Progress", "Completed"])
async def test_the_database_leads_nowhere_else(owner: asyncpg.Connection, requester: Caller, to: str) -> None:
    request = await put(owner, requester, "Information Needed")
    with pytest.raises(asyncpg.CheckViolationError, match="cannot go from Information Needed"):
        await owner.execute("UPDATE requests SET status = $2 WHERE id = $1", request["id"], to)
