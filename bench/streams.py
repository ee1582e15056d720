"""1 000 open event streams on one process with 50 writes a second: latency, memory, and that nobody missed anything.

    backend/.venv/bin/python bench/streams.py [--streams 1000] [--seconds 10] [--rate 50]

Starts its own database and API on this machine's loopback, and stops them.
"""

import argparse
import asyncio
import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import httpx

from load import memory_mb

sys.path.insert(0, str(Path(__file__).parents[1] / "backend"))
from simflow.auth.middleware import SESSION_COOKIE  # noqa: E402
from simflow.auth.service import digest  # noqa: E402
from simflow.db import embedded  # noqa: E402
from simflow.db.migrate import migrate  # noqa: E402

STREAMS_OF_ONE_PERSON = 25


async def add_person(owner: asyncpg.Connection, role: str) -> str:
    """A signed-in person's session token."""
    user_id, token = uuid4(), secrets.token_urlsafe(32)
    await owner.execute(
        "INSERT INTO users (id, name, email, role) VALUES ($1, $2, $3, $4)", user_id, role, f"{user_id}@bench", role
    )
    await owner.execute(
        "INSERT INTO sessions (token_hash, user_id, expires_at) VALUES ($1, $2, now() + interval '1 day')",
        digest(token),
        user_id,
    )
    return token


async def listen(port: int, token: str, heard: dict[UUID, list[float]], ready: asyncio.Semaphore) -> None:
    """Reads one stream for ever, noting when each request was heard of."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    call = f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {SESSION_COOKIE}={token}\r\n\r\n"
    writer.write(call.encode())
    try:
        while line := await reader.readline():
            if line == b"0\r\n":
                raise ConnectionError("the stream has ended")
            if not line.startswith(b"data: "):
                continue
            message = json.loads(line[6:])
            if message["type"] == "ready":
                ready.release()
            elif "requestId" in message:
                heard.setdefault(UUID(message["requestId"]), []).append(time.monotonic())
    finally:
        writer.close()


async def measure(port: int, pid: int, owner_url: str, options: argparse.Namespace) -> None:
    owner = await asyncpg.connect(owner_url)
    people = -(-options.streams // STREAMS_OF_ONE_PERSON)
    managers = max(1, people // 5)
    tokens = [await add_person(owner, "MANAGER" if i < managers else "USER") for i in range(people)]
    heard: dict[UUID, list[float]] = {}
    ready = asyncio.Semaphore(0)
    before = memory_mb(pid)
    opened = time.monotonic()
    streams = [
        asyncio.create_task(listen(port, tokens[i // STREAMS_OF_ONE_PERSON], heard, ready))
        for i in range(options.streams)
    ]
    for _ in streams:
        await ready.acquire()
    opened = time.monotonic() - opened
    requester = await add_person(owner, "USER")
    written: dict[UUID, float] = {}
    body = {"title": "Reach", "description": "Cell 4", "vendor": "ABB", "priority": "Low"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", cookies={SESSION_COOKIE: requester}) as client:

        async def write() -> None:
            answer = await client.post("/api/requests", json=body)
            written[UUID(answer.json()["request"]["id"])] = time.monotonic()

        writes = []
        for _ in range(options.seconds * options.rate):
            writes.append(asyncio.create_task(write()))
            await asyncio.sleep(1 / options.rate)
        await asyncio.gather(*writes)
    listeners = managers * STREAMS_OF_ONE_PERSON
    for _ in range(200):
        if all(len(heard.get(request, [])) >= listeners for request in written):
            break
        await asyncio.sleep(0.05)
    latencies = sorted(at - written[request] for request, times in heard.items() for at in times)
    missed = sum(listeners - len(heard.get(request, [])) for request in written)
    print(f"streams            {options.streams} opened in {opened:.1f} s; {listeners} of them may see the requests")
    print(f"writes             {len(written)} at {options.rate}/s; messages {len(latencies)}; missed {missed}")
    print(
        f"answer to message  median {statistics.median(latencies) * 1000:.0f} ms, "
        f"p95 {latencies[int(len(latencies) * 0.95)] * 1000:.0f} ms, worst {latencies[-1] * 1000:.0f} ms"
    )
    after = f"{memory_mb(pid):.0f} MB with the streams and after the writes"
    print(f"API memory         {before:.0f} MB before, {after}; what its processes share shared out")
    ended = sum(stream.done() for stream in streams)
    print(f"streams ended      {ended}")
    for stream in streams:
        stream.cancel()
    await asyncio.gather(*streams, return_exceptions=True)
    await owner.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rate", type=int, default=50)
    options = parser.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder, embedded.running(Path(folder), durable=False) as server:
        owner_url = server.url(user="simflow_owner", database="simflow")
        migrate(owner_url)
        env = os.environ | {"DATABASE_URL": server.url(user="simflow_user", database="simflow")}
        command = [sys.executable, "-m", "simflow.cli", "serve", "--port", str(port)]
        api = subprocess.Popen(command, env=env, cwd=Path(__file__).parents[1] / "backend")
        try:
            for _ in range(200):
                try:
                    if httpx.get(f"http://127.0.0.1:{port}/ready").status_code == 200:
                        break
                except httpx.TransportError:
                    time.sleep(0.05)
            asyncio.run(measure(port, api.pid, owner_url, options))
        finally:
            api.terminate()
            api.wait()


if __name__ == "__main__":
    main()
