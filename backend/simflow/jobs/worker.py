"""Takes jobs from the queue and does them, until it is told to stop."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import asyncpg
import msgspec
import structlog
from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.core.applications import PgQueuer
from pgqueuer.core.executors import EntrypointExecutorParameters
from pgqueuer.domain.models import Job, Schedule

from simflow.db.pool import Database, DbRole
from simflow.jobs.queue import DATABASE_TROUBLE, NAMES, Attempt, Pace, Repository
from simflow.jobs.registry import HANDLERS, SCHEDULES, Handler
from simflow.jobs.service import enqueue

log = structlog.get_logger()

AT_ONCE = 10
"""Jobs that one worker does at the same time."""
CONNECTIONS = 3
"""Of the queue itself, one of which only listens; what the jobs use comes on top."""
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 5.0
"""Between two attempts to reach a database that is away; the wait doubles."""


class Worker:
    """One worker. Any number of them may run on one database."""

    def __init__(
        self,
        url: str,
        db: Database,
        handlers: Mapping[str, Handler] = HANDLERS,
        schedules: Mapping[str, str] = SCHEDULES,
        pace: Pace | None = None,
    ) -> None:
        self._url = url
        self._db = db
        self._handlers = handlers
        self._schedules = schedules
        self._pace = pace or Pace()
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Takes nothing new; `run` returns once what is running is done, or has had its time."""
        self._stopping.set()

    async def run(self) -> None:
        """Until it is stopped. Survives a database that goes away, or is not migrated yet."""
        wait = FIRST_WAIT_SECONDS
        while not self._stopping.is_set():
            try:
                async with self._pool() as pool:
                    wait = FIRST_WAIT_SECONDS
                    await self._serve(self._queue(pool))
            except DATABASE_TROUBLE as error:
                log.warning("jobs wait for the database", error=repr(error))
            except Exception as error:
                log.error("jobs are interrupted", error=repr(error))
            else:
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._stopping.wait()
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    @asynccontextmanager
    async def _pool(self) -> AsyncIterator[asyncpg.Pool]:
        """A new one each time, once it connects: PgQueuer does not give back a listening connection that broke."""
        pool = await asyncpg.create_pool(
            self._url,
            min_size=0,
            max_size=CONNECTIONS,
            timeout=5,
            command_timeout=30,
            server_settings={
                "role": DbRole.WORKER.value,
                "application_name": "simflow worker",
                "timezone": "UTC",
            },
        )
        try:
            async with pool.acquire():
                pass
            yield pool
        finally:
            pool.terminate()

    def _queue(self, pool: asyncpg.Pool) -> PgQueuer:
        driver = AsyncpgPoolDriver(pool)
        queue = PgQueuer(driver, channel=NAMES.channel, queries=Repository(driver))
        for name, handler in self._handlers.items():
            queue.entrypoint(name, on_failure="hold", executor_factory=self._attempt)(partial(self._do, handler))
        for name, expression in self._schedules.items():
            queue.schedule(name, expression, accepts_context=False)(self._enqueue_scheduled)
        return queue

    def _attempt(self, parameters: EntrypointExecutorParameters) -> Attempt:
        return Attempt(parameters, self._db, self._pace)

    async def _do(self, handler: Handler, job: Job) -> None:
        payload: dict[str, Any] = msgspec.json.decode(job.payload or b"{}")
        await handler(self._db, payload)

    async def _enqueue_scheduled(self, schedule: Schedule) -> None:
        """A schedule only queues its job, which then has its attempts and its place among the dead as any other."""
        async with self._db.worker() as connection:
            await enqueue(connection, schedule.entrypoint, {}, once_as=schedule.entrypoint)

    async def _serve(self, queue: PgQueuer) -> None:
        """Until this worker is stopped, or the queue fails."""
        running = asyncio.create_task(
            queue.run(
                dequeue_timeout=self._pace.poll,
                batch_size=AT_ONCE // 2,
                max_concurrent_tasks=AT_ONCE,
                heartbeat_timeout=self._pace.heartbeat_timeout,
                # Statistics for dashboards that we do not use.
                log_aggregation_interval=self._pace.poll * 0,
                shutdown_on_listener_failure=True,
            )
        )
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        queue.shutdown.set()
        _, late = await asyncio.wait({running}, timeout=self._pace.stop.total_seconds())
        if late:
            log.warning("jobs are given back to the queue, as they take too long to wait for")
            running.cancel()
            await asyncio.wait({running})
        if not running.cancelled():
            running.result()
