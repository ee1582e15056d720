"""`simflow doctor`: looks at everything that an installation depends on, and says what to do."""

import asyncio
import shutil
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

import click

from simflow.db.target import Target, data_dir_option, database
from simflow.errors import CommandError
from simflow.settings import Settings

if TYPE_CHECKING:
    import asyncpg

OLDEST_POSTGRESQL = 16
SHORT_PASSWORD = 16
CLOCK_WARN_SECONDS, CLOCK_FAIL_SECONDS = 2, 30
DISK_WARN, DISK_FAIL = 0.15, 0.05
"""Of the whole, still free."""


DIFFERING = """
WITH kept AS (
    SELECT side, person, status, priority, vendor, study_type, sum(number)::bigint AS number,
        sum(estimated_hours)::bigint AS hours
    FROM request_counts
    GROUP BY side, person, status, priority, vendor, study_type
    HAVING sum(number) <> 0 OR sum(estimated_hours) <> 0
)
SELECT count(*) FROM (
    (SELECT * FROM kept EXCEPT SELECT * FROM recounted_requests)
    UNION ALL (SELECT * FROM recounted_requests EXCEPT SELECT * FROM kept)
) AS differing
"""
DIFFERING_MOMENTS = """
SELECT count(*) FROM (
    (TABLE kept_moments EXCEPT TABLE recounted_moments) UNION ALL (TABLE recounted_moments EXCEPT TABLE kept_moments)
) AS differing
"""
DIFFERING_WORDS = """
SELECT count(*)
FROM (SELECT id FROM requests ORDER BY number DESC LIMIT 1000) newest
JOIN gathered_words g ON g.request_id = newest.id
LEFT JOIN kept_words k ON k.request_id = newest.id
WHERE (g.words, g.hidden, g.seen_by) IS DISTINCT FROM (k.words, k.hidden, k.seen_by)
    AND NOT EXISTS (SELECT FROM stale_words s WHERE s.request_id = newest.id)
"""
DIFFERING_BITS = """
SELECT count(*)
FROM (SELECT number FROM requests ORDER BY number DESC LIMIT 1000) newest
JOIN gathered_bits g USING (number)
JOIN kept_bits k USING (number)
WHERE (g.facets, g.words) IS DISTINCT FROM (k.facets, k.words)
"""
MISSING_AMONG_LATE = """
SELECT count(*)
FROM late_since(
    (SELECT min(number) FROM (SELECT number FROM requests ORDER BY number DESC LIMIT 1000) newest)
) AS number
JOIN requests r USING (number)
WHERE NOT EXISTS (SELECT FROM stale_words s WHERE s.request_id = r.id) AND NOT EXISTS (
    SELECT FROM late_bits b WHERE b.part = part_of(number) AND get_bit(b.bits, (number & 8191)::integer) = 1
)
"""
DIFFERING_DURATIONS = """
SELECT count(*) FROM (
    (TABLE request_durations EXCEPT ALL TABLE recounted_durations)
    UNION ALL (TABLE recounted_durations EXCEPT ALL TABLE request_durations)
) AS differing
"""
DIFFERING_WEEKS = """
SELECT count(*) FROM (
    (TABLE kept_weeks EXCEPT TABLE recounted_weeks) UNION ALL (TABLE recounted_weeks EXCEPT TABLE kept_weeks)
) AS differing
"""
DIFFERENCES = (DIFFERING, DIFFERING_MOMENTS, DIFFERING_DURATIONS, DIFFERING_WEEKS)


class Verdict(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "FAIL"


class Finding(NamedTuple):
    verdict: Verdict
    what: str
    said: str
    advice: str = ""


@click.command
@data_dir_option
def command(data_dir: Path) -> int:
    """Check configuration, database, migrations, clock, disk and mail, and say what to do.

    Ends with 1 when something must be done.
    """
    worst = Verdict.OK
    for finding in examine(data_dir):
        click.echo(f"{finding.verdict:4}  {finding.what:13}  {finding.said}")
        if finding.advice:
            click.echo(f"{'':21}→ {finding.advice}")
        if finding.verdict is Verdict.FAIL or worst is Verdict.OK:
            worst = finding.verdict
    return 1 if worst is Verdict.FAIL else 0


def examine(data_dir: Path) -> Iterator[Finding]:
    """Each finding as soon as it is known; what depends on something that is missing is left out."""
    try:
        settings = Settings.from_env()
    except CommandError as error:
        yield Finding(Verdict.FAIL, "configuration", str(error), "Set what is named; docs/operations.md lists all.")
        return
    yield from _configuration(settings)
    yield _disk(data_dir)
    yield Finding(Verdict.OK, "mail", "Sim-Flow sends none: people are notified in the application.")
    try:
        with database(data_dir) as target:
            yield from asyncio.run(_database(target, settings))
    except CommandError as error:
        yield Finding(Verdict.FAIL, "database", str(error), "Start it, or correct DATABASE_URL or DB_HOST.")


def _configuration(settings: Settings) -> Iterator[Finding]:
    kind = "production" if settings.production else "development: SIMFLOW_ENV=production checks secrets too"
    yield Finding(Verdict.OK, "configuration", f"Every variable can be read; {kind}.")
    url = urlsplit(settings.database_url or "")
    if url.password and len(unquote(url.password)) < SHORT_PASSWORD:
        said = f"The database's password has fewer than {SHORT_PASSWORD} characters."
        yield Finding(Verdict.WARN, "secrets", said, "Make a longer one, for instance with tools/make-env.")
    mode = parse_qs(url.query).get("sslmode", ["prefer"])[0]
    if (
        url.hostname
        and "." in url.hostname
        and url.hostname != "127.0.0.1"
        and mode not in {"verify-ca", "verify-full"}
    ):
        said = "The connection to the database is not checked to be the right one."
        yield Finding(Verdict.WARN, "encryption", said, "Set DB_SSLMODE=verify-full and DB_SSLROOTCERT.")


def _disk(data_dir: Path) -> Finding:
    folder = data_dir.resolve()
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    free = usage.free / usage.total
    said = f"{usage.free / 1e9:.1f} GB are free where {folder} lies ({free:.0%})."
    if free < DISK_WARN:
        return Finding(Verdict.FAIL if free < DISK_FAIL else Verdict.WARN, "disk", said, "Make room there.")
    return Finding(Verdict.OK, "disk", said)


async def _database(target: Target, settings: Settings) -> list[Finding]:
    import asyncpg  # noqa: PLC0415  (slow to import)

    found: list[Finding] = []
    for who, url in (("application", target.user_url), ("owner", target.owner_url)):
        try:
            connection = await asyncpg.connect(url, timeout=10)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            said = f"The {who}'s login does not get in: {' '.join(str(error).split()) or type(error).__name__}"
            found.append(Finding(Verdict.FAIL, "database", said, "Check its address, name and password."))
            continue
        try:
            if who == "application":
                found += [await part(connection) for part in (_server, _rights, _migrations, _clock)]
                found.append(await _worker(connection))
                found.append(await _connections(connection, settings.pool_size))
            else:
                found += [await _counts(connection), await _words(connection)]
        finally:
            await connection.close()
    return found


async def _server(connection: "asyncpg.Connection") -> Finding:
    version = connection.get_server_version()
    said = f"PostgreSQL {(await connection.fetchval('SHOW server_version')).split()[0]} answers."
    if version.major < OLDEST_POSTGRESQL:
        return Finding(Verdict.FAIL, "database", said, f"Sim-Flow needs version {OLDEST_POSTGRESQL} or newer.")
    return Finding(Verdict.OK, "database", said)


async def _rights(connection: "asyncpg.Connection") -> Finding:
    mighty = await connection.fetchval(
        """
        SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relkind = 'r')
        FROM pg_roles r WHERE rolname = session_user
        """
    )
    if mighty:
        advice = "Let the application log in as simflow_user, and give the owner's login in DATABASE_OWNER_URL."
        return Finding(Verdict.WARN, "rights", "The application's login owns tables or is a superuser.", advice)
    return Finding(Verdict.OK, "rights", "The application's login owns nothing.")


async def _migrations(connection: "asyncpg.Connection") -> Finding:
    from simflow.db.pool import DbRole  # noqa: PLC0415
    from simflow.db.revision import current_revision, head_revision  # noqa: PLC0415

    head = head_revision()
    try:
        await connection.execute(f"SET ROLE {DbRole.AUTH.value}")
        revision = await current_revision(connection)
    except Exception as error:
        said = f"The schema cannot be read: {' '.join(str(error).split())}"
        return Finding(Verdict.FAIL, "migrations", said, "Run `simflow migrate`.")
    finally:
        await connection.execute("RESET ROLE")
    if revision is None or revision < head:
        said = f"The database is at {revision or 'nothing'}, this version needs {head}."
        return Finding(Verdict.FAIL, "migrations", said, "Run `simflow migrate`.")
    if revision > head:
        said = f"The database is at {revision}, newer than this version ({head})."
        return Finding(Verdict.FAIL, "migrations", said, "Install the version of Sim-Flow that migrated it, or newer.")
    return Finding(Verdict.OK, "migrations", f"The schema is that of this version ({head}).")


async def _clock(connection: "asyncpg.Connection") -> Finding:
    before = time.time()
    theirs = await connection.fetchval("SELECT extract(epoch FROM clock_timestamp())::float8")
    off = max(0.0, abs(theirs - (before + time.time()) / 2) - (time.time() - before) / 2)
    said = f"This machine's clock and the database's differ by {off:.1f} s."
    if off > CLOCK_WARN_SECONDS:
        verdict = Verdict.FAIL if off > CLOCK_FAIL_SECONDS else Verdict.WARN
        return Finding(verdict, "clock", said, "Let both machines keep time by NTP.")
    return Finding(Verdict.OK, "clock", said)


async def _worker(connection: "asyncpg.Connection") -> Finding:
    number = await connection.fetchval(
        "SELECT count(DISTINCT client_addr) + count(*) FILTER (WHERE client_addr IS NULL) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = 'simflow worker'"
    )
    if not number:
        return Finding(Verdict.WARN, "worker", "No worker is connected: jobs wait.", "Run `simflow worker`.")
    return Finding(Verdict.OK, "worker", "A worker is connected.")


async def _connections(connection: "asyncpg.Connection", pool_size: int) -> Finding:
    from simflow.db.pool import DbRole  # noqa: PLC0415

    most = int(await connection.fetchval("SHOW max_connections"))
    needed = pool_size * len(DbRole)
    said = f"The server takes {most}; one process opens {needed} at most."
    if needed > most * 0.9:
        return Finding(Verdict.WARN, "connections", said, "Lower SIMFLOW_POOL_SIZE, or raise max_connections.")
    return Finding(Verdict.OK, "connections", said)


async def _counts(connection: "asyncpg.Connection") -> Finding:
    """Reads every request, which is why the application does not."""
    import asyncpg  # noqa: PLC0415

    if await connection.fetchval("SELECT to_regclass('recounted_weeks')") is None:
        return Finding(Verdict.WARN, "counts", "The schema has no counts yet.", "Run `simflow migrate`.")
    try:
        wrong = sum([await connection.fetchval(differing) for differing in DIFFERENCES])
    except asyncpg.InsufficientPrivilegeError:
        said = "Whether the counts that are kept are right is for the owner to see."
        return Finding(Verdict.WARN, "counts", said, "Set DATABASE_OWNER_URL.")
    if wrong:
        said = f"{wrong} of the counts that are kept are not what the requests come to."
        advice = "Run `SELECT recount_requests()` as the owner, and find out who changed rows with triggers off."
        return Finding(Verdict.FAIL, "counts", said, advice)
    return Finding(Verdict.OK, "counts", "The counts that are kept equal a recount.")


async def _words(connection: "asyncpg.Connection") -> Finding:
    """Looks at the newest requests."""
    import asyncpg  # noqa: PLC0415

    if await connection.fetchval("SELECT to_regclass('facet_bits')") is None:
        return Finding(Verdict.WARN, "words", "The schema keeps no words yet.", "Run `simflow migrate`.")
    try:
        wrong = sum([await connection.fetchval(sql) for sql in (DIFFERING_WORDS, DIFFERING_BITS, MISSING_AMONG_LATE)])
    except asyncpg.InsufficientPrivilegeError:
        said = "Whether the words that are kept for the search are right is for the owner to see."
        return Finding(Verdict.WARN, "words", said, "Set DATABASE_OWNER_URL.")
    if wrong:
        said = f"Of {wrong} requests the words or bits that are kept for the search are not those of their texts."
        advice = "Run `SELECT gather_all_words()` as the owner, and find out who changed texts with triggers off."
        return Finding(Verdict.FAIL, "words", said, advice)
    return Finding(Verdict.OK, "words", "The words that are kept for the search are those of the texts.")
