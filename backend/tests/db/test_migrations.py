"""Migrating: from nothing, again, and many at once. Each test has a database of its own."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from simflow.db import embedded
from simflow.db.migrate import migrate
from simflow.db.revision import current_revision, head_revision
from simflow.errors import CommandError

MIGRATE = "import sys; from simflow.db.migrate import migrate; migrate(sys.argv[1])"


async def run(superuser_url: str, *statements: str) -> None:
    connection = await asyncpg.connect(superuser_url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture
async def fresh(server: embedded.EmbeddedServer) -> AsyncIterator[str]:
    """The name of an empty database that the owner owns."""
    name = f"fresh_{uuid4().hex}"
    postgres = server.url(user="postgres", database="postgres")
    await run(postgres, f"CREATE DATABASE {name} OWNER simflow_owner")
    yield name
    await run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def fresh_url(server: embedded.EmbeddedServer, fresh: str) -> str:
    return server.url(user="simflow_owner", database=fresh)


async def migrate_in_process(url: str) -> tuple[int, str]:
    """As another replica would: in a process of its own. Its exit code and what it complained of."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        MIGRATE,
        url,
        cwd=Path(__file__).parents[2],
        env=dict(os.environ),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    _, complaints = await process.communicate()
    return process.returncode or 0, complaints.decode()


async def snapshot(url: str) -> tuple[object, ...]:
    connection = await asyncpg.connect(url)
    try:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        moves = await connection.fetch("SELECT * FROM transitions ORDER BY 1, 2")
        return (await current_revision(connection), tables, moves)
    finally:
        await connection.close()


async def test_from_nothing_and_then_again(fresh_url: str) -> None:
    await asyncio.to_thread(migrate, fresh_url)
    first = await snapshot(fresh_url)
    assert first[0] == head_revision()
    await asyncio.to_thread(migrate, fresh_url)
    assert await snapshot(fresh_url) == first


async def test_replicas_migrate_at_once(fresh_url: str, owner_url: str) -> None:
    results = await asyncio.gather(*(migrate_in_process(fresh_url) for _ in range(4)))
    assert results == [(0, "")] * 4
    assert await snapshot(fresh_url) == await snapshot(owner_url)


async def test_moves_that_the_code_no_longer_tells_are_taken_out(fresh_url: str) -> None:
    await asyncio.to_thread(migrate, fresh_url)
    before = await snapshot(fresh_url)
    await run(
        fresh_url,
        "INSERT INTO transitions VALUES ('cheat', 'Submitted', 'Accepted')",
        "UPDATE transitions SET to_status = 'Accepted' WHERE action = 'start_review'",
    )
    await asyncio.to_thread(migrate, fresh_url)
    assert await snapshot(fresh_url) == before


async def test_the_application_user_may_not_migrate(server: embedded.EmbeddedServer, fresh: str) -> None:
    url = server.url(user="simflow_user", database=fresh)
    with pytest.raises(CommandError, match="may not migrate"):
        await asyncio.to_thread(migrate, url)


async def test_an_unreachable_server_is_said_in_one_line() -> None:
    with pytest.raises(CommandError, match="cannot be reached"):
        await asyncio.to_thread(migrate, "postgresql://simflow_owner@127.0.0.1:1/simflow")
