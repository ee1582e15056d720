"""PostgreSQL as the second wall: what the application's own database user can do by plain SQL."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from simflow.db.pool import DbRole
from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as
from tests.requests.arrange import put

TABLES = [
    "users",
    "passwords",
    "sessions",
    "known_devices",
    "sign_in_failures",
    "requests",
    "comments",
    "activity_log",
    "status_periods",
    "request_counts",
    "request_moments",
    "request_words",
    "lexicon",
    "stale_words",
    "request_durations",
    "request_weeks",
]
PERSON_ROLES = ["simflow_requester", "simflow_engineer", "simflow_manager", "simflow_admin"]
DENIED = asyncpg.InsufficientPrivilegeError


async def comment(owner: asyncpg.Connection, request: dict[str, Any], author: Caller, *, internal: bool = False) -> str:
    return await owner.fetchval(
        "INSERT INTO comments (request_id, author_id, author_name, author_role, content, internal)"
        " VALUES ($1, $2, $3, $4, 'Said', $5) RETURNING id::text",
        request["id"],
        author.id,
        author.user["name"],
        author.user["role"],
        internal,
    )


async def log(owner: asyncpg.Connection, request: dict[str, Any], person: Caller, *, internal: bool = False) -> str:
    return await owner.fetchval(
        "INSERT INTO activity_log (request_id, user_id, user_name, action, internal)"
        " VALUES ($1, $2, $3, 'commented', $4) RETURNING id::text",
        request["id"],
        person.id,
        person.user["name"],
        internal,
    )


@pytest.fixture
async def submitted(owner: asyncpg.Connection, requester: Caller, engineer: Caller) -> dict[str, Any]:
    """A request with a public and an internal comment, and a line in the log for each."""
    request = await put(owner, requester, "In Progress", engineer)
    for internal in (False, True):
        await comment(owner, request, engineer, internal=internal)
        await log(owner, request, engineer, internal=internal)
    return request


async def refused(attempt: Callable[[], Awaitable[Any]], *errors: type[Exception]) -> None:
    with pytest.raises(errors or DENIED):
        await attempt()


# The bare login ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
async def test_the_bare_login_reads_nothing(settings: Settings, submitted: dict[str, Any], table: str) -> None:
    async with signed_in_as(settings, "none", None) as tx:
        assert await tx.fetchval("SELECT current_user") == "simflow_user"
        try:
            assert await tx.fetchval(f"SELECT count(*) FROM {table}") == 0
        except DENIED:
            assert table not in {"users", "requests", "comments", "activity_log", "status_periods"}


async def test_the_bare_login_reads_nothing_even_in_somebodys_name(
    settings: Settings, submitted: dict[str, Any], manager: Caller
) -> None:
    async with signed_in_as(settings, "none", manager.id) as tx:
        for table in ("users", "requests", "comments", "activity_log", "status_periods"):
            assert await tx.fetchval(f"SELECT count(*) FROM {table}") == 0


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}"])
async def test_the_bare_login_writes_nothing(settings: Settings, table: str, verb: str) -> None:
    async with signed_in_as(settings, "none", None) as tx:
        await refused(lambda: tx.execute(verb.format(table)))


async def test_the_application_user_is_nobody_special(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication, rolcanlogin"
        " FROM pg_roles WHERE rolname LIKE 'simflow%' AND rolname <> 'simflow_owner'"
    )
    powers = {row["rolname"]: set(tuple(row)[1:-1]) for row in rows}
    assert powers == {name: {False} for name in ["simflow_user", *DbRole]}
    assert {row["rolname"] for row in rows if row["rolcanlogin"]} == {"simflow_user"}


async def test_only_the_owner_owns_anything(owner: asyncpg.Connection) -> None:
    owners = await owner.fetch(
        "SELECT DISTINCT pg_get_userbyid(relowner) AS name FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace"
        " UNION SELECT pg_get_userbyid(proowner) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace"
        "   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        " UNION SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    )
    assert {row["name"] for row in owners} == {"simflow_owner"}


async def test_memberships_are_taken_up_only_on_purpose(owner: asyncpg.Connection) -> None:
    """Inherited ones would apply every role's policy to the bare login, which would then see everything."""
    rows = await owner.fetch(
        "SELECT r.rolname, m.inherit_option, m.set_option, m.admin_option FROM pg_auth_members m"
        " JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = 'simflow_user'"
    )
    assert {row["rolname"]: tuple(row)[1:] for row in rows} == {role.value: (False, True, False) for role in DbRole}


async def test_every_table_with_people_or_requests_has_row_security(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND NOT relrowsecurity"
    )
    assert {row["relname"] for row in rows} <= {"alembic_version", "transitions"}


async def test_roles_change_back_and_forth(settings: Settings, submitted: dict[str, Any], manager: Caller) -> None:
    async with signed_in_as(settings, "none", manager.id) as tx:
        await tx.execute("SET ROLE simflow_manager")
        assert await tx.fetchval("SELECT count(*) FROM requests") > 0
        await tx.execute("SET ROLE simflow_requester")
        assert await tx.fetchval("SELECT count(*) FROM requests") == 0
        await tx.execute("RESET ROLE")
        assert await tx.fetchval("SELECT count(*) FROM requests") == 0
        await refused(lambda: tx.execute("SET ROLE simflow_owner"))


async def test_one_role_cannot_reach_past_row_security(settings: Settings, requester: Caller) -> None:
    async with signed_in_as(settings, "simflow_requester", requester.id) as tx:
        await tx.execute("SET LOCAL row_security = off")
        await refused(lambda: tx.fetch("SELECT FROM requests"))


# Who sees what ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["simflow_requester", "simflow_engineer"])
async def test_without_a_person_there_is_nothing(settings: Settings, submitted: dict[str, Any], role: str) -> None:
    async with signed_in_as(settings, role, None) as tx:
        hidden = "WHERE status <> 'Engineering Review'"
        assert await tx.fetchval(f"SELECT count(*) FROM requests {hidden}") == 0
        query = f"SELECT count(*) FROM {{}} WHERE request_id = '{submitted['id']}'"
        assert await tx.fetchval(query.format("comments")) == 0
        assert await tx.fetchval(query.format("activity_log")) == 0


@pytest.mark.parametrize("role", [*PERSON_ROLES, "none"])
@pytest.mark.parametrize("table", ["passwords", "sessions", "known_devices", "sign_in_failures"])
async def test_only_the_gate_reads_what_signs_people_in(settings: Settings, role: str, table: str) -> None:
    async with signed_in_as(settings, role, uuid4()) as tx:
        await refused(lambda: tx.fetch(f"SELECT * FROM {table}"))


@pytest.mark.parametrize("table", ["requests", "comments", "activity_log", "status_periods", "transitions"])
async def test_the_gate_reads_nothing_else(settings: Settings, table: str) -> None:
    async with signed_in_as(settings, DbRole.AUTH.value, uuid4()) as tx:
        await refused(lambda: tx.fetch(f"SELECT * FROM {table}"))


async def test_a_requester_reads_no_address(settings: Settings, requester: Caller) -> None:
    async with signed_in_as(settings, "simflow_requester", requester.id) as tx:
        assert await tx.fetch("SELECT id, name, role FROM users LIMIT 1")
        await refused(lambda: tx.fetch("SELECT email FROM users"))


async def seen(settings: Settings, role: str, person: Caller, request: dict[str, Any]) -> tuple[int, int, int]:
    """How many rows of the request, of its comments and of its log a person sees. Its periods go with the request."""
    async with signed_in_as(settings, role, person.id) as tx:
        periods = await tx.fetch("SELECT request_id FROM status_periods")
        assert {row["request_id"] for row in periods} == {
            row["id"] for row in await tx.fetch("SELECT id FROM requests")
        }
        return (
            await tx.fetchval("SELECT count(*) FROM requests WHERE id = $1", request["id"]),
            await tx.fetchval("SELECT count(*) FROM comments WHERE request_id = $1", request["id"]),
            await tx.fetchval("SELECT count(*) FROM activity_log WHERE request_id = $1", request["id"]),
        )


async def test_each_role_sees_what_it_may(
    settings: Settings,
    people: People,
    owner: asyncpg.Connection,
    submitted: dict[str, Any],
    requester: Caller,
    engineer: Caller,
    manager: Caller,
    admin: Caller,
) -> None:
    other_requester, other_engineer = await people.add("USER"), await people.add("ENGINEER")
    assert await seen(settings, "simflow_requester", requester, submitted) == (1, 1, 1)
    assert await seen(settings, "simflow_requester", other_requester, submitted) == (0, 0, 0)
    assert await seen(settings, "simflow_engineer", engineer, submitted) == (1, 2, 2)
    assert await seen(settings, "simflow_engineer", other_engineer, submitted) == (0, 0, 0)
    assert await seen(settings, "simflow_manager", manager, submitted) == (1, 2, 2)
    assert await seen(settings, "simflow_admin", admin, submitted) == (1, 2, 2)

    reviewed = await put(owner, requester, "Engineering Review", engineer)
    assert (await seen(settings, "simflow_engineer", other_engineer, reviewed))[0] == 1
    asked = await put(owner, other_engineer)
    assert (await seen(settings, "simflow_engineer", other_engineer, asked))[0] == 1
    assert (await seen(settings, "simflow_engineer", engineer, asked))[0] == 0


# Who changes what ---------------------------------------------------------------------------------------------


async def test_a_requester_changes_only_their_own(
    settings: Settings, people: People, submitted: dict[str, Any], requester: Caller
) -> None:
    update = "UPDATE requests SET title = 'Mine now' WHERE id = $1"
    async with signed_in_as(settings, "simflow_requester", (await people.add("USER")).id) as tx:
        assert await tx.execute(update, submitted["id"]) == "UPDATE 0"
    async with signed_in_as(settings, "simflow_requester", requester.id) as tx:
        assert await tx.execute(update, submitted["id"]) == "UPDATE 1"


async def test_an_engineer_changes_only_what_is_theirs(
    settings: Settings, people: People, owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    """What they merely see while it is in review stays as it is."""
    request = await put(owner, requester, "Engineering Review", engineer)
    update = "UPDATE requests SET status = 'In Progress' WHERE id = $1"
    async with signed_in_as(settings, "simflow_engineer", (await people.add("ENGINEER")).id) as tx:
        assert await tx.execute(update, request["id"]) == "UPDATE 0"
    async with signed_in_as(settings, "simflow_engineer", engineer.id) as tx:
        assert await tx.execute(update, request["id"]) == "UPDATE 1"


@pytest.mark.parametrize("role", ["simflow_requester", "simflow_engineer"])
@pytest.mark.parametrize(
    "change",
    [
        "assigned_to = created_by, assigned_to_name = created_by_name",
        "estimated_hours = 1",
        "version = 99",
        "updated_at = now() - interval '1 year'",
        "created_at = now() - interval '1 year'",
        "created_by_name = 'Somebody'",
        "number = DEFAULT",
        "status_since = now() - interval '1 year'",
        "started_at = now()",
        "completed_at = now()",
        "revisions = 0",
        "stopped_for = '0'",
    ],
)
async def test_nobody_but_a_manager_assigns_and_nobody_forges(
    settings: Settings, owner: asyncpg.Connection, people: People, role: str, change: str
) -> None:
    person = await people.add("ENGINEER" if role.endswith("engineer") else "USER")
    request = await put(owner, person)
    async with signed_in_as(settings, role, person.id) as tx:
        await refused(lambda: tx.execute(f"UPDATE requests SET {change} WHERE id = '{request['id']}'"))


@pytest.mark.parametrize("role", ["simflow_requester", "simflow_engineer", "simflow_manager"])
@pytest.mark.parametrize(
    ("columns", "values"),
    [
        ("created_by", "(SELECT id FROM users WHERE id <> current_person() LIMIT 1)"),
        ("created_by, status", "current_person(), 'Completed'"),
        ("created_by, version", "current_person(), 7"),
        ("created_by, created_at", "current_person(), now() - interval '1 year'"),
        ("created_by, assigned_to, assigned_to_name", "current_person(), current_person(), 'Me'"),
        ("created_by, status_since", "current_person(), now() - interval '1 year'"),
        ("created_by, completed_at", "current_person(), now()"),
    ],
)
async def test_nobody_submits_in_other_names_or_statuses(
    settings: Settings, people: People, role: str, columns: str, values: str
) -> None:
    wire = {"simflow_requester": "USER", "simflow_engineer": "ENGINEER", "simflow_manager": "MANAGER"}[role]
    person = await people.add(wire)
    insert = (
        f"INSERT INTO requests (title, description, vendor, priority, created_by_name, {columns})"
        f" VALUES ('T', 'D', 'V', 'Low', 'N', {values})"
    )
    async with signed_in_as(settings, role, person.id) as tx:
        await refused(lambda: tx.execute(insert))
    mine = insert.replace(columns, "created_by").replace(values, "current_person()")
    async with signed_in_as(settings, role, person.id) as tx:
        assert await tx.execute(mine) == "INSERT 0 1"


@pytest.mark.parametrize("role", PERSON_ROLES)
@pytest.mark.parametrize("table", ["requests", "comments", "activity_log", "status_periods", "users", "transitions"])
async def test_nobody_deletes(settings: Settings, role: str, table: str) -> None:
    async with signed_in_as(settings, role, uuid4()) as tx:
        await refused(lambda: tx.execute(f"DELETE FROM {table}"))


@pytest.mark.parametrize("role", [*PERSON_ROLES, "simflow_auth", "none"])
@pytest.mark.parametrize("verb", ["UPDATE activity_log SET action = 'x'", "DELETE FROM activity_log"])
async def test_the_log_is_append_only(settings: Settings, role: str, verb: str) -> None:
    async with signed_in_as(settings, role, uuid4()) as tx:
        await refused(lambda: tx.execute(verb))


@pytest.mark.parametrize("role", PERSON_ROLES)
async def test_comments_of_others_stay_as_they_were_said(
    settings: Settings, owner: asyncpg.Connection, submitted: dict[str, Any], requester: Caller, role: str
) -> None:
    said = await comment(owner, submitted, requester)
    async with signed_in_as(settings, role, uuid4()) as tx:
        assert await tx.execute("UPDATE comments SET content = 'x' WHERE id = $1", said) == "UPDATE 0"
        for column in ("author_id = request_id", "internal = true", "version = 7", "created_at = now()"):
            await tx.execute("SAVEPOINT here")
            await refused(lambda column=column: tx.execute(f"UPDATE comments SET {column}"))
            await tx.execute("ROLLBACK TO here")


@pytest.mark.parametrize("role", ["simflow_requester", "simflow_engineer", "simflow_manager"])
async def test_nobody_but_an_admin_changes_people(settings: Settings, role: str) -> None:
    async with signed_in_as(settings, role, uuid4()) as tx:
        await refused(lambda: tx.execute("UPDATE users SET role = 'ADMIN'"))


@pytest.mark.parametrize("role", PERSON_ROLES)
@pytest.mark.parametrize("column", ["status_since", "started_at", "completed_at", "revisions", "stopped_for"])
async def test_nobody_tells_the_times_of_statuses(settings: Settings, people: People, role: str, column: str) -> None:
    person = await people.add("ADMIN")
    value = {"revisions": "1", "stopped_for": "'1 hour'"}.get(column, "now()")
    insert = (
        f"INSERT INTO requests (title, description, vendor, priority, created_by, created_by_name, {column})"
        f" VALUES ('T', 'D', 'V', 'Low', current_person(), 'N', {value})"
    )
    async with signed_in_as(settings, role, person.id) as tx:
        await refused(lambda: tx.execute(insert))
    async with signed_in_as(settings, role, person.id) as tx:
        await refused(lambda: tx.execute(f"UPDATE requests SET {column} = {value}"))


@pytest.mark.parametrize("role", [*PERSON_ROLES, "simflow_auth", "none"])
@pytest.mark.parametrize(
    "verb",
    [
        "INSERT INTO status_periods (request_id, seq, status, entered_at) VALUES (NULL, 9, 'Denied', now())",
        "UPDATE status_periods SET left_at = now()",
        "DELETE FROM status_periods",
        "SELECT keep_periods()",
    ],
)
async def test_only_the_database_writes_periods(settings: Settings, role: str, verb: str) -> None:
    async with signed_in_as(settings, role, uuid4()) as tx:
        await refused(lambda: tx.execute(verb))


async def test_nobody_can_keep_periods_from_being_written(
    settings: Settings, owner: asyncpg.Connection, requester: Caller
) -> None:
    async with signed_in_as(settings, "simflow_requester", requester.id) as tx:
        await tx.execute("SET LOCAL simflow.quiet = 'on'")
        await tx.execute(
            "INSERT INTO requests (title, description, vendor, priority, created_by, created_by_name)"
            " VALUES ('T', 'D', 'V', 'Low', current_person(), 'N')"
        )
        await tx.execute("UPDATE requests SET status = 'Cancelled'")
        assert [row["status"] for row in await tx.fetch("SELECT status FROM status_periods ORDER BY seq")] == [
            "Submitted",
            "Cancelled",
        ]


def say(request: dict[str, Any], author: str, *, internal: bool) -> str:
    return (
        "INSERT INTO comments (request_id, author_id, author_name, author_role, content, internal)"
        f" VALUES ('{request['id']}', '{author}', 'N', 'USER', 'Said', {internal})"
    )


async def test_a_requester_comments_publicly_on_their_own_in_their_own_name(
    settings: Settings, people: People, submitted: dict[str, Any], requester: Caller, engineer: Caller
) -> None:
    stranger = await people.add("USER")
    tries = [
        (requester, say(submitted, requester.id, internal=True)),
        (requester, say(submitted, engineer.id, internal=False)),
        (stranger, say(submitted, stranger.id, internal=False)),
    ]
    for person, attempt in tries:
        async with signed_in_as(settings, "simflow_requester", person.id) as tx:
            await refused(lambda tx=tx, attempt=attempt: tx.execute(attempt))
    async with signed_in_as(settings, "simflow_requester", requester.id) as tx:
        assert await tx.execute(say(submitted, requester.id, internal=False)) == "INSERT 0 1"


async def test_an_engineer_comments_only_on_what_they_see(
    settings: Settings, people: People, submitted: dict[str, Any], engineer: Caller
) -> None:
    other = await people.add("ENGINEER")
    async with signed_in_as(settings, "simflow_engineer", other.id) as tx:
        await refused(lambda: tx.execute(say(submitted, other.id, internal=True)))
    async with signed_in_as(settings, "simflow_engineer", engineer.id) as tx:
        assert await tx.execute(say(submitted, engineer.id, internal=True)) == "INSERT 0 1"


@pytest.mark.parametrize("role", PERSON_ROLES)
async def test_the_log_tells_only_ones_own_deeds(
    settings: Settings, submitted: dict[str, Any], people: People, engineer: Caller, role: str
) -> None:
    person = await people.add("USER")
    insert = "INSERT INTO activity_log (request_id, user_id, user_name, action) VALUES ($1, $2, 'N', 'moved')"
    async with signed_in_as(settings, role, person.id) as tx:
        await refused(lambda: tx.execute(insert, submitted["id"], engineer.id))


# What the database keeps true by itself -----------------------------------------------------------------------


async def test_an_illegal_move_fails_even_for_the_owner(owner: asyncpg.Connection, requester: Caller) -> None:
    request = await put(owner, requester)
    with pytest.raises(asyncpg.CheckViolationError, match="cannot go from Submitted to Completed"):
        await owner.execute("UPDATE requests SET status = 'Completed' WHERE id = $1", request["id"])
    with pytest.raises(asyncpg.CheckViolationError):
        await owner.execute("UPDATE requests SET status = 'Nonsense' WHERE id = $1", request["id"])
    await owner.execute("UPDATE requests SET status = 'Feasibility Review' WHERE id = $1", request["id"])


async def test_final_is_final_even_for_the_owner(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    for status in ("Accepted", "Cancelled"):
        request = await put(owner, requester, status, engineer)
        with pytest.raises(asyncpg.CheckViolationError):
            await owner.execute("UPDATE requests SET status = 'Submitted' WHERE id = $1", request["id"])


async def test_version_and_time_are_the_databases(owner: asyncpg.Connection, requester: Caller) -> None:
    request = await put(owner, requester)
    row = await owner.fetchrow(
        "UPDATE requests SET version = 99, updated_at = now() - interval '1 year' WHERE id = $1"
        " RETURNING version, updated_at > created_at AS later",
        request["id"],
    )
    assert tuple(row) == (2, True)


@pytest.mark.parametrize(
    "change",
    ["created_at = now() - interval '1 day'", "created_by_name = 'X'", "id = gen_random_uuid()", "number = DEFAULT"],
)
async def test_the_origin_of_a_request_is_fixed(owner: asyncpg.Connection, requester: Caller, change: str) -> None:
    request = await put(owner, requester)
    with pytest.raises(asyncpg.CheckViolationError, match="cannot be changed"):
        await owner.execute(f"UPDATE requests SET {change} WHERE id = $1", request["id"])


async def test_work_without_an_engineer_cannot_be(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    request = await put(owner, requester, "In Progress", engineer)
    with pytest.raises(asyncpg.CheckViolationError):
        await owner.execute(
            "UPDATE requests SET assigned_to = NULL, assigned_to_name = NULL WHERE id = $1", request["id"]
        )


@pytest.mark.parametrize(
    "change",
    [
        "title = ' '",
        "title = repeat('x', 256)",
        "description = E' \\n\\t'",
        "description = repeat('x', 20001)",
        "vendor = ''",
        "vendor = repeat('x', 101)",
        "priority = 'Urgent'",
        "estimated_hours = 0",
        "estimated_hours = 10001",
    ],
)
async def test_bounds_hold_in_the_database_too(owner: asyncpg.Connection, requester: Caller, change: str) -> None:
    request = await put(owner, requester)
    with pytest.raises(asyncpg.CheckViolationError):
        await owner.execute(f"UPDATE requests SET {change} WHERE id = $1", request["id"])


async def periods(connection: asyncpg.Connection, request_id: Any) -> list[tuple[Any, ...]]:
    rows = await connection.fetch(
        "SELECT status, entered_at, nullif(left_at, 'infinity'), assumed FROM status_periods"
        " WHERE request_id = $1 ORDER BY seq",
        request_id,
    )
    return [tuple(row) for row in rows]


async def times(connection: asyncpg.Connection, request_id: Any) -> tuple[Any, ...]:
    query = "SELECT status_since, started_at, completed_at, revisions FROM requests WHERE id = $1"
    return tuple(await connection.fetchrow(query, request_id))


async def moved(connection: asyncpg.Connection, request_id: Any, change: str) -> Any:
    """Changes the request; the time of the transaction."""
    query = f"UPDATE requests SET {change} WHERE id = $1 RETURNING now()"
    return await connection.fetchval(query, request_id)


async def test_the_times_of_a_life(owner: asyncpg.Connection, requester: Caller, engineer: Caller) -> None:
    request = (await put(owner, requester))["id"]
    created = await owner.fetchval("SELECT created_at FROM requests WHERE id = $1", request)
    assert await times(owner, request) == (created, None, None, 0)
    named = f"status = 'Engineering Review', assigned_to = '{engineer.id}', assigned_to_name = 'E'"
    t1 = await moved(owner, request, named)
    assert await times(owner, request) == (t1, None, None, 0)
    # Assigned anew, and edited: it stays where it is.
    await moved(owner, request, f"{named}, estimated_hours = 5")
    await moved(owner, request, "title = 'Other'")
    assert await times(owner, request) == (t1, None, None, 0)
    t2 = await moved(owner, request, "status = 'In Progress'")
    assert await times(owner, request) == (t2, t2, None, 0)
    t3 = await moved(owner, request, "status = 'Completed'")
    assert await times(owner, request) == (t3, t2, t3, 0)
    t4 = await moved(owner, request, "status = 'Revision Requested'")
    assert await times(owner, request) == (t4, t2, None, 1)
    t5 = await moved(owner, request, "status = 'In Progress', revisions = 0, started_at = NULL")
    assert await times(owner, request) == (t5, t2, None, 1)
    t6 = await moved(owner, request, "status = 'Completed', status_since = now() - interval '1 day'")
    assert await times(owner, request) == (t6, t2, t6, 1)
    t7 = await moved(owner, request, "status = 'Accepted', completed_at = now()")
    assert await times(owner, request) == (t7, t2, t6, 1)
    assert await periods(owner, request) == [
        ("Submitted", created, t1, False),
        ("Engineering Review", t1, t2, False),
        ("In Progress", t2, t3, False),
        ("Completed", t3, t4, False),
        ("Revision Requested", t4, t5, False),
        ("In Progress", t5, t6, False),
        ("Completed", t6, t7, False),
        ("Accepted", t7, None, False),
    ]


async def stopped(connection: asyncpg.Connection, request_id: Any) -> Any:
    return await connection.fetchval("SELECT stopped_for FROM requests WHERE id = $1", request_id)


async def test_how_long_the_clock_stood(owner: asyncpg.Connection, requester: Caller, engineer: Caller) -> None:
    """What it waited for answers once it was begun; what it did before, on hold or elsewhere does not count."""
    request = (await put(owner, requester))["id"]
    await moved(owner, request, "status = 'Information Needed'")
    await moved(owner, request, "status = 'Feasibility Review'")
    assert await stopped(owner, request) == timedelta(), "work had not begun"
    await moved(owner, request, f"status = 'Engineering Review', assigned_to = '{engineer.id}', assigned_to_name = 'E'")
    for status in ("In Progress", "On Hold", "In Progress"):
        await moved(owner, request, f"status = '{status}'")
    await moved(owner, request, "status = 'Resource Allocation', assigned_to = NULL, assigned_to_name = NULL")
    t1 = await moved(owner, request, "status = 'Information Needed', stopped_for = '5 days'")
    await moved(owner, request, "title = 'Other', stopped_for = '5 days'")
    assert await stopped(owner, request) == timedelta()
    t2 = await moved(owner, request, "status = 'Feasibility Review', stopped_for = '5 days'")
    assert await stopped(owner, request) == t2 - t1 > timedelta()
    t3 = await moved(owner, request, "status = 'Information Needed'")
    t4 = await moved(owner, request, "status = 'Denied'")
    assert await stopped(owner, request) == t2 - t1 + (t4 - t3)


async def test_the_periods_of_what_came_with_a_status(owner: asyncpg.Connection, requester: Caller) -> None:
    request = (await put(owner, requester, "Accepted", created_at=datetime(2025, 1, 1, tzinfo=UTC)))["id"]
    created, updated = await owner.fetchrow("SELECT created_at, updated_at FROM requests WHERE id = $1", request)
    assert await times(owner, request) == (updated, None, updated, 0)
    assert await periods(owner, request) == [("Submitted", created, updated, True), ("Accepted", updated, None, True)]
