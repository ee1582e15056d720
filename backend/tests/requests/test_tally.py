"""Counts that are kept equal a recount, whatever was written, for whoever asks."""

import asyncio
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from simflow.db.pool import DbRole
from simflow.requests import queries
from simflow.requests.filters import Conditions, Filters, Hands
from simflow.requests.listing import count
from simflow.requests.models import Priority
from simflow.requests.tally import tally
from simflow.requests.workflow import CLOCK_RUNS, WORKED_ON, Status
from simflow.running.doctor import DIFFERENCES
from simflow.settings import Settings
from simflow.users.models import Role, User
from tests.conftest import signed_in_as
from tests.seed.conftest import empty, empty_url, superuser

__all__ = ["empty", "empty_url", "superuser"]
CELLS = """
SELECT side, person, status, priority, vendor, study_type, sum(number) AS number, sum(estimated_hours) AS hours
FROM request_counts GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(number) <> 0 ORDER BY 1, 2, 3, 4, 5, 6
"""
MOMENTS = "SELECT * FROM kept_moments ORDER BY 1, 2, 3, 4, 5"
DURATIONS = "SELECT * FROM request_durations ORDER BY request_id, measure"
WEEKS = "SELECT * FROM kept_weeks ORDER BY 1, 2, 3, 4, 5, 6, 7"
FOLD = "SELECT fold_request_counts() + fold_request_moments() + fold_request_weeks()"
INSERT = """
INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name, assigned_to,
    assigned_to_name, estimated_hours, study_type, form_id)
VALUES ('T', 'D', $1, $2, $3, $4, 'C', $5, CASE WHEN $5::uuid IS NOT NULL THEN 'E' END, $6, $7,
    (SELECT id FROM forms WHERE study_type = $7)) RETURNING id
"""
VENDORS = ("ABB", "FANUC", "KUKA")
STUDY_TYPES = (None, "reach", "cell")
IN_REVIEW = {(side, Status.ENGINEERING_REVIEW) for side in ("all", "assigned_to")}
WITHOUT_ENGINEER = (Status.SUBMITTED, Status.COMPLETED, Status.ACCEPTED, Status.DENIED)


async def add_people(owner: asyncpg.Connection) -> list[User]:
    """Two of each role, in the order of roles; and the types of study."""
    for study_type in filter(None, STUDY_TYPES):
        await owner.execute("INSERT INTO study_types (id, name) VALUES ($1, $1)", study_type)
        await owner.execute("INSERT INTO forms (study_type, version, fields) VALUES ($1, 1, '[]')", study_type)
    return [
        User(
            await owner.fetchval(
                "INSERT INTO users (name, email, role) VALUES ($1, $2, $3) RETURNING id",
                f"{role}{n}",
                f"{role}{n}@tally.test",
                role,
            ),
            f"{role}{n}",
            None,
            role,
            None,
            True,
            None,
        )
        for role in Role
        for n in range(2)
    ]


async def write(connection: asyncpg.Connection, rng: Random, people: list[User], writes: int) -> None:
    """Anything that may happen to requests, some of it undone."""
    ids: list[UUID] = []
    # Somebody may have become an engineer after submitting requests, or ceased to be one.
    anybody = [person.id for person in people]
    for _ in range(writes):
        transaction = connection.transaction()
        await transaction.start()
        engineer = rng.choice([None, *anybody])
        values: list[Any] = [rng.choice(VENDORS), rng.choice(list(Priority))]
        match rng.randrange(9):
            case 0 | 1:
                status = rng.choice(list(Status) if engineer else WITHOUT_ENGINEER)
                hours = rng.choice([None, 8])
                people_and_hours = (rng.choice(anybody), engineer, hours)
                study_type = rng.choice(STUDY_TYPES)
                ids.append(await connection.fetchval(INSERT, *values, status, *people_and_hours, study_type))
            case 2 if ids:
                await connection.execute(
                    "UPDATE requests SET vendor = $1, priority = $2, study_type = $4,"
                    " form_id = (SELECT id FROM forms WHERE study_type = $4) WHERE id = $3",
                    *values, rng.choice(ids), rng.choice(STUDY_TYPES),
                )  # fmt: skip
            case 3 | 7 | 8 if ids:
                await connection.execute(
                    "UPDATE requests SET status = t.to_status, assigned_to = $2, assigned_to_name = 'E',"
                    " estimated_hours = $3, vendor = $4 FROM transitions t"
                    " WHERE t.from_status = requests.status AND id = $1",
                    rng.choice(ids),
                    rng.choice(anybody),
                    rng.choice([None, 4, 16]),
                    values[0],
                )
            case 4 if ids:
                await connection.execute("DELETE FROM requests WHERE id = $1", ids.pop(rng.randrange(len(ids))))
            case 5 if ids:
                # As who corrects the record by hand.
                await connection.execute(
                    "UPDATE status_periods SET assumed = NOT assumed, entered_at = entered_at - $2 * interval '1 hour'"
                    " WHERE request_id = $1 AND seq = 1",
                    rng.choice(ids),
                    rng.randrange(100),
                )
            case _:
                await connection.execute("UPDATE requests SET title = 'Another' WHERE id = ANY($1)", ids)
        if rng.random() < 0.1:
            await transaction.rollback()
            ids = [row["id"] for row in await connection.fetch("SELECT id FROM requests WHERE id = ANY($1)", ids)]
        else:
            await transaction.commit()


async def kept(owner: asyncpg.Connection) -> dict[str, list[asyncpg.Record]]:
    return {query: await owner.fetch(query) for query in (CELLS, MOMENTS, DURATIONS, WEEKS)}


async def equal_a_recount(owner: asyncpg.Connection) -> None:
    before = await kept(owner)
    assert all(before.values())
    assert {row["side"] for row in before[CELLS]} == {"all", "created_by", "assigned_to", "load", "study_type"}
    assert {row["what"] for row in before[MOMENTS]} > {"finished", "accepted", Status.SUBMITTED}
    assert {row["measure"] for row in before[DURATIONS]} > {"cycle", "lead", "worked", Status.SUBMITTED}
    assert {row["what"] for row in before[WEEKS]} > {
        "cycle",
        "worked",
        "submitted",
        "closed",
        "completed",
        "completed and closed",
    }
    assert len({row["side"] for row in before[WEEKS]}) == 7
    transaction = owner.transaction()
    await transaction.start()
    await owner.execute("SELECT recount_requests()")
    assert await kept(owner) == before
    await transaction.rollback()
    assert [await owner.fetchval(differing) for differing in DIFFERENCES] == [0] * len(DIFFERENCES)


async def test_they_stay_true_while_many_write_and_somebody_folds(empty: asyncpg.Connection, empty_url: str) -> None:
    people = await add_people(empty)
    connections = [await asyncpg.connect(empty_url) for _ in range(4)]

    async def fold() -> None:
        for _ in range(10):
            await connections[-1].execute(FOLD)
            await asyncio.sleep(0)

    await asyncio.gather(*(write(c, Random(n), people, 120) for n, c in enumerate(connections[:-1])), fold())
    await equal_a_recount(empty)
    before = await kept(empty)
    assert await empty.fetchval(FOLD) > 0
    assert await kept(empty) == before
    for table, cells in (("request_counts", CELLS), ("request_moments", MOMENTS), ("request_weeks", WEEKS)):
        assert await empty.fetchval(f"SELECT count(*) FROM {table}") == len(before[cells])
    assert await empty.fetchval(FOLD) == 0
    await empty.execute("TRUNCATE requests CASCADE")
    assert not any((await kept(empty)).values())
    for connection in connections:
        await connection.close()


async def test_a_request_that_two_change_at_once_is_measured_once(empty: asyncpg.Connection, empty_url: str) -> None:
    people = await add_people(empty)
    request_id = await empty.fetchval(INSERT, "ABB", "Low", "In Progress", people[0].id, people[2].id, None, None)
    await empty.execute("UPDATE requests SET status = 'Completed' WHERE id = $1", request_id)
    first, second = [await asyncpg.connect(empty_url) for _ in range(2)]
    transaction = first.transaction()
    await transaction.start()
    await first.execute("UPDATE requests SET vendor = 'KUKA' WHERE id = $1", request_id)
    later = asyncio.create_task(
        second.execute("UPDATE status_periods SET assumed = false WHERE request_id = $1", request_id)
    )
    waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = $1"
    async with asyncio.timeout(10):
        while not await empty.fetchval(waits, second.get_server_pid()):
            pass
    await transaction.commit()
    await later
    rows = await empty.fetch(DURATIONS)
    assert [(row["measure"], row["vendor"]) for row in rows] == [
        ("In Progress", "KUKA"), ("Submitted", "KUKA"), ("cycle", "KUKA"), ("lead", "KUKA"),
    ]  # fmt: skip
    assert [await empty.fetchval(differing) for differing in DIFFERENCES] == [0] * len(DIFFERENCES)
    for connection in (first, second):
        await connection.close()


async def test_load_is_of_what_is_worked_on(empty: asyncpg.Connection) -> None:
    sql = "SELECT status FROM unnest($1::text[]) AS status WHERE is_worked_on(status)"
    assert {row["status"] for row in await empty.fetch(sql, list(Status))} == set(WORKED_ON)


async def test_what_moved_is_what_the_clock_runs_for(empty: asyncpg.Connection) -> None:
    sql = "SELECT status FROM unnest($1::text[]) AS status WHERE is_clock_running(status)"
    assert {row["status"] for row in await empty.fetch(sql, list(Status))} == set(CLOCK_RUNS)


async def test_a_change_writes_no_cell_that_stays_as_it_was(empty: asyncpg.Connection) -> None:
    people = await add_people(empty)
    first, second = people[2].id, people[3].id
    request_id = await empty.fetchval(INSERT, "ABB", "Low", "In Progress", people[0].id, first, 8, None)
    await empty.execute("UPDATE requests SET title = 'Another', assigned_to = $2 WHERE id = $1", request_id, second)
    rows = await empty.fetch("SELECT side, person, number FROM request_counts")
    assert sorted((row["side"], str(row["person"]), row["number"]) for row in rows) == sorted([
        ("all", "None", 1), ("created_by", str(people[0].id), 1),
        ("assigned_to", str(first), 1), ("assigned_to", str(first), -1), ("assigned_to", str(second), 1),
        ("load", str(first), 1), ("load", str(first), -1), ("load", str(second), 1),
    ])  # fmt: skip
    await empty.execute("UPDATE requests SET estimated_hours = 20 WHERE id = $1", request_id)
    load = "SELECT sum(number)::int, sum(estimated_hours)::int FROM request_counts WHERE side = 'load'"
    assert tuple(await empty.fetchrow(f"{load} AND person = $1", second) or ()) == (1, 20)
    assert tuple(await empty.fetchrow(f"{load} AND person = $1", first) or ()) == (0, 0)
    await empty.execute("UPDATE requests SET status = 'Completed' WHERE id = $1", request_id)
    assert tuple(await empty.fetchrow(load) or ()) == (0, 0)


def asked(people: list[User]) -> list[Filters]:
    """Filters alone and together, by what they are about."""
    names = ["me", *(str(person.id) for person in people[:6])]
    some = [Status.ENGINEERING_REVIEW, Status.SUBMITTED, Status.IN_PROGRESS]
    plain = [
        Filters(),
        Filters(status=some),
        Filters(priority=[Priority.LOW], vendor=["ABB", "KUKA"], status=some[:1]),
        Filters(study_type=["reach"]),
        Filters(study_type=["reach", "cell"], vendor=["ABB"], priority=[Priority.HIGH], status=some),
        Filters(study_type=["cell"], waits_for=[Hands.ME]),
        Filters(study_type=["cell"], assigned_to=["none"]),
    ]
    sides = [
        *(Filters(assigned_to=[name]) for name in [*names, "none"]),
        *(Filters(created_by=[name]) for name in names),
        Filters(assigned_to=["me", "none"], status=some),
        Filters(assigned_to=names, vendor=["FANUC"]),
        Filters(created_by=names, priority=[Priority.HIGH]),
        Filters(created_by=["me"], assigned_to=["me"]),
    ]
    hands = [Filters(waits_for=[hand]) for hand in Hands]
    more = [
        Filters(waits_for=list(Hands)),
        Filters(waits_for=[Hands.ME, Hands.ENGINEER], status=some),
        Filters(waits_for=[Hands.ME], assigned_to=["me"]),
        Filters(waits_for=[Hands.ME], vendor=["ABB"], status=[Status.COMPLETED, Status.IN_PROGRESS]),
        Filters(waits_for=[Hands.MANAGER, Hands.REQUESTER], created_by=["me"], vendor=["ABB"]),
    ]
    return plain + sides + hands + more


async def test_whoever_asks_gets_what_counting_rows_gives(
    empty: asyncpg.Connection, empty_url: str, settings: Settings
) -> None:
    people = await add_people(empty)
    await write(empty, Random(7), people, 400)
    there = replace(settings, url=empty_url.replace("simflow_owner", "simflow_user"))
    kept = 0
    for person in people:
        async with signed_in_as(there, DbRole[person.role].value, str(person.id)) as tx:
            for filters in asked(people):
                rows = await queries.count_visible.filled(where=(by := Conditions(filters, person)).where).all(
                    tx, **by.values
                )
                wanted = {row.status: row.count for row in rows}
                told = await count(tx, filters, person)
                assert {k: v for k, v in told.by_status.items() if v} == wanted, (person.role, filters)
                kept += tally(filters, person) is not None
    assert kept > 150, "few of them came from the counts that are kept"


async def test_people_are_told_apart_as_rows_tell_them(
    empty: asyncpg.Connection, empty_url: str, settings: Settings
) -> None:
    people = await add_people(empty)
    await write(empty, Random(11), people, 400)
    there = replace(settings, url=empty_url.replace("simflow_owner", "simflow_user"))
    told: set[tuple[str, str]] = set()
    for person in people:
        async with signed_in_as(there, DbRole[person.role].value, str(person.id)) as tx:
            for by, filters in product(("assigned_to", "created_by"), asked(people)):
                if (kept := tally(filters, person, by)) is None:
                    continue
                rows = await queries.group_people.filled(column=by, label=f"{by}_name", cells=kept.sql).all(
                    tx, **kept.values
                )
                chosen = Conditions(filters, person)
                query = queries.group_by_column.filled(column=by, label=f"{by}_name", where=chosen.where)
                wanted = {row.value: row.count for row in await query.all(tx, **chosen.values)}
                assert {row.value: row.count for row in rows} == wanted, (person.role, by, filters)
                told |= {(person.role, by)} if len(wanted) > 2 else set()
    assert told == {
        (Role.ENGINEER, "assigned_to"), (Role.MANAGER, "assigned_to"), (Role.MANAGER, "created_by"),
        (Role.ADMIN, "assigned_to"), (Role.ADMIN, "created_by"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("simflow_requester", "created"),
        ("simflow_engineer", "own and open to all"),
        ("simflow_manager", "all"),
        ("simflow_admin", "all"),
    ],
)
async def test_nobody_sees_counts_of_what_they_may_not_see(
    empty: asyncpg.Connection, empty_url: str, settings: Settings, role: str, sees: str
) -> None:
    people = await add_people(empty)
    await write(empty, Random(3), people, 300)
    me = people[0].id
    there = replace(settings, url=empty_url.replace("simflow_owner", "simflow_user"))
    rows = await empty.fetch("SELECT DISTINCT side, person, status FROM request_counts")
    wanted = {
        tuple(row)
        for row in rows
        if sees == "all"
        or (row["side"] == "created_by" and row["person"] == me)
        or (sees == "own and open to all" and (row["person"] == me or tuple(row)[::2] in IN_REVIEW))
    }
    async with signed_in_as(there, role, str(me)) as tx:
        seen = {tuple(row) for row in await tx.fetch("SELECT DISTINCT side, person, status FROM request_counts")}
        assert seen == wanted
        assert seen
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.execute("DELETE FROM request_counts")
