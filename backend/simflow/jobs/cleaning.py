"""Jobs that delete what has had its time, in small transactions, and make little of much."""

from typing import Any

import structlog

from simflow.db.pool import Database
from simflow.db.queries import Query
from simflow.jobs import queries

log = structlog.get_logger()

BATCH = 1000
"""Rows of one transaction."""


async def clean_idempotency_keys(db: Database, _: dict[str, Any]) -> None:
    await _clean(db, queries.clean_idempotency_keys)


async def clean_sessions(db: Database, _: dict[str, Any]) -> None:
    await _clean(db, queries.clean_sessions)


async def clean_sign_in_failures(db: Database, _: dict[str, Any]) -> None:
    await _clean(db, queries.clean_sign_in_failures)


async def clean_events(db: Database, _: dict[str, Any]) -> None:
    await _clean(db, queries.clean_events)


async def clean_job_log(db: Database, _: dict[str, Any]) -> None:
    await _clean(db, queries.clean_job_log)


async def fold_request_counts(db: Database, _: dict[str, Any]) -> None:
    async with db.worker() as connection:
        await queries.fold_request_counts.one(connection)


async def gather_words(db: Database, _: dict[str, Any]) -> None:
    await _all(db, queries.gather_words)


async def keep_frequent_words(db: Database, _: dict[str, Any]) -> None:
    """Each in a transaction of its own: nothing else gathers words meanwhile."""
    some = True
    while some:
        async with db.worker() as connection:
            some = await queries.keep_frequent_word.one(connection)


async def clean_drafts(db: Database, _: dict[str, Any]) -> None:
    await _clean(db, queries.clean_drafts)


async def _clean(db: Database, query: Query[int]) -> None:
    if total := await _all(db, query):
        log.info("cleaned up", job=query.name, rows=total)


async def _all(db: Database, query: Query[int]) -> int:
    total, some = 0, BATCH
    while some == BATCH:
        async with db.worker() as connection:
            some = await query.one(connection, limit=BATCH)
        total += some
    return total
