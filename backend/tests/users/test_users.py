"""The people of the desk, as far as the caller may know them."""

import asyncpg
import pytest

from tests.conftest import Caller, People


async def test_a_requester_sees_names_and_roles_but_no_address(
    requester: Caller, engineer: Caller, owner: asyncpg.Connection
) -> None:
    answer = await requester.get("/api/users")
    people = {person["id"]: person for person in answer.json()["users"]}
    assert people[engineer.id]["name"] == engineer.user["name"]
    assert people[engineer.id]["role"] == "ENGINEER"
    assert {person["email"] for person in people.values()} == {None}
    assert "@" not in answer.text


@pytest.mark.parametrize("role", ["ENGINEER", "MANAGER", "ADMIN"])
async def test_everybody_else_sees_addresses_too(people: People, requester: Caller, role: str) -> None:
    caller = await people.add(role)
    found = (await caller.get("/api/users")).json()["users"]
    assert requester.user["email"] in {person["email"] for person in found}


async def test_everybody_sees_their_own_address(requester: Caller) -> None:
    session = (await requester.get("/api/auth/session")).json()["user"]
    assert session["email"] == requester.user["email"]


@pytest.mark.parametrize("role", ["USER", "ENGINEER", "MANAGER", "ADMIN"])
async def test_a_role_may_be_asked_for(people: People, requester: Caller, role: str) -> None:
    one = await people.add(role)
    found = (await requester.get("/api/users", params={"role": role})).json()["users"]
    assert {person["role"] for person in found} == {role}
    assert one.id in {person["id"] for person in found}


@pytest.mark.parametrize("role", ["engineer", "ROBOT", "", "ENGINEER\x00"])
async def test_there_are_no_other_roles(requester: Caller, role: str) -> None:
    answer = await requester.get("/api/users", params={"role": role})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["role"]


async def test_people_are_in_the_order_of_their_names(requester: Caller) -> None:
    names = [person["name"] for person in (await requester.get("/api/users")).json()["users"]]
    assert names == sorted(names)


async def test_who_left_is_listed_only_on_request(people: People, manager: Caller) -> None:
    gone = await people.add("ENGINEER", active=False)
    now = (await manager.get("/api/users")).json()["users"]
    ever = (await manager.get("/api/users", params={"withInactive": "true"})).json()["users"]
    assert gone.id not in {person["id"] for person in now}
    assert {person["id"]: person["active"] for person in ever}[gone.id] is False


async def test_nothing_secret_is_among_it(manager: Caller) -> None:
    person = (await manager.get("/api/users")).json()["users"][0]
    assert set(person) == {"id", "name", "email", "role", "avatarUrl", "active", "weeklyHours", "version"}


async def test_a_part_of_a_name_finds_people_and_a_limit_ends_the_list(people: People, requester: Caller) -> None:
    mark = requester.id[:8]
    made = [await people.add("ENGINEER", f"{name} 100%_{mark}") for name in ("Ada", "Bert", "Carl")]

    async def found(**params: str | int) -> list[str]:
        answer = await requester.get("/api/users", params=params)
        assert answer.status_code == 200, answer.text
        return [person["id"] for person in answer.json()["users"]]

    assert await found(q=f"100%_{mark.upper()}") == [one.id for one in made]
    assert await found(q=f" 100%_{mark} ", limit=2) == [one.id for one in made[:2]]
    assert await found(q=f"bert 100%_{mark}") == [made[1].id]
    assert await found(q=f"100__{mark}") == []


@pytest.mark.parametrize(("name", "value"), [("q", "a\x00"), ("q", "x" * 101), ("limit", "0"), ("limit", "x")])
async def test_what_cannot_be_looked_for_is_told(requester: Caller, name: str, value: str) -> None:
    answer = await requester.get("/api/users", params={name: value})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [name]
