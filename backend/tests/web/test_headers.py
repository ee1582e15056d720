"""Every answer tells the browser how far to trust it."""

import httpx
import pytest

from tests.conftest import Caller, People


def is_guarded(answer: httpx.Response) -> bool:
    policy = answer.headers.get("content-security-policy", "")
    return (
        "default-src 'self'" in policy
        and "frame-ancestors 'none'" in policy
        and "object-src 'none'" in policy
        and "script-src" not in policy
        and answer.headers.get("x-content-type-options") == "nosniff"
        and answer.headers.get("referrer-policy") == "same-origin"
        and answer.headers.get("cross-origin-opener-policy") == "same-origin"
        and "permissions-policy" in answer.headers
    )


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/requests", 200),
        ("GET", "/api/requests/garbage", 404),
        ("GET", "/api/requests?limit=0", 422),
        ("GET", "/api/nowhere", 404),
        ("PUT", "/api/requests", 405),
        ("POST", "/api/requests", 415),
        ("GET", "/api/openapi.json", 200),
        ("GET", "/health", 200),
        ("GET", "/ready", 200),
        ("GET", "/", 200),
        ("GET", "/requests/some/page", 200),
        ("POST", "/api/auth/logout", 204),
    ],
)
async def test_security_headers_are_on_every_answer(manager: Caller, method: str, path: str, status: int) -> None:
    answer = await manager.request(method, path)
    assert answer.status_code == status
    assert is_guarded(answer), dict(answer.headers)


async def test_security_headers_are_on_refusals_too(people: People) -> None:
    stranger = people.stranger()
    for answer in (
        await stranger.get("/api/requests"),
        await stranger.post("/api/auth/login", json={}, headers={"Origin": "null"}),
        await stranger.post("/api/auth/login", content=b"{", headers={"Content-Type": "application/json"}),
    ):
        assert answer.status_code in {400, 401, 403}
        assert is_guarded(answer)


async def test_what_is_personal_is_kept_in_no_cache(manager: Caller) -> None:
    for path in ("/api/requests", "/api/auth/session", "/api/users", "/api/requests/garbage"):
        assert (await manager.get(path)).headers["cache-control"] == "no-store"
