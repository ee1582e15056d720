"""Behind proxies: the person's address and scheme come from those that are trusted, and from nobody else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import asyncpg
import httpx
import pytest
from litestar import Litestar

from simflow.app import create_app
from simflow.settings import Settings
from tests.auth.browser import PASSWORD, fail_before, set_hash
from tests.conftest import BASE_URL, Caller, People

PROXY, OUTER, PERSON, STRANGER = "172.20.0.5", "192.0.2.1", "198.51.100.7", "203.0.113.9"
WRONG = "not the password"


@pytest.fixture
async def behind(settings: Settings) -> AsyncIterator[Litestar]:
    """The application as it runs behind two proxies that it trusts."""
    application = create_app(replace(settings, trusted_proxies=("172.16.0.0/12", OUTER)))
    await application.state.db.open()
    yield application
    await application.state.db.close()


@pytest.fixture
async def person(people: People, owner: asyncpg.Connection) -> Caller:
    made = await people.add("USER")
    await set_hash(owner, made)
    return made


@asynccontextmanager
async def calling(app: Litestar, peer: str, **forwarded: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = {name.replace("_", "-"): value for name, value in forwarded.items()}
    transport = httpx.ASGITransport(app, client=(peer, 5000))
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL, headers=headers) as client:
        yield client


async def sign_in(client: httpx.AsyncClient, person: Caller, password: str) -> httpx.Response:
    return await client.post("/api/auth/login", json={"email": person.user["email"], "password": password})


async def origins(owner: asyncpg.Connection, person: Caller) -> set[str]:
    rows = await owner.fetch("SELECT origin FROM sign_in_failures WHERE account = $1", person.user["email"])
    return {row["origin"] for row in rows}


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        (PROXY, PERSON, PERSON),
        (PROXY, f"{STRANGER}, {PERSON}", PERSON),  # what the person wrote themselves stands further left
        (PROXY, f"{STRANGER}, {PERSON}, {OUTER}", PERSON),
        (STRANGER, PERSON, STRANGER),
        (STRANGER, f"{PERSON}, {PROXY}", STRANGER),
    ],
)
async def test_failures_count_for_the_address_that_nobody_can_make_up(
    behind: Litestar, owner: asyncpg.Connection, person: Caller, peer: str, forwarded: str, counted: str
) -> None:
    async with calling(behind, peer, x_forwarded_for=forwarded) as client:
        assert (await sign_in(client, person, WRONG)).status_code == 401
    assert await origins(owner, person) == {counted}


async def test_a_stranger_gets_no_further_by_naming_another_address(
    behind: Litestar, owner: asyncpg.Connection, person: Caller
) -> None:
    await fail_before(owner, person.user["email"], STRANGER, 10)
    async with calling(behind, STRANGER, x_forwarded_for=PERSON) as client:
        assert (await sign_in(client, person, WRONG)).status_code == 429


@pytest.mark.parametrize(
    ("peer", "secure"), [(PROXY, True), (STRANGER, False)], ids=["through the proxy", "made up by a stranger"]
)
async def test_cookies_are_secure_when_a_trusted_proxy_says_https(
    behind: Litestar, person: Caller, peer: str, secure: bool
) -> None:
    async with calling(behind, peer, x_forwarded_for=PERSON, x_forwarded_proto="https") as client:
        answer = await sign_in(client, person, PASSWORD)
    assert answer.status_code == 200
    assert all(("Secure" in cookie) == secure for cookie in answer.headers.get_list("set-cookie"))


async def test_without_proxies_nobody_is_believed(app: Litestar, owner: asyncpg.Connection, person: Caller) -> None:
    async with calling(app, PROXY, x_forwarded_for=PERSON, x_forwarded_proto="https") as client:
        await sign_in(client, person, WRONG)
    assert await origins(owner, person) == {PROXY}
