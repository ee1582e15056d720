"""The list of the dead, for admins."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from tests.conftest import Caller, People

PATH = "/api/jobs/dead"


async def put_dead(owner: asyncpg.Connection, minutes_ago: int, message: str = "No route to host") -> int:
    job = await owner.fetchval(
        "INSERT INTO jobs (priority, status, entrypoint, payload, attempts, created, updated)"
        " VALUES (0, 'failed', 'send_mail', '{\"secret\": 1}', 9, now() - interval '1 day',"
        " date_trunc('minute', now()) - $1 * interval '1 minute') RETURNING id",
        minutes_ago,
    )
    await owner.execute(
        "INSERT INTO job_log (job_id, status, priority, entrypoint, traceback) VALUES ($1, 'failed', 0, 'send_mail',"
        " jsonb_build_object('exception_type', 'OSError', 'exception_message', $2::text, 'traceback', 'Traceback …'))",
        job,
        message,
    )
    return job


@pytest.fixture(autouse=True)
async def nobody_else(owner: asyncpg.Connection) -> AsyncIterator[None]:
    yield
    await owner.execute("TRUNCATE jobs, job_log")


async def listed(admin: Caller, **query: Any) -> dict[str, Any]:
    answer = await admin.get(PATH, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_an_admin_sees_what_died_of_what(admin: Caller, owner: asyncpg.Connection) -> None:
    job = await put_dead(owner, 5, "No route\n  to host")
    (found,) = (await listed(admin))["jobs"]
    created, died = found.pop("createdAt"), found.pop("diedAt")
    assert found == {"id": job, "name": "send_mail", "attempts": 10, "error": "OSError: No route to host"}
    assert created < died
    text = (await admin.get(PATH)).text
    assert "secret" not in text
    assert "Traceback" not in text


async def test_a_long_error_is_cut_and_a_missing_one_is_no_problem(admin: Caller, owner: asyncpg.Connection) -> None:
    await put_dead(owner, 5, "x" * 5000)
    await owner.execute("DELETE FROM job_log WHERE job_id = $1", await put_dead(owner, 6))
    assert [len(job["error"]) for job in (await listed(admin))["jobs"]] == [500, len("unknown")]


async def test_pages_hold_each_once_the_latest_first(admin: Caller, owner: asyncpg.Connection) -> None:
    jobs = [await put_dead(owner, minutes) for minutes in (3, 1, 1, 1, 2)]
    seen: list[int] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = await listed(admin, **query)
        seen += [job["id"] for job in page["jobs"]]
        if page["nextCursor"] is None:
            break
        query["cursor"] = page["nextCursor"]
    assert seen == [jobs[3], jobs[2], jobs[1], jobs[4], jobs[0]]


async def test_it_is_retried_or_dropped_once(admin: Caller, owner: asyncpg.Connection) -> None:
    retried, dropped = await put_dead(owner, 2), await put_dead(owner, 1)
    for method, path in (("POST", f"{PATH}/{retried}/retry"), ("DELETE", f"{PATH}/{dropped}")):
        answer = await admin.request(method, path)
        assert (answer.status_code, answer.content) == (204, b"")
        assert (await admin.request(method, path)).status_code == 404
    assert (await listed(admin))["jobs"] == []
    rows = await owner.fetch("SELECT id, status, attempts FROM jobs")
    assert [tuple(row) for row in rows] == [(retried, "queued", 0)]


async def test_a_job_that_is_not_dead_is_not_there(admin: Caller, owner: asyncpg.Connection) -> None:
    job = await owner.fetchval("SELECT enqueue_job('note', '{}', '0', NULL)")
    assert (await admin.post(f"{PATH}/{job}/retry")).status_code == 404
    assert (await admin.delete(f"{PATH}/{job}")).status_code == 404
    assert await owner.fetchval("SELECT count(*) FROM jobs") == 1


@pytest.mark.parametrize("number", ["0", "-1", "9223372036854775808", "9" * 100, "nonsense", "1.5"])
async def test_numbers_that_no_job_has(admin: Caller, number: str) -> None:
    assert (await admin.post(f"{PATH}/{number}/retry")).status_code == 404
    assert (await admin.delete(f"{PATH}/{number}")).status_code == 404


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 201}, {"limit": "x"}, {"cursor": "x"}, {"cursor": "WzEsMl0"}]
)
async def test_what_cannot_be_asked_is_refused(admin: Caller, query: dict[str, Any]) -> None:
    answer = await admin.get(PATH, params=query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == next(iter(query))


@pytest.mark.parametrize("role", ["USER", "ENGINEER", "MANAGER"])
async def test_it_is_for_admins_alone(people: People, owner: asyncpg.Connection, role: str) -> None:
    job = await put_dead(owner, 1)
    somebody, stranger = await people.add(role), people.stranger()
    for method, path in (("GET", PATH), ("POST", f"{PATH}/{job}/retry"), ("DELETE", f"{PATH}/{job}")):
        assert (await somebody.request(method, path)).status_code == 403
        assert (await stranger.request(method, path)).status_code == 401
    assert await owner.fetchval("SELECT status FROM jobs WHERE id = $1", job) == "failed"


async def test_another_site_cannot_do_it(admin: Caller, owner: asyncpg.Connection) -> None:
    job = await put_dead(owner, 1)
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert (await admin.post(f"{PATH}/{job}/retry", headers=headers)).status_code == 403
    assert (await admin.delete(f"{PATH}/{job}", headers=headers)).status_code == 403
