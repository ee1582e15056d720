"""Notifications: what a row is, what JSON is."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class Notification(Struct, rename="camel"):
    """Somebody did something that the caller wants to know. `action` is `mentioned`, or that of the log."""

    id: int
    action: str
    request_id: UUID
    key: str
    title: str
    comment_id: UUID | None
    actor_id: UUID | None
    actor_name: str
    created_at: datetime
    read_at: datetime | None


class NotificationPage(Struct, rename="camel"):
    """`unread` counts to 100 and no further; `nextCursor` is null on the last page."""

    notifications: list[Notification]
    unread: int
    next_cursor: str | None
