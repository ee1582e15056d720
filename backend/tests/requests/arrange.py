"""Puts requests into the database as they are needed, past the API."""

from typing import Any

import asyncpg

from tests.conftest import Caller
from tests.requests.table import WITH_ENGINEER

INSERT = """
INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name, assigned_to,
    assigned_to_name, estimated_hours, created_at)
SELECT $1, $2, $3, $4, $5, $6::uuid, $7, $8::uuid, $9, CASE WHEN $8::uuid IS NOT NULL THEN 8 END,
    coalesce($10::timestamptz, now())
RETURNING id::text, 'SF-' || number AS key, number, status, version, title
"""


async def put(
    owner: asyncpg.Connection,
    creator: Caller,
    status: str = "Submitted",
    engineer: Caller | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """A request in that status; the engineer is assigned where the status has one."""
    assigned = engineer if status in WITH_ENGINEER else None
    row = await owner.fetchrow(
        INSERT,
        fields.get("title", "Reach study"),
        fields.get("description", "Cell 4"),
        fields.get("vendor", "FANUC"),
        fields.get("priority", "Low"),
        status,
        creator.id,
        creator.user["name"],
        assigned.id if assigned else None,
        assigned.user["name"] if assigned else None,
        fields.get("created_at"),
    )
    return dict(row)
