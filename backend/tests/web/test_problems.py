"""Every refusal is problem details, and nothing of ours leaks out when something of ours breaks."""

from dataclasses import replace

import httpx
import pytest
from litestar import Litestar, get

from simflow.app import create_app
from simflow.settings import Settings
from simflow.web.problems import HANDLERS
from tests.conftest import BASE_URL, Caller, People
from tests.web.declared import contract

CLOSED = [
    (method.upper(), path)
    for path, operations in contract()["paths"].items()
    for method, operation in operations.items()
    if "401" in operation["responses"] and path != "/api/auth/login"
]


@pytest.mark.parametrize(("method", "path"), CLOSED, ids=str)
async def test_nothing_is_open_by_accident(people: People, method: str, path: str) -> None:
    for token in (None, "wrong", "x" * 5000, "\x7f", '"quoted"', "\u00e9"):
        caller = people.stranger()
        cookies = {} if token is None else {"Cookie": f"simflow_session={token}".encode("latin-1")}
        answer = await caller.request(method, path.replace("{request_id}", "SF-1"), json={}, headers=cookies)
        assert answer.status_code == 401, token
        assert answer.json()["title"] == "Not signed in"


def test_only_these_are_open_to_everybody() -> None:
    every = {(m.upper(), path) for path, operations in contract()["paths"].items() for m in operations}
    assert every - set(CLOSED) == {
        ("GET", "/api/auth/demo"),
        ("POST", "/api/auth/login"),
        ("POST", "/api/auth/logout"),
        ("GET", "/health"),
        ("GET", "/ready"),
    }


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/nowhere", "/api/requests/x/y/z", "/api/../api/nowhere", "/assets/no.js"]
)
async def test_what_is_nowhere(manager: Caller, path: str) -> None:
    answer = await manager.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/api/requests"), ("DELETE", "/api/requests/SF-1"), ("POST", "/api/users"), ("PATCH", "/api/requests")],
)
async def test_what_cannot_be_done_there(manager: Caller, method: str, path: str) -> None:
    answer = await manager.request(method, path, json={})
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    assert "GET" in answer.headers["allow"]


async def test_a_bug_of_ours_tells_nothing() -> None:
    @get("/broken")
    async def broken() -> None:
        raise RuntimeError("secret of the house")

    app = Litestar([broken], exception_handlers=HANDLERS, logging_config=None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL) as client:
        answer = await client.get("/broken")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text


async def test_without_a_database_it_says_so(settings: Settings) -> None:
    app = create_app(replace(settings, url="postgresql://simflow_user@127.0.0.1:1/simflow"))
    async with app.lifespan(), Caller(app, token="x") as caller:
        for answer in (
            await caller.get("/api/requests"),
            await caller.get("/ready"),
            await caller.post("/api/auth/login", json={"email": "a@b.c", "password": "x"}),
            await caller.post("/api/auth/logout"),
        ):
            assert answer.status_code == 503
            assert answer.headers["content-type"] == "application/problem+json"
            assert int(answer.headers["retry-after"]) > 0
        assert (await caller.get("/health")).status_code == 200
