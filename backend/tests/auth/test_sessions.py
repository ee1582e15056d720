"""How long a session lives, and what ends it: always on the server, whatever the browser still holds."""

import asyncpg
import pytest

from tests.auth.browser import Browser
from tests.auth.conftest import NewBrowser
from tests.conftest import Caller


async def is_signed_in(browser: Browser, token: str | None = None) -> bool:
    headers = {"Cookie": f"simflow_session={token}"} if token else {}
    return (await browser.get("/api/auth/session", headers=headers)).status_code == 200


async def test_signing_out_ends_it_on_the_server(new_browser: NewBrowser, person: Caller) -> None:
    browser, other = new_browser(), new_browser()
    await browser.sign_in(person)
    await other.sign_in(person)
    token = browser.cookies["simflow_session"]
    answer = await browser.post("/api/auth/logout")
    assert answer.status_code == 204
    assert "simflow_session" not in browser.cookies
    assert not await is_signed_in(new_browser(), token), "a copy of the token is dead too"
    assert await is_signed_in(other), "the other session lives"


async def test_signing_out_twice_or_without_a_session_is_no_error(browser: Browser, person: Caller) -> None:
    assert (await browser.post("/api/auth/logout")).status_code == 204
    await browser.sign_in(person)
    token = browser.cookies["simflow_session"]
    for _ in range(2):
        headers = {"Cookie": f"simflow_session={token}"}
        assert (await browser.post("/api/auth/logout", headers=headers)).status_code == 204


async def test_an_expired_session_is_none(browser: Browser, owner: asyncpg.Connection, person: Caller) -> None:
    await browser.sign_in(person)
    await owner.execute("UPDATE sessions SET expires_at = now() WHERE user_id = $1", person.id)
    assert not await is_signed_in(browser)


async def test_a_deactivated_persons_session_is_none(
    browser: Browser, owner: asyncpg.Connection, person: Caller
) -> None:
    await browser.sign_in(person)
    await owner.execute("UPDATE users SET active = false WHERE id = $1", person.id)
    assert not await is_signed_in(browser)
    assert (await browser.get("/api/requests")).status_code == 401


async def test_another_role_holds_from_the_next_call_on(owner: asyncpg.Connection, manager: Caller) -> None:
    assert (await manager.get("/api/users")).json()["users"][0]["email"]
    await owner.execute("UPDATE users SET role = 'USER' WHERE id = $1", manager.id)
    assert (await manager.get("/api/users")).json()["users"][0]["email"] is None


@pytest.mark.parametrize(
    ("age", "left", "at_least", "at_most"),
    [
        ("1 day", "13 days 12 hours", "13 days", "13 days 13 hours"),
        ("10 days", "4 days", "13 days 23 hours", "14 days 1 hour"),
        ("89 days", "1 hour", "23 hours", "25 hours"),
    ],
    ids=["hardly used up", "used again", "never beyond 90 days"],
)
async def test_use_keeps_a_session_alive(
    browser: Browser, owner: asyncpg.Connection, person: Caller, age: str, left: str, at_least: str, at_most: str
) -> None:
    await browser.sign_in(person)
    token = browser.cookies["simflow_session"]
    await owner.execute(
        f"UPDATE sessions SET created_at = now() - interval '{age}', expires_at = now() + interval '{left}'"
        " WHERE token_hash = sha256($1::bytea)",
        token.encode(),
    )
    assert await is_signed_in(browser)
    assert await owner.fetchval(
        f"SELECT expires_at - now() BETWEEN interval '{at_least}' AND interval '{at_most}' FROM sessions"
        " WHERE token_hash = sha256($1::bytea)",
        token.encode(),
    )
