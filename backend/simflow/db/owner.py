"""Commands that work on the data as the database's owner, past row-level security."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from simflow.db.queries import Connection
from simflow.db.revision import current_revision, head_revision
from simflow.errors import CommandError

T = TypeVar("T")


def run_as_owner(owner_url: str, work: Callable[[Connection], Awaitable[T]]) -> T:
    """Does the work in one transaction: all of it, or nothing.

    Raises `CommandError` when the database cannot be reached, is not at this version's schema, or refuses.
    """
    try:
        return asyncio.run(_run(owner_url, work))
    except (OSError, asyncpg.PostgresConnectionError, asyncpg.InvalidAuthorizationSpecificationError) as error:
        raise CommandError(f"The database cannot be reached: {error}") from error
    except asyncpg.InvalidCatalogNameError as error:
        raise CommandError(f"There is no such database: {error}") from error
    except asyncpg.InsufficientPrivilegeError as error:
        raise CommandError(f"This database user may not do that: {error}. Set DATABASE_OWNER_URL.") from error


async def _run(owner_url: str, work: Callable[[Connection], Awaitable[T]]) -> T:
    connection = await asyncpg.connect(owner_url, server_settings={"application_name": "simflow command"})
    try:
        if await current_revision(connection) != head_revision():
            raise CommandError("The database is not at this version's schema: run `simflow migrate` first.")
        async with connection.transaction():
            return await work(connection)
    finally:
        await connection.close()
