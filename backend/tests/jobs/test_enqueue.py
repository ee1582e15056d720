"""A job belongs to the transaction that causes it, and its payload to nobody but the worker."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from simflow.db.pool import Database
from simflow.jobs.service import enqueue
from simflow.settings import Settings
from simflow.users.models import Role, User
from tests.conftest import signed_in_as
from tests.jobs.conftest import PATIENCE, enqueue_as_owner, working

PEOPLE = ["simflow_requester", "simflow_engineer", "simflow_manager", "simflow_admin"]


def somebody(role: Role) -> User:
    return User(uuid4(), "Somebody", None, role, None, True, None)


class Doings:
    """A handler that remembers its payloads."""

    def __init__(self) -> None:
        self.payloads: list[dict[str, Any]] = []
        self._more = asyncio.Event()

    async def __call__(self, _: Database, payload: dict[str, Any]) -> None:
        self.payloads.append(payload)
        self._more.set()

    async def number(self, number: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.payloads) < number:
                self._more.clear()
                await self._more.wait()


@pytest.mark.parametrize("role", Role)
async def test_committed_it_runs_once_and_rolled_back_never(
    desk: asyncpg.Connection, queue_url: str, queue_db: Database, role: Role
) -> None:
    doings = Doings()

    async def fail_after_enqueueing() -> None:
        async with queue_db.transaction(somebody(role)) as tx:
            await enqueue(tx, "note", {"text": "rolled back"})
            raise LookupError

    async with working(queue_url, queue_db, {"note": doings, "last": doings}):
        with pytest.raises(LookupError):
            await fail_after_enqueueing()
        async with queue_db.transaction(somebody(role)) as tx:
            assert await enqueue(tx, "note", {"text": "Größe"}) is not None
        await doings.number(1)
        await enqueue_as_owner(desk, "last")
        await doings.number(2)
    assert doings.payloads == [{"text": "Größe"}, {}]
    assert await desk.fetchval("SELECT count(*) FROM jobs") == 0


async def test_nothing_runs_before_the_commit(desk: asyncpg.Connection, queue_url: str, queue_db: Database) -> None:
    doings = Doings()
    async with working(queue_url, queue_db, {"note": doings, "other": doings}):
        async with queue_db.transaction(somebody(Role.USER)) as tx:
            await enqueue(tx, "note", {"n": 1})
            await enqueue_as_owner(desk, "other")
            await doings.number(1)
            assert doings.payloads == [{}]
        await doings.number(2)
    assert doings.payloads == [{}, {"n": 1}]


async def test_three_workers_do_each_job_once(desk: asyncpg.Connection, queue_url: str, queue_db: Database) -> None:
    doings = Doings()
    async with (
        working(queue_url, queue_db, {"note": doings}),
        working(queue_url, queue_db, {"note": doings}),
        working(queue_url, queue_db, {"note": doings}),
    ):
        async with queue_db.transaction(somebody(Role.USER)) as tx:
            for n in range(200):
                await enqueue(tx, "note", {"n": n})
        await doings.number(200)
    assert sorted(payload["n"] for payload in doings.payloads) == list(range(200))


async def test_with_a_mark_it_waits_only_once(desk: asyncpg.Connection) -> None:
    first = await enqueue_as_owner(desk, "note", once_as="daily")
    assert await enqueue_as_owner(desk, "note", once_as="daily") is None
    assert await enqueue_as_owner(desk, "note", once_as="weekly") is not None
    await desk.execute("UPDATE jobs SET status = 'failed' WHERE id = $1", first)
    again = await enqueue_as_owner(desk, "note", once_as="daily")
    assert await desk.fetchval("SELECT id FROM jobs WHERE dedupe_key = 'daily'") == again


@pytest.mark.parametrize("role", ["none", "simflow_auth", *PEOPLE])
@pytest.mark.parametrize("table", ["jobs", "job_log", "job_schedules", "job_statistics"])
async def test_no_other_role_can_touch_the_queue(settings: Settings, role: str, table: str) -> None:
    for statement in ("SELECT 1 FROM {}", "INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "UPDATE {} SET id = 1"):
        async with signed_in_as(settings, role, None) as tx:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await tx.execute(statement.format(table))


async def test_only_an_admin_reaches_the_dead_and_the_bare_login_queues_nothing(settings: Settings) -> None:
    for role in ("none", "simflow_auth", "simflow_worker", *PEOPLE[:-1]):
        for statement in ("SELECT 1 FROM dead_jobs", "SELECT retry_dead_job(1)", "SELECT drop_dead_job(1)"):
            async with signed_in_as(settings, role, None) as tx:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await tx.execute(statement)
    async with signed_in_as(settings, "none", None) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.execute("SELECT enqueue_job('note', '{}', '0', NULL)")


@pytest.mark.parametrize("column", ["body", "headers", "fingerprint"])
async def test_the_worker_reads_no_answers(settings: Settings, column: str) -> None:
    async with signed_in_as(settings, "simflow_worker", None) as tx:
        assert await tx.fetch("SELECT 1 FROM idempotency_keys WHERE false") == []
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.execute(f"SELECT {column} FROM idempotency_keys")
