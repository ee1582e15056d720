"""A database of its own, so that workers and cleaning touch nothing of other tests; and workers in this process."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from simflow.db import embedded
from simflow.db.migrate import migrate
from simflow.db.pool import Database
from simflow.jobs.queue import Pace
from simflow.jobs.registry import Handler
from simflow.jobs.worker import Worker

PATIENCE = 15
"""Seconds after which a test gives up on something that should take a fraction of one."""
QUICK = Pace(
    attempts=3,
    first_delay=timedelta(milliseconds=20),
    longest_delay=timedelta(milliseconds=50),
    heartbeat_timeout=timedelta(seconds=10),
    poll=timedelta(milliseconds=200),
    stop=timedelta(seconds=10),
)
DATABASE = "jobs_tests"


@pytest.fixture(scope="package")
async def queue_url(server: embedded.EmbeddedServer) -> AsyncIterator[str]:
    """The application's user in a migrated database of its own."""
    superuser = await asyncpg.connect(server.url("postgres", "postgres"))
    await superuser.execute(f"CREATE DATABASE {DATABASE} OWNER simflow_owner")
    await asyncio.to_thread(migrate, server.url("simflow_owner", DATABASE))
    yield server.url("simflow_user", DATABASE)
    await superuser.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
    await superuser.close()


@pytest.fixture
async def desk(server: embedded.EmbeddedServer, queue_url: str) -> AsyncIterator[asyncpg.Connection]:
    """The owner of that database, with an empty queue."""
    connection = await asyncpg.connect(server.url("simflow_owner", DATABASE))
    await connection.execute("TRUNCATE jobs, job_log, job_schedules")
    yield connection
    await connection.close()


@pytest.fixture
async def queue_db(queue_url: str) -> AsyncIterator[Database]:
    db = Database(queue_url, 5)
    await db.open()
    yield db
    await db.close()


@asynccontextmanager
async def working(
    url: str,
    db: Database,
    handlers: Mapping[str, Handler],
    schedules: Mapping[str, str] | None = None,
    **pace: Any,
) -> AsyncIterator[Worker]:
    """A worker, stopped at the end."""
    worker = Worker(url, db, handlers, schedules or {}, replace(QUICK, **pace))
    task = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        worker.stop()
        async with asyncio.timeout(PATIENCE):
            await task


async def until(true: Callable[[], Any]) -> Any:
    """What a question gives, asked again until it gives something; for what cannot be waited for otherwise."""
    async with asyncio.timeout(PATIENCE):
        while True:
            answer = true()
            if asyncio.iscoroutine(answer):
                answer = await answer
            if answer:
                return answer
            await asyncio.sleep(0.02)


async def enqueue_as_owner(desk: asyncpg.Connection, name: str, once_as: str | None = None) -> int:
    return await desk.fetchval("SELECT enqueue_job($1, '{}', '0', $2)", name, once_as)
