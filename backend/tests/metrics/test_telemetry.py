"""Traces and error reports reach a server that takes them; nothing is loaded for them where none is named."""

import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
from litestar import get

from simflow import reporting
from simflow.app import create_app
from simflow.auth.middleware import OPEN
from simflow.errors import CommandError
from simflow.settings import Settings
from tests.conftest import BASE_URL
from tests.processes import wait_until


class Sink(HTTPServer):
    """Takes whatever is posted to it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taker)
        self.taken: list[tuple[str, bytes]] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class Taker(BaseHTTPRequestHandler):
    server: Sink

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        packed = self.headers.get("content-encoding") == "gzip"
        self.server.taken.append((self.path, gzip.decompress(body) if packed else body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@get("/api/broken", opt={OPEN: True}, include_in_schema=False, sync_to_thread=False)
def broken() -> None:
    """Not what anybody foresaw."""
    secret = "what somebody wrote"
    raise ZeroDivisionError("nobody foresaw this", len(secret))


async def test_an_unexpected_error_is_reported_with_its_mark_and_without_what_people_wrote(
    settings: Settings, sink: Sink
) -> None:
    app = create_app(replace(settings, sentry_dsn=f"http://key@{sink.address}/1"))
    app.register(broken)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL) as client:
        answer = await client.get("/api/broken?q=private")
    reporting.flush()
    reporting.configure(settings)
    assert answer.status_code == 500
    (report,) = [body for path, body in sink.taken if path == "/api/1/envelope/"]
    event = json.loads(report.splitlines()[2])
    assert event["exception"]["values"][0]["type"] == "ZeroDivisionError"
    assert event["tags"] == {"request_id": answer.json()["requestId"], "route": "/api/broken"}
    assert event["release"].startswith("simflow@")
    frame = event["exception"]["values"][0]["stacktrace"]["frames"][-1]
    assert (frame["function"], frame.get("vars")) == ("broken", None)
    assert b"private" not in report


@pytest.mark.parametrize("dsn", ["nonsense", "http://127.0.0.1/1"])
def test_a_dsn_that_is_none_is_told(settings: Settings, dsn: str) -> None:
    with pytest.raises(CommandError, match="SENTRY_DSN cannot be used"):
        create_app(replace(settings, sentry_dsn=dsn))


def test_calls_and_their_statements_are_traced(settings: Settings, sink: Sink) -> None:
    """In a process of its own, as tracing changes the driver for good."""
    program = f"""
import asyncio, httpx
from simflow.app import create_app
from simflow.settings import Settings

async def main():
    app = create_app(Settings.from_env({{
        "DATABASE_URL": {settings.database_url!r},
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://{sink.address}/",
    }}))
    async with app.lifespan(), httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://t") as client:
        print((await client.get("/ready")).headers["x-request-id"])

asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert wait_until(lambda: sink.taken)
    paths, bodies = zip(*sink.taken, strict=True)
    assert set(paths) == {"/v1/traces"}
    spans = b"".join(bodies)
    assert b"GET /ready" in spans
    assert done.stdout.strip().encode() in spans
    assert b"alembic_version" in spans, "the statement"
    assert b"event_horizon" not in spans, "nobody called for it"


def test_nothing_of_it_is_loaded_when_nobody_wants_it(settings: Settings) -> None:
    program = (
        "import sys; from simflow.app import create_app; from simflow.settings import Settings;"
        f"create_app(Settings.from_env({{'DATABASE_URL': {settings.database_url!r}}}));"
        "print([name for name in sys.modules if name == 'sentry_sdk' or '.sdk' in name])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
