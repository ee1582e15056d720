"""Browsers of people who have a password, each at an address of its own."""

import itertools
from typing import Any

import asyncpg
import httpx
from litestar import Litestar
from pwdlib.hashers.argon2 import Argon2Hasher

from tests.conftest import BASE_URL, Caller
from tests.web import declared

PASSWORD = "correct horse \u00e9 \U0001f40e"
# Cheap to check, so that many wrong passwords are tried in no time; the right one makes it a full one.
HASH = Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
_addresses = (f"10.{a}.{b}.{c}" for a, b, c in itertools.product(range(256), repeat=3))


class Browser(httpx.AsyncClient):
    def __init__(self, app: Litestar, address: str | None = None, base_url: str = BASE_URL) -> None:
        self.address = address or next(_addresses)
        super().__init__(
            transport=httpx.ASGITransport(app, client=(self.address, 50000)),
            base_url=base_url,
            event_hooks={"response": [declared.check]},
        )

    async def sign_in(self, person: Caller | str, password: str = PASSWORD) -> httpx.Response:
        email = person if isinstance(person, str) else person.user["email"]
        return await self.post("/api/auth/login", json={"email": email, "password": password})


async def set_hash(owner: asyncpg.Connection, person: Caller, stored: str = HASH) -> None:
    await owner.execute("INSERT INTO passwords (user_id, hash) VALUES ($1, $2)", person.id, stored)


async def hash_of(owner: asyncpg.Connection, person: Caller) -> str:
    return await owner.fetchval("SELECT hash FROM passwords WHERE user_id = $1", person.id)


async def fail_before(owner: asyncpg.Connection, account: Any, origin: str, failures: int) -> None:
    """As if so many sign-ins had failed already, just now."""
    await owner.execute(
        "INSERT INTO sign_in_failures (account, origin, failures) VALUES ($1, $2, $3)", account, origin, failures
    )
