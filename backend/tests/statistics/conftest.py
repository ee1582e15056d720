"""A database of made-up requests: statistics count everything, and the other tests' requests would be among it."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import asyncpg
import pytest
from litestar import Litestar

from simflow.app import create_app
from simflow.db import embedded
from simflow.db.migrate import migrate
from simflow.seed import bulk
from simflow.seed.bulk import Size
from simflow.settings import Settings
from tests.conftest import DESK_ZONE, Caller, People
from tests.statistics.recount import Life, Texts, lives, texts

ROLES = ("USER", "ENGINEER", "MANAGER", "ADMIN")


@dataclass
class Desk:
    """Made-up requests, and somebody signed in of each role: those who have most to do."""

    owner: asyncpg.Connection
    people: dict[str, Caller]
    seen: dict[str, list[Life]] = field(default_factory=dict)
    said: Texts | None = None

    async def lives(self, role: str) -> list[Life]:
        """What somebody of this role may see. Nothing changes here, so once is enough."""
        if role not in self.seen:
            self.seen[role] = await lives(self.owner, self.people[role])
        return self.seen[role]

    async def texts(self) -> Texts:
        """Words with bits, too."""
        if self.said is None:
            await self.owner.fetchval("SELECT gather_words(100000)")
            await self.owner.execute("ANALYZE request_words, lexicon")
            while await self.owner.fetchval("SELECT keep_frequent_word()"):
                pass
            self.said = await texts(self.owner)
        return self.said


@pytest.fixture(scope="session")
async def desk(server: embedded.EmbeddedServer, settings: Settings) -> AsyncIterator[Desk]:
    name = f"statistics_{secrets.token_hex(4)}"
    postgres = await asyncpg.connect(server.url(user="postgres", database="postgres"))
    await postgres.execute(f"CREATE DATABASE {name} OWNER simflow_owner")
    await postgres.close()
    owner_url = server.url(user="simflow_owner", database=name)
    await asyncio.to_thread(migrate, owner_url, DESK_ZONE)
    owner = await asyncpg.connect(owner_url)
    async with owner.transaction():
        # Until now, so that the last weeks of the default span have something in them.
        await bulk.fill(owner, Size(700, 0, 12, secrets.randbelow(1000), time.time()), lambda *_: None)
    await owner.execute("ANALYZE")
    app = create_app(replace(settings, url=server.url(user="simflow_user", database=name)))
    started, stop = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            started.set()
            await stop.wait()

    task = asyncio.create_task(live())
    await started.wait()
    callers = {role: await busiest(app, owner, role) for role in ROLES}
    yield Desk(owner, callers)
    for caller in callers.values():
        await caller.aclose()
    stop.set()
    await task
    await owner.close()


async def busiest(app: Litestar, owner: asyncpg.Connection, role: str) -> Caller:
    """Somebody new takes over what the busiest of that role have."""
    caller = await People(app, owner).add(role)
    column = {"USER": "created_by", "ENGINEER": "assigned_to"}.get(role)
    if column:
        busy = await owner.fetchval(
            f"SELECT {column} FROM requests WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        )
        await owner.execute("ALTER TABLE requests DISABLE TRIGGER USER")
        await owner.execute(
            f"UPDATE requests SET {column} = $1, {column}_name = $2 WHERE {column} = $3",
            caller.id,
            caller.user["name"],
            busy,
        )
        await owner.execute("ALTER TABLE requests ENABLE TRIGGER USER")
        await owner.execute("SELECT recount_requests()")
    return caller
