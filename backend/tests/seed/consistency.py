"""What must hold for every request whose record is complete."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from simflow.requests.workflow import TRANSITIONS, Who
from simflow.users.models import Role

TABLE = {t.action: t for t in TRANSITIONS}


async def assert_consistent(connection: asyncpg.Connection) -> None:
    """Each request is what its record says, and each move is legal, by somebody entitled, and in the order of time."""
    log = defaultdict(list)
    for row in await connection.fetch("SELECT * FROM activity_log ORDER BY seq"):
        log[row["request_id"]].append(row)
    roles = {row["id"]: Role(row["role"]) for row in await connection.fetch("SELECT id, role FROM users")}
    requests = await connection.fetch("SELECT * FROM requests")
    assert set(log) == {request["id"] for request in requests}
    comments = {row["id"]: row for row in await connection.fetch("SELECT * FROM comments")}
    periods = defaultdict(list)
    for row in await connection.fetch("SELECT * FROM status_periods ORDER BY request_id, seq"):
        periods[row["request_id"]].append(row)
    assert set(periods) == set(log)
    for request in requests:
        check(request, log[request["id"]], roles, comments)
        check_times(request, log[request["id"]], periods[request["id"]])
    assert not comments, "comments without a line in the log"


def check(request: Any, lines: list[Any], roles: dict[Any, Role], comments: dict[Any, Any]) -> None:
    assert is_sorted(line["created_at"] for line in lines)
    moves = [line for line in lines if line["action"] not in {"commented", "measured"}]
    status, engineer, hours = None, None, None
    for line in moves:
        details = msgspec.json.decode(line["details"])
        assert details.get("from") == status
        if status is not None:
            move = TABLE[line["action"]]
            assert status in move.sources
            assert details["to"] == move.to
            assert move.needs_reason == bool(details.get("reason"))
            assert is_entitled(move.who, line["user_id"], request, engineer, roles), line
        if "engineer" in details:
            assert details["engineer"]["from"] == engineer
            engineer = details["engineer"]["to"]
        if "estimatedHours" in details:
            assert details["estimatedHours"]["from"] == hours
            hours = details["estimatedHours"]["to"]
        status = details["to"]
    assert (moves[0]["action"], moves[0]["user_id"]) == ("created", request["created_by"])
    assert (status, engineer, hours) == (
        request["status"],
        request["assigned_to_name"],
        request["estimated_hours"],
    )
    assert request["version"] == len(moves)
    assert (request["created_at"], request["updated_at"]) == (moves[0]["created_at"], moves[-1]["created_at"])
    for line in lines:
        if line["action"] == "commented":
            check_comment(line, comments)


def check_times(request: Any, lines: list[Any], periods: list[Any]) -> None:
    """The times in statuses are those of the log, told a second time."""
    told: list[tuple[str, Any]] = []
    for line in lines:
        status = msgspec.json.decode(line["details"]).get("to")
        if status is not None and (not told or told[-1][0] != status):
            told.append((status, line["created_at"]))
    assert [(period["status"], period["entered_at"]) for period in periods] == told
    assert [period["seq"] for period in periods] == list(range(1, len(told) + 1))
    assert [period["left_at"] for period in periods[:-1]] == [at for _, at in told[1:]]
    assert periods[-1]["left_at"].year == 9999, "infinity"
    assert not any(period["assumed"] for period in periods)
    entries = defaultdict(list)
    for status, at in told:
        entries[status].append(at)
    done = request["status"] in {"Completed", "Accepted"}
    assert request["status_since"] == told[-1][1]
    assert request["started_at"] == next(iter(entries["In Progress"]), None)
    assert request["completed_at"] == (entries["Completed"][-1] if done else None)
    assert request["revisions"] == len(entries["Revision Requested"])
    started = request["started_at"]
    stops = [p for p in periods[:-1] if p["status"] == "Information Needed" and started and p["entered_at"] >= started]
    assert request["stopped_for"] == sum((p["left_at"] - p["entered_at"] for p in stops), timedelta())


def check_comment(line: Any, comments: dict[Any, Any]) -> None:
    details = msgspec.json.decode(line["details"])
    comment = comments.pop(UUID(details["commentId"]))
    for own, its in [("request_id", "request_id"), ("user_id", "author_id"), ("created_at", "created_at")]:
        assert line[own] == comment[its]
    assert line["internal"] == details["internal"] == comment["internal"]
    assert not (comment["internal"] and comment["author_role"] == "USER")


def is_entitled(who: tuple[Who, ...], person: Any, request: Any, engineer: str | None, roles: dict[Any, Role]) -> bool:
    fits = {
        Who.REQUESTER: person == request["created_by"],
        Who.MANAGER: roles[person] == Role.MANAGER,
        Who.ASSIGNED_ENGINEER: engineer is not None and roles[person] == Role.ENGINEER,
    }
    return any(fits[one] for one in who)


def is_sorted(values: Iterable[Any]) -> bool:
    listed = list(values)
    return listed == sorted(listed)
