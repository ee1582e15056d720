"""The log of a request: what a row is, what JSON is."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct


class LogRow(Struct):
    """`seq` orders the rows; `details` is JSON text."""

    seq: int
    id: UUID
    action: str
    user_id: UUID | None
    user_name: str
    details: str
    created_at: datetime


class Entry(Struct, rename="camel"):
    """Who did what, when; `details` tells what it was and what it became."""

    id: UUID
    action: str
    user_id: UUID | None
    user_name: str
    details: dict[str, Any]
    created_at: datetime


class ActivityPage(Struct, rename="camel"):
    """`nextCursor` is null on the last page."""

    activity: list[Entry]
    next_cursor: str | None
