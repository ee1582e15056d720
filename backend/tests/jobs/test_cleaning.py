"""What has had its time goes, nothing else does; and a schedule fires once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import asyncpg
import pytest

from simflow.db import embedded
from simflow.db.pool import Database
from simflow.jobs import cleaning
from simflow.jobs.registry import HANDLERS, SCHEDULES
from tests.jobs.conftest import DATABASE, until, working
from tests.jobs.test_enqueue import Doings

EVENT = """
INSERT INTO events (kind, request_id, number, version, created_by, status, created_at)
SELECT 'created', gen_random_uuid(), 1, 1, gen_random_uuid(), 'Submitted', now() - $1::text::interval
FROM generate_series(1, $2) RETURNING xid::text
"""


@pytest.fixture
async def person(desk: asyncpg.Connection) -> Any:
    await desk.execute("TRUNCATE events, sessions, sign_in_failures, idempotency_keys")
    await desk.execute("UPDATE event_horizon SET xid = '0'")
    return await desk.fetchval(
        "INSERT INTO users (name, email, role) VALUES ('Old', gen_random_uuid() || '@test.local', 'USER') RETURNING id"
    )


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "BATCH", 3)


@pytest.fixture
async def other(server: embedded.EmbeddedServer, desk: asyncpg.Connection) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(server.url("simflow_owner", DATABASE))
    yield connection
    await connection.close()


async def horizon(desk: asyncpg.Connection) -> int:
    return int(await desk.fetchval("SELECT xid::text FROM event_horizon"))


async def test_old_idempotency_keys_go(desk: asyncpg.Connection, queue_db: Database, person: Any) -> None:
    await desk.execute(
        "INSERT INTO idempotency_keys (person, key, fingerprint, created_at)"
        " SELECT $1, n::text, sha256('x'), now() - n * interval '1 hour' FROM generate_series(15, 32) n",
        person,
    )
    await cleaning.clean_idempotency_keys(queue_db, {})
    rows = await desk.fetch("SELECT key FROM idempotency_keys ORDER BY key")
    assert [row["key"] for row in rows] == [str(n) for n in range(15, 24)]


async def test_words_of_texts_are_gathered(desk: asyncpg.Connection, queue_db: Database, person: Any) -> None:
    await desk.execute(
        "INSERT INTO requests (title, description, vendor, priority, created_by, created_by_name)"
        " SELECT 'Number ' || n, 'Reach', 'ABB', 'Low', $1, 'Old' FROM generate_series(1, 7) n",
        person,
    )
    await cleaning.gather_words(queue_db, {})
    assert await desk.fetchval("SELECT count(*) FROM stale_words") == 0
    assert await desk.fetchval("SELECT count(*) FROM kept_words WHERE words @> '{number,reach}'") == 7


async def test_frequent_words_have_bits(desk: asyncpg.Connection, queue_db: Database, person: Any) -> None:
    """What a hundred requests have, for as long as half as many do."""
    await desk.execute(
        "INSERT INTO requests (title, description, vendor, priority, created_by, created_by_name)"
        " SELECT 'Trolley ' || n, CASE WHEN n % 3 = 0 THEN 'Puffer' ELSE 'Cycle' END, 'ABB', 'Low', $1, 'Old'"
        " FROM generate_series(1, 179) n",
        person,
    )
    await cleaning.gather_words(queue_db, {})
    gone = "DELETE FROM requests WHERE description = 'Cycle' AND substr(title, 9)::integer % 10 {}"
    kept = """SELECT l.word, sum(bit_count(b.bits))::integer AS requests
        FROM frequent_words f JOIN lexicon l ON l.id = f.word JOIN word_bits b ON b.word = f.word GROUP BY l.word"""
    for sql, words in (
        ("SELECT", {"trolley": 179, "cycle": 120}),
        (gone.format("= 0"), {"trolley": 167, "cycle": 108}),
        (gone.format("> 3"), {"trolley": 95}),
    ):
        await desk.execute(sql)
        await cleaning.gather_words(queue_db, {})
        await desk.execute("ANALYZE request_words")
        await cleaning.keep_frequent_words(queue_db, {})
        assert {row["word"]: row["requests"] for row in await desk.fetch(kept)} == words


async def test_ended_sessions_go(desk: asyncpg.Connection, queue_db: Database, person: Any) -> None:
    await desk.execute(
        "INSERT INTO sessions (token_hash, user_id, expires_at)"
        " SELECT sha256(n::text::bytea), $1, now() + n * interval '1 hour' FROM generate_series(-7, 2) n",
        person,
    )
    await cleaning.clean_sessions(queue_db, {})
    assert await desk.fetchval("SELECT count(*) FROM sessions") == 2
    assert await desk.fetchval("SELECT min(expires_at) > now() FROM sessions")


async def test_old_failures_to_sign_in_go(desk: asyncpg.Connection, queue_db: Database, person: Any) -> None:
    await desk.execute(
        "INSERT INTO sign_in_failures (account, origin, failures, window_start)"
        " SELECT n::text, 'here', 1, now() - n * interval '5 hours' FROM generate_series(0, 9) n"
    )
    await cleaning.clean_sign_in_failures(queue_db, {})
    rows = await desk.fetch("SELECT account FROM sign_in_failures ORDER BY account")
    assert [row["account"] for row in rows] == ["0", "1", "2", "3", "4"]


async def test_the_old_log_goes_but_not_why_a_job_is_dead(desk: asyncpg.Connection, queue_db: Database) -> None:
    await desk.execute("INSERT INTO jobs (id, priority, status, entrypoint) VALUES (-1, 0, 'failed', 'note')")
    await desk.execute(
        "INSERT INTO job_log (job_id, status, priority, entrypoint, created)"
        " SELECT job, 'failed', 0, 'note', now() - days * interval '1 day'"
        " FROM generate_series(-1, 3) job, generate_series(6, 8) days"
    )
    await cleaning.clean_job_log(queue_db, {})
    rows = await desk.fetch("SELECT job_id, count(*) AS left FROM job_log GROUP BY job_id ORDER BY job_id")
    assert {row["job_id"]: row["left"] for row in rows} == {-1: 3, 0: 1, 1: 1, 2: 1, 3: 1}


async def test_old_events_go_in_their_order_and_the_horizon_moves_behind_them(
    desk: asyncpg.Connection, queue_db: Database, person: Any
) -> None:
    old = [int(await desk.fetchval(EVENT, age, 4)) for age in ("3 days", "25 hours", "2 days")]
    young = int(await desk.fetchval(EVENT, "23 hours", 2))
    above = int(await desk.fetchval(EVENT, "4 days", 2))
    await cleaning.clean_events(queue_db, {})
    rows = await desk.fetch("SELECT DISTINCT xid::text FROM events")
    assert {int(row["xid"]) for row in rows} == {young, above}
    assert old[-1] < await horizon(desk) <= young


async def test_nothing_above_a_running_transaction_goes(
    desk: asyncpg.Connection, other: asyncpg.Connection, queue_db: Database, person: Any
) -> None:
    before = int(await desk.fetchval(EVENT, "2 days", 1))
    transaction = other.transaction()
    await transaction.start()
    running = int(await other.fetchval(EVENT, "2 days", 1))
    await desk.fetchval(EVENT, "2 days", 1)
    await cleaning.clean_events(queue_db, {})
    assert await desk.fetchval("SELECT count(*) FROM events") == 1
    assert before < await horizon(desk) <= running
    await transaction.commit()
    assert await desk.fetchval("SELECT count(*) FROM events WHERE xid = $1::text::xid8", str(running)) == 1
    await cleaning.clean_events(queue_db, {})
    assert await desk.fetchval("SELECT count(*) FROM events") == 0
    assert await horizon(desk) > running


async def test_with_nothing_to_clean_the_horizon_stays(
    desk: asyncpg.Connection, queue_db: Database, person: Any
) -> None:
    await desk.fetchval(EVENT, "1 hour", 5)
    await cleaning.clean_events(queue_db, {})
    assert await horizon(desk) == 0
    assert await desk.fetchval("SELECT count(*) FROM events") == 5


async def test_many_may_clean_at_once(desk: asyncpg.Connection, queue_db: Database, person: Any) -> None:
    for _ in range(10):
        last = int(await desk.fetchval(EVENT, "2 days", 5))
    await asyncio.gather(*(cleaning.clean_events(queue_db, {}) for _ in range(4)))
    assert await desk.fetchval("SELECT count(*) FROM events") == 0
    assert await horizon(desk) == last + 1


async def test_a_schedule_fires_once_however_many_workers_run(
    desk: asyncpg.Connection, queue_url: str, queue_db: Database
) -> None:
    doings = Doings()
    fired = "SELECT count(*) FROM job_log WHERE status = 'queued'"
    for turn in range(1, 5):
        await desk.execute("UPDATE job_schedules SET next_run = now() - interval '1 minute'")
        async with AsyncExitStack() as stack:
            for _ in range(3):
                await stack.enter_async_context(working(queue_url, queue_db, {"note": doings}, {"note": "0 0 1 1 *"}))
            if turn == 1:
                await until(lambda: desk.fetchval("SELECT count(*) = 1 FROM job_schedules"))
                assert await desk.fetchval("SELECT next_run > now() FROM job_schedules")
                continue
            await doings.number(turn - 1)
            await until(
                lambda: desk.fetchval("SELECT bool_and(status = 'queued' AND next_run > now()) FROM job_schedules")
            )
        assert await desk.fetchval(fired) == turn - 1
    assert len(doings.payloads) == 3


async def test_what_is_scheduled_exists_and_is_done_by_the_worker(
    desk: asyncpg.Connection, queue_url: str, queue_db: Database, person: Any
) -> None:
    assert SCHEDULES.keys() <= HANDLERS.keys()
    await desk.fetchval(EVENT, "2 days", 5)
    async with working(queue_url, queue_db, HANDLERS, SCHEDULES):
        await until(lambda: desk.fetchval("SELECT count(*) = $1 FROM job_schedules", len(SCHEDULES)))
    await desk.execute("UPDATE job_schedules SET next_run = now() - interval '1 minute'")
    async with working(queue_url, queue_db, HANDLERS, SCHEDULES):
        await until(
            lambda: desk.fetchval(
                "SELECT count(DISTINCT entrypoint) = $2 FROM job_log"
                " WHERE status = 'successful' AND entrypoint = ANY($1)",
                list(SCHEDULES),
                len(SCHEDULES),
            )
        )
    assert await desk.fetchval("SELECT count(*) FROM events") == 0
    assert await desk.fetchval("SELECT count(*) FROM jobs") == 0


async def test_forgotten_drafts_go(desk: asyncpg.Connection, queue_db: Database, person: Any) -> None:
    await desk.execute(
        "INSERT INTO drafts (owner_id, content, updated_at)"
        " SELECT $1, jsonb_build_object('title', n::text), now() - n * interval '1 day' FROM generate_series(84, 96) n",
        person,
    )
    await cleaning.clean_drafts(queue_db, {})
    rows = await desk.fetch("SELECT content ->> 'title' AS title FROM drafts WHERE owner_id = $1 ORDER BY 1", person)
    assert [row["title"] for row in rows] == [str(n) for n in range(84, 90)]
