"""How many hours a week somebody works: managers and admins say it, and their load is measured against it."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as


def path(person: Caller) -> str:
    return f"/api/users/{person.id}"


async def stored(owner: asyncpg.Connection, person: Caller) -> int:
    hours: int = await owner.fetchval("SELECT weekly_hours FROM users WHERE id = $1", person.user["id"])
    return hours


@pytest.mark.parametrize("role", ["MANAGER", "ADMIN"])
@pytest.mark.parametrize("hours", [0, 32, 80])
async def test_a_manager_and_an_admin_set_them(
    people: People, engineer: Caller, owner: asyncpg.Connection, role: str, hours: int
) -> None:
    caller = await people.add(role)
    answer = await caller.patch(path(engineer), json={"weeklyHours": hours})
    assert answer.status_code == 200, answer.text
    assert answer.json()["user"] == {
        "id": engineer.id,
        "name": engineer.user["name"],
        "email": engineer.user["email"],
        "role": "ENGINEER",
        "avatarUrl": None,
        "active": True,
        "weeklyHours": hours,
        "version": 2,
    }
    assert await stored(owner, engineer) == hours
    load = (await caller.get("/api/home", params={"wholeLoad": True})).json()["load"]
    assert {row["engineerId"]: (row["weeklyHours"], row["version"]) for row in load}[engineer.id] == (hours, 2)


@pytest.mark.parametrize("role", ["USER", "ENGINEER"])
async def test_nobody_else_does_not_even_their_own(people: People, owner: asyncpg.Connection, role: str) -> None:
    caller, other = await people.add(role), await people.add("ENGINEER")
    for person in (caller, other):
        answer = await caller.patch(path(person), json={"weeklyHours": 10})
        assert answer.status_code == 403
        assert answer.json()["detail"] == "Only a manager or an admin may change how much somebody works."
        assert await stored(owner, person) == 40


@pytest.mark.parametrize("role", ["USER", "ENGINEER", "MANAGER", "ADMIN"])
@pytest.mark.parametrize("unknown", [str(uuid4()), "SF-1", "me", "x"])
async def test_who_does_not_exist_is_not_found(people: People, role: str, unknown: str) -> None:
    caller = await people.add(role)
    answer = await caller.patch(f"/api/users/{unknown}", json={"weeklyHours": 10})
    assert answer.status_code == 404


async def test_a_stranger_signs_in_first(people: People, engineer: Caller) -> None:
    answer = await people.stranger().patch(path(engineer), json={"weeklyHours": 10})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"weeklyHours": -1}, "weeklyHours"),
        ({"weeklyHours": 81}, "weeklyHours"),
        ({"weeklyHours": 10**30}, "weeklyHours"),
        ({"weeklyHours": 7.5}, "weeklyHours"),
        ({"weeklyHours": "40"}, "weeklyHours"),
        ({"weeklyHours": None}, "weeklyHours"),
        ({}, "weeklyHours"),
        ({"weeklyHours": 40, "role": "ADMIN"}, "role"),
    ],
)
async def test_what_cannot_be_is_told(
    manager: Caller, engineer: Caller, owner: asyncpg.Connection, body: dict[str, Any], field: str
) -> None:
    answer = await manager.patch(path(engineer), json=body)
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert await stored(owner, engineer) == 40


async def test_what_is_no_json_and_what_comes_from_elsewhere_is_refused(manager: Caller, engineer: Caller) -> None:
    json = {"Content-Type": "application/json"}
    assert (await manager.patch(path(engineer), content=b"{", headers=json)).status_code == 400
    text = {"Content-Type": "text/plain"}
    assert (await manager.patch(path(engineer), content=b'{"weeklyHours": 1}', headers=text)).status_code == 415
    foreign = {"Origin": "http://elsewhere.test"}
    assert (await manager.patch(path(engineer), json={"weeklyHours": 1}, headers=foreign)).status_code == 403


async def test_a_requester_reads_their_own_and_nobody_elses(requester: Caller, engineer: Caller) -> None:
    seen = {person["weeklyHours"] for person in (await requester.get("/api/users")).json()["users"]}
    assert seen == {None}
    assert (await requester.get("/api/auth/session")).json()["user"]["weeklyHours"] == 40
    seen = {person["weeklyHours"] for person in (await engineer.get("/api/users")).json()["users"]}
    assert None not in seen


@pytest.mark.parametrize("role", ["USER", "ENGINEER"])
async def test_the_database_refuses_it_too(
    settings: Settings, engineer: Caller, owner: asyncpg.Connection, role: str
) -> None:
    async with signed_in_as(settings, {"USER": "simflow_requester", "ENGINEER": "simflow_engineer"}[role], None) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.execute("UPDATE users SET weekly_hours = 1")
    assert await stored(owner, engineer) == 40


async def test_of_two_who_set_them_the_second_is_told(manager: Caller, admin: Caller, engineer: Caller) -> None:
    read = await manager.get(path(engineer))
    assert (read.status_code, read.headers["ETag"], read.json()["user"]["version"]) == (200, '"1"', 1)
    first = await admin.patch(path(engineer), json={"weeklyHours": 20}, headers={"If-Match": '"1"'})
    assert (first.status_code, first.headers["ETag"]) == (200, '"2"')
    late = await manager.patch(path(engineer), json={"weeklyHours": 30}, headers={"If-Match": '"1"'})
    assert (late.status_code, late.json()["user"]) == (412, first.json()["user"])
    assert late.json()["detail"] == "Somebody else changed this person in the meantime."
    same = await manager.patch(path(engineer), json={"weeklyHours": 20}, headers={"If-Match": '"1", "2"'})
    assert (same.status_code, same.headers["ETag"]) == (200, '"2"'), "nothing changed"
    assert (await manager.patch(path(engineer), json={"weeklyHours": 25})).headers["ETag"] == '"3"'
    assert (await manager.patch(path(engineer), json={"weeklyHours": 26}, headers={"If-Match": "*"})).status_code == 200
    twice = await asyncio.gather(
        *(manager.patch(path(engineer), json={"weeklyHours": n}, headers={"If-Match": '"4"'}) for n in (1, 2))
    )
    assert sorted(answer.status_code for answer in twice) == [200, 412]


async def test_who_may_not_set_them_learns_nothing_from_a_version(requester: Caller, engineer: Caller) -> None:
    answer = await requester.patch(path(engineer), json={"weeklyHours": 1}, headers={"If-Match": '"9"'})
    assert (answer.status_code, "user" in answer.json()) == (403, False)


async def test_any_change_of_a_person_counts(manager: Caller, engineer: Caller, owner: asyncpg.Connection) -> None:
    await owner.execute("UPDATE users SET name = 'Renamed' WHERE id = $1", engineer.id)
    await owner.execute("UPDATE users SET name = 'Renamed' WHERE id = $1", engineer.id)
    answer = await manager.patch(path(engineer), json={"weeklyHours": 1}, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["user"]["version"]) == (412, 2)


async def test_one_person_is_read_as_in_the_list(requester: Caller, manager: Caller, engineer: Caller) -> None:
    for caller in (requester, manager):
        listed = (await caller.get("/api/users")).json()["users"]
        answer = await caller.get(path(engineer))
        assert answer.json()["user"] == next(person for person in listed if person["id"] == engineer.id)
    for unknown in (str(uuid4()), "me"):
        assert (await manager.get(f"/api/users/{unknown}")).status_code == 404
