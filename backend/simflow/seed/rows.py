"""Brings stories into the database, through COPY."""

from collections.abc import Iterable
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from simflow.db.queries import Connection
from simflow.seed.story import Remark, Story

REQUEST_COLUMNS = (
    "id", "title", "description", "vendor", "status", "priority", "created_by", "created_by_name", "assigned_to",
    "assigned_to_name", "estimated_hours", "created_at", "updated_at", "version",
)  # fmt: skip
COMMENT_COLUMNS = (
    "id", "request_id", "author_id", "author_name", "author_role", "content", "internal", "created_at",
)  # fmt: skip
LOG_COLUMNS = ("request_id", "user_id", "user_name", "action", "details", "internal", "created_at")
Row = tuple[Any, ...]


class Rows:
    """Rows of the three tables, in the order of the columns above."""

    def __init__(self) -> None:
        self.requests: list[Row] = []
        self.comments: list[Row] = []
        self.log: list[Row] = []

    def add(self, rng: Random, story: Story, remarks: Iterable[Remark]) -> None:
        """The story's last state, its comments, and the log of both in the order of time."""
        request_id = new_id(rng)
        engineer = story.engineer
        self.requests.append(
            (
                request_id,
                story.title,
                story.description,
                story.topic.vendor,
                story.status,
                story.priority,
                story.creator.id,
                story.creator.name,
                engineer and engineer.id,
                engineer and engineer.name,
                story.hours,
                _time(story.created),
                _time(story.events[-1].at),
                len(story.events),
            )
        )
        log = [
            (event.at, (request_id, event.actor.id, event.actor.name, event.action, _json(event.details), False))
            for event in story.events
        ]
        for remark in remarks:
            comment_id, author = new_id(rng), remark.author
            self.comments.append(
                (
                    comment_id,
                    request_id,
                    author.id,
                    author.name,
                    author.role,
                    remark.content,
                    remark.internal,
                    _time(remark.at),
                )
            )
            details = _json({"commentId": comment_id, "internal": remark.internal})
            log.append((remark.at, (request_id, author.id, author.name, "commented", details, remark.internal)))
        log.sort(key=lambda line: line[0])
        self.log += [(*row, _time(at)) for at, row in log]

    async def copy(self, tx: Connection) -> None:
        await tx.copy_records_to_table("requests", columns=REQUEST_COLUMNS, records=self.requests)
        await tx.copy_records_to_table("comments", columns=COMMENT_COLUMNS, records=self.comments)
        await tx.copy_records_to_table("activity_log", columns=LOG_COLUMNS, records=self.log)


def new_id(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _json(details: dict[str, Any]) -> str:
    return msgspec.json.encode(details).decode()
