"""Jobs that have failed for good: what a row is, what JSON is."""

from datetime import datetime

from msgspec import Struct


class DeadRow(Struct):
    """One row of the view `dead_jobs`; there is no error where its line in the log was cleaned up."""

    id: int
    name: str
    attempts: int
    created_at: datetime
    died_at: datetime
    error_type: str | None
    error_message: str | None


class DeadJob(Struct, rename="camel"):
    """A job that failed at each of its attempts. `error` is the last one, in one line."""

    id: int
    name: str
    attempts: int
    error: str
    created_at: datetime
    died_at: datetime


class DeadJobPage(Struct, rename="camel"):
    """`nextCursor` is null on the last page."""

    jobs: list[DeadJob]
    next_cursor: str | None
