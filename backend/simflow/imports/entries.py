"""Checks the entries of an export, each for itself and against each other, without looking at the database."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from simflow.comments.models import NewComment
from simflow.errors import FieldError
from simflow.imports import fields
from simflow.imports.fields import Checked
from simflow.imports.models import EntryProblem, OldComment, OldRequest
from simflow.requests.models import Description, Hours, Priority, Title, Vendor
from simflow.requests.workflow import WITH_ENGINEER, Status
from simflow.users.models import Role

NAMESPACE = UUID("6f0f6d5c-3c1b-5d0e-9a55-0d6f2b7c1e42")
"""Never change it: ids made in it are how a second import knows what is here already."""
UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)

TITLE_MOST = fields.bounds(Title)[1]
DESCRIPTION_MOST = fields.bounds(Description)[1]
VENDOR_MOST = fields.bounds(Vendor)[1]
COMMENT_MOST = fields.bounds(NewComment.__annotations__["content"])[1]
HOURS = fields.bounds(Hours)
NAME_MOST = ID_MOST = 255

STATUSES = {str(status): status for status in Status}
PRIORITIES = {str(priority): priority for priority in Priority}
ROLES = {"End-User": Role.USER, "Engineer": Role.ENGINEER, "Manager": Role.MANAGER, "Admin": Role.ADMIN}


@dataclass(slots=True)
class Entries:
    """What the file says, as far as it can be told from the file alone."""

    total: int
    valid: list[OldRequest] = field(default_factory=list)
    problems: list[EntryProblem] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    """Fields that are not taken, and in how many places they are."""


def check(entries: list[Any], now: datetime) -> Entries:
    """Every entry ends in `valid` or in `problems`."""
    result = Entries(len(entries))
    first_requests: dict[UUID, int] = {}
    first_comments: dict[UUID, str] = {}
    for entry, raw in enumerate(entries, 1):
        if not isinstance(raw, dict):
            result.problems.append(EntryProblem(entry, None, None, [FieldError("", "must be an object")]))
            continue
        request, errors = _check_entry(entry, raw, now, result.unknown)
        errors += _repetitions(request, first_requests, first_comments)
        if errors:
            result.problems.append(problem(entry, raw.get("id"), raw.get("title"), errors))
        else:
            result.valid.append(request)
    return result


def problem(entry: int, old_id: Any, title: Any, errors: list[FieldError]) -> EntryProblem:
    """Names the entry by what can be shown of it, which may be invalid itself."""
    shown_id = shown(old_id) if isinstance(old_id, str) else None
    return EntryProblem(entry, shown_id, shown(title) if isinstance(title, str) else None, errors)


def shown(text: str) -> str:
    """As much of a text as an answer can carry."""
    return fields.unescape(text[:ID_MOST]).encode("utf-8", "replace").decode()


def _check_entry(
    entry: int, raw: dict[str, Any], now: datetime, unknown: Counter[str]
) -> tuple[OldRequest, list[FieldError]]:
    """The request, with None in place of what is wrong, and the errors; only without errors may it be used."""
    checked = Checked(raw)
    old_id = checked.need("id", fields.text, ID_MOST)
    values: dict[str, Any] = {
        "entry": entry,
        "id": None if old_id is None else _own_id(old_id, "request"),
        "old_id": old_id,
        "title": checked.need("title", fields.text, TITLE_MOST),
        "description": checked.need("description", fields.text, DESCRIPTION_MOST),
        "vendor": checked.need("vendor", fields.text, VENDOR_MOST),
        "status": checked.need("status", fields.one_of, STATUSES),
        "priority": checked.need("priority", fields.one_of, PRIORITIES),
        "created_by_name": checked.need("createdByName", _name),
        "created_by_old_id": checked.take("createdBy", fields.text, ID_MOST),
        "assigned_to_name": checked.take("assignedToName", _name),
        "assigned_to_old_id": checked.take("assignedTo", fields.text, ID_MOST),
        "estimated_hours": checked.take("estimatedHours", fields.whole_number, *HOURS),
        "created_at": checked.need("createdAt", fields.time, now),
    }
    request = OldRequest(**values)
    _check_engineer(checked, raw, request)
    comments = checked.take("comments", _list)
    unknown.update(checked.unknown())
    errors = checked.errors
    for index, comment in enumerate(comments or ()):
        taken, wrong = _check_comment(comment, f"comments[{index}].", request, now, unknown)
        request.comments.append(taken)
        errors += wrong
    return request, errors


def _check_engineer(checked: Checked, raw: dict[str, Any], request: OldRequest) -> None:
    if raw.get("assignedToName") is None:
        if raw.get("assignedTo") is not None:
            checked.refuse("assignedToName", "is missing, though assignedTo names somebody")
        elif request.status in WITH_ENGINEER:
            checked.refuse("assignedToName", f"is missing: a request that is {request.status} has an engineer")


def _check_comment(
    raw: Any, path: str, request: OldRequest, now: datetime, unknown: Counter[str]
) -> tuple[OldComment, list[FieldError]]:
    checked = Checked(raw if isinstance(raw, dict) else {}, path)
    old_id = checked.need("id", fields.text, ID_MOST)
    values: dict[str, Any] = {
        # Other ids than UUIDs may well be counted anew for each request.
        "id": None if old_id is None else _own_id(old_id, f"comment of {request.id or request.entry}"),
        "author_name": checked.need("authorName", _name),
        "author_role": checked.need("authorRole", fields.one_of, ROLES),
        "content": checked.need("content", fields.text, COMMENT_MOST),
        "created_at": checked.need("timestamp", fields.time, now),
    }
    unknown.update(f"comments[].{name}" for name in checked.unknown())
    errors = checked.errors if isinstance(raw, dict) else [FieldError(path.rstrip("."), "must be an object")]
    return OldComment(**values), errors


def _own_id(old_id: str, kind: str) -> UUID:
    """The same UUID, or for any other id always the same one."""
    return UUID(old_id) if UUID_TEXT.fullmatch(old_id) else uuid5(NAMESPACE, f"{kind}: {old_id}")


def _name(value: Any) -> str:
    return fields.text(value, NAME_MOST).strip()


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("must be a list")
    return value


def _repetitions(
    request: OldRequest, first_requests: dict[UUID, int], first_comments: dict[UUID, str]
) -> list[FieldError]:
    """Ids that an earlier entry has too. A repeated request brings its comments again; that needs no more words."""
    # The id is None when it is wrong itself, whatever the type says.
    first = first_requests.setdefault(request.id, request.entry) if request.id else request.entry
    if first != request.entry:
        return [FieldError("id", f"is also the id of entry {first}")]
    errors = []
    for index, comment in enumerate(request.comments):
        place = f"comments[{index}] of entry {request.entry}"
        if comment.id and (first_place := first_comments.setdefault(comment.id, place)) != place:
            errors.append(FieldError(f"comments[{index}].id", f"is also the id of {first_place}"))
    return errors
