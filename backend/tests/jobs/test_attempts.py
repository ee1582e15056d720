"""Failing, trying again, dying; stopping; being killed; losing the database."""

import asyncio
import logging
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.domain.models import Job
from pgqueuer.domain.types import JobId, QueueEntrypoint
from structlog.testing import capture_logs

from simflow.db import embedded
from simflow.db.pool import Database
from simflow.jobs.queue import Pace, Repository, ToOurLog
from simflow.jobs.registry import SCHEDULES
from tests.jobs.conftest import DATABASE, PATIENCE, enqueue_as_owner, until, working
from tests.jobs.test_enqueue import Doings


class Failing:
    """Fails so many times, then does it."""

    def __init__(self, times: int) -> None:
        self.left = times
        self.began = 0
        self.done = asyncio.Event()

    async def __call__(self, _: Database, __: dict[str, Any]) -> None:
        self.began += 1
        if self.left:
            self.left -= 1
            raise ValueError("The disk\nis full.")
        self.done.set()


class Holding:
    """Runs until it is let go."""

    def __init__(self) -> None:
        self.began = asyncio.Event()
        self.let_go = asyncio.Event()
        self.ended = False

    async def __call__(self, _: Database, __: dict[str, Any]) -> None:
        self.began.set()
        await self.let_go.wait()
        self.ended = True


async def dead(desk: asyncpg.Connection) -> asyncpg.Record | None:
    return await desk.fetchrow("SELECT * FROM dead_jobs")


async def test_a_failed_job_is_tried_again(desk: asyncpg.Connection, queue_url: str, queue_db: Database) -> None:
    failing = Failing(2)
    async with working(queue_url, queue_db, {"note": failing}):
        await enqueue_as_owner(desk, "note")
        async with asyncio.timeout(PATIENCE):
            await failing.done.wait()
    assert failing.began == 3
    assert await desk.fetchval("SELECT count(*) FROM jobs") == 0


async def test_after_the_last_attempt_it_is_kept_with_its_error_until_it_is_retried(
    desk: asyncpg.Connection, queue_url: str, queue_db: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    failing = Failing(3)
    async with working(queue_url, queue_db, {"note": failing}):
        job = await enqueue_as_owner(desk, "note", once_as="daily")
        row = await until(lambda: dead(desk))
        assert (row["id"], row["name"], row["attempts"]) == (job, "note", 3)
        assert (row["error_type"], row["error_message"]) == ("ValueError", "The disk\nis full.")
        stored = await desk.fetchval("SELECT traceback ->> 'traceback' FROM job_log WHERE status = 'failed'")
        assert "Traceback" in stored
        assert "in __call__" in stored
        await enqueue_as_owner(desk, "other", once_as="weekly")
        assert await desk.fetchval("SELECT retry_dead_job($1)", job)
        async with asyncio.timeout(PATIENCE):
            await failing.done.wait()
    assert failing.began == 4
    assert await dead(desk) is None
    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err


def test_delays_grow_up_to_a_bound_and_differ() -> None:
    pace = Pace()
    for attempt in range(200):
        longest = min(pace.first_delay * 2**attempt, pace.longest_delay) if attempt < 20 else pace.longest_delay
        assert longest / 2 <= pace.delay_after(attempt) <= longest
    assert len({pace.delay_after(3) for _ in range(20)}) > 10


async def test_a_stopped_worker_finishes_what_it_does_and_takes_nothing_new(
    desk: asyncpg.Connection, queue_url: str, queue_db: Database
) -> None:
    holding, doings = Holding(), Doings()
    async with working(queue_url, queue_db, {"hold": holding, "note": doings}) as worker:
        await enqueue_as_owner(desk, "hold")
        async with asyncio.timeout(PATIENCE):
            await holding.began.wait()
        worker.stop()
        await enqueue_as_owner(desk, "note")
        holding.let_go.set()
    assert holding.ended
    assert doings.payloads == []
    assert [row["entrypoint"] for row in await desk.fetch("SELECT entrypoint FROM jobs")] == ["note"]


async def test_what_takes_too_long_to_stop_is_given_back_at_once(
    desk: asyncpg.Connection, queue_url: str, queue_db: Database
) -> None:
    holding = Holding()
    async with working(queue_url, queue_db, {"hold": holding}, stop=timedelta(seconds=0.1)):
        await enqueue_as_owner(desk, "hold")
        async with asyncio.timeout(PATIENCE):
            await holding.began.wait()
    row = await desk.fetchrow("SELECT status, queue_manager_id, execute_after <= now() AS due FROM jobs")
    assert (row["status"], row["queue_manager_id"], row["due"]) == ("queued", None, True)
    doings = Doings()
    async with working(queue_url, queue_db, {"hold": doings}):
        await doings.number(1)


HELD = """
import asyncio, sys
from datetime import timedelta
from simflow.db.pool import Database
from simflow.jobs.queue import Pace, Repository, ToOurLog
from simflow.jobs.registry import SCHEDULES
from simflow.jobs.worker import Worker

async def hold(db, payload):
    print("began", flush=True)
    await asyncio.sleep(60)

async def main():
    db = Database(sys.argv[1], 2)
    await db.open()
    pace = Pace(heartbeat_timeout=timedelta(seconds=0.5), poll=timedelta(seconds=0.2))
    await Worker(sys.argv[1], db, {"hold": hold}, {}, pace).run()

asyncio.run(main())
"""


async def test_killed_in_the_middle_of_a_job_another_worker_takes_it_up(
    desk: asyncpg.Connection, queue_url: str, queue_db: Database
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        HELD,
        queue_url,
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        await enqueue_as_owner(desk, "hold")
        async with asyncio.timeout(PATIENCE):
            assert await process.stdout.readline() == b"began\n"
    finally:
        process.kill()
        await process.communicate()
    doings = Doings()
    async with working(queue_url, queue_db, {"hold": doings}, heartbeat_timeout=timedelta(seconds=0.5)):
        await doings.number(1)
    assert await desk.fetchval("SELECT count(*) FROM jobs") == 0


async def test_a_living_job_is_left_to_its_worker(desk: asyncpg.Connection, queue_url: str, queue_db: Database) -> None:
    holding, doings = Holding(), Doings()
    beat = timedelta(seconds=0.3)
    async with working(queue_url, queue_db, {"hold": holding}, heartbeat_timeout=beat):
        job = await enqueue_as_owner(desk, "hold")
        async with asyncio.timeout(PATIENCE):
            await holding.began.wait()
        begun = await desk.fetchval("SELECT heartbeat FROM jobs WHERE id = $1", job)
        async with working(queue_url, queue_db, {"hold": doings}, heartbeat_timeout=beat):
            await until(
                lambda: desk.fetchval(
                    "SELECT heartbeat > $2::timestamptz + interval '1 s' FROM jobs WHERE id = $1", job, begun
                )
            )
            holding.let_go.set()
            await until(lambda: desk.fetchval("SELECT count(*) = 0 FROM jobs"))
    assert holding.ended
    assert doings.payloads == []


async def test_a_job_that_takes_its_worker_along_is_not_tried_for_ever(
    desk: asyncpg.Connection, queue_url: str, queue_db: Database
) -> None:
    job = await enqueue_as_owner(desk, "note")
    await desk.execute("UPDATE jobs SET status = 'picked', heartbeat = now() - interval '1 day'")
    await desk.execute(
        "INSERT INTO job_log (job_id, status, priority, entrypoint)"
        " SELECT $1, 'picked', 0, 'note' FROM generate_series(1, 5)",
        job,
    )
    doings = Doings()
    async with working(queue_url, queue_db, {"note": doings}):
        row = await until(lambda: dead(desk))
        assert row["error_type"] == "LostTooOften"
        assert doings.payloads == []
        await desk.fetchval("SELECT retry_dead_job($1)", job)
        await doings.number(1)


async def test_it_goes_on_once_the_database_is_back(
    server: embedded.EmbeddedServer, desk: asyncpg.Connection, queue_url: str, queue_db: Database
) -> None:
    """Also with a job that failed since the database was away: that is not its last attempt."""
    postgres = await asyncpg.connect(server.url("postgres", "postgres"))
    away, doings = asyncio.Event(), Doings()

    async def needs_it(db: Database, payload: dict[str, Any]) -> None:
        if not away.is_set():
            await postgres.execute(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS false")
            await postgres.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = $1 AND application_name LIKE 'simflow worker%'",
                DATABASE,
            )
            away.set()
        async with db.worker() as connection:
            await connection.execute("SELECT 1")
        await doings(db, payload)

    try:
        async with working(queue_url, queue_db, {"note": needs_it}, heartbeat_timeout=timedelta(seconds=0.5)):
            await enqueue_as_owner(desk, "note")
            async with asyncio.timeout(PATIENCE):
                await away.wait()
                await asyncio.sleep(0.5)
                await postgres.execute(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS true")
            await doings.number(1)
            await enqueue_as_owner(desk, "note")
            await doings.number(2)
        assert await dead(desk) is None
    finally:
        await postgres.execute(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS true")
        await postgres.close()


async def test_a_job_that_cannot_be_put_back_is_not_given_up(
    queue_url: str,
) -> None:
    """PgQueuer takes any error of this call for a reason to call the job dead."""
    gone = await asyncpg.connect(queue_url)
    await gone.close()
    job = Job.model_construct(id=JobId(1), entrypoint=QueueEntrypoint("note"))
    await Repository(AsyncpgDriver(gone)).retry_job(job, timedelta(0), None)


def test_messages_of_libraries_are_one_line_and_not_repeated() -> None:
    logger = logging.Logger("library")
    logger.addHandler(ToOurLog())
    with capture_logs() as said:
        for number in range(3):
            try:
                raise ConnectionRefusedError
            except OSError:
                logger.exception("Flush failed, %d items", number)
        logger.info("Nothing")
    assert said == [{"event": "Flush failed, 0 items", "error": "ConnectionRefusedError()", "log_level": "warning"}]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_command_stops_on_a_signal_and_says_nothing(
    desk: asyncpg.Connection, queue_url: str, number: signal.Signals
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "simflow.cli",
        "worker",
        cwd=Path(__file__).parents[2],
        env=os.environ | {"DATABASE_URL": queue_url},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        await until(lambda: desk.fetchval("SELECT count(*) = $1 FROM job_schedules", len(SCHEDULES)))
        process.send_signal(number)
        async with asyncio.timeout(PATIENCE):
            output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    assert (process.returncode, output) == (0, b"")
