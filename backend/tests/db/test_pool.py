"""A pool keeps what was used last at hand, and gives it up whenever somebody waits or something went wrong."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from simflow.db.pool import Database, Pool, planned_anew, planned_once
from simflow.settings import Settings

PID = "SELECT pg_backend_pid()"
SLEEPS = "SELECT wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = $1"


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Database]:
    """Two connections for each role."""
    assert settings.database_url is not None
    db = Database(settings.database_url, 2)
    await db.open()
    yield db
    await asyncio.wait_for(db.close(), 10)


def figures(db: Database) -> tuple[int, int, int]:
    return next((used, idle, limit) for role, used, idle, limit in db.pool_figures() if role == "simflow_auth")


async def test_one_after_the_other_uses_one_connection(db: Database) -> None:
    pids = set()
    for _ in range(5):
        async with db.gate() as gate:
            assert figures(db) == (1, 0, 2)
            pids.add(await gate.fetchval(PID))
        assert figures(db) == (0, 1, 2), "what is at hand is idle"
    assert len(pids) == 1


async def test_who_waits_gets_the_one_that_is_free_next(db: Database) -> None:
    order: list[int] = []

    async def use(number: int) -> None:
        async with db.gate() as gate:
            await gate.fetchval("SELECT 1 FROM pg_sleep(0.01)")
            order.append(number)

    await asyncio.wait_for(asyncio.gather(*(use(number) for number in range(40))), 10)
    assert sorted(order) == list(range(40))
    used, idle, _ = figures(db)
    assert (used, idle <= 2) == (0, True)


async def test_what_failed_is_undone_before_the_next_gets_the_connection(db: Database) -> None:
    async def fail() -> None:
        async with db.gate() as gate:
            await gate.execute("BEGIN")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await both_work(db)


async def test_what_is_planned_once_is_so_as_long_as_it_lasts(db: Database) -> None:
    """However it ends: the next one that uses the connection has its statements planned as ever."""
    mode = "SELECT current_setting('plan_cache_mode')"
    async with db.gate() as gate:
        async with planned_once(gate):
            assert await gate.fetchval(mode) == "force_generic_plan"
        assert await gate.fetchval(mode) == "auto"
        async with planned_anew(gate):
            assert await gate.fetchval(mode) == "force_custom_plan"
        assert await gate.fetchval(mode) == "auto"
        with pytest.raises(asyncpg.DivisionByZeroError):
            async with planned_once(gate):
                await gate.execute("SELECT 1 / 0")
        assert await gate.fetchval(mode) == "auto"
        # In a transaction that is there already, as long as that.
        await gate.execute("BEGIN")
        async with planned_once(gate):
            assert await gate.fetchval(mode) == "force_generic_plan"
        await gate.execute("COMMIT")
        assert await gate.fetchval(mode) == "auto"


async def test_what_was_cancelled_is_undone_before_the_next_gets_the_connection(db: Database, owner_url: str) -> None:
    begun: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def sleep() -> None:
        async with db.gate() as gate:
            begun.set_result(await gate.fetchval(PID))
            await gate.execute("BEGIN; SELECT pg_sleep(60)")

    await cancelled_asleep(asyncio.create_task(sleep()), begun, owner_url)
    await both_work(db)


async def test_what_is_planned_once_ends_quietly_when_it_is_cancelled(db: Database, owner_url: str) -> None:
    """As when somebody leaves Home before it is there: the pool has nothing to undo, which it would tell in the log."""
    loop = asyncio.get_running_loop()
    begun: asyncio.Future[int] = loop.create_future()
    told: list[str] = []

    async def sleep() -> None:
        async with db.gate() as gate, planned_once(gate):
            begun.set_result(await gate.fetchval(PID))
            await gate.execute("SELECT pg_sleep(60)")

    loop.set_exception_handler(lambda _, context: told.append(context["message"]))
    try:
        await cancelled_asleep(asyncio.create_task(sleep()), begun, owner_url)
        await both_work(db)
    finally:
        loop.set_exception_handler(None)
    assert not told


async def cancelled_asleep(task: "asyncio.Task[None]", begun: "asyncio.Future[int]", owner_url: str) -> None:
    superuser = await asyncpg.connect(owner_url.replace("simflow_owner", "postgres"))
    pid = await begun
    while not await superuser.fetchval(SLEEPS, pid):
        pass  # a cancellation that came before the statement would be lost
    await superuser.close()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def both_work(db: Database) -> None:
    async with db.gate() as one, db.gate() as other:
        for gate in (one, other):
            assert not gate.is_in_transaction()
            assert await gate.fetchval("SELECT 1") == 1


async def test_a_transaction_left_open_is_undone_before_the_next_gets_the_connection(db: Database) -> None:
    async with db.gate() as gate:
        await gate.execute("BEGIN; CREATE TEMPORARY TABLE left_open ()")
    async with db.gate() as gate:
        assert not gate.is_in_transaction()
        assert await gate.fetchval("SELECT to_regclass('left_open')") is None


async def test_one_that_the_database_closed_is_replaced(db: Database, owner_url: str) -> None:
    gone = asyncio.Event()
    async with db.gate() as gate:
        pid = await gate.fetchval(PID)
        gate.add_termination_listener(lambda _: gone.set())
    superuser = await asyncpg.connect(owner_url.replace("simflow_owner", "postgres"))
    await superuser.execute("SELECT pg_terminate_backend($1)", pid)
    await superuser.close()
    await asyncio.wait_for(gone.wait(), 10)
    async with db.gate() as gate:
        assert await gate.fetchval(PID) != pid


async def test_put_away_it_is_closed_when_nobody_needs_it(settings: Settings) -> None:
    pool = Pool(await asyncpg.create_pool(settings.database_url, min_size=0, max_inactive_connection_lifetime=0.01))
    closed = asyncio.Event()
    async with pool.connection() as connection:
        connection.add_termination_listener(lambda _: closed.set())
    await pool.put_away()
    await asyncio.wait_for(closed.wait(), 10)
    await pool.close()


async def test_a_connection_that_nobody_gives_back_does_not_keep_it_from_closing(settings: Settings) -> None:
    """The server drops calls whose clients have gone when it stops, and waited for this one until it was killed."""
    assert settings.database_url is not None
    db = Database(settings.database_url, 2)
    await db.open()
    await db.worker().__aenter__()
    async with db.gate() as gate:
        await gate.fetchval(PID)
    assert sum(used for _, used, _, _ in db.pool_figures()) == 1
    await asyncio.wait_for(db.close(), 5)
    assert {(used, idle) for _, used, idle, _ in db.pool_figures()} == {(0, 0)}
