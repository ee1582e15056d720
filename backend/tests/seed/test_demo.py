"""The data of demo mode."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from simflow.auth.passwords import verify
from simflow.requests.workflow import Status
from simflow.seed import story
from simflow.seed.definitions import DEFINITIONS
from simflow.seed.demo import HOW_MANY, ensure_demo
from simflow.seed.texts import REASONS
from simflow.study.criteria import is_met
from simflow.study.models import Comparison
from simflow.users.demo import DEMO_PASSWORD, DEMO_PEOPLE
from tests.seed.consistency import TABLE, assert_consistent

TABLES = (
    "users",
    "passwords",
    "requests",
    "comments",
    "activity_log",
    "study_types",
    "request_values",
    "criteria",
    "measurements",
)


@pytest.fixture
async def demo(empty: asyncpg.Connection, empty_url: str) -> asyncpg.Connection:
    await asyncio.to_thread(ensure_demo, empty_url)
    return empty


async def contents(connection: asyncpg.Connection) -> list[list[asyncpg.Record]]:
    return [await connection.fetch(f"SELECT t::text FROM {table} t ORDER BY 1") for table in TABLES]


async def test_every_status_is_there_with_a_record_that_leads_to_it(demo: asyncpg.Connection) -> None:
    rows = await demo.fetch("SELECT status, count(*) AS count FROM requests GROUP BY status")
    assert {Status(row["status"]): row["count"] for row in rows} == HOW_MANY
    assert set(HOW_MANY) == set(Status)
    await assert_consistent(demo)


async def test_it_looks_like_four_months_of_work(demo: asyncpg.Connection) -> None:
    now = datetime.now(UTC)
    rows = await demo.fetch("SELECT * FROM requests ORDER BY number")
    assert [row["created_at"] for row in rows] == sorted(row["created_at"] for row in rows)
    assert now - timedelta(days=121) < rows[0]["created_at"] < now - timedelta(days=60)
    assert max(row["updated_at"] for row in rows) < now
    assert len({row["title"] for row in rows}) == len(rows)
    assert len({row["vendor"] for row in rows}) >= 5
    assert await demo.fetchval("SELECT max(created_at) < now() FROM comments")
    assert await demo.fetchval("SELECT count(*) > 50 AND bool_or(internal) FROM comments")
    due = "due_date < current_date - 1 AND status NOT IN ('Accepted', 'Denied', 'Cancelled')"
    assert await demo.fetchval(f"SELECT count(due_date) > 15 AND count(*) FILTER (WHERE {due}) > 0 FROM requests")
    assert await demo.fetchval("SELECT count(*) > 10 FROM requests WHERE tags <> '{}'")
    stream = await demo.fetch("SELECT created_at FROM activity_log ORDER BY seq")
    assert stream == sorted(stream)


async def test_everybody_who_signs_in_finds_something_of_their_own(demo: asyncpg.Connection) -> None:
    assert await demo.fetchval("SELECT count(*) FROM requests WHERE created_by_name = 'Alice User'") > 5
    assert await demo.fetchval("SELECT count(*) FROM requests WHERE assigned_to_name = 'Charlie Engineer'") > 5


async def test_the_demo_people_have_the_demo_password(demo: asyncpg.Connection) -> None:
    rows = await demo.fetch("SELECT u.name, u.email, u.role, p.hash FROM users u JOIN passwords p ON p.user_id = u.id")
    people = {(row["name"], row["email"], row["role"]): row["hash"] for row in rows}
    for person in DEMO_PEOPLE:
        right, _ = await verify(DEMO_PASSWORD, people[tuple(person)])
        assert right


async def test_a_second_start_changes_nothing(demo: asyncpg.Connection, empty_url: str) -> None:
    before = await contents(demo)
    await asyncio.to_thread(ensure_demo, empty_url)
    assert await contents(demo) == before


async def test_what_people_changed_stays(demo: asyncpg.Connection, empty_url: str) -> None:
    await demo.execute("UPDATE users SET name = 'Alicia', active = false WHERE email = 'alice@simflow.local'")
    await demo.execute("UPDATE passwords SET hash = 'another'")
    await demo.execute("UPDATE requests SET title = 'Changed' WHERE number = 1")
    before = await contents(demo)
    await asyncio.to_thread(ensure_demo, empty_url)
    assert await contents(demo) == before


async def test_a_database_with_requests_gets_only_the_four_people(empty: asyncpg.Connection, empty_url: str) -> None:
    await empty.execute(
        "WITH u AS (INSERT INTO users (name, email, role) VALUES ('A', 'a@b', 'USER') RETURNING id) "
        "INSERT INTO requests (title, description, vendor, priority, created_by, created_by_name) "
        "SELECT 'T', 'D', 'V', 'Low', id, 'A' FROM u"
    )
    await asyncio.to_thread(ensure_demo, empty_url)
    assert await empty.fetchval("SELECT count(*) FROM requests") == 1
    assert await empty.fetchval("SELECT count(*) FROM users") == 5


async def test_two_that_start_at_once_fill_it_once(empty: asyncpg.Connection, empty_url: str) -> None:
    await asyncio.gather(*(asyncio.to_thread(ensure_demo, empty_url) for _ in range(2)))
    assert await empty.fetchval("SELECT count(*) FROM requests") == sum(HOW_MANY.values())


def test_the_walk_knows_every_move_of_the_table() -> None:
    weighed = {(status, action) for status, weights in story.WEIGHTS.items() for action in weights}
    legal = {(source, move.action) for move in TABLE.values() for source in move.sources}
    assert weighed == legal
    assert {action for action, move in TABLE.items() if move.needs_reason} == set(REASONS)


async def test_studies_are_what_their_types_ask_for(demo: asyncpg.Connection) -> None:
    assert await demo.fetchval("SELECT count(DISTINCT study_type) FROM requests") == len(DEFINITIONS)
    open_ones = await demo.fetch(
        "SELECT id, hindrances(id, status, vendor, form_id, revisions + 1) AS open FROM requests"
    )
    assert any(row["open"] for row in open_ones), "something is still open at work"
    assert not all(row["open"] for row in open_ones)
    # What is completed has been asked for all that completion needs.
    codes = await demo.fetch(
        "SELECT hindrances(id, 'In Progress', vendor, form_id, last.round) AS codes FROM requests r CROSS JOIN LATERAL"
        " (SELECT max(round) AS round FROM measurements m WHERE m.request_id = r.id) last"
        " WHERE study_type IS NOT NULL AND status IN ('Completed', 'Accepted', 'Revision Requested')"
    )
    assert len(codes) > 10
    assert not any(row["codes"] for row in codes)
    again = (
        "SELECT count(DISTINCT r.id) FROM requests r JOIN measurements m ON m.request_id = r.id"
        " WHERE r.status = 'In Progress' AND m.round < r.revisions + 1"
    )
    assert await demo.fetchval(again) >= 2, "before and now side by side"


async def test_results_are_judged_as_the_api_would(demo: asyncpg.Connection) -> None:
    rows = await demo.fetch(
        "SELECT c.*, m.value, m.passed FROM measurements m JOIN criteria c ON c.id = m.criterion_id"
    )
    for row in rows:
        if row["target"] is not None:
            judged = is_met(Comparison(row["comparison"]), row["value"], row["target"], row["upper"])
            assert judged == row["passed"], dict(row)
    assert {row["passed"] for row in rows} == {True, False}
    outside = await demo.fetchval(
        "SELECT count(*) FROM measurements m WHERE NOT EXISTS (SELECT FROM status_periods p WHERE"
        " p.request_id = m.request_id AND p.status IN ('In Progress', 'On Hold')"
        " AND m.measured_at BETWEEN p.entered_at AND p.left_at)"
    )
    assert outside == 0
    assert await demo.fetchval("SELECT max(measured_at) < now() FROM measurements")


async def test_types_that_an_admin_made_stay(empty: asyncpg.Connection, empty_url: str) -> None:
    await empty.execute("INSERT INTO study_types (id, name) VALUES ('own', 'Own')")
    await empty.execute("INSERT INTO forms (study_type, version, fields) VALUES ('own', 1, '[]')")
    await asyncio.to_thread(ensure_demo, empty_url)
    assert await empty.fetchval("SELECT count(*) FROM study_types") == 1
    assert await empty.fetchval("SELECT count(*) FROM requests WHERE study_type IS NULL") == sum(HOW_MANY.values())
