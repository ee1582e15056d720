"""Counts that are kept equal a recount, whatever was written, for whoever asks."""

import asyncio
from dataclasses import replace
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
from simflow.requests.workflow import Status
from simflow.settings import Settings
from simflow.users.models import Role, User
from tests.conftest import signed_in_as
from tests.seed.conftest import empty, empty_url, superuser

__all__ = ["empty", "empty_url", "superuser"]
CELLS = """
SELECT side, person, status, priority, vendor, sum(number) AS number, sum(estimated_hours) AS hours
FROM request_counts GROUP BY 1, 2, 3, 4, 5 HAVING sum(number) <> 0 ORDER BY 1, 2, 3, 4, 5
"""
MOMENTS = """
SELECT at, what, sum(number) AS number FROM request_moments GROUP BY 1, 2 HAVING sum(number) <> 0 ORDER BY 1, 2
"""
FOLD = "SELECT fold_request_counts() + fold_request_moments()"
INSERT = """
INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name, assigned_to,
    assigned_to_name, estimated_hours)
VALUES ('T', 'D', $1, $2, $3, $4, 'C', $5, CASE WHEN $5::uuid IS NOT NULL THEN 'E' END, $6) RETURNING id
"""
VENDORS = ("ABB", "FANUC", "KUKA")
WITHOUT_ENGINEER = (Status.SUBMITTED, Status.COMPLETED, Status.ACCEPTED, Status.DENIED)


async def add_people(owner: asyncpg.Connection) -> list[User]:
    """Two of each role, in the order of roles."""
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
        match rng.randrange(6):
            case 0 | 1:
                status = rng.choice(list(Status) if engineer else WITHOUT_ENGINEER)
                hours = rng.choice([None, 8])
                ids.append(await connection.fetchval(INSERT, *values, status, rng.choice(anybody), engineer, hours))
            case 2 if ids:
                await connection.execute(
                    "UPDATE requests SET vendor = $1, priority = $2 WHERE id = $3", *values, rng.choice(ids)
                )
            case 3 if ids:
                await connection.execute(
                    "UPDATE requests SET status = t.to_status, assigned_to = $2, assigned_to_name = 'E',"
                    " estimated_hours = $3 FROM transitions t WHERE t.from_status = requests.status AND id = $1",
                    rng.choice(ids),
                    rng.choice(anybody),
                    rng.choice([None, 4, 16]),
                )
            case 4 if ids:
                await connection.execute("DELETE FROM requests WHERE id = $1", ids.pop(rng.randrange(len(ids))))
            case _:
                await connection.execute("UPDATE requests SET title = 'Another' WHERE id = ANY($1)", ids)
        if rng.random() < 0.1:
            await transaction.rollback()
            ids = [row["id"] for row in await connection.fetch("SELECT id FROM requests WHERE id = ANY($1)", ids)]
        else:
            await transaction.commit()


async def equal_a_recount(owner: asyncpg.Connection) -> None:
    kept, moments = await owner.fetch(CELLS), await owner.fetch(MOMENTS)
    assert kept
    assert {row["what"] for row in moments} > {"finished", "accepted", Status.SUBMITTED}
    transaction = owner.transaction()
    await transaction.start()
    await owner.execute("SELECT recount_requests()")
    assert await owner.fetch(CELLS) == kept
    assert await owner.fetch(MOMENTS) == moments
    await transaction.rollback()


async def test_they_stay_true_while_many_write_and_somebody_folds(empty: asyncpg.Connection, empty_url: str) -> None:
    people = await add_people(empty)
    connections = [await asyncpg.connect(empty_url) for _ in range(4)]

    async def fold() -> None:
        for _ in range(10):
            await connections[-1].execute(FOLD)
            await asyncio.sleep(0)

    await asyncio.gather(*(write(c, Random(n), people, 60) for n, c in enumerate(connections[:-1])), fold())
    await equal_a_recount(empty)
    before, moments = await empty.fetch(CELLS), await empty.fetch(MOMENTS)
    assert await empty.fetchval(FOLD) > 0
    assert await empty.fetch(CELLS) == before
    assert await empty.fetch(MOMENTS) == moments
    assert await empty.fetchval("SELECT count(*) FROM request_counts") == len(before)
    assert await empty.fetchval("SELECT count(*) FROM request_moments") == len(moments)
    assert await empty.fetchval(FOLD) == 0
    await empty.execute("TRUNCATE requests CASCADE")
    assert await empty.fetchval("SELECT count(*) FROM request_counts") == 0
    assert await empty.fetchval("SELECT count(*) FROM request_moments") == 0
    for connection in connections:
        await connection.close()


def asked(people: list[User]) -> list[Filters]:
    """Filters alone and together, by what they are about."""
    names = ["me", *(str(person.id) for person in people[:6])]
    some = [Status.ENGINEERING_REVIEW, Status.SUBMITTED, Status.IN_PROGRESS]
    plain = [Filters(), Filters(status=some), Filters(priority=[Priority.LOW], vendor=["ABB", "KUKA"], status=some[:1])]
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
        or (sees == "own and open to all" and (row["person"] == me or tuple(row)[::2] == ("all", "Engineering Review")))
    }
    async with signed_in_as(there, role, str(me)) as tx:
        seen = {tuple(row) for row in await tx.fetch("SELECT DISTINCT side, person, status FROM request_counts")}
        assert seen == wanted
        assert seen
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.execute("DELETE FROM request_counts")
