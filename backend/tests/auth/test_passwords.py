"""Password hashes: argon2id; older ones of other systems work and are replaced when they are next seen."""

import asyncpg
import bcrypt
import pytest

from simflow.auth.passwords import hash_password, verify
from tests.auth.browser import PASSWORD, Browser, hash_of, set_hash
from tests.conftest import Caller, People


def old_hash(password: str, kind: str = "2b") -> str:
    return bcrypt.hashpw(password.encode()[:72], bcrypt.gensalt(4)).decode().replace("$2b$", f"${kind}$")


async def test_a_hash_is_argon2id_and_salted() -> None:
    first, second = hash_password("x"), hash_password("x")
    assert first.startswith("$argon2id$")
    assert first != second
    assert await verify("x", first) == (True, None)
    assert await verify("y", first) == (False, None)


async def test_without_a_hash_no_password_is_right() -> None:
    """Not even the one whose hash is checked in its place."""
    assert (await verify("nobody has this password", None))[0] is False


@pytest.mark.parametrize("kind", ["2a", "2b", "2y"])
async def test_bcrypt_is_verified_and_upgraded(
    people: People, owner: asyncpg.Connection, browser: Browser, kind: str
) -> None:
    person = await people.add("USER")
    await set_hash(owner, person, old_hash(PASSWORD, kind))
    assert (await browser.sign_in(person, "wrong")).status_code == 401
    assert (await hash_of(owner, person)).startswith("$2")
    assert (await browser.sign_in(person)).status_code == 200
    upgraded = await hash_of(owner, person)
    assert upgraded.startswith("$argon2id$")
    assert (await browser.sign_in(person)).status_code == 200
    assert await hash_of(owner, person) == upgraded, "done once"


async def test_a_weaker_argon2_hash_is_upgraded(browser: Browser, owner: asyncpg.Connection, person: Caller) -> None:
    weak = await hash_of(owner, person)
    assert (await browser.sign_in(person)).status_code == 200
    assert await hash_of(owner, person) != weak


async def test_a_long_password_and_an_old_hash(people: People, owner: asyncpg.Connection, browser: Browser) -> None:
    """bcrypt only ever looked at the first 72 bytes."""
    person: Caller = await people.add("USER")
    long = "x" * 100
    await set_hash(owner, person, old_hash(long))
    assert (await browser.sign_in(person, "y" * 100)).status_code == 401
    assert (await browser.sign_in(person, long)).status_code == 200
