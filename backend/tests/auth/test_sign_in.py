"""Signing in with a password: who gets in, and what the browser gets."""

import hashlib
from http.cookies import SimpleCookie
from typing import Any

import asyncpg
import httpx
import pytest

from simflow.auth import passwords
from tests.auth.browser import PASSWORD, Browser, set_hash
from tests.auth.conftest import NewBrowser
from tests.conftest import Caller, People

pytestmark = pytest.mark.usefixtures("cheap_hashes")


def cookies_of(answer: httpx.Response) -> dict[str, Any]:
    jar: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        jar.load(header)
    return dict(jar)


async def test_the_right_password_signs_in(browser: Browser, person: Caller) -> None:
    answer = await browser.sign_in(person)
    assert answer.status_code == 200
    user = answer.json()["user"]
    assert (user["id"], user["email"], user["role"]) == (person.id, person.user["email"], "USER")
    session = await browser.get("/api/auth/session")
    assert session.json() == answer.json()


@pytest.mark.parametrize("spelling", [str.upper, str.title, lambda email: f"  {email} "])
async def test_the_address_may_be_spelt_otherwise(browser: Browser, person: Caller, spelling: Any) -> None:
    assert (await browser.sign_in(spelling(person.user["email"]))).status_code == 200


@pytest.mark.parametrize("password", [PASSWORD + " ", PASSWORD.upper(), "x", "x" * 1024])
async def test_a_wrong_password_does_not(browser: Browser, person: Caller, password: str) -> None:
    answer = await browser.sign_in(person, password)
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert (await browser.get("/api/auth/session")).status_code == 401


async def test_refusals_do_not_tell_accounts_apart(
    new_browser: NewBrowser, people: People, owner: asyncpg.Connection, person: Caller
) -> None:
    """Wrong, unknown, without a password and inactive: the answers are the same to the letter."""
    inactive = await people.add("USER", active=False)
    await set_hash(owner, inactive)
    answers = [
        await new_browser().sign_in(person, "wrong"),
        await new_browser().sign_in("nobody@test.local", PASSWORD),
        await new_browser().sign_in(await people.add("USER"), PASSWORD),
        await new_browser().sign_in(inactive, PASSWORD),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text.replace(answer.headers["x-request-id"], "") for answer in answers}) == 1


@pytest.mark.parametrize("known", [True, False])
async def test_a_hash_is_checked_whether_or_not_there_is_an_account(
    browser: Browser, person: Caller, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    """Else the time would tell. A hash that no hasher knows shows whether it was looked at: it cannot be checked."""
    monkeypatch.setattr(passwords, "DUMMY_HASH", "not a hash")
    browser.event_hooks = {}
    answer = await browser.sign_in(person if known else "nobody@test.local", "wrong")
    assert answer.status_code == (401 if known else 500)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"email", "password"}),
        ({"email": "a@b.c"}, {"password"}),
        ({"email": "", "password": ""}, {"email", "password"}),
        ({"email": 5, "password": ["x"]}, {"email", "password"}),
        ({"email": "a" * 256, "password": "x" * 1025}, {"email", "password"}),
        ({"email": "a\x00", "password": "b\x00"}, {"email", "password"}),
        ({"email": "a@b.c", "password": "x", "role": "ADMIN"}, {"role"}),
    ],
)
async def test_what_is_no_sign_in(browser: Browser, body: dict[str, Any], fields: set[str]) -> None:
    answer = await browser.post("/api/auth/login", json=body)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == fields


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
async def test_cookies_are_out_of_reach(new_browser: NewBrowser, person: Caller, scheme: str, secure: bool) -> None:
    answer = await new_browser(base_url=f"{scheme}://simflow.test").sign_in(person)
    cookies = cookies_of(answer)
    assert set(cookies) == {"simflow_session", "simflow_device"}
    for cookie in cookies.values():
        assert cookie["httponly"] is True
        assert cookie["samesite"].lower() == "lax"
        assert bool(cookie["secure"]) is secure
        assert cookie["domain"] == ""
        assert len(cookie.value) >= 43, "256 bits"


async def test_only_hashes_of_tokens_are_stored(browser: Browser, owner: asyncpg.Connection, person: Caller) -> None:
    tokens = {name: cookie.value for name, cookie in cookies_of(await browser.sign_in(person)).items()}
    for table, name in (("sessions", "simflow_session"), ("known_devices", "simflow_device")):
        digest = hashlib.sha256(tokens[name].encode()).digest()
        rows = await owner.fetch(f"SELECT token_hash FROM {table} WHERE user_id = $1", person.id)
        assert digest in {row["token_hash"] for row in rows}
    everything = await owner.fetch(
        "SELECT sessions::text AS row FROM sessions UNION ALL SELECT known_devices::text FROM known_devices"
        " UNION ALL SELECT sign_in_failures::text FROM sign_in_failures"
    )
    for token in tokens.values():
        assert not [row for row in everything if token in row["row"] or token.encode().hex() in row["row"]]


async def test_every_sign_in_gets_a_token_of_its_own(browser: Browser, person: Caller) -> None:
    first = cookies_of(await browser.sign_in(person))
    second = cookies_of(await browser.sign_in(person))
    assert first["simflow_session"].value != second["simflow_session"].value
    assert first["simflow_device"].value == second["simflow_device"].value, "the same browser"


async def test_a_planted_session_token_is_not_taken_over(browser: Browser, person: Caller) -> None:
    browser.cookies.set("simflow_session", "planted", domain="simflow.test", path="/api")
    answer = await browser.sign_in(person)
    assert cookies_of(answer)["simflow_session"].value != "planted"


async def test_outside_demo_mode_there_are_no_demo_people(browser: Browser) -> None:
    assert (await browser.get("/api/auth/demo")).status_code == 404
    assert (await browser.sign_in("alice@simflow.local", "simflow")).status_code == 401
