"""Similar requests: how good they are, what they tell, and that nobody sees a title that is not theirs to see."""

from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as
from tests.requests.arrange import as_row, put, put_all
from tests.similar.sample import EARLIER, WANTED


async def similar(caller: Caller, title: str, description: str = "") -> list[dict[str, Any]]:
    answer = await caller.get("/api/requests/similar", params={"title": title, "description": description})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["similar"])


async def test_quality_on_the_labelled_sample(people: People, owner: asyncpg.Connection) -> None:
    """What docs/decisions/0019 tells, as floors. As a requester, whose own requests are the sample."""
    desk = await people.add("USER")
    rows = [as_row(desk, title=title, description=text) for title, text in EARLIER.values()]
    await put_all(owner, rows)
    await owner.execute("ANALYZE requests")
    names = {title: name for name, (title, _) in EARLIER.items()}
    found = hit = wanted = first = offered = 0
    for title, text, labels in WANTED:
        answers = [names[one["title"]] for one in await similar(desk, title, text)]
        wanted += len(labels)
        hit += len(labels & set(answers))
        offered += len(answers)
        found += bool(labels & set(answers))
        first += bool(answers) and answers[0] in labels
    asked = sum(bool(labels) for _, _, labels in WANTED)
    figures = {"recall": hit / wanted, "found": found / asked, "first": first / asked, "precision": hit / offered}
    print(figures)
    assert figures["recall"] >= 0.9, figures
    assert figures["first"] >= 0.9, figures
    assert figures["precision"] >= 0.5, figures


@pytest.fixture
async def word() -> str:
    """A word that no other test's requests have."""
    return f"zq{uuid4().hex[:10]}"


async def test_nobody_learns_a_title_that_is_not_theirs_to_see(
    people: People, owner: asyncpg.Connection, requester: Caller, engineer: Caller, word: str
) -> None:
    """Each role is offered exactly what its list shows, whatever is alike beside it."""
    creators = [requester, await people.add("USER")]
    engineers = [engineer, await people.add("ENGINEER")]
    statuses = ["Submitted", "Information Needed", "Engineering Review", "In Progress", "Accepted"]
    rows = [
        as_row(creator, status, one, title=f"Reach {word} {status}", description=f"{word} of {status}")
        for creator, one in zip(creators, engineers, strict=True)
        for status in statuses
    ]
    await put_all(owner, rows)
    for caller in [*creators, *engineers, await people.add("USER"), await people.add("ENGINEER")]:
        seen = (await caller.get("/api/requests", params={"q": word, "limit": 200})).json()["requests"]
        offered = [one for status in statuses for one in await similar(caller, f"Reach {word} {status}", word)]
        # Other tests leave requests that are alike, too, and an engineer sees some of them.
        assert {one["key"] for one in offered if word in one["title"]} == {one["key"] for one in seen}
    for role in ("MANAGER", "ADMIN"):
        assert len(await similar(await people.add(role), f"Reach {word}", word)) == 5


async def test_the_database_keeps_titles_too(
    settings: Settings, owner: asyncpg.Connection, people: People, requester: Caller, word: str
) -> None:
    """The statements themselves, as another person: what may be asked of everything gives nothing either."""
    await put(owner, requester, title=f"Reach {word}", description=word)
    for role, person in (("requester", await people.add("USER")), ("engineer", await people.add("ENGINEER"))):
        async with signed_in_as(settings, f"simflow_{role}", person.id) as tx:
            near = await tx.fetch("SELECT title FROM requests ORDER BY title <-> $1 LIMIT 5", f"Reach {word}")
            assert not [row for row in near if word in row["title"]]
    async with signed_in_as(settings, "none", None) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.fetch("SELECT * FROM telling_words('x')")


async def test_it_tells_what_came_of_it_and_why_it_is_offered(
    requester: Caller, manager: Caller, engineer: Caller, word: str
) -> None:
    denied, done = [await requester.submit(title=f"Reach {word} door", description=f"Hem {word}") for _ in range(2)]
    await manager.move(denied, "Denied", "No robot free")
    await manager.assign(done, engineer)
    await engineer.move(done, "In Progress")
    await engineer.move(done, "Completed")
    offered = {one["key"]: one for one in await similar(requester, f"reach {word} doors", "hem")}
    first, second = offered[denied["key"]], offered[done["key"]]
    assert (first["status"], first["reason"], first["completedAt"]) == ("Denied", "No robot free", None)
    assert (second["status"], second["reason"]) == ("Completed", None)
    assert second["completedAt"]
    assert first["titleAlike"]
    assert set(first["words"]) == {word, "reach", "hem"}


async def test_too_little_is_said(requester: Caller) -> None:
    await requester.submit(title="ab")
    for title in ("", " ", "ab", "  a  b "):
        assert await similar(requester, title) == []


@pytest.mark.parametrize("title", ["a' | b & !c", "\\ :* <-> (", "100%_ of", "🦾🦾🦾🦾🦾", "x" * 255, "'''''"])
async def test_odd_titles_are_just_titles(requester: Caller, manager: Caller, title: str) -> None:
    request = await requester.submit(title=title)
    for caller in (requester, manager):
        assert all(one["score"] <= 1 for one in await similar(caller, title, title))
    if any(letter.isalnum() for letter in title):
        assert request["key"] in {one["key"] for one in await similar(requester, title)}


async def test_what_cannot_be_asked(requester: Caller) -> None:
    for params in ({"description": "x"}, {"title": "x" * 256}, {"title": "abcd", "description": "x" * 2001}):
        assert (await requester.get("/api/requests/similar", params=params)).status_code == 422
    assert (await requester.get("/api/requests/similar?title=abcd%00e")).status_code == 422


async def test_two_statements(requester: Caller, manager: Caller, statements: Any) -> None:
    for caller in (requester, manager):
        with statements() as run:
            await similar(caller, "Reach study", "Cell 4")
        assert len(run) == 2
