"""Puts requests into the database as they are needed, past the API."""

from typing import Any

import asyncpg

from tests.conftest import Caller
from tests.requests.table import WITH_ENGINEER

COLUMNS = "title description vendor priority status created_by created_by_name assigned_to assigned_to_name"
INSERT = f"""
INSERT INTO requests ({COLUMNS.replace(" ", ", ")}, estimated_hours, created_at)
SELECT {COLUMNS.replace(" ", ", ")}, CASE WHEN assigned_to IS NOT NULL THEN 8 END, coalesce(created_at, now())
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::uuid[], $9::text[],
    $10::timestamptz[]) AS new ({COLUMNS.replace(" ", ", ")}, created_at)
RETURNING id::text, 'SF-' || number AS key, status, version, title
"""


def as_row(creator: Caller, status: str = "Submitted", engineer: Caller | None = None, **fields: Any) -> list[Any]:
    """The values of a request; the engineer is assigned where the status has one."""
    assigned = engineer if status in WITH_ENGINEER else None
    return [
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
    ]


async def put_all(owner: asyncpg.Connection, requests: list[list[Any]]) -> list[dict[str, Any]]:
    """Many requests at once, in their order."""
    return [dict(row) for row in await owner.fetch(INSERT, *zip(*requests, strict=True))]


async def put(
    owner: asyncpg.Connection,
    creator: Caller,
    status: str = "Submitted",
    engineer: Caller | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """One request."""
    (row,) = await put_all(owner, [as_row(creator, status, engineer, **fields)])
    return row
