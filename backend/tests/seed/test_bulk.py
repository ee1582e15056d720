"""`simflow seed`."""

from dataclasses import replace

import asyncpg
import pytest

from simflow.seed import bulk
from simflow.seed.bulk import Size
from simflow.seed.definitions import DEFINITIONS
from simflow.seed.story import DAY, at_work, monday_before, working_moment
from simflow.settings import Settings
from tests.commands import error_of, simflow
from tests.seed.consistency import assert_consistent

CONTENT = {
    "requests": "id, number, title, description, status, created_by_name, assigned_to_name, created_at, version",
    "comments": "id, request_id, author_name, content, internal, created_at",
    "activity_log": "id, request_id, user_name, action, details::text, internal, created_at",
    "status_periods": "request_id, seq, status, entered_at, left_at",
    "request_values": "request_id, field, text_value, number_value, entered, unit, date_value",
    "criteria": "id, request_id, seq, name",
    "measurements": "id, criterion_id, seq, value, passed, measured_at",
    "criteria_agreements": "request_id, side, person_name, agreed_at",
}


@pytest.fixture
def here(settings: Settings, empty_url: str) -> Settings:
    return replace(settings, url=empty_url, owner_url=empty_url)


async def contents(connection: asyncpg.Connection) -> list[list[asyncpg.Record]]:
    return [await connection.fetch(f"SELECT {what} FROM {table} ORDER BY 1, 2, 3") for table, what in CONTENT.items()]


async def count(connection: asyncpg.Connection, table: str) -> int:
    number: int = await connection.fetchval(f"SELECT count(*) FROM {table}")
    return number


async def test_the_counts_are_exact_and_the_records_true(empty: asyncpg.Connection, here: Settings) -> None:
    # More than one batch, and nothing that divides evenly.
    size = ("--requests", "1234", "--comments", "2345", "--people", "23")
    result = await simflow(here, "seed", *size, "--until", "2026-06-30")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Added 1234 requests with 2345 comments in ")
    counts = [await count(empty, table) for table in ("requests", "comments", "users")]
    assert counts == [1234, 2345, 23]
    assert await count(empty, "events") == 0
    await assert_consistent(empty)
    # Most have ended, and something is going on in every corner.
    spread = dict(await empty.fetch("SELECT status, count(*) FROM requests GROUP BY status"))
    assert len(spread) >= 10
    assert 600 < spread["Accepted"] < 1100
    keys = await empty.fetch("SELECT created_at FROM requests ORDER BY number")
    assert keys == sorted(keys)
    assert await empty.fetchval("SELECT bool_or(title ~ '[一-龥]') AND max(length(description)) > 2000 FROM requests")


async def schema(connection: asyncpg.Connection) -> list[list[str]]:
    """Everything that `seed` puts aside for a while."""
    return [
        [row[0] for row in await connection.fetch(f"SELECT {what} AS line FROM {catalog} ORDER BY line")]
        for what, catalog in [
            ("pg_get_indexdef(indexrelid)", "pg_index WHERE indrelid >= 16384"),
            ("conrelid::regclass || conname || pg_get_constraintdef(oid)", "pg_constraint WHERE conrelid >= 16384"),
            ("tgrelid::regclass || tgname || tgenabled::text", "pg_trigger WHERE NOT tgisinternal"),
        ]
    ]


async def test_many_are_as_true_as_few_and_leave_the_schema_as_it_was(
    empty: asyncpg.Connection, here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MANY", 1000)
    before = await schema(empty)
    arguments = ("seed", "--requests", "2100", "--comments", "2000", "--people", "9", "--until", "2026-06-30")
    result = await simflow(here, *arguments)
    assert result.exit_code == 0, result.output
    assert await schema(empty) == before
    await assert_consistent(empty)
    assert [await count(empty, table) for table in ("requests", "comments", "users")] == [2100, 2000, 9]
    assert await count(empty, "kept_words") == 2100
    assert await empty.fetch("SELECT * FROM gathered_words EXCEPT SELECT * FROM kept_words") == []
    assert await empty.fetchval("SELECT count(*) FROM requests WHERE due_date IS NOT NULL AND tags <> '{}'") > 100


async def test_the_same_seed_gives_the_same_data_and_a_second_run_others(
    empty: asyncpg.Connection, here: Settings
) -> None:
    arguments = ("seed", "--requests", "60", "--comments", "100", "--people", "5", "--until", "2026-06-30")
    await simflow(here, *arguments)
    first = await contents(empty)
    await empty.execute("TRUNCATE requests, comments, activity_log RESTART IDENTITY CASCADE")
    await simflow(here, *arguments)
    assert await contents(empty) == first
    assert (await simflow(here, *arguments)).exit_code == 0
    assert [await count(empty, table) for table in ("requests", "comments", "users")] == [120, 200, 5]


async def test_many_are_the_same_as_few(
    empty: asyncpg.Connection, here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made by several processes and with everything put aside, or by one beside what is kept."""
    arguments = ("seed", "--requests", "2100", "--comments", "100", "--people", "5", "--until", "2026-06-30")
    await simflow(here, *arguments)
    few = await contents(empty)
    await empty.execute("TRUNCATE requests, comments, activity_log RESTART IDENTITY CASCADE")
    monkeypatch.setattr(bulk, "MANY", 1)
    await simflow(here, *arguments)
    assert await contents(empty) == few
    # Beside those that are there: none of them goes.
    before = await empty.fetch("SELECT id, number, title FROM requests ORDER BY number")
    await simflow(here, *arguments)
    assert (await empty.fetch("SELECT id, number, title FROM requests ORDER BY number"))[:2100] == before
    assert [await count(empty, table) for table in ("requests", "comments", "kept_words")] == [4200, 200, 4200]


async def test_the_last_steps_are_told_by_their_names(
    empty: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MANY", 1)
    told: list[tuple[str, int, int]] = []
    async with empty.transaction():
        size = Size(20, 20, 5, 1, monday_before(1_780_000_000))
        await bulk.fill(empty, size, lambda what, done, of: told.append((what, done, of)))
    assert list(dict.fromkeys(what for what, _, _ in told)) == [
        "Requests",
        "Keys",
        "Indexes",
        "Words",
        "References",
        "Counts",
    ]
    built = [(done, of) for what, done, of in told if what != "Requests"]
    assert built == [(done, len(built)) for done in range(len(built))]


async def test_a_share_of_them_has_simulation_data_and_criteria(empty: asyncpg.Connection, here: Settings) -> None:
    await simflow(here, "seed", "--requests", "1000", "--comments", "0", "--people", "9", "--until", "2026-06-30")
    studied = await count(empty, "requests WHERE study_type IS NOT NULL")
    assert 230 < studied < 370
    assert await empty.fetchval("SELECT count(DISTINCT study_type) FROM requests") == len(DEFINITIONS)
    tables = ("request_values", "criteria", "criteria_agreements")
    for table in tables:
        assert await count(empty, table) > studied
    assert await count(empty, "measurements WHERE NOT passed") > 10
    # Nothing keeps done what is done, or lets begin what nobody agreed to.
    hindered = "revisions = 0 AND hindrances(id, 'In Progress', vendor, form_id, 1) <> '{}'"
    assert await count(empty, f"requests WHERE status IN ('Completed', 'Accepted') AND {hindered}") == 0
    formless = "request_values v JOIN requests r ON r.id = v.request_id WHERE r.form_id IS NULL"
    assert await count(empty, formless) == 0


async def test_what_an_admin_defined_gets_no_made_up_values(empty: asyncpg.Connection, here: Settings) -> None:
    await empty.execute("INSERT INTO study_types (id, name) VALUES ('reach', 'Reach')")
    await empty.execute("INSERT INTO forms (study_type, version, fields) VALUES ('reach', 1, '[]')")
    result = await simflow(here, "seed", "--requests", "100", "--comments", "0", "--people", "3")
    assert result.exit_code == 0, result.output
    assert [await count(empty, table) for table in ("requests", "study_types", "request_values")] == [100, 1, 0]


async def test_comments_are_five_for_each_request_unless_told(empty: asyncpg.Connection, here: Settings) -> None:
    await simflow(here, "seed", "--requests", "10", "--people", "3")
    assert await count(empty, "comments") == 50
    await simflow(here, "seed", "--requests", "1", "--comments", "0", "--people", "3")
    assert [await count(empty, "requests"), await count(empty, "comments")] == [11, 50]


async def test_what_cannot_be_is_said_in_one_line(here: Settings) -> None:
    said = error_of(await simflow(here, "seed", "--requests", "0", "--comments", "3"))
    assert said == "Comments belong to requests: ask for at least one with --requests."
    assert "'--people'" in error_of(await simflow(here, "seed", "--people", "2"), 2)


def test_working_time_is_monday_to_friday_and_runs_forward() -> None:
    monday = monday_before(1_780_000_000)
    moments = [working_moment(monday, monday + 14 * DAY, n / 1000) for n in range(1000)]
    assert moments == sorted(moments)
    for at in moments + [at_work(monday + n * DAY / 13) for n in range(100)]:
        day, second = divmod(at - monday, DAY)
        assert day % 7 < 5
        assert 7 <= second / 3600 <= 17
    assert all(at_work(monday + n * DAY / 13) >= monday + n * DAY / 13 - 12 * 3600 for n in range(100))
