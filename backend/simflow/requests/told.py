"""Filters in words, for files that must say what they hold."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from simflow.db.queries import Connection
from simflow.requests import queries
from simflow.requests.filters import Filters

TITLES = {
    "status": "Status",
    "priority": "Priority",
    "vendor": "Vendor",
    "tag": "Tag",
    "study_type": "Type of study",
    "field": "Simulation data",
    "due_from": "Due from",
    "due_to": "Due before",
    "overdue": "Overdue",
    "watching": "Watched by you",
    "assigned_to": "Engineer",
    "created_by": "Requester",
    "q": "Search",
    "waits_for": "Waits for",
    "created_from": "Created from",
    "created_to": "Created before",
    "completed_from": "Completed from",
    "completed_to": "Completed before",
    "status_before": "In its status since before",
    "status_then": "Status at that time",
    "as_of": "At the time",
    "first_time_right": "Right the first time",
}
PEOPLE = ("assigned_to", "created_by")


async def told(tx: Connection, filters: Filters) -> list[tuple[str, str]]:
    """Each filter with its values; one line that says so where there is none. People are named."""
    named = [name for field in PEOPLE for name in getattr(filters, field) or () if name not in ("me", "none")]
    names = {}
    if named:
        people = await queries.name_people.all(tx, ids=[UUID(name) for name in named])
        names = {str(person.id): person.name for person in people}
    given = {field: value for field, value in msgspec.structs.asdict(filters).items() if value is not None}
    lines = [(TITLES[field], _words(value, names)) for field, value in given.items() if field in TITLES]
    return lines or [("Filter", "None: all that you may see")]


def _words(value: Any, names: dict[str, str]) -> str:
    match value:
        case list():
            return ", ".join(_words(one, names) for one in value)
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    return names.get(str(value).lower(), str(value))
