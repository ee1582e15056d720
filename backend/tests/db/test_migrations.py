"""Migrating: from nothing, again, and many at once. Each test has a database of its own."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from simflow.db import embedded
from simflow.db.migrate import migrate
from simflow.db.revision import current_revision, head_revision
from simflow.errors import CommandError
from simflow.seed import bulk, people, queries
from simflow.seed.bulk import Size
from simflow.seed.rows import COMMENT_COLUMNS, LOG_COLUMNS, PERIOD_COLUMNS, REQUEST_COLUMNS
from tests.db.fresh import migrate_to, run

MIGRATE = "import sys; from simflow.db.migrate import migrate; migrate(sys.argv[1])"


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


async def test_working_hours_follow_the_clocks_that_the_desk_moves_to(fresh_url: str) -> None:
    """In Progress from 15:00 to 17:00 UTC on a Tuesday: until 17 in Berlin there is one hour less."""
    await asyncio.to_thread(migrate, fresh_url)
    connection = await asyncpg.connect(fresh_url)
    creator = await connection.fetchval(
        "INSERT INTO users (name, email, role) VALUES ('alice', 'alice@desk.test', 'ENGINEER') RETURNING id"
    )
    begun, done = datetime(2026, 3, 3, 15, tzinfo=UTC), datetime(2026, 3, 3, 17, tzinfo=UTC)
    async with connection.transaction():
        await connection.execute("SET LOCAL simflow.quiet = 'on'")
        request_id = await connection.fetchval(
            "INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name,"
            " assigned_to, assigned_to_name, estimated_hours, created_at, updated_at, started_at, completed_at)"
            " VALUES ('T', 'D', 'V', 'Low', 'Completed', $1, 'alice', $1, 'alice', 4, $2, $3, $2, $3) RETURNING id",
            creator, begun, done,
        )  # fmt: skip
        await connection.execute(
            "INSERT INTO status_periods (request_id, seq, status, entered_at, left_at)"
            " VALUES ($1, 1, 'In Progress', $2, $3), ($1, 2, 'Completed', $3, 'infinity')",
            request_id, begun, done,
        )  # fmt: skip
    worked = "SELECT microseconds / 3600000000.0 FROM request_durations WHERE measure = 'worked'"
    cell = "SELECT microseconds / 3600000000.0, estimated_hours FROM kept_weeks WHERE what = 'worked' AND side = 'all'"
    for zone, hours in ((None, 2), ("Europe/Berlin", 1), (None, 1), ("America/New_York", 2), ("Asia/Tokyo", 0)):
        await asyncio.to_thread(migrate, fresh_url, zone)
        assert await connection.fetchval(worked) == hours, zone
        assert tuple(await connection.fetchrow(cell)) == (hours, 4), zone
    with pytest.raises(CommandError, match="set SIMFLOW_TIME_ZONE"):
        await asyncio.to_thread(migrate, fresh_url, "Mars/Olympus")
    assert await connection.fetchval("SELECT time_zone FROM desk") == "Asia/Tokyo"
    await connection.close()


# What was there before -----------------------------------------------------------------------------------------


@pytest.fixture
async def of_0004(fresh_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A database of before the times of statuses were kept."""
    await asyncio.to_thread(migrate_to, fresh_url, "0004")
    connection = await asyncpg.connect(fresh_url)
    yield connection
    await connection.close()


TIMES = ("status_since", "started_at", "completed_at", "revisions", "stopped_for")
LATER = ("due_date", "tags", "study_type", "form_id")
"""What a request had not yet, and a migration does not fill."""


@pytest.fixture
async def newest(server: embedded.EmbeddedServer) -> AsyncIterator[asyncpg.Connection]:
    """Another database, of now."""
    name = f"newest_{uuid4().hex}"
    postgres = server.url(user="postgres", database="postgres")
    await run(postgres, f"CREATE DATABASE {name} OWNER simflow_owner")
    url = server.url(user="simflow_owner", database=name)
    await asyncio.to_thread(migrate, url)
    connection = await asyncpg.connect(url)
    yield connection
    await connection.close()
    await run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


async def test_the_times_of_statuses_come_from_the_log(
    of_0004: asyncpg.Connection, newest: asyncpg.Connection, fresh_url: str
) -> None:
    """The same as the seeder tells of the same lives, and nothing else of a request changes."""
    await make_up(newest)
    # No request could be in this status then.
    those = "(SELECT id FROM requests WHERE status <> 'Information Needed')"
    columns = [column for column in REQUEST_COLUMNS if column not in LATER]
    made = await rows_of(newest, columns, f"requests WHERE id IN {those} ORDER BY number")
    told = await rows_of(newest, PERIOD_COLUMNS, f"status_periods WHERE request_id IN {those}")
    old = columns[: -len(TIMES)]
    await of_0004.execute("SET simflow.quiet = 'on'")
    for table, its, which in (
        ("users", ("id", "name", "email", "role"), ""),
        ("requests", old, f"WHERE id IN {those} ORDER BY number"),
        ("comments", COMMENT_COLUMNS, f"WHERE request_id IN {those}"),
        ("activity_log", LOG_COLUMNS, f"WHERE request_id IN {those} ORDER BY seq"),
    ):
        records = await rows_of(newest, its, f"{table} {which}")
        await of_0004.copy_records_to_table(table, columns=its, records=records)
    await asyncio.to_thread(migrate, fresh_url)
    assert await rows_of(of_0004, columns, "requests ORDER BY number") == made
    periods = await of_0004.fetch(f"SELECT {', '.join(PERIOD_COLUMNS)}, assumed FROM status_periods")
    finite = [tuple(row)[:4] for row in periods]
    assert sorted(finite) == sorted(row[:4] for row in told)
    assert not any(row["assumed"] for row in periods)
    assert await of_0004.fetchval("SELECT count(*) FROM status_periods WHERE left_at = 'infinity'") == len(made)
    assert await of_0004.fetchval("SELECT count(*) FROM events") == 0


async def make_up(connection: asyncpg.Connection) -> None:
    await people.ensure(connection, people.generated(9))
    cast = await people.cast_of(connection, people.generated(9))
    assert cast is not None
    until = datetime(2026, 6, 30, tzinfo=UTC).timestamp()
    async with connection.transaction():
        await queries.lock.run(connection)
        await bulk.Recipe(cast, Size(300, 300, 9, 1, until), 0, {}).rows(0).copy(connection)


async def rows_of(connection: asyncpg.Connection, columns: Sequence[str], which: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await connection.fetch(f"SELECT {', '.join(columns)} FROM {which}")]


START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def hours(number: int) -> datetime:
    return START + timedelta(hours=number)


Line = tuple[str, str, int]
Period = tuple[str, int, int | None, bool]
LACKING: list[tuple[str, int, list[Line], list[int], list[Period], tuple[Any, ...]]] = [
    # Status now, updated at, log (action, details, at), comments at; then periods, and the times of the request.
    ("In Progress", 5, [], [], [("Submitted", 0, 5, True), ("In Progress", 5, None, True)], (5, 5, None, 0)),
    ("Submitted", 5, [], [], [("Submitted", 0, None, True)], (0, None, None, 0)),
    (
        "Completed",
        50,
        [("imported", '{"status": "In Progress", "oldId": "x"}', 40), ("complete", '{"to": "Completed"}', 50)],
        [7, 9, 45],
        [("Submitted", 0, 9, True), ("In Progress", 9, 50, True), ("Completed", 50, None, False)],
        (50, 9, 50, 0),
    ),
    (
        "Accepted",
        90,
        [("created", '{"to": "Submitted"}', 0), ("edited", '{"changes": {}}', 2), ("x", '{"to": "In Progress"}', 3)],
        [],
        [("Submitted", 0, 3, False), ("In Progress", 3, 90, True), ("Accepted", 90, None, True)],
        (90, 3, 90, 0),
    ),
    (
        # Two transactions that overlapped: the order of the rows counts.
        "Feasibility Review",
        6,
        [("created", '{"to": "Submitted"}', 0), ("a", '{"to": "Denied"}', 6), ("b", '{"to": "Submitted"}', 5),
         ("c", '{"to": "Feasibility Review"}', 6)],
        [],
        [("Submitted", 0, 6, False), ("Denied", 6, 6, False), ("Submitted", 6, 6, False),
         ("Feasibility Review", 6, None, False)],
        (6, None, None, 0),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("status", "updated", "log", "comments", "periods", "times"), LACKING)
async def test_a_log_that_lacks_something_still_ends_where_the_request_is(
    of_0004: asyncpg.Connection,
    fresh_url: str,
    status: str,
    updated: int,
    log: list[Line],
    comments: list[int],
    periods: list[Period],
    times: tuple[Any, ...],
) -> None:
    person: UUID = await of_0004.fetchval(
        "INSERT INTO users (name, email, role) VALUES ('P', 'p@q', 'USER') RETURNING id"
    )
    request = await of_0004.fetchval(
        "INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name, assigned_to,"
        " assigned_to_name, created_at, updated_at) VALUES ('T', 'D', 'V', 'Low', $2, $1, 'P', $1, 'P', $3, $4)"
        " RETURNING id",
        person, status, hours(0), hours(updated),
    )  # fmt: skip
    # One by one: the driver's executemany of nothing would leave the tables locked.
    for action, details, at in log:
        await of_0004.execute(
            "INSERT INTO activity_log (request_id, user_name, action, details, created_at)"
            " VALUES ($1, 'P', $2, $3, $4)",
            request, action, details, hours(at),
        )  # fmt: skip
    for at in comments:
        await of_0004.execute(
            "INSERT INTO comments (request_id, author_id, author_name, author_role, content, created_at)"
            " VALUES ($1, $2, 'P', 'USER', 'C', $3)",
            request, person, hours(at),
        )  # fmt: skip
    await asyncio.to_thread(migrate, fresh_url)
    rows = await of_0004.fetch(
        "SELECT status, entered_at, nullif(left_at, 'infinity'), assumed FROM status_periods ORDER BY seq"
    )
    assert [tuple(row) for row in rows] == [
        (name, hours(entered), None if left is None else hours(left), assumed)
        for name, entered, left, assumed in periods
    ]
    row = await of_0004.fetchrow(f"SELECT {', '.join(TIMES)}, version, updated_at FROM requests")
    since, started, completed, revisions = times
    moments = [None if at is None else hours(at) for at in (since, started, completed)]
    assert tuple(row) == (*moments, revisions, timedelta(), 1, hours(updated))


async def test_a_request_of_before_can_wait_for_its_requester(fresh_url: str) -> None:
    """0012: what is there stays as it is, version and times too; the new status takes it from then on."""
    await asyncio.to_thread(migrate_to, fresh_url, "0011")
    connection = await asyncpg.connect(fresh_url)
    try:
        person = await connection.fetchval(
            "INSERT INTO users (name, email, role) VALUES ('A', 'a@b', 'USER') RETURNING id"
        )
        new = "INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name)"
        for status in ("Submitted", "Feasibility Review", "Resource Allocation", "Denied", "Accepted"):
            await connection.execute(f"{new} VALUES ('T', 'D', 'V', 'Low', $2, $1, 'A')", person, status)
        with pytest.raises(asyncpg.CheckViolationError, match="requests_status_known"):
            await connection.execute(f"{new} VALUES ('T', 'D', 'V', 'Low', 'Information Needed', $1, 'A')", person)
        before = await connection.fetch(
            "SELECT status, version, updated_at, status_since FROM requests ORDER BY number"
        )
        await asyncio.to_thread(migrate, fresh_url)
        assert before == await connection.fetch(
            "SELECT status, version, updated_at, status_since FROM requests ORDER BY number"
        )
        for number in (1, 2, 3):
            await connection.execute("UPDATE requests SET status = 'Information Needed' WHERE number = $1", number)
        for number in (4, 5):
            with pytest.raises(asyncpg.CheckViolationError, match="cannot go from"):
                await connection.execute("UPDATE requests SET status = 'Information Needed' WHERE number = $1", number)
        with pytest.raises(asyncpg.CheckViolationError, match="requests_status_known"):
            await connection.execute(f"{new} VALUES ('T', 'D', 'V', 'Low', 'Lost', $1, 'A')", person)
    finally:
        await connection.close()


STOPS: dict[str, tuple[list[Period], int]] = {
    "two stops after the start, of 10 h and 3 h, and one before": (
        [
            ("Submitted", 0, 1, False), ("Information Needed", 1, 6, False), ("Feasibility Review", 6, 7, False),
            ("Engineering Review", 7, 8, False), ("In Progress", 8, 10, False), ("Resource Allocation", 10, 11, False),
            ("Information Needed", 11, 21, False), ("Feasibility Review", 21, 22, False),
            ("Information Needed", 22, 25, False), ("Feasibility Review", 25, None, False),
        ],
        13,
    ),
    "the one that is not over is not counted yet": (
        [("Submitted", 0, 1, False), ("In Progress", 1, 2, False), ("Information Needed", 2, None, False)],
        0,
    ),
    "nobody knows how long it was": (
        [("Submitted", 0, 1, True), ("In Progress", 1, 2, False), ("Information Needed", 2, 9, True),
         ("Feasibility Review", 9, None, True)],
        0,
    ),
    "never begun": ([("Submitted", 0, 1, False), ("Information Needed", 1, 6, False), ("Denied", 6, None, False)], 0),
}  # fmt: skip


@pytest.mark.parametrize(("lived", "stopped"), STOPS.values(), ids=STOPS)
async def test_how_long_the_clock_stood_comes_from_the_periods(
    fresh_url: str, lived: list[Period], stopped: int
) -> None:
    """0018: from what is kept already, and nothing else of a request changes; from then on each answer adds to it."""
    await asyncio.to_thread(migrate_to, fresh_url, "0017")
    connection = await asyncpg.connect(fresh_url)
    try:
        person = await connection.fetchval(
            "INSERT INTO users (name, email, role) VALUES ('A', 'a@b', 'USER') RETURNING id"
        )
        begun = next((entered for name, entered, _, _ in lived if name == "In Progress"), None)
        async with connection.transaction():
            await connection.execute("SET LOCAL simflow.quiet = 'on'")
            request = await connection.fetchval(
                "INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name,"
                " created_at, updated_at, status_since, started_at)"
                " VALUES ('T', 'D', 'V', 'Low', $2, $1, 'A', $3, $4, $4, $5) RETURNING id",
                person, lived[-1][0], hours(0), hours(lived[-1][1]), None if begun is None else hours(begun),
            )  # fmt: skip
            await connection.executemany(
                "INSERT INTO status_periods (request_id, seq, status, entered_at, left_at, assumed)"
                " VALUES ($1, $2, $3, $4, coalesce($5::timestamptz, 'infinity'), $6)",
                [
                    (request, seq, name, hours(entered), None if left is None else hours(left), assumed)
                    for seq, (name, entered, left, assumed) in enumerate(lived, 1)
                ],
            )
        before = dict(await connection.fetchrow("SELECT * FROM requests"))
        await asyncio.to_thread(migrate, fresh_url)
        after = dict(await connection.fetchrow("SELECT * FROM requests"))
        assert after.pop("stopped_for") == timedelta(hours=stopped)
        assert after == before
        if after["status"] == "Information Needed":
            query = "UPDATE requests SET status = 'Feasibility Review' RETURNING stopped_for, now() - $1"
            stood, since = await connection.fetchrow(query, after["status_since"])
            assert stood == since > timedelta()
    finally:
        await connection.close()


async def test_requests_of_before_live_on_without_a_study(fresh_url: str) -> None:
    """0011: they have no type, nothing keeps them from a step, and they can be given data and criteria."""
    await asyncio.to_thread(migrate_to, fresh_url, "0010")
    connection = await asyncpg.connect(fresh_url)
    try:
        person = await connection.fetchval(
            "INSERT INTO users (name, email, role) VALUES ('A', 'a@b', 'ENGINEER') RETURNING id"
        )
        new = (
            "INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name,"
            " assigned_to, assigned_to_name) VALUES ('T', 'D', 'V', 'Low', $2, $1, 'A', $1, 'A')"
        )
        for status in ("Engineering Review", "In Progress", "In Progress", "Accepted"):
            await connection.execute(new, person, status)
        told = "SELECT id, status, version, updated_at, status_since FROM requests ORDER BY number"
        before = await connection.fetch(told)
        await asyncio.to_thread(migrate, fresh_url)
        assert await connection.fetch(told) == before
        assert (
            await connection.fetchval("SELECT count(*) FROM requests WHERE num_nonnulls(study_type, form_id) > 0") == 0
        )
        move = "UPDATE requests SET status = $2 WHERE number = $1"
        await connection.execute(move, 1, "In Progress")
        await connection.execute(move, 2, "Completed")
        await connection.execute(
            "INSERT INTO criteria (request_id, name, comparison, required) VALUES ($1, 'C', 'judged', true)",
            before[2]["id"],
        )
        with pytest.raises(asyncpg.CheckViolationError, match="still open"):
            await connection.execute(move, 3, "Completed")
        await connection.execute(
            "INSERT INTO request_values (request_id, field, text_value) VALUES ($1, 'station', '40R')", before[3]["id"]
        )
    finally:
        await connection.close()
