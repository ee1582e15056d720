from collections.abc import AsyncIterator, Callable

import asyncpg
import pytest
from litestar import Litestar
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from simflow.auth import passwords
from tests.auth.browser import CHEAP, HASH, Browser, set_hash
from tests.conftest import BASE_URL, Caller, People

NewBrowser = Callable[..., Browser]


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hashers with less work to do, for tests that sign in often."""
    hashers = tuple(CHEAP if isinstance(h, Argon2Hasher) else h for h in passwords.HASHER.hashers)
    monkeypatch.setattr(passwords, "HASHER", PasswordHash(hashers))
    monkeypatch.setattr(passwords, "DUMMY_HASH", HASH)


@pytest.fixture
async def new_browser(app: Litestar) -> AsyncIterator[NewBrowser]:
    opened: list[Browser] = []

    def open_one(address: str | None = None, base_url: str = BASE_URL) -> Browser:
        opened.append(Browser(app, address, base_url))
        return opened[-1]

    yield open_one
    for browser in opened:
        await browser.aclose()


@pytest.fixture
def browser(new_browser: NewBrowser) -> Browser:
    return new_browser()


@pytest.fixture
async def person(people: People, owner: asyncpg.Connection) -> Caller:
    """A requester with a password."""
    made = await people.add("USER")
    await set_hash(owner, made)
    return made
