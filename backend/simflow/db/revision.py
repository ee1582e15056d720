"""Which migration a database is at, and which one this version needs."""

from functools import cache

from simflow.db.queries import Connection
from simflow.settings import DATABASE_FOLDER

MIGRATIONS = DATABASE_FOLDER / "migrations"


@cache
def head_revision() -> str:
    """The newest revision, told by the file names: `0007_what_it_does.sql` is revision `0007`."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("*.sql"))


async def current_revision(connection: Connection) -> str | None:
    """The revision that the database is at; None for an empty one."""
    if await connection.fetchval("SELECT to_regclass('public.alembic_version')") is None:
        return None
    revision: str | None = await connection.fetchval("SELECT version_num FROM public.alembic_version")
    return revision
