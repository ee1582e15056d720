"""Two processes of the API on one database, as replicas are; streams are read over real connections."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from simflow.auth.middleware import SESSION_COOKIE
from simflow.settings import Settings
from tests.conftest import Caller

PATIENCE = 20
"""Seconds after which a test gives up on something that should take a fraction of one."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(settings: Settings, port: int) -> subprocess.Popen[bytes]:
    env = os.environ | {"DATABASE_URL": str(settings.database_url), "SIMFLOW_UI_DIR": str(settings.ui_dir)}
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "asgi",
        "--factory",
        "--no-log",
        "simflow.app:create_app",
    ]
    return subprocess.Popen([*command, "--port", str(port)], env=env, stderr=subprocess.DEVNULL)


async def _until_ready(url: str) -> None:
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient() as client:
        while True:
            try:
                if (await client.get(f"{url}/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)


@pytest.fixture(scope="package")
async def replicas(settings: Settings) -> AsyncIterator[list[str]]:
    """The addresses of two API processes."""
    ports = [_free_port(), _free_port()]
    processes = [_start(settings, port) for port in ports]
    urls = [f"http://127.0.0.1:{port}" for port in ports]
    try:
        await asyncio.gather(*(_until_ready(url) for url in urls))
        yield urls
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(PATIENCE)


class Listener:
    """Reads one stream and remembers what it heard, each message with its id."""

    def __init__(self, response: httpx.Response) -> None:
        self.heard: list[dict[str, Any]] = []
        self.last_id: str | None = None
        self.ended = False
        self._changed = asyncio.Condition()
        self.task = asyncio.create_task(self._read(response))

    async def _read(self, response: httpx.Response) -> None:
        data = None
        async for line in response.aiter_lines():
            name, _, value = line.partition(": ")
            if name == "id":
                self.last_id = value
            elif name == "data":
                data = json.loads(value)
            elif not line and data is not None:
                self.heard.append(data | {"at": self.last_id})
                data = None
                async with self._changed:
                    self._changed.notify_all()
        self.ended = True
        async with self._changed:
            self._changed.notify_all()

    @property
    def events(self) -> list[dict[str, Any]]:
        """What was heard about requests."""
        return [message for message in self.heard if "requestId" in message]

    def about(self, request: dict[str, Any]) -> list[str]:
        return [event["type"] for event in self.events if event["requestId"] == request["id"]]

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(true)


@asynccontextmanager
async def listening(url: str, caller: Caller, last_id: str | None = None) -> AsyncIterator[Listener]:
    """An open stream that has said it is ready, or that all must be read anew."""
    headers = {"Last-Event-ID": last_id} if last_id else {}
    cookies = {SESSION_COOKIE: caller.cookies[SESSION_COOKIE]}
    async with (
        httpx.AsyncClient(base_url=url, cookies=cookies, timeout=None) as client,  # noqa: S113
        client.stream("GET", "/api/events", headers=headers) as response,
    ):
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        listener = Listener(response)
        try:
            await listener.until(lambda: any(m["type"] == "ready" for m in listener.heard))
            yield listener
        finally:
            listener.task.cancel()
            await asyncio.gather(listener.task, return_exceptions=True)
