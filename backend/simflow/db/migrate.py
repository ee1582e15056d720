"""Brings a database to the schema of this version; safe when several replicas start at once."""

import asyncio
from pathlib import Path

import asyncpg

from simflow.db.revision import MIGRATIONS, current_revision, head_revision
from simflow.errors import CommandError
from simflow.requests.workflow import TRANSITIONS
from simflow.settings import DATABASE_FOLDER

REQUIRED_ROLE = "simflow_monitor"
"""The one that database/init.sql was last given: where it is missing, that file has not been run in this version."""


def sql_beside(python_file: str) -> None:
    """Runs the plain SQL file that lies beside an Alembic revision, as one multi-statement query."""
    # Here, because a start with nothing to migrate should not pay for the import.
    from alembic import op  # noqa: PLC0415

    connection = op.get_bind().connection.dbapi_connection
    sql = Path(python_file).with_suffix(".sql").read_text()
    connection.run_async(lambda driver: driver.execute(sql))  # type: ignore[union-attr]


def migrate(owner_url: str, time_zone: str | None = None) -> None:
    """Creates missing roles where the login may, migrates, and writes the legal moves and the desk's time zone.

    Without a zone the desk keeps its own. Where it is another than before, durations are counted anew, which takes a
    while with very many requests. Raises `CommandError` when the server cannot be reached or does not know the zone, or
    the login may not do it.
    """
    try:
        if asyncio.run(_prepare(owner_url)) != head_revision():
            _run_alembic(owner_url)
        asyncio.run(_write_rules(owner_url, time_zone))
    except (
        OSError,
        asyncpg.PostgresConnectionError,
        asyncpg.InvalidAuthorizationSpecificationError,
    ) as error:
        raise CommandError(f"The database cannot be reached: {error}") from error
    except asyncpg.InsufficientPrivilegeError as error:
        raise CommandError(f"The database user may not migrate: {error}. Use the owner's URL.") from error


def _run_alembic(owner_url: str) -> None:
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = owner_url
    try:
        command.upgrade(config, "head")
    except DBAPIError as error:
        # What the driver said, which `migrate` knows how to tell.
        cause = error.orig and error.orig.__cause__
        raise cause or error from error


async def _prepare(owner_url: str) -> str | None:
    connection = await asyncpg.connect(owner_url)
    try:
        known = await connection.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = $1", REQUIRED_ROLE)
        if not known:
            await _create_roles(connection)
        return await current_revision(connection)
    finally:
        await connection.close()


async def _create_roles(connection: asyncpg.Connection) -> None:
    may = await connection.fetchval("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    if not may:
        raise CommandError("Roles are missing: let a superuser run database/init.sql on this server once.")
    await connection.execute((DATABASE_FOLDER / "init.sql").read_text())


async def _write_rules(owner_url: str, time_zone: str | None) -> None:
    connection = await asyncpg.connect(owner_url)
    try:
        await _write_transitions(connection)
        if time_zone:
            await connection.execute("SELECT move_desk($1)", time_zone)
    except asyncpg.InvalidParameterValueError:
        raise CommandError(f"PostgreSQL does not know the time zone {time_zone}: set SIMFLOW_TIME_ZONE.") from None
    finally:
        await connection.close()


async def _write_transitions(connection: asyncpg.Connection) -> None:
    rows = [(t.action, source, t.to) for t in TRANSITIONS for source in t.sources]
    actions, sources, targets = (list(column) for column in zip(*rows, strict=True))
    await connection.execute(
        """
        WITH wanted AS (
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS w (action, from_status, to_status)
        ), gone AS (
            DELETE FROM transitions t
            WHERE NOT EXISTS (SELECT FROM wanted w WHERE (w.action, w.from_status) = (t.action, t.from_status))
        )
        INSERT INTO transitions SELECT * FROM wanted
        ON CONFLICT (action, from_status) DO UPDATE SET to_status = excluded.to_status
        WHERE transitions.to_status <> excluded.to_status
        """,
        actions,
        sources,
        targets,
    )
