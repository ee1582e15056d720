"""Mentions: stored as one rule finds them, told to whom they concern, and seen from both ends only."""

from typing import Any

import asyncpg
import pytest

from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as
from tests.requests.arrange import put

NOTHING = {"people": [], "requests": [], "mentionedIn": []}


async def mentions(caller: Caller, request: dict[str, Any]) -> dict[str, Any]:
    answer = await caller.get(f"/api/requests/{request['id']}/mentions")
    assert answer.status_code == 200
    return answer.json()


async def told(caller: Caller) -> list[tuple[str, str, str | None]]:
    page = (await caller.get("/api/notifications")).json()
    return [(one["action"], one["key"], one["commentId"]) for one in page["notifications"]]


async def say(caller: Caller, request: dict[str, Any], content: str, **more: Any) -> dict[str, Any]:
    answer = await caller.post(f"/api/requests/{request['id']}/comments", json={"content": content} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()["comment"]


async def test_people_and_requests_in_texts_become_mentions(
    owner: asyncpg.Connection, requester: Caller, manager: Caller
) -> None:
    other = await put(owner, requester, title="The other one")
    name = manager.user["name"]
    request = await requester.submit(description=f"As {other['key']}, ask @{name.upper()}.")
    found = await mentions(requester, request)
    assert found["people"] == [{"id": manager.id, "name": name, "role": "MANAGER"}]
    assert found["requests"] == [
        {"id": other["id"], "key": other["key"], "title": "The other one", "status": "Submitted"}
    ]
    assert [source["id"] for source in (await mentions(manager, other))["mentionedIn"]] == [request["id"]]
    assert await told(manager) == [("mentioned", request["key"], None)]
    assert await told(requester) == []


async def test_who_cannot_see_a_request_is_not_told(
    people: People, owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    stranger, other_engineer = await people.add("USER"), await people.add("ENGINEER")
    request = await put(owner, requester, "In Progress", engineer)
    everybody = " ".join(f"@{person.user['name']}" for person in (stranger, other_engineer, requester, engineer))
    await say(engineer, request, everybody, internal=True)
    for person in (stranger, other_engineer, requester):
        assert await told(person) == []
    comment = await say(requester, request, everybody)
    assert await told(engineer) == [("mentioned", request["key"], comment["id"])]
    assert await told(stranger) == await told(other_engineer) == await told(requester) == []


async def test_a_request_that_is_out_of_sight_is_no_mention_for_whom_it_is(
    people: People, owner: asyncpg.Connection, requester: Caller, manager: Caller
) -> None:
    """The same text tells each reader of what they may see, from both ends, and the writer nothing more."""
    hidden = await put(owner, await people.add("USER"), title="Secret")
    missing = "SF-99999999"
    request = await requester.submit(description=f"Like {hidden['key']} and {missing}")
    assert await mentions(requester, request) == NOTHING
    assert [one["id"] for one in (await mentions(manager, request))["requests"]] == [hidden["id"]]
    assert [one["id"] for one in (await mentions(manager, hidden))["mentionedIn"]] == [request["id"]]
    mine = await requester.submit()
    await say(manager, mine, f"Internal: {request['key']}", internal=True)
    assert (await mentions(requester, request))["mentionedIn"] == []
    assert [one["id"] for one in (await mentions(manager, request))["mentionedIn"]] == [mine["id"]]
    await say(manager, hidden, f"See {request['key']}")
    assert (await mentions(requester, request))["mentionedIn"] == []


async def test_an_edit_tells_only_of_what_is_new(requester: Caller, people: People) -> None:
    first, second = await people.add("MANAGER"), await people.add("MANAGER")
    request = await requester.submit()
    path = f"/api/requests/{request['id']}"
    comment = await say(requester, request, f"@{first.user['name']}")
    await requester.patch(
        f"{path}/comments/{comment['id']}", json={"content": f"@{first.user['name']} @{second.user['name']}"}
    )
    assert len(await told(first)) == len(await told(second)) == 1
    await requester.patch(f"{path}/comments/{comment['id']}", json={"content": f"@{second.user['name']}"})
    assert [one["id"] for one in (await mentions(requester, request))["people"]] == [second.id]
    await requester.delete(f"{path}/comments/{comment['id']}")
    assert await mentions(requester, request) == NOTHING
    await requester.patch(path, json={"description": f"@{first.user['name']}"})
    assert [one["id"] for one in (await mentions(requester, request))["people"]] == [first.id]
    assert len(await told(first)) == 2


async def test_mentions_of_the_invisible_are_404(people: People, requester: Caller) -> None:
    request = await requester.submit()
    assert (await (await people.add("USER")).get(f"/api/requests/{request['id']}/mentions")).status_code == 404


async def test_the_database_shows_and_takes_mentions_only_of_the_visible(
    settings: Settings, people: People, owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    stranger = await people.add("USER")
    request = await put(owner, requester, "In Progress", engineer)
    comment = await say(engineer, request, "SF-1", internal=True)
    rows = "SELECT count(*) FROM mentions WHERE request_id = $1"
    for role, person, count in (
        ("simflow_requester", requester, 0),
        ("simflow_engineer", engineer, 1),
        ("simflow_manager", stranger, 1),
        ("none", engineer, 0),
    ):
        async with signed_in_as(settings, role, person.id) as tx:
            assert await tx.fetchval(rows, request["id"]) == count, role
    add = "INSERT INTO mentions (request_id, comment_id, number) VALUES ($1, $2, 7)"
    for role, person in (("simflow_requester", stranger), ("simflow_manager", stranger)):
        async with signed_in_as(settings, role, person.id) as tx:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await tx.execute(add, request["id"], comment["id"])
