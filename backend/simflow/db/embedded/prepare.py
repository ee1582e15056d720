"""The roles and the database inside a server that has just started."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

from simflow.settings import DATABASE_FOLDER

OWNER, DATABASE = "simflow_owner", "simflow"


def prepare(superuser_url: str) -> None:
    """Runs `database/init.sql`, which may run any number of times, and makes the database when it is missing.

    At every start, so a role that a new release adds is there too. In a thread, as the caller may be inside
    an event loop.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(lambda: asyncio.run(_prepare(superuser_url))).result()


async def _prepare(superuser_url: str) -> None:
    asyncpg: Any = import_module("asyncpg")  # here: it is slow to import, and attaching needs none of it
    connection = await asyncpg.connect(superuser_url, password="")
    try:
        await connection.execute((DATABASE_FOLDER / "init.sql").read_text())
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", DATABASE):
            await connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    finally:
        await connection.close()
