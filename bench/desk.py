"""What is measured: an embedded database with made-up requests, and the API on it, on this machine's loopback."""

import asyncio
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx

BACKEND = Path(__file__).parents[1] / "backend"
sys.path.insert(0, str(BACKEND))
from simflow.auth.middleware import SESSION_COOKIE  # noqa: E402
from simflow.auth.passwords import hash_password  # noqa: E402
from simflow.auth.service import digest  # noqa: E402
from simflow.db import embedded  # noqa: E402
from simflow.db.migrate import migrate  # noqa: E402

COMMENTS = 5
"""For each request."""
PEOPLE = {"USER": "created_by", "ENGINEER": "assigned_to", "MANAGER": None}
EMAIL, PASSWORD = "bench@bench.invalid", "bench-" + "password"
CEILING = "bench"
"""The database user of pgbench: as a manager and as the gate to sessions, with row-level security. What enters does so
in the role of who calls."""


@dataclass
class Desk:
    """A running server; `cookies` are of the busiest person of each role, `crowd` of many people."""

    server: embedded.EmbeddedServer
    port: int
    api: int
    cookies: dict[str, str]
    crowd: list[str]
    requests: int

    def url(self, user: str = "simflow_owner") -> str:
        return self.server.url(user=user, database="simflow")

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            return await connection.fetch(sql, *values)
        finally:
            await connection.close()


@contextmanager
def desk(folder: Path, requests: int, workers: int, port: int | None) -> Iterator[Desk]:
    """Fills the database where it has fewer requests; it stays for the next run."""
    folder.mkdir(parents=True, exist_ok=True)
    with embedded.running(folder) as server:
        owner_url = server.url(user="simflow_owner", database="simflow")
        migrate(owner_url)
        asyncio.run(_seed(owner_url, requests))
        cookies, crowd = asyncio.run(_sign_in(server))
        port = port or free_port()
        env = os.environ | {"DATABASE_URL": server.url(user="simflow_user", database="simflow")}
        command = [sys.executable, "-m", "simflow.cli", "serve", "--port", str(port), "--workers", str(workers)]
        api = subprocess.Popen(command, env=env, cwd=BACKEND)
        try:
            wait(port)
            yield Desk(server, port, api.pid, cookies, crowd, requests)
        finally:
            api.terminate()
            api.wait()


async def _seed(owner_url: str, requests: int) -> None:
    connection = await asyncpg.connect(owner_url)
    there = await connection.fetchval("SELECT count(*) FROM requests")
    await connection.close()
    if there >= requests:
        return
    people = max(40, min(2000, requests // 50))
    wanted = ["--requests", requests - there, "--comments", COMMENTS * (requests - there), "--people", people]
    command = [sys.executable, "-m", "simflow.cli", "seed", *map(str, wanted)]
    process = await asyncio.create_subprocess_exec(*command, cwd=BACKEND, env=os.environ | {"DATABASE_URL": owner_url})
    if await process.wait():
        raise SystemExit("The database could not be filled.")
    # What the worker does within ten minutes, and none runs here.
    connection = await asyncpg.connect(owner_url)
    while await connection.fetchval("SELECT keep_frequent_word()"):
        pass
    await connection.close()


async def _sign_in(server: embedded.EmbeddedServer) -> tuple[dict[str, str], list[str]]:
    connection = await asyncpg.connect(server.url(user="postgres", database="simflow"))
    cookies = {}
    for role, column in PEOPLE.items():
        busiest = f"ORDER BY (SELECT count(*) FROM requests r WHERE r.{column} = u.id) DESC" if column else ""
        person = await connection.fetchval(f"SELECT id FROM users u WHERE role = $1 {busiest} LIMIT 1", role)
        cookies[role] = await _session(connection, person)
    people = await connection.fetch("SELECT id FROM users WHERE role <> 'ADMIN' ORDER BY email LIMIT 200")
    crowd = [await _session(connection, row["id"]) for row in people]
    known = await connection.fetchval("SELECT id FROM users WHERE email = $1", EMAIL)
    if known is None:
        known = await connection.fetchval(
            "INSERT INTO users (name, email, role) VALUES ('Bench', $1, 'USER') RETURNING id", EMAIL
        )
        await connection.execute("INSERT INTO passwords (user_id, hash) VALUES ($1, $2)", known, hash_password(PASSWORD))
    if not await connection.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = $1", CEILING):
        await connection.execute(f"CREATE ROLE {CEILING} LOGIN; GRANT simflow_auth, simflow_manager TO {CEILING}")
    # Not inherited: the policies of three roles at once are nobody's.
    await connection.execute(f"GRANT simflow_requester, simflow_engineer TO {CEILING} WITH INHERIT FALSE")
    await connection.close()
    return cookies, crowd


async def _session(connection: asyncpg.Connection, person: object) -> str:
    token = secrets.token_urlsafe(32)
    await connection.execute(
        "INSERT INTO sessions (token_hash, user_id, expires_at) VALUES ($1, $2, now() + interval '30 days')",
        digest(token),
        person,
    )
    return f"{SESSION_COOKIE}={token}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait(port: int) -> None:
    for _ in range(600):
        try:
            if httpx.get(f"http://127.0.0.1:{port}/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise SystemExit("The API does not become ready.")
