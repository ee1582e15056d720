"""PgQueuer as it is used here: the names of its tables, how a job is tried again, where its messages go."""

import asyncio
import logging
import random
import time
from dataclasses import dataclass
from datetime import timedelta

import asyncpg
import structlog
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.executors import EntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context, Job, TracebackRecord
from pgqueuer.domain.settings import DBSettings, Durability
from pgqueuer.domain.types import Channel
from pgqueuer.ports.driver import Driver

from simflow.db.pool import Database
from simflow.jobs import queries
from simflow.reporting import report

log = structlog.get_logger()

DATABASE_TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)

# Each name, so that nothing in the environment (PGQUEUER_PREFIX, even a plain CHANNEL) can change one.
NAMES = DBSettings(
    prefix="",
    db_schema=None,
    channel=Channel("jobs"),
    function="jobs_changed",
    statistics_table="job_statistics",
    queue_status_type="job_status",
    queue_table="jobs",
    queue_table_log="job_log",
    trigger="jobs_tell",
    schedules_table="job_schedules",
    durability=Durability.durable,
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How patiently jobs are done."""

    attempts: int = 10
    """With the delays below, the last one comes about 50 minutes after the first."""
    first_delay: timedelta = timedelta(seconds=5)
    longest_delay: timedelta = timedelta(minutes=30)
    most_lost: int = 5
    """A job whose worker ended under it so often is to blame itself, and not tried again."""
    heartbeat_timeout: timedelta = timedelta(seconds=30)
    """A job whose worker has said nothing for so long is taken up by another one."""
    poll: timedelta = timedelta(seconds=5)
    """A new job is heard of at once; this bounds what a lost message costs."""
    stop: timedelta = timedelta(seconds=20)
    """What is running when the worker is told to stop may take this long."""

    def delay_after(self, attempt: int) -> timedelta:
        """Doubles from one attempt to the next, less a random part of up to a half, so that failures spread."""
        longest = min(self.first_delay * (1 << min(attempt, 30)), self.longest_delay)
        return longest * random.uniform(0.5, 1)  # noqa: S311


class LostTooOften(Exception):
    """The worker ended each time while it was at this job."""


class Attempt(EntrypointExecutor):
    """One attempt at a job, and what becomes of the job when it fails."""

    def __init__(self, parameters: EntrypointExecutorParameters, db: Database, pace: Pace) -> None:
        super().__init__(parameters)
        self._db = db
        self._pace = pace

    async def execute(self, job: Job, context: Context) -> None:
        """Raises `RetryRequested`; or the error itself, after which the job is dead."""
        try:
            await self._refuse_when_lost_too_often(job)
            await super().execute(job, context)
        except asyncio.CancelledError:
            # PgQueuer would take it for done with; but only the worker ends.
            raise RetryRequested(reason="its worker was stopped") from None
        except Exception as error:
            told = f"{type(error).__name__}: {' '.join(str(error).split())}"
            attempt = job.attempts + 1
            if attempt >= self._pace.attempts or isinstance(error, LostTooOften):
                log.error("job is dead", job=job.entrypoint, id=job.id, attempt=attempt, error=told)
                report(error, job=job.entrypoint)
                raise
            delay = self._pace.delay_after(job.attempts)
            seconds = round(delay.total_seconds(), 1)
            log.warning("job failed", job=job.entrypoint, id=job.id, attempt=attempt, error=told, again_in=seconds)
            raise RetryRequested(delay, told) from error

    async def _refuse_when_lost_too_often(self, job: Job) -> None:
        async with self._db.worker() as connection:
            lost = await queries.times_lost.one(connection, job_id=job.id)
        if lost >= self._pace.most_lost:
            raise LostTooOften(f"Its worker was lost {lost} times while it was at this job.")


class Repository(Queries):
    """PgQueuer's queries, on our tables."""

    def __init__(self, driver: Driver) -> None:
        super().__init__(driver, QueryBuilderEnvironment(NAMES), QueryQueueBuilder(NAMES), QuerySchedulerBuilder(NAMES))

    async def retry_job(self, job: Job, delay: timedelta, traceback_record: TracebackRecord | None) -> None:
        """Without a database the job stays as it is, and is taken up once its heartbeat is old.

        PgQueuer would give it up as failed, whatever attempts it has left.
        """
        try:
            await super().retry_job(job, delay, traceback_record)
        except DATABASE_TROUBLE as error:
            log.warning("job waits for the database", job=job.entrypoint, id=job.id, error=repr(error))


class ToOurLog(logging.Handler):
    """The warnings of the libraries, each in one line; the same one at most every ten seconds."""

    TOLD_BY_US = "Exception while processing entrypoint/job-id"

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._last: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        now, kind = time.monotonic(), str(record.msg)
        if kind.startswith(self.TOLD_BY_US) or now - self._last.get(kind, -10) < 10:
            return
        self._last[kind] = now
        error = record.exc_info[1] if record.exc_info else None
        level = logging.WARNING if isinstance(error, DATABASE_TROUBLE) else record.levelno
        log.log(level, record.getMessage(), **({"error": repr(error)} if error else {}))


def send_messages_to_our_log() -> None:
    """What PgQueuer, the driver and the event loop have to say, which is else written with its traceback."""
    handler = ToOurLog()
    for name in ("pgqueuer", "asyncpg", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
