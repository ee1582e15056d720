"""What must hold for every request whose record is complete."""

from collections import defaultdict
from collections.abc import Iterable
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
    for request in requests:
        check(request, log[request["id"]], roles, comments)
    assert not comments, "comments without a line in the log"


def check(request: Any, lines: list[Any], roles: dict[Any, Role], comments: dict[Any, Any]) -> None:
    assert is_sorted(line["created_at"] for line in lines)
    moves = [line for line in lines if line["action"] != "commented"]
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
