"""Load from wrk, or at an even rate, and what it costs: CPU of the API and of the database, memory."""

import asyncio
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
from workloads import Call, Workload

LUA = """
local calls = {}
function init(args)
  local file = io.open(args[1])
  for line in file:lines() do
    local method, path, cookie, body = line:match("^(%S+)\\t(%S+)\\t([^\\t]*)\\t(.*)$")
    local headers = {["Cookie"] = cookie, ["Accept-Encoding"] = "gzip", ["Host"] = args[2]}
    if body ~= "" then headers["Content-Type"] = "application/json" end
    calls[#calls + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
  end
  file:close()
  at = tonumber(args[3]) % #calls
end
function request()
  at = at % #calls + 1
  return calls[at]
end
local unexpected = {}
function response(status, headers, body)
end
function done(summary, latency, requests)
  print(string.format('RESULT {"requests": %d, "microseconds": %d, "bytes": %d, "refused": %d, "failed": %d,' ..
    ' "p50": %.3f, "p95": %.3f, "p99": %.3f}', summary.requests, summary.duration, summary.bytes, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000))
end
"""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Round:
    """Milliseconds; for each call CPU milliseconds, bytes as they are on the wire and bytes of write-ahead log."""

    per_second: float
    p50: float
    p95: float
    p99: float
    api_cpu: float
    database_cpu: float
    bytes: float
    refused: float
    calls: float
    wal: float = 0.0


# Before its files are opened, and before they are read.
GONE = (FileNotFoundError, ProcessLookupError)


def tree(pid: int) -> list[int]:
    """A process and all that descend from it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except GONE:  # it has just ended
        return []
    return [pid, *(one for child in map(int, children) for one in tree(child))]


def cpu_seconds(pid: int) -> float:
    total = 0
    for one in tree(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        except GONE:
            continue
        # Those that have ended are in their parent's account.
        total += sum(map(int, fields[11:15]))
    return total / TICKS


def memory_mb(pid: int) -> float:
    """Of a process and its children; what they share is shared out among them."""
    total = 0
    for one in tree(pid):
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += int(text.split("Pss:")[1].split()[0])
    return total / 1024


def wrk(base: str, calls: Sequence[Call], connections: int, seconds: int, turn: int = 0) -> dict[str, float]:
    """One run of wrk. Raises SystemExit where it is missing or nobody answers."""
    program = shutil.which("wrk")
    if program is None:
        raise SystemExit("wrk is missing: install it (Debian: apt-get install wrk), then try again.")
    with tempfile.TemporaryDirectory() as folder:
        script, list_of_calls = Path(folder, "calls.lua"), Path(folder, "calls.tsv")
        script.write_text(LUA)
        list_of_calls.write_text("".join(f"{c.method}\t{c.path}\t{c.cookie}\t{c.body or ''}\n" for c in calls))
        command = [program, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", script, base, "--"]
        host = base.split("//")[1]
        done = subprocess.run(
            [*command, list_of_calls, host, str(turn)], capture_output=True, text=True, check=False
        )
    found = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if not found:
        raise SystemExit(f"wrk failed: {done.stdout}{done.stderr}")
    result: dict[str, float] = json.loads(found[0].removeprefix("RESULT "))
    if result["failed"]:
        raise SystemExit(f"The server did not answer everything: {result}")
    # Nothing was answered in so short a time.
    return result if result["requests"] else wrk(base, calls, connections, 4 * seconds, turn)


async def _at_rate(base: str, one: Workload, seconds: int, turn: int) -> dict[str, float]:
    """Calls that begin evenly; each waits from when it should have begun, so that a pause is in the times of all that it held up."""
    assert one.rate
    took, size, refused = [], 0, 0
    async with httpx.AsyncClient(base_url=base, timeout=60, limits=httpx.Limits(max_connections=200)) as client:
        began = time.perf_counter() + 0.1

        async def call(number: int) -> None:
            nonlocal size, refused
            due = began + number / one.rate
            await asyncio.sleep(due - time.perf_counter())
            it = one.calls[(number + turn) % len(one.calls)]
            headers = {"Cookie": it.cookie, "Accept-Encoding": "gzip"} | ({"Content-Type": "application/json"} if it.body else {})
            answer = await client.request(it.method, it.path, headers=headers, content=it.body)
            took.append((time.perf_counter() - due) * 1000)
            size += answer.num_bytes_downloaded
            refused += answer.status_code not in one.expected

        await asyncio.gather(*(call(number) for number in range(one.rate * seconds)))
    shares = statistics.quantiles(took, n=100, method="inclusive")
    return {
        "requests": len(took), "microseconds": (time.perf_counter() - began) * 1e6, "bytes": size, "refused": refused,
        "p50": shares[49], "p95": shares[94], "p99": shares[98],
    }  # fmt: skip


def measure(base: str, one: Workload, connections: int, seconds: int, api: int, database: int, turn: int) -> Round:
    before = cpu_seconds(api), cpu_seconds(database)
    if one.rate:
        result = asyncio.run(_at_rate(base, one, max(seconds, 10), turn))
    else:
        result = wrk(base, one.calls, connections, seconds, turn)
    used = cpu_seconds(api) - before[0], cpu_seconds(database) - before[1]
    number = result["requests"]
    return Round(
        number / result["microseconds"] * 1e6,
        result["p50"],
        result["p95"],
        result["p99"],
        used[0] / number * 1000,
        used[1] / number * 1000,
        result["bytes"] / number,
        result["refused"] / number,
        number,
    )


def middle(rounds: Sequence[Round]) -> dict[str, float]:
    """The median of each figure, and how far apart the rounds' speeds were, as a share of it."""
    figures = {name: statistics.median(asdict(one)[name] for one in rounds) for name in asdict(rounds[0])}
    speeds = [one.per_second for one in rounds]
    return figures | {"spread": (max(speeds) - min(speeds)) / figures["per_second"]}
