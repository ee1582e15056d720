"""Measures Sim-Flow on this machine: throughput, latency, what it costs, and how near it is to the database alone.

    make bench                                     the workloads at 10 000 requests
    make bench ARGS="reads --sizes 10000,100000"   some parts, at several sizes, with a plot
    make bench COMPARE=http://localhost:3000       list, detail and comments of another server beside it

Starts its own database and API, with row-level security, sessions, audit and validation on, and stops them. Data stay in
--data for the next run. wrk and pgbench take turns; each round goes through all workloads, so that a slow minute hits all.
"""

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import compare
import report
from ceiling import pgbench, take_down
from desk import BACKEND, Desk, desk
from load import Round, measure, memory_mb, middle
from workloads import PARTS, Workload

ROOT = Path(__file__).parents[1]
BESIDE = {"streams": "streams.py", "start": "start.py"}
"""Parts that are no workloads: each starts and tells its own."""


async def _workloads(there: Desk, parts: list[str]) -> list[Workload]:
    return [one for part in parts for one in await PARTS[part](there)]


def _settle(there: Desk) -> None:
    """What loading left to do is done before, not in, the measurement."""
    asyncio.run(there.fetch("CHECKPOINT"))


def run_at(size: int, options: argparse.Namespace) -> dict[str, dict[str, float | None]]:
    folder = options.data / str(size)
    with desk(folder, size, options.workers, options.port) as there:
        chosen = asyncio.run(_workloads(there, options.parts))
        if options.only:
            chosen = [one for one in chosen if one.name in options.only]
        base = f"http://127.0.0.1:{there.port}"
        others = compare.workloads(options.compare) if options.compare else []
        scripts = {}
        if options.ceiling:
            for one in chosen:
                scripts[one.name] = asyncio.run(take_down(there, one)) if one.again else []
        _settle(there)
        rounds: dict[str, list[Round]] = {}
        ceilings: dict[str, list[float]] = {}
        memory = 0.0
        api, database = there.api, there.server.pid
        for turn in range(options.rounds):
            for one in chosen:
                asyncio.run(_keep(there))
                _say(f"{size} requests, round {turn + 1} of {options.rounds}: {one.name}")
                args = (options.connections, options.seconds, api, database, turn * 97)
                before = asyncio.run(_written(there))
                rounds.setdefault(one.name, []).append(measured := measure(base, one, *args))
                asyncio.run(_idle(there))
                measured.wal = (asyncio.run(_written(there)) - before) / measured.calls
                memory = max(memory, memory_mb(api))
                if scripts.get(one.name):
                    ceilings.setdefault(one.name, []).append(_ceiling(there, one, scripts[one.name], options))
            for one in others:
                name = f"{one.name} there"
                rounds.setdefault(name, []).append(
                    measure(options.compare, one, options.connections, options.seconds, os.getpid(), database, turn)
                )
        _say("")
        results: dict[str, dict[str, float | None]] = {}
        for name, measured in rounds.items():
            found = sorted(value for value in ceilings.get(name, []) if value)
            results[name] = {
                **middle(measured),
                "ceiling": found[len(found) // 2] if found else None,
                "round_trips": len(scripts[name][0]) if scripts.get(name) else None,
            }
            if name.endswith(" there"):
                results[name] |= {"api_cpu": None, "database_cpu": None, "wal": None}  # of processes that we do not know
        print(f"API: {memory:.0f} MB at most, {options.workers} process(es).")
        _bloat(there)
        return results


async def _keep(there: Desk) -> None:
    """What the worker does each minute, and none runs here: else a read after writes would pay for more than a minute of them."""
    await there.fetch("SELECT fold_request_counts() + fold_request_moments() + fold_request_weeks()")
    await there.fetch("SELECT gather_words(1000000)")


async def _written(there: Desk) -> float:
    """Bytes of write-ahead log so far."""
    return float((await there.fetch("SELECT pg_current_wal_insert_lsn() - '0/0' AS bytes"))[0]["bytes"])


async def _idle(there: Desk) -> None:
    """Until what wrk no longer waits for is answered: else a slow workload would be in the figures of the next."""
    busy = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'simflow_user' AND state = 'active'"
    while (await there.fetch(busy))[0]["count"]:
        await asyncio.sleep(0.1)


def _ceiling(there: Desk, one: Workload, scripts: list[list[str]], options: argparse.Namespace) -> float:
    try:
        return pgbench(there, one, scripts, options.connections, options.seconds)
    except RuntimeError as error:
        print(f"\nNo ceiling for {one.name}: {error}", file=sys.stderr)
        return 0.0


def _bloat(there: Desk) -> None:
    """What the writes left behind."""
    rows = asyncio.run(
        there.fetch(
            "SELECT relname, n_live_tup, n_dead_tup, pg_total_relation_size(relid) / 1000000 AS mb FROM pg_stat_user_tables"
            " ORDER BY pg_total_relation_size(relid) DESC LIMIT 8"
        )
    )
    for row in rows:
        print(f"  {row['relname']:18} {row['n_live_tup']:>9} rows, {row['n_dead_tup']:>7} dead, {row['mb']:>6.0f} MB")


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def _machine(options: argparse.Namespace) -> str:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {options.connections} connections, medians of"
        f" {options.rounds} rounds of {options.seconds} s, {options.workers} API process(es), commit {commit.stdout.strip()};"
        f" load when it began: {load}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join([*PARTS, *BESIDE])}; all without it")
    parser.add_argument("--only", action="append", metavar="WORKLOAD", help="of these parts; may be given again")
    parser.add_argument("--sizes", default="10000", help="how many requests, with commas; several make a plot")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--workers", type=int, default=1, help="processes of the API")
    parser.add_argument("--port", type=int)
    parser.add_argument("--no-ceiling", dest="ceiling", action="store_false", help="leave pgbench out")
    parser.add_argument("--compare", default=os.environ.get("COMPARE") or None, help="another server's address")
    parser.add_argument("--data", type=Path, default=ROOT / ".simflow" / "bench", help="where databases are kept")
    parser.add_argument("--plot", type=Path, default=ROOT / "docs" / "performance.svg")
    parser.add_argument("--json", type=Path, help="where the figures go as JSON too")
    options = parser.parse_args()
    wanted = options.parts or [*PARTS, *BESIDE]
    if unknown := set(wanted) - PARTS.keys() - BESIDE.keys():
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    options.parts = [part for part in wanted if part in PARTS]
    about = _machine(options)
    by_size = {}
    for size in map(int, options.sizes.split(",")) if options.parts else ():
        by_size[size] = run_at(size, options)
        print(f"\n### {size} requests, {5 * size} comments\n\n{about}\n\n{report.table(by_size[size])}\n", flush=True)
    if len(by_size) > 1:
        options.plot.write_text(report.plot(sorted(by_size), by_size))
    for part in (part for part in wanted if part in BESIDE):
        print(f"\n### {part}\n", flush=True)
        subprocess.run([sys.executable, Path(__file__).with_name(BESIDE[part])], check=True)
    if options.json:
        options.json.write_text(json.dumps({"about": about, "sizes": by_size}, indent=1))


if __name__ == "__main__":
    assert BACKEND.is_dir()
    main()
