"""Repeated failures shut out whoever fails, and nobody else."""

import asyncio
from typing import Any

import asyncpg
import pytest

from tests.auth.browser import Browser, fail_before, set_hash
from tests.auth.conftest import NewBrowser
from tests.conftest import Caller, People

ALLOWED = 10


async def test_repeated_failures_are_too_many(browser: Browser, person: Caller) -> None:
    failures = [await browser.sign_in(person, f"guess {i}") for i in range(ALLOWED)]
    assert {answer.status_code for answer in failures} == {401}
    answer = await browser.sign_in(person)
    assert answer.status_code == 429, "even with the right password: else guessing could go on"
    assert 0 < int(answer.headers["retry-after"]) <= 15 * 60
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.fixture
async def locked(browser: Browser, owner: asyncpg.Connection, person: Caller) -> Browser:
    """A browser at an address that has failed too often for this person."""
    await fail_before(owner, person.user["email"], browser.address, ALLOWED)
    assert (await browser.sign_in(person)).status_code == 429
    return browser


async def test_however_the_address_is_spelt(locked: Browser, person: Caller) -> None:
    for email in (person.user["email"].upper(), f" {person.user['email']}\n"):
        assert (await locked.sign_in(email)).status_code == 429


async def test_unknown_accounts_are_locked_alike(browser: Browser, owner: asyncpg.Connection) -> None:
    await fail_before(owner, "nobody@test.local", browser.address, ALLOWED - 1)
    assert (await browser.sign_in("nobody@test.local", "x")).status_code == 401
    assert (await browser.sign_in("nobody@test.local", "x")).status_code == 429


async def test_other_accounts_are_not_locked(locked: Browser, people: People, owner: asyncpg.Connection) -> None:
    other = await people.add("USER")
    await set_hash(owner, other)
    assert (await locked.sign_in(other)).status_code == 200


async def test_other_addresses_are_not_locked(locked: Browser, new_browser: NewBrowser, person: Caller) -> None:
    assert (await new_browser().sign_in(person)).status_code == 200


async def test_a_known_browser_gets_in_beside_a_stranger_at_the_same_address(
    new_browser: NewBrowser, owner: asyncpg.Connection, person: Caller
) -> None:
    mine = new_browser()
    assert (await mine.sign_in(person)).status_code == 200
    stranger = new_browser(mine.address)
    await fail_before(owner, person.user["email"], mine.address, ALLOWED)
    await fail_before(owner, "*", mine.address, 1000)
    assert (await stranger.sign_in(person)).status_code == 429
    assert (await mine.sign_in(person)).status_code == 200


async def test_a_known_browser_is_locked_by_its_own_failures(
    browser: Browser, new_browser: NewBrowser, person: Caller
) -> None:
    await browser.sign_in(person)
    for _ in range(ALLOWED):
        assert (await browser.sign_in(person, "wrong")).status_code == 401
    assert (await browser.sign_in(person)).status_code == 429
    assert (await new_browser(browser.address).sign_in(person)).status_code == 200, "and only that browser"


async def test_a_browser_known_for_one_person_is_none_for_another(
    browser: Browser, people: People, owner: asyncpg.Connection, person: Caller
) -> None:
    """Else anybody with an account could guess at the others' with a fresh count."""
    await browser.sign_in(person)
    other = await people.add("USER")
    await set_hash(owner, other)
    await fail_before(owner, other.user["email"], browser.address, ALLOWED)
    assert (await browser.sign_in(other)).status_code == 429


async def test_a_made_up_device_is_not_known(locked: Browser, person: Caller) -> None:
    locked.cookies.set("simflow_device", "made up", domain="simflow.test", path="/api")
    assert (await locked.sign_in(person)).status_code == 429


async def test_the_right_password_clears_the_count(browser: Browser, owner: asyncpg.Connection, person: Caller) -> None:
    await fail_before(owner, person.user["email"], browser.address, ALLOWED - 1)
    assert (await browser.sign_in(person)).status_code == 200
    browser.cookies.clear()
    assert (await browser.sign_in(person, "wrong")).status_code == 401
    assert (await browser.sign_in(person)).status_code == 200


async def test_the_lock_opens_with_time(locked: Browser, owner: asyncpg.Connection, person: Caller) -> None:
    later = "UPDATE sign_in_failures SET window_start = now() - interval '{}' WHERE account = $1"
    await owner.execute(later.format("14 minutes 30 seconds"), person.user["email"])
    still = await locked.sign_in(person)
    assert (still.status_code, int(still.headers["retry-after"]) <= 30) == (429, True)
    await owner.execute(later.format("15 minutes 1 second"), person.user["email"])
    assert (await locked.sign_in(person, "wrong")).status_code == 401
    assert (await locked.sign_in(person)).status_code == 200, "and the count began anew"


async def test_one_password_tried_on_everybody_is_too_many(
    browser: Browser, owner: asyncpg.Connection, person: Caller
) -> None:
    await fail_before(owner, "*", browser.address, 300)
    assert (await browser.sign_in("nobody@test.local", "x")).status_code == 429
    assert (await browser.sign_in(person)).status_code == 429


async def test_guessing_at_once_gains_nothing(browser: Browser, owner: asyncpg.Connection, person: Caller) -> None:
    """Failures in parallel count like those one after another, give or take those already being checked."""
    await fail_before(owner, person.user["email"], browser.address, ALLOWED - 2)
    answers: list[Any] = await asyncio.gather(*(browser.sign_in(person, f"guess {i}") for i in range(12)))
    statuses = [answer.status_code for answer in answers]
    assert set(statuses) == {401, 429}
    assert statuses.count(401) <= 4
