"""Which person a name of the file becomes."""

from typing import Any
from uuid import uuid4

import asyncpg

from tests.conftest import Caller, People
from tests.imports.old_app import OldApp, preview, send, take


def named(report: dict[str, Any], name: str) -> dict[str, Any]:
    (person,) = (person for person in report["people"] if person["name"] == name)
    return person


async def test_a_name_matches_whatever_its_capitals_and_the_space_around_it(admin: Caller, people: People) -> None:
    old = OldApp()
    known = await people.add("USER", name=old.requester)
    entry = old.entry(createdByName=f"  {old.requester.upper()} ")
    report = await take(admin, [entry])
    assert named(report, old.requester) == {
        "name": old.requester,
        "oldId": "u7",
        "role": "USER",
        "match": "matched",
        "email": known.user["email"],
    }
    # It is theirs now: they see it.
    request = (await known.get(f"/api/requests/{entry['id']}")).json()["request"]
    assert (request["createdBy"], request["createdByName"]) == (known.id, old.requester)


async def test_the_others_are_made_inactive_without_a_password(admin: Caller, owner: asyncpg.Connection) -> None:
    old = OldApp()
    report = await take(admin, [old.entry()])
    person = named(report, old.requester)
    assert (person["match"], person["role"]) == ("created", "USER")
    assert person["email"].startswith(old.requester.lower().replace(" ", "-") + ".")
    assert person["email"].endswith("@imported.invalid")
    row = await owner.fetchrow(
        "SELECT u.active, u.role, p.hash FROM users u LEFT JOIN passwords p ON p.user_id = u.id WHERE u.email = $1",
        person["email"],
    )
    assert tuple(row) == (False, "USER", None)


async def test_roles_come_from_how_people_appear(admin: Caller) -> None:
    old = OldApp()
    roles = {"End-User": "USER", "Manager": "MANAGER", "Engineer": "ENGINEER", "Admin": "ADMIN"}
    comments = [old.comment(authorName=f"{role} {old.requester}", authorRole=role) for role in roles]
    creator_comments = [old.comment(authorName=old.requester, authorRole="Manager")]
    report = await preview(admin, [old.entry(comments=comments + creator_comments)])
    for old_role, role in roles.items():
        assert named(report, f"{old_role} {old.requester}")["role"] == role
        assert named(report, f"{old_role} {old.requester}")["oldId"] is None
    assert named(report, old.requester)["role"] == "MANAGER"
    assert named(report, old.engineer)["role"] == "ENGINEER"


async def test_two_people_of_one_name_here_make_every_use_a_problem(admin: Caller, people: People) -> None:
    old = OldApp()
    await people.add("USER", name=old.requester)
    await people.add("MANAGER", name=old.requester.lower())
    comments = [old.comment(), old.comment(authorName=old.requester)]
    report = await preview(admin, [old.entry(comments=comments), old.entry(createdByName=f"Other {old.requester}")])
    assert report["requests"] == {"total": 2, "new": 1, "alreadyHere": 0, "invalid": 1}
    (problem,) = report["problems"]
    assert [error["field"] for error in problem["errors"]] == ["createdByName", "comments[1].authorName"]
    assert old.requester in problem["errors"][0]["message"]


async def test_an_address_that_somebody_has_is_not_given_out_again(admin: Caller, owner: asyncpg.Connection) -> None:
    old = OldApp()
    email = named(await preview(admin, [old.entry()]), old.requester)["email"]
    await owner.execute("INSERT INTO users (name, email, role) VALUES ($1, $2, 'USER')", uuid4().hex, email.upper())
    assert named(await take(admin, [old.entry()]), old.requester)["email"] != email


async def test_people_of_entries_that_are_not_taken_are_not_made(admin: Caller) -> None:
    old = OldApp()
    bad = old.entry(createdByName=f"Nobody {old.requester}", status="Waiting")
    report = await take(admin, [bad, old.entry()], skip_invalid=True)
    assert sorted(person["name"] for person in report["people"]) == sorted([old.requester, old.engineer])


async def test_doubts_about_people_are_told(admin: Caller, people: People) -> None:
    old = OldApp()
    await people.add("USER", name=old.engineer)
    entries = [
        old.entry(),
        old.entry(createdBy="u8"),
        old.entry(createdByName=f"Third {old.requester}"),
        old.entry(comments=[old.comment(authorName=old.requester, authorRole="Admin")]),
    ]
    entries[1]["comments"] = [
        old.comment(authorName=old.requester, authorRole="End-User", timestamp="2025-09-22T00:00:00Z")
    ]
    notes = (await preview(admin, entries))["notes"]
    assert notes == [
        f"{old.requester} has several old ids (u7, u8) and is taken as one person.",
        f"{old.requester} appears in several roles and becomes USER; the file also says ADMIN.",
        f"{old.engineer} has requests assigned, but is not an ENGINEER here and so cannot be assigned anew.",
        f"The old id u7 goes with several names: {old.requester}, Third {old.requester}. "
        "They are taken as several people.",
    ]


async def test_two_imports_at_once_make_nobody_twice(admin: Caller, people: People, owner: asyncpg.Connection) -> None:
    import asyncio

    old = OldApp()
    other = await people.add("ADMIN")
    answers = await asyncio.gather(send(admin, [old.entry()], dry_run=False), send(other, [old.entry()], dry_run=False))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert await owner.fetchval("SELECT count(*) FROM users WHERE name = $1", old.requester) == 1
