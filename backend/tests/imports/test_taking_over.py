"""What comes over, and as what it is here afterwards."""

import json
from uuid import UUID

import asyncpg
import pytest

from tests.conftest import Caller, People
from tests.imports.old_app import OldApp, preview, send, take


@pytest.fixture
def old() -> OldApp:
    return OldApp()


async def test_everything_of_a_request_comes_over(admin: Caller, old: OldApp) -> None:
    entry = old.entry(comments=[old.comment(), old.comment(timestamp="2025-09-25T02:03:09.918+02:00")])
    report = await take(admin, [entry])
    assert report["requests"] == {"total": 1, "new": 1, "alreadyHere": 0, "invalid": 0}
    assert report["comments"] == {"new": 2}

    answer = (await admin.get(f"/api/requests/{entry['id']}")).json()
    request = answer["request"]
    for name in ("id", "title", "description", "vendor", "status", "priority", "createdByName", "assignedToName"):
        assert request[name] == entry[name]
    assert (request["estimatedHours"], request["version"]) == (16, 1)
    assert request["createdAt"] == "2025-09-19T05:18:24Z"
    assert request["updatedAt"] == "2025-09-25T00:03:09.918000Z"
    for comment, written in zip(answer["comments"], entry["comments"], strict=True):
        assert (comment["id"], comment["content"]) == (written["id"], written["content"])
        assert (comment["authorName"], comment["authorRole"]) == (old.engineer, "ENGINEER")
        assert comment["internal"] is False


async def test_the_log_tells_who_imported_it(admin: Caller, old: OldApp) -> None:
    entry = old.entry()
    await take(admin, [entry])
    (row,) = (await admin.get(f"/api/requests/{entry['id']}/activity")).json()["activity"]
    assert (row["action"], row["userId"], row["userName"]) == ("imported", admin.id, admin.user["name"])
    assert row["details"] == {"source": "localstorage", "status": "In Progress", "oldId": entry["id"]}


@pytest.mark.parametrize("shape", ["array", "devtools", "object", "nested", "string"])
async def test_every_shape_is_read(admin: Caller, old: OldApp, shape: str) -> None:
    entries = [old.entry()]
    files = {
        "array": entries,
        "devtools": {"theme-mode": "dark", "sim-flow-requests": json.dumps(entries)},
        "object": {"sim-flow-requests": entries},
        "nested": {"http://localhost:5173": {"sim-flow-requests": {"sim-flow-requests": json.dumps(entries)}}},
        "string": json.dumps(entries),
    }
    report = await preview(admin, files[shape])
    assert report["requests"]["new"] == 1
    named = ["Other keys of the browser storage are not taken: theme-mode."]
    assert report["notes"] == (named if shape == "devtools" else [])


async def test_entities_are_unescaped_once_and_only_those_of_the_old_app(admin: Caller, old: OldApp) -> None:
    entry = old.entry(
        title=" R&amp;D &lt;b&gt; ",
        description="&amp;lt; stays &lt;, &quot; and &copy; and &amp;amp; and 5 > 3",
        createdByName=f"{old.requester} &amp; Sons",
        comments=[old.comment(content="a &lt; b &amp;&amp; b")],
    )
    await take(admin, [entry])
    answer = (await admin.get(f"/api/requests/{entry['id']}")).json()
    assert answer["request"]["title"] == " R&D <b> "
    assert answer["request"]["description"] == "&lt; stays <, &quot; and &copy; and &amp; and 5 > 3"
    assert answer["request"]["createdByName"] == f"{old.requester} & Sons"
    assert answer["comments"][0]["content"] == "a < b && b"


async def test_a_second_run_adds_nothing(admin: Caller, owner: asyncpg.Connection, old: OldApp) -> None:
    entries = [old.entry(), old.entry(id=f"{old.requester} 1", comments=[old.comment(id="1"), old.comment(id="2")])]
    await take(admin, entries)
    tables = ("requests", "comments", "activity_log", "users")
    before = [await owner.fetchval(f"SELECT count(*) FROM {table}") for table in tables]
    moved = "UPDATE requests SET status = 'On Hold' WHERE id = $1"
    await owner.execute(moved, UUID(entries[0]["id"]))
    report = await take(admin, entries)
    assert report["requests"] == {"total": 2, "new": 0, "alreadyHere": 2, "invalid": 0}
    assert report["people"] == []
    assert before == [await owner.fetchval(f"SELECT count(*) FROM {table}") for table in tables]
    assert (await admin.get(f"/api/requests/{entries[0]['id']}")).json()["request"]["status"] == "On Hold"


async def test_ids_that_are_no_uuids_are_the_same_each_time(admin: Caller, old: OldApp) -> None:
    first, second = (old.entry(id=f"{old.requester}/{n}", comments=[old.comment(id="1")]) for n in (1, 2))
    assert (await take(admin, [first, second]))["comments"] == {"new": 2}
    assert (await preview(admin, [first]))["requests"]["alreadyHere"] == 1


async def test_newer_comments_of_what_is_here_are_not_dropped_in_silence(admin: Caller, old: OldApp) -> None:
    entry = old.entry()
    await take(admin, [entry])
    entry["comments"].append(old.comment())
    report = await take(admin, [entry])
    assert report["notes"] == ["Entry 1 is here already; comments of it that are not: 1, not taken."]


async def test_keys_follow_the_time_of_creation(admin: Caller, old: OldApp) -> None:
    years = (2023, 2021, 2024, 2022)
    entries = {year: old.entry(createdAt=f"{year}-03-01T08:00:00Z", comments=[]) for year in years}
    await take(admin, list(entries.values()))
    keys = [
        (await admin.get(f"/api/requests/{entries[year]['id']}")).json()["request"]["key"] for year in sorted(years)
    ]
    assert keys == sorted(keys, key=lambda key: int(key[3:]))


async def test_a_dry_run_is_the_default_and_writes_nothing(
    admin: Caller, owner: asyncpg.Connection, old: OldApp
) -> None:
    entry = old.entry()
    report = (await send(admin, [entry])).json()
    assert (report["dryRun"], report["requests"]["new"], report["comments"]["new"]) == (True, 1, 1)
    assert [person["match"] for person in report["people"]] == ["created", "created"]
    assert (await admin.get(f"/api/requests/{entry['id']}")).status_code == 404
    assert not await owner.fetchval("SELECT count(*) FROM users WHERE name = $1", old.requester)


async def test_unknown_fields_are_told_and_left_out(admin: Caller, old: OldApp) -> None:
    entry = old.entry(tags=["a"], comments=[old.comment(likes=3)])
    report = await preview(admin, [entry])
    assert report["requests"]["new"] == 1
    assert report["notes"] == ["Fields that Sim-Flow does not know are not taken: comments[].likes, tags."]


async def test_five_thousand_entries_take_seconds(admin: Caller, owner: asyncpg.Connection, old: OldApp) -> None:
    entries = [old.entry() for _ in range(5000)]
    report = await take(admin, entries)
    assert report["requests"]["new"] == report["comments"]["new"] == 5000
    # The other tests search and list in the same database.
    await owner.execute("DELETE FROM requests WHERE created_by_name = $1", old.requester)


@pytest.mark.parametrize("role", ["USER", "ENGINEER", "MANAGER"])
async def test_only_an_admin_imports(people: People, old: OldApp, role: str) -> None:
    caller = await people.add(role)
    assert (await send(caller, [old.entry()])).status_code == 403
    assert (await send(caller, b"no JSON", dry_run=False)).status_code == 403


async def test_a_stranger_is_asked_to_sign_in(people: People, old: OldApp) -> None:
    assert (await send(people.stranger(), [old.entry()])).status_code == 401
