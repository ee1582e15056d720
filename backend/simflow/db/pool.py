"""Connections and transactions. A transaction belongs to a person: row-level security sees through their eyes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

import asyncpg

from simflow.db.queries import Connection
from simflow.errors import TooMany


class DbRole(StrEnum):
    """What the application's login becomes: a person's role by its wire name, the gate to sessions, the worker,
    or who counts."""

    AUTH = "simflow_auth"
    WORKER = "simflow_worker"
    MONITOR = "simflow_monitor"
    USER = "simflow_requester"
    ENGINEER = "simflow_engineer"
    MANAGER = "simflow_manager"
    ADMIN = "simflow_admin"


# How alike a misspelt word must be to the one meant; 0.45 forgives two swapped letters in a word of five.
TYPO_THRESHOLD = "0.45"


PUT_AWAY_SECONDS = 30
CLOSE_SECONDS = 2


class Person(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def role(self) -> str: ...


class Pool:
    """asyncpg's pool, with what was used last at hand: the way through the pool takes a tenth of a short call."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._at_hand: list[Any] = []
        self._waiting = 0

    def connection(self) -> "Lent":
        """One that ended well stays at hand, unless somebody waits. Raises TimeoutError when none is free for 10 s."""
        return Lent(self)

    async def give_back(self, connection: Any, ended_well: bool) -> None:
        if ended_well and not self._waiting and _is_open(connection) and not connection.is_in_transaction():
            self._at_hand.append(connection)
        else:
            await self._pool.release(connection)

    async def take(self) -> Any:
        while self._at_hand:
            connection = self._at_hand.pop()
            if _is_open(connection):
                return connection
            await self._pool.release(connection)
        self._waiting += 1
        try:
            return await self._pool.acquire(timeout=10)
        finally:
            self._waiting -= 1

    async def put_away(self) -> None:
        """Gives what is at hand back to the pool, which closes what nobody has needed for five minutes."""
        while self._at_hand:
            await self._pool.release(self._at_hand.pop())

    async def close(self) -> None:
        await self.put_away()
        await self._pool.close()

    def terminate(self) -> None:
        """Closes every connection, also those in use: their transactions are rolled back."""
        self._pool.terminate()

    def figures(self) -> tuple[int, int, int]:
        """How many connections are used and how many idle, and how many there may be."""
        idle = self._pool.get_idle_size() + len(self._at_hand)
        return self._pool.get_size() - idle, idle, self._pool.get_max_size()


class Lent(AbstractAsyncContextManager[Connection]):
    """A connection of a pool for as long as this lasts; as a generator it took twice as long."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def __aenter__(self) -> Connection:
        connection: Connection = await self._pool.take()
        self._connection = connection
        return connection

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        await self._pool.give_back(self._connection, kind is None)


def _is_open(connection: Any) -> bool:
    """One that the database closed has gone back to its pool by itself."""
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:
        return False


class Database:
    """A pool for each database role, so that cached plans stay those of one policy."""

    def __init__(self, url: str, pool_size: int) -> None:
        self._url = url
        self._pool_size = pool_size
        self._pools: dict[DbRole, Pool] = {}
        # Downloads may be as slow as their clients: they never take the last connection.
        self._snapshots_left = max(1, pool_size // 2)
        self._putting_away: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Prepares the pools; connects only when somebody needs to, so that a start survives a late database."""
        for role in DbRole:
            self._pools[role] = Pool(
                await asyncpg.create_pool(
                    self._url,
                    min_size=0,
                    max_size=self._pool_size,
                    timeout=5,
                    command_timeout=30,
                    reset=_leave_no_transaction,
                    server_settings={
                        "role": role.value,
                        "application_name": f"simflow {role.removeprefix('simflow_')}",
                        "pg_trgm.word_similarity_threshold": TYPO_THRESHOLD,
                        "timezone": "UTC",
                    },
                )
            )
        self._putting_away = asyncio.create_task(self._put_away())

    def pool_figures(self) -> list[tuple[str, int, int, int]]:
        """For each pool: its role, how many connections are used and how many idle, and how many there may be."""
        return [(role.value, *pool.figures()) for role, pool in self._pools.items()]

    async def _put_away(self) -> None:
        """Now and then, so that connections that nobody needs any more are closed."""
        while True:
            await asyncio.sleep(PUT_AWAY_SECONDS)
            for pool in self._pools.values():
                await pool.put_away()

    async def close(self) -> None:
        """Waits a little for what is still used: a call whose client has gone is dropped by a server that stops, and
        never gives its connection back."""
        if self._putting_away:
            self._putting_away.cancel()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                for pool in self._pools.values():
                    await pool.close()
        except TimeoutError:
            for pool in self._pools.values():
                pool.terminate()

    def gate(self) -> AbstractAsyncContextManager[Connection]:
        """A connection for signing in and checking sessions; each statement is its own transaction."""
        return self._pools[DbRole.AUTH].connection()

    def worker(self) -> AbstractAsyncContextManager[Connection]:
        """A connection for the worker's own doings; each statement is its own transaction."""
        return self._pools[DbRole.WORKER].connection()

    @asynccontextmanager
    async def snapshot(self, person: Person) -> AsyncIterator[Connection]:
        """A transaction that only reads, and sees what the person may see as it was at one moment.

        Raises `TooMany` while half of the connections of a pool are used like this.
        """
        if not self._snapshots_left:
            raise TooMany("Too many exports are being made right now.", headers={"Retry-After": "5"})
        self._snapshots_left -= 1
        try:
            async with (
                self._pools[DbRole[person.role]].connection() as connection,
                connection.transaction(isolation="repeatable_read", readonly=True),
            ):
                await connection.execute(f"SET LOCAL simflow.person = '{person.id}'")
                yield connection
        finally:
            self._snapshots_left += 1

    def reading(self, role: str) -> AbstractAsyncContextManager[Connection]:
        """A connection for a call that only reads; each statement is its own transaction.

        It reads for whom it read last, until somebody enters: whoever asks for it does so first of all.
        """
        return self._pools[DbRole[role]].connection()

    def monitor(self) -> AbstractAsyncContextManager[Connection]:
        """A connection that may count, and read nothing else."""
        return self._pools[DbRole.MONITOR].connection()

    @asynccontextmanager
    async def transaction(self, person: Person, mark: str = "") -> AsyncIterator[Connection]:
        """A transaction that sees what the person may see; commits at the end, rolls back on any exception.

        The call's mark is its name in `pg_stat_activity` and in the server's log, for all that it does: a comment in
        each statement would make each a new one to prepare.
        """
        role = DbRole[person.role]
        async with self._pools[role].connection() as connection:
            # One simple query, hence one round trip. The id is a UUID and the mark is letters: nothing needs quoting.
            await connection.execute(
                f"BEGIN /* request {mark} */; SET LOCAL simflow.person = '{person.id}'; "
                f"SET LOCAL application_name = 'simflow {role.removeprefix('simflow_')} {mark}'"
                if mark
                else f"BEGIN; SET LOCAL simflow.person = '{person.id}'"
            )
            try:
                yield connection
            except Exception:
                if not connection.is_closed():
                    await connection.execute("ROLLBACK")
                raise
            await connection.execute("COMMIT")


@asynccontextmanager
async def savepoint(tx: Connection) -> AsyncIterator[None]:
    """A part of a transaction that is undone by itself on any exception."""
    await tx.execute("SAVEPOINT part")
    try:
        yield
    except Exception:
        if not tx.is_closed():
            await tx.execute("ROLLBACK TO part; RELEASE part")
        raise
    await tx.execute("RELEASE part")


def planned_once(tx: Connection) -> AbstractAsyncContextManager[None]:
    """Statements whose best plan is the same for all values: planning them for each takes longer than they run."""
    return _planned(tx, "force_generic_plan")


def planned_anew(tx: Connection) -> AbstractAsyncContextManager[None]:
    """Statements whose best plan depends on their values, such as how long a span is: planned without them, as they
    would be from the sixth time on, they may take several times as long."""
    return _planned(tx, "force_custom_plan")


@asynccontextmanager
async def _planned(tx: Connection, mode: str) -> AsyncIterator[None]:
    """The setting lasts as long as a transaction, so that it ends with it however that ends."""
    how = f"SET LOCAL plan_cache_mode = {mode}"
    if tx.is_in_transaction():
        await tx.execute(how)
        yield
        return
    await tx.execute(f"BEGIN READ ONLY; {how}")
    try:
        yield
    except BaseException:  # a call that is cancelled too
        if not tx.is_closed():
            await tx.execute("ROLLBACK")
        raise
    await tx.execute("COMMIT")


async def _leave_no_transaction(connection: Connection) -> None:
    """Instead of asyncpg's RESET ALL, which costs a round trip: what outlives a call is set anew by the next.

    A cancelled call may leave a transaction open.
    """
    if connection.is_in_transaction():
        await connection.execute("ROLLBACK")
