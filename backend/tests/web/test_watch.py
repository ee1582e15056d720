"""One mark leads from the proxy through the answer and the log into the database."""

import json
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar

from simflow import logs
from simflow.app import create_app
from simflow.db.pool import Database
from simflow.settings import Settings
from tests.conftest import BASE_URL, Caller, People

PROXY = "172.20.0.5"
MARK = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def behind(settings: Settings) -> Litestar:
    """Behind a trusted proxy; its database is nowhere, which makes calls fail."""
    nowhere = replace(settings, url="postgresql://nobody@127.0.0.1:1/none", trusted_proxies=(PROXY,))
    return create_app(nowhere)


@pytest.fixture
def json_logs() -> Iterator[None]:
    logs.configure(as_json=True)
    yield
    logs.configure(as_json=False)


async def ask(app: Litestar, peer: str, mark: str, path: str = "/health") -> httpx.Response:
    transport = httpx.ASGITransport(app, client=(peer, 5000))
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
        return await client.get(path, headers={"X-Request-ID": mark})


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/health", 200),
        ("GET", "/api/nowhere", 404),
        ("PUT", "/api/requests", 405),
        ("POST", "/api/requests", 401),
    ],
)
async def test_every_answer_has_its_mark_and_every_problem_tells_it(
    people: People, method: str, path: str, status: int
) -> None:
    answers = [await people.stranger().request(method, path) for _ in range(2)]
    marks = [answer.headers["x-request-id"] for answer in answers]
    assert [answer.status_code for answer in answers] == [status, status]
    assert marks[0] != marks[1]
    if status >= 400:
        assert [answer.json()["requestId"] for answer in answers] == marks


async def test_the_mark_of_a_trusted_proxy_is_kept(behind: Litestar) -> None:
    assert (await ask(behind, PROXY, MARK)).headers["x-request-id"] == MARK
    assert (await ask(behind, "203.0.113.9", MARK)).headers["x-request-id"] != MARK


@pytest.mark.parametrize("mark", ["", "x" * 37, "'; DROP TABLE requests; --", "*/ COMMIT", "a b"])
async def test_a_mark_that_is_none_is_replaced(behind: Litestar, mark: str) -> None:
    given = (await ask(behind, PROXY, mark)).headers["x-request-id"]
    assert given != mark
    assert len(given) == 32


async def test_what_fails_is_in_the_log_with_its_mark(
    behind: Litestar, json_logs: None, capsys: pytest.CaptureFixture[str]
) -> None:
    await behind.state.db.open()
    answer = await ask(behind, PROXY, MARK, "/ready?q=private")
    assert answer.status_code == 503
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["database away", "call failed"]
    assert {line["request_id"] for line in lines} == {MARK}
    assert lines[1].items() >= {"method": "GET", "path": "/ready", "status": 503, "level": "warning"}.items()


async def test_every_call_is_told_where_that_is_wanted(
    settings: Settings, json_logs: None, capsys: pytest.CaptureFixture[str]
) -> None:
    app = create_app(replace(settings, log_calls=True))
    await ask(app, PROXY, "", "/health")
    await ask(app, PROXY, "", "/api/requests?q=private")
    (line,) = capsys.readouterr().err.splitlines()
    told = {"event": "call", "method": "GET", "path": "/api/requests", "status": 401, "level": "info"}
    assert json.loads(line).items() >= told.items()


async def test_the_database_knows_a_transaction_by_its_mark(settings: Settings) -> None:
    assert settings.database_url is not None
    db = Database(settings.database_url, 1)
    await db.open()
    person = SimpleNamespace(id=uuid4(), role="MANAGER")
    name = "SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()"
    try:
        async with db.transaction(person, MARK) as tx:
            assert await tx.fetchval(name) == f"simflow manager {MARK}"
        async with db.transaction(person) as tx:
            assert await tx.fetchval(name) == "simflow manager", "the mark ends with its transaction"
    finally:
        await db.close()


async def test_marks_leave_the_statements_prepared(settings: Settings, manager: Caller) -> None:
    assert settings.database_url is not None
    db = Database(settings.database_url, 1)
    await db.open()
    count = "SELECT count(*) FROM pg_prepared_statements"
    try:
        counts = []
        for _ in range(3):
            async with db.transaction(SimpleNamespace(id=uuid4(), role="MANAGER"), uuid4().hex) as tx:
                await tx.fetchval("SELECT $1::int", 1)
                counts.append(await tx.fetchval(count))
        assert counts[0] == counts[2]
    finally:
        await db.close()
