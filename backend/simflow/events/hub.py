"""One reader of events in each process, and the streams that it feeds.

It polls: NOTIFY would take a lock of the whole database at each commit, and would still not tell when an older
transaction, which holds back what may be read, has ended. A poll is one index lookup.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import asyncpg
import structlog

from simflow.db.pool import Database
from simflow.db.queries import Connection
from simflow.events import queries
from simflow.events.audience import heard_by
from simflow.events.models import Event, EventRow, Position, Signal
from simflow.users.models import Role

log = structlog.get_logger()

POLL_SECONDS = 0.1
IDLE_POLL_SECONDS = 1.0
"""When nobody listens."""
SESSION_CHECK_SECONDS = 5.0
BATCH = 1000
QUEUE_LENGTH = 200
"""A client that is so far behind reads everything anew; what waits for it takes no more memory than this."""
DATABASE_TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)


class Subscriber:
    """One open stream, which hears what comes after `start`.

    `queue` holds what to send next, with its position; None ends the stream.
    """

    def __init__(self, person: UUID, role: Role, session: bytes, start: Position) -> None:
        self.person = person
        self.role = role
        self.session = session
        self.start = start
        self.queue: asyncio.Queue[tuple[Position, Event | Signal] | None] = asyncio.Queue(QUEUE_LENGTH)

    def hear(self, row: EventRow) -> None:
        event = heard_by(row, self.person, self.role)
        if event is not None:
            self._put((row.position, event))

    async def next(self) -> tuple[Position, Event | Signal] | None:
        """What to send next; None at the end. What waited from before a `start` that was moved on is passed over."""
        while True:
            item = await self.queue.get()
            if item is None or item[0] > self.start:
                return item

    def end(self) -> None:
        self._clear()
        self.queue.put_nowait(None)

    def _put(self, item: tuple[Position, Event | Signal]) -> None:
        if self.queue.full():
            self._clear()
            item = (item[0], Signal("reset"))
        self.queue.put_nowait(item)

    def _clear(self) -> None:
        while not self.queue.empty():
            self.queue.get_nowait()


class Hub:
    """Reads events in commit order and hands each to those who may hear it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._subscribers: set[Subscriber] = set()
        self._somebody = asyncio.Event()
        self._ready = asyncio.Event()
        self._position = Position(0, 0)
        self._closed = False

    @property
    def closed(self) -> bool:
        """This process is about to stop."""
        return self._closed

    @property
    def position(self) -> Position:
        return self._position

    @property
    def mark(self) -> Position | None:
        """What is asked from now on holds everything up to it; None while the database has not been reached yet."""
        return self._position if self._ready.is_set() else None

    @property
    def number_of_streams(self) -> int:
        return len(self._subscribers)

    def streams_of(self, person: UUID) -> int:
        return sum(s.person == person for s in self._subscribers)

    @asynccontextmanager
    async def subscribed(self, person: UUID, role: Role, session: bytes) -> AsyncIterator[Subscriber]:
        """Hears everything after `start`; TimeoutError when the database has not been reached yet."""
        async with asyncio.timeout(5):
            await self._ready.wait()
        subscriber = Subscriber(person, role, session, self._position)
        self._subscribers.add(subscriber)
        self._somebody.set()
        if self._closed:
            subscriber.end()
        try:
            yield subscriber
        finally:
            self._subscribers.discard(subscriber)

    async def run(self) -> None:
        """Until cancelled. Survives a database that goes away: it goes on from where it was."""
        clock = asyncio.get_running_loop().time
        next_check = 0.0
        while True:
            try:
                async with self._db.gate() as gate:
                    await self._read(gate)
                    if self._subscribers and clock() >= next_check:
                        next_check = clock() + SESSION_CHECK_SECONDS
                        await self._end_dead_sessions(gate)
            except DATABASE_TROUBLE as error:
                log.warning("events wait for the database", error=repr(error))
                await asyncio.sleep(IDLE_POLL_SECONDS)
            await self._rest()

    def close(self) -> None:
        """Ends every stream, also those that are about to open, so that the process can stop."""
        self._closed = True
        for subscriber in list(self._subscribers):
            subscriber.end()

    async def _rest(self) -> None:
        if self._subscribers:
            await asyncio.sleep(POLL_SECONDS)
            return
        self._somebody.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(IDLE_POLL_SECONDS):
                await self._somebody.wait()

    async def _read(self, gate: Connection) -> None:
        below = int((await queries.get_horizon.one(gate)).below)
        if not self._ready.is_set() or not self._subscribers:
            # Nobody waits for what was before.
            self._position = max(self._position, Position(below, 0))
            self._ready.set()
            return
        while True:
            rows = await queries.list_after.all(
                gate, xid=str(self._position.xid), seq=self._position.seq, below=str(below), limit=BATCH
            )
            for row in rows:
                for subscriber in list(self._subscribers):
                    subscriber.hear(row)
                self._position = row.position
            if len(rows) < BATCH:
                self._position = max(self._position, Position(below, 0))
                return

    async def _end_dead_sessions(self, gate: Connection) -> None:
        asked_about = list(self._subscribers)  # who comes meanwhile has just been let in
        hashes = list({subscriber.session for subscriber in asked_about})
        living = {row.token_hash: row.role for row in await queries.list_living.all(gate, token_hashes=hashes)}
        for subscriber in asked_about:
            if living.get(subscriber.session) != subscriber.role:
                subscriber.end()
