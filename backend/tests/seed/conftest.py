"""Made-up data need databases of their own: the other tests count what is in theirs."""

import asyncio
import secrets
from collections.abc import AsyncIterator

import asyncpg
import pytest

from simflow.db import embedded
from simflow.db.migrate import migrate

TEMPLATE = "seed_template"


@pytest.fixture(scope="session")
async def superuser(server: embedded.EmbeddedServer, owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Connected where databases are made; one that is migrated and empty is there to be copied."""
    connection = await asyncpg.connect(server.url(user="postgres", database="postgres"))
    # Another room that uses these fixtures may have been first.
    if not await connection.fetchval("SELECT count(*) FROM pg_database WHERE datname = $1", TEMPLATE):
        await connection.execute(f"CREATE DATABASE {TEMPLATE} OWNER simflow_owner")
        await asyncio.to_thread(migrate, server.url(user="simflow_owner", database=TEMPLATE))
    yield connection
    await connection.close()


@pytest.fixture
async def empty_url(server: embedded.EmbeddedServer, superuser: asyncpg.Connection) -> str:
    """The owner of a fresh database, as a new installation has it."""
    name = f"seed_{secrets.token_hex(4)}"
    await superuser.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER simflow_owner")
    # It goes with the whole server; dropping it before would wait for a checkpoint.
    return server.url(user="simflow_owner", database=name)


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(empty_url)
    yield connection
    await connection.close()
