"""The schema holds what the commission's sketch names, and keeps the workflow that the code tells."""

import asyncpg
import pytest

from simflow.requests.workflow import TRANSITIONS

COLUMNS = {
    "users": {
        "id": "uuid",
        "name": "text",
        "email": "text",
        "role": "text",
        "avatar_url": "text",
        "created_at": "timestamp with time zone",
        "updated_at": "timestamp with time zone",
    },
    "requests": {
        "id": "uuid",
        "title": "text",
        "description": "text",
        "vendor": "text",
        "status": "text",
        "priority": "text",
        "created_by": "uuid",
        "created_by_name": "text",
        "assigned_to": "uuid",
        "assigned_to_name": "text",
        "estimated_hours": "integer",
        "created_at": "timestamp with time zone",
        "updated_at": "timestamp with time zone",
    },
    "comments": {
        "id": "uuid",
        "request_id": "uuid",
        "author_id": "uuid",
        "author_name": "text",
        "author_role": "text",
        "content": "text",
        "created_at": "timestamp with time zone",
    },
    "activity_log": {
        "id": "uuid",
        "request_id": "uuid",
        "user_id": "uuid",
        "action": "text",
        "details": "jsonb",
        "created_at": "timestamp with time zone",
    },
}
INDEXES = {
    "idx_requests_status": "status",
    "idx_requests_created_by": "created_by",
    "idx_requests_assigned_to": "assigned_to",
    "idx_comments_request_id": "request_id",
    "idx_activity_log_request_id": "request_id",
}


@pytest.mark.parametrize("table", COLUMNS)
async def test_the_commissions_columns_are_there(owner: asyncpg.Connection, table: str) -> None:
    rows = await owner.fetch(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = $1",
        table,
    )
    found = {row["column_name"]: row["data_type"] for row in rows}
    assert COLUMNS[table].items() <= found.items()


async def test_the_commissions_indexes_are_there(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'")
    found = {row["indexname"]: row["indexdef"] for row in rows}
    for name, column in INDEXES.items():
        assert f"({column}" in found[name]


async def test_no_time_is_without_its_zone(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'"
    )
    assert rows == []


async def test_every_reference_is_indexed(owner: asyncpg.Connection) -> None:
    """Otherwise a change of the referenced row reads the whole table."""
    rows = await owner.fetch(
        """
        SELECT c.conrelid::regclass::text AS "table", c.conname FROM pg_constraint c
        WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND NOT EXISTS (
            SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1] AND i.indpred IS NULL
        )
        """
    )
    uncovered = {row["conname"] for row in rows}
    assert uncovered == set()


async def test_an_address_belongs_to_one_person_however_it_is_spelt(owner: asyncpg.Connection) -> None:
    insert = "INSERT INTO users (name, email, role) VALUES ('Twin', $1, 'USER')"
    await owner.execute(insert, "twin@test.local")
    with pytest.raises(asyncpg.UniqueViolationError):
        await owner.execute(insert, "Twin@Test.Local")


async def test_comments_and_log_go_with_their_request(owner: asyncpg.Connection) -> None:
    rules = await owner.fetch(
        "SELECT conrelid::regclass::text AS name, confdeltype::text AS rule FROM pg_constraint"
        " WHERE contype = 'f' AND confrelid = 'requests'::regclass"
    )
    cascading = {row["name"]: row["rule"] for row in rules}
    assert (cascading["comments"], cascading["activity_log"]) == ("c", "c")


async def test_the_database_knows_the_moves_of_the_code(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch("SELECT action, from_status, to_status FROM transitions")
    assert {tuple(row) for row in rows} == {(t.action, s.value, t.to.value) for t in TRANSITIONS for s in t.sources}


async def test_the_database_trims_as_the_api_does(owner: asyncpg.Connection) -> None:
    spaces = [chr(code) for code in range(1, 0x110000) if chr(code).isspace()]
    query = "SELECT array_agg(DISTINCT trimmed_length(space || 'x' || space)) FROM unnest($1::text[]) AS space"
    assert await owner.fetchval(query, spaces) == [1]
    assert await owner.fetchval("SELECT trimmed_length(E' \\u200b\\ufeffv ')") == len("\u200b\ufeffv")
