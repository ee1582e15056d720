"""Tests run on a real PostgreSQL that is thrown away afterwards, against the whole application.

One database serves the session. Tests stay apart by making their own people: a requester sees only their own requests,
and a test that counts everything filters by the people whom it made.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from litestar import Litestar

from simflow.app import create_app
from simflow.auth.middleware import SESSION_COOKIE
from simflow.auth.service import digest
from simflow.db import embedded
from simflow.db.migrate import migrate
from simflow.settings import Settings
from tests.web import declared

BASE_URL = "http://simflow.test"
DESK_ZONE = "Europe/Berlin"
"""Not the database's own, so that working hours by the wrong clocks are seen."""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.EmbeddedServer]:
    with embedded.running(tmp_path_factory.mktemp("postgres"), durable=False) as running:
        yield running


@pytest.fixture(scope="session")
def owner_url(server: embedded.EmbeddedServer) -> str:
    """The owner of a migrated database: past row-level security, for arranging and for looking underneath."""
    url = server.url(user="simflow_owner", database="simflow")
    migrate(url, DESK_ZONE)
    return url


@pytest.fixture(scope="session")
def settings(server: embedded.EmbeddedServer, owner_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    ui_dir: Path = tmp_path_factory.mktemp("ui")
    (ui_dir / "index.html").write_text("<!doctype html><title>Sim-Flow</title>")
    (ui_dir / "scheme.js").write_text("document.title")
    (ui_dir / "assets").mkdir()
    (ui_dir / "assets" / "page-1.js").write_text("document.body;" * 200)
    (ui_dir / "assets" / "page-1.js.br").write_bytes(b"as the build has packed it")
    (ui_dir / "assets" / "plain-1.js").write_text("document.body;" * 200)
    env = {
        "DATABASE_URL": server.url(user="simflow_user", database="simflow"),
        "DATABASE_OWNER_URL": owner_url,
        "SIMFLOW_UI_DIR": str(ui_dir),
    }
    return Settings.from_env(env)


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncIterator[Litestar]:
    application = create_app(settings)
    started, stop = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        # In a task of its own: what enters the lifespan must also leave it.
        async with application.lifespan():
            started.set()
            await stop.wait()

    task = asyncio.create_task(live())
    await started.wait()
    yield application
    stop.set()
    await task


@pytest.fixture(scope="session")
async def owner(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(owner_url)
    yield connection
    await connection.close()


class Caller(httpx.AsyncClient):
    """An HTTP client signed in as somebody (or nobody)."""

    def __init__(self, app: Litestar, user: dict[str, Any] | None = None, token: str | None = None) -> None:
        cookies = {SESSION_COOKIE: token} if token else {}
        super().__init__(
            transport=httpx.ASGITransport(app),
            base_url=BASE_URL,
            cookies=cookies,
            event_hooks={"response": [declared.check]},
        )
        self.user = user or {}

    @property
    def id(self) -> str:
        return str(self.user["id"])

    async def submit(self, **fields: Any) -> dict[str, Any]:
        """A new request of this person's."""
        body = {
            "title": "Reach study",
            "description": "Cell 4",
            "vendor": "FANUC",
            "priority": "Low",
        } | fields
        answer = await self.post("/api/requests", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()["request"]

    async def move(self, request: dict[str, Any], status: str, reason: str | None = None) -> httpx.Response:
        body = {"status": status} | ({"reason": reason} if reason else {})
        return await self.patch(f"/api/requests/{request['id']}/status", json=body)

    async def assign(self, request: dict[str, Any], engineer: "Caller", hours: int = 8) -> httpx.Response:
        body = {"engineerId": engineer.id, "estimatedHours": hours}
        return await self.patch(f"/api/requests/{request['id']}/assign", json=body)


class People:
    """Makes people who are signed in already."""

    def __init__(self, app: Litestar, owner: asyncpg.Connection) -> None:
        self._app = app
        self._owner = owner
        self.clients: list[Caller] = []

    async def add(self, role: str = "USER", name: str | None = None, *, active: bool = True) -> Caller:
        user_id, token = uuid4(), secrets.token_urlsafe(32)
        name = name or f"{role.title()} {user_id.hex[:6]}"
        user = {"id": user_id, "name": name, "email": f"{user_id.hex}@test.local", "role": role}
        await self._owner.execute(
            "INSERT INTO users (id, name, email, role, active) VALUES ($1, $2, $3, $4, $5)",
            *user.values(),
            active,
        )
        await self._owner.execute(
            "INSERT INTO sessions (token_hash, user_id, expires_at) VALUES ($1, $2, now() + interval '1 day')",
            digest(token),
            user_id,
        )
        caller = Caller(self._app, user, token)
        self.clients.append(caller)
        return caller

    def stranger(self) -> Caller:
        """Somebody who is not signed in."""
        caller = Caller(self._app)
        self.clients.append(caller)
        return caller


@pytest.fixture
async def people(app: Litestar, owner: asyncpg.Connection) -> AsyncIterator[People]:
    made = People(app, owner)
    yield made
    for client in made.clients:
        await client.aclose()


@pytest.fixture
async def requester(people: People) -> Caller:
    return await people.add("USER")


@pytest.fixture
async def engineer(people: People) -> Caller:
    return await people.add("ENGINEER")


@pytest.fixture
async def manager(people: People) -> Caller:
    return await people.add("MANAGER")


@pytest.fixture
async def admin(people: People) -> Caller:
    return await people.add("ADMIN")


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Callable[[], AbstractContextManager[list[str]]]:
    """What the database is asked while it lasts, apart from beginning, ending and the look at the session."""
    original = asyncpg.Connection._do_execute

    @contextmanager
    def listening() -> Iterator[list[str]]:
        asked: list[str] = []

        async def spy(self: asyncpg.Connection, query: str, *args: Any, **kwargs: Any) -> Any:
            # Every application's reader of events asks now and then, whatever the test does.
            if not any(part in query for part in (" sessions ", " enter(", " event_horizon", "FROM events\n")):
                asked.append(query)
            return await original(self, query, *args, **kwargs)

        with monkeypatch.context() as patch:
            patch.setattr(asyncpg.Connection, "_do_execute", spy)
            yield asked

    return listening


@asynccontextmanager
async def signed_in_as(settings: Settings, role: str, person: UUID | str | None) -> AsyncIterator[asyncpg.Connection]:
    """The application's own database user inside a person's transaction, as `Database.transaction` opens it."""
    connection = await asyncpg.connect(settings.database_url, server_settings={"role": role})
    try:
        await connection.execute("BEGIN")
        if person is not None:
            await connection.execute(f"SET LOCAL simflow.person = '{person}'")
        yield connection
        await connection.execute("ROLLBACK")
    finally:
        await connection.close()
