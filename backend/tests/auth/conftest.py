from collections.abc import AsyncIterator, Callable

import asyncpg
import pytest
from litestar import Litestar

from tests.auth.browser import Browser, set_hash
from tests.conftest import BASE_URL, Caller, People

NewBrowser = Callable[..., Browser]


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
