"""Migrating a desk that was in use: what people wrote before stays as it was, and all that is new works with it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from simflow.db.migrate import migrate
from simflow.running.doctor import DIFFERENCES
from tests.db.fresh import migrate_to

WRITTEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
LONG = "ä" * 10_000


async def desk_at(url: str, revision: str) -> tuple[asyncpg.Connection, dict[str, UUID]]:
    """A database of that revision with three people, two requests, talk about the first and its log."""
    await asyncio.to_thread(migrate_to, url, revision)
    connection = await asyncpg.connect(url)
    ids: dict[str, UUID] = {}
    for name, role in (("alice", "USER"), ("bob", "MANAGER"), ("charlie", "ENGINEER")):
        query = "INSERT INTO users (name, email, role) VALUES ($1, $1 || '@simflow.local', $2) RETURNING id"
        ids[name] = await connection.fetchval(query, name, role)
    for title, status, engineer in (("first", "In Progress", "charlie"), ("second", "Submitted", None)):
        ids[title] = await connection.fetchval(
            "INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name,"
            " assigned_to, assigned_to_name, created_at, updated_at)"
            " VALUES ($1, 'D', 'V', 'High', $2, $3, 'alice', $4, $5, $6, $6) RETURNING id",
            title, status, ids["alice"], ids[engineer] if engineer else None, engineer, WRITTEN,
        )  # fmt: skip
    for name, content, internal in (("open", LONG, False), ("internal", "For the team", True)):
        ids[name] = await connection.fetchval(
            "INSERT INTO comments (request_id, author_id, author_name, author_role, content, internal, created_at)"
            " VALUES ($1, $2, 'charlie', 'ENGINEER', $3, $4, $5) RETURNING id",
            ids["first"], ids["charlie"], content, internal, WRITTEN,
        )  # fmt: skip
        await connection.execute(
            "INSERT INTO activity_log (request_id, user_id, user_name, action, details, internal, created_at)"
            " VALUES ($1, $2, 'charlie', 'commented', jsonb_build_object('commentId', $3::uuid), $4, $5)",
            ids["first"], ids["charlie"], ids[name], internal, WRITTEN,
        )  # fmt: skip
    return connection, ids


async def as_person(url: str, role: str, person: UUID, query: str, *values: Any) -> list[asyncpg.Record]:
    """Done as the API does it, and kept."""
    app = await asyncpg.connect(url.replace("simflow_owner", "simflow_user"), server_settings={"role": role})
    try:
        async with app.transaction():
            await app.execute(f"SET LOCAL simflow.person = '{person}'")
            rows: list[asyncpg.Record] = await app.fetch(query, *values)
            return rows
    finally:
        await app.close()


ROWS = {
    "comments": "SELECT id, content, internal, created_at FROM comments ORDER BY created_at, id",
    "log": "SELECT id, request_id, action, details, internal, created_at FROM activity_log ORDER BY id",
    "requests": "SELECT id, title, status, version, created_at, updated_at FROM requests ORDER BY number",
}


async def rows(connection: asyncpg.Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {name: [tuple(row) for row in await connection.fetch(query)] for name, query in ROWS.items()}


async def test_talk_of_before_can_be_edited_withdrawn_and_is_no_news(fresh_url: str) -> None:
    connection, ids = await desk_at(fresh_url, "0003")
    before, events = await rows(connection), await connection.fetchval("SELECT count(*) FROM events")
    await asyncio.to_thread(migrate, fresh_url)
    assert await rows(connection) == before
    assert await connection.fetchval("SELECT count(*) FROM events") == events
    assert {tuple(row) for row in await connection.fetch("SELECT version, edited_at, withdrawn_at FROM comments")} == {
        (1, None, None)
    }
    for table in ("notifications", "mentions", "watchers", "comment_versions"):
        assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0

    await as_person(
        fresh_url,
        "simflow_engineer",
        ids["charlie"],
        "UPDATE comments SET content = 'Shorter' WHERE id = $1",
        ids["open"],
    )
    withdraw = "UPDATE comments SET content = '', withdrawn_at = now() WHERE id = $1"
    await as_person(fresh_url, "simflow_engineer", ids["charlie"], withdraw, ids["internal"])
    history = await connection.fetch("SELECT comment_id, version, content, written_at FROM comment_versions")
    assert {tuple(row) for row in history} == {
        (ids["open"], 1, LONG, WRITTEN),
        (ids["internal"], 1, "For the team", WRITTEN),
    }
    seen = await as_person(fresh_url, "simflow_requester", ids["alice"], "SELECT comment_id FROM comment_versions")
    assert [row["comment_id"] for row in seen] == [ids["open"]]

    # Who asked and who has it are told of what happens from now on.
    await as_person(
        fresh_url, "simflow_manager", ids["bob"],
        "INSERT INTO activity_log (request_id, user_id, user_name, action, details)"
        " VALUES ($1, $2, 'bob', 'hold', '{\"to\": \"On Hold\"}')",
        ids["first"], ids["bob"],
    )  # fmt: skip
    told = await connection.fetch("SELECT user_id, action FROM notifications")
    assert {tuple(row) for row in told} == {(ids["alice"], "hold"), (ids["charlie"], "hold")}
    await connection.close()


async def test_requests_of_before_have_no_properties_and_take_them(fresh_url: str) -> None:
    connection, ids = await desk_at(fresh_url, "0009")
    before, events = await rows(connection), await connection.fetchval("SELECT count(*) FROM events")
    await asyncio.to_thread(migrate, fresh_url)
    assert await rows(connection) == before
    assert await connection.fetchval("SELECT count(*) FROM events") == events
    kept = await connection.fetch("SELECT due_date, tags FROM requests")
    assert [(row["due_date"], row["tags"]) for row in kept] == [(None, [])] * 2
    # The log of before tells of no other request, and is read as it was.
    read = "SELECT action, internal FROM activity_log ORDER BY internal"
    for role, person, seen in (
        ("simflow_requester", "alice", [False]),
        ("simflow_engineer", "charlie", [False, True]),
        ("simflow_manager", "bob", [False, True]),
    ):
        lines = await as_person(fresh_url, role, ids[person], read)
        assert [line["internal"] for line in lines] == seen, role

    await as_person(
        fresh_url, "simflow_requester", ids["alice"],
        "UPDATE requests SET due_date = '2026-12-01', tags = '{weld}' WHERE id = $1", ids["second"],
    )  # fmt: skip
    await as_person(
        fresh_url, "simflow_requester", ids["alice"],
        "INSERT INTO links (from_id, kind, to_id, created_by, created_by_name) VALUES ($1, 'blocks', $2, $3, 'alice')",
        ids["first"], ids["second"], ids["alice"],
    )  # fmt: skip
    links = "SELECT from_id, to_id FROM links"
    assert len(await as_person(fresh_url, "simflow_manager", ids["bob"], links)) == 1
    # The engineer sees one end only.
    assert await as_person(fresh_url, "simflow_engineer", ids["charlie"], links) == []
    await connection.close()


async def test_what_was_finished_before_is_measured_and_stays_so(fresh_url: str) -> None:
    connection, ids = await desk_at(fresh_url, "0025")
    finished = await connection.fetchval(
        "INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name, created_at,"
        " updated_at, started_at)"
        " VALUES ('third', 'D', 'V', 'High', 'Completed', $1, 'alice', $2, $3, $2) RETURNING id",
        ids["alice"], WRITTEN, WRITTEN + timedelta(days=3),
    )  # fmt: skip
    await asyncio.to_thread(migrate, fresh_url)
    measures = "SELECT measure FROM request_durations WHERE request_id = $1 ORDER BY measure"
    # How long it was Submitted and Completed is assumed: it was written as it is.
    assert [row["measure"] for row in await connection.fetch(measures, finished)] == ["cycle", "lead"]
    weeks = "SELECT microseconds FROM request_weeks WHERE side = 'all' AND what = 'cycle' AND week = '2026-03-02'"
    assert await connection.fetchval(weeks) == timedelta(days=3) / timedelta(microseconds=1)
    await connection.execute("UPDATE status_periods SET assumed = false WHERE request_id = $1", finished)
    await connection.execute("UPDATE requests SET status = 'Accepted' WHERE id = $1", finished)
    kept = [row["measure"] for row in await connection.fetch(measures, finished)]
    assert kept == ["Completed", "Submitted", "cycle", "lead"]
    assert await connection.fetchval("SELECT count(*) FROM request_durations") == len(kept)
    assert [await connection.fetchval(differing) for differing in DIFFERENCES] == [0] * len(DIFFERENCES)
    await connection.close()
