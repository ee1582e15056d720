"""Changes that another site asks for with a person's cookie are refused, whatever they would change."""

from uuid import uuid4

import httpx
import pytest

from tests.conftest import BASE_URL, Caller
from tests.web.declared import contract

UNSAFE = [
    (method.upper(), path)
    for path, operations in contract()["paths"].items()
    for method in operations
    if method not in {"get", "head", "options"}
]
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": BASE_URL + ".evil.example"},
    {"Origin": BASE_URL + ":8080"},
    {"Origin": "http://simflow.test@evil.example"},
    {"Origin": "http://[::1"},
    {"Origin": "simflow.test"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "Cross-Site", "Origin": BASE_URL},
]
OURS = [
    {},
    {"Origin": BASE_URL},
    {"Origin": BASE_URL.upper()},
    {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
]


async def send(caller: Caller, method: str, path: str, headers: dict[str, str]) -> httpx.Response:
    path = path.replace("{request_id}", str(uuid4()))
    return await caller.request(method, path, json={}, headers=headers)


def test_there_is_something_to_test() -> None:
    assert {("POST", "/api/auth/login"), ("PATCH", "/api/requests/{request_id}/assign")} <= set(UNSAFE)


@pytest.mark.parametrize(("method", "path"), UNSAFE, ids=str)
async def test_foreign_changes_are_refused(admin: Caller, method: str, path: str) -> None:
    for headers in FOREIGN:
        answer = await send(admin, method, path, headers)
        assert (answer.status_code, answer.json()["title"]) == (403, "Cross-site call refused"), headers
    assert (await admin.get("/api/auth/session")).status_code == 200, "still signed in"


@pytest.mark.parametrize(("method", "path"), UNSAFE, ids=str)
async def test_our_own_changes_are_not(admin: Caller, method: str, path: str) -> None:
    for headers in OURS:
        assert (await send(admin, method, path, headers)).status_code in {204, 404, 422}, headers
        if path == "/api/auth/logout":
            return


async def test_other_sites_may_not_read_either(admin: Caller) -> None:
    """They may ask, as anybody may; without these headers their browser does not give them the answer."""
    answer = await admin.get("/api/requests", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("access-control")]
