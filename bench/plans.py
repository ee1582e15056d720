"""The plans of what endpoints really run, by PostgreSQL's own auto_explain, at the size of one of the benchmark's databases.

    make bench-plans ARGS="--size 1000000"

Asks everything that can be read, as each role, and writes. Wrong is: a sequential scan that reads many rows of a large table,
a sort of many rows, an estimate that is far off where that matters. Names each statement by queries.sql, and tells
which of them were not seen. Ends with 1 when something is wrong that ACCEPTED does not name.
"""

import argparse
import asyncio
import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from ceiling import ENTRY
from desk import BACKEND, Desk, desk
from simflow.requests.sorting import Sort
from workloads import Call, day, deep, filters, reads, writes

LARGE = {
    "requests", "comments", "activity_log", "status_periods", "request_values", "notifications", "mentions", "request_counts",
    "request_moments", "request_durations", "request_weeks", "request_words", "lexicon",
}  # fmt: skip
MANY_READ, MANY_SORTED = 20_000, 1_000
FAR_OFF, MATTERS = 100, 5_000
ACCEPTED = {
    "count_visible": "an exact count of a frequent word reads all that matches",
    "list_visible": "a page by a misspelt word reads all that has it spelt right; few sort what they may see",
    "group_people": "groups name everybody, with the counts of each",
    "list_ranked": "a board by words, by another order than priority or by rare filters ranks what somebody sees",
    "count_open": "what is filtered, or seen by few, is looked for among what moved in the span",
    "measure_estimates": "of what is filtered, or seen by few, ratios are made of all that was completed in the span",
    "measure_kept": "ranks the cells of the span's weeks",
    "measure_completed": "a requester's or an engineer's medians are made of all that they completed in the span",
    "measure_statuses": "the same",
    "count_completed": "the same for what is counted",
    "count_accepted": "the same for what is counted",
    "count_by_column": "the same",
}
"""Named in docs/performance.md with what they cost."""
SETTINGS = {
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_format": "json",
}
CHARTS = "throughput open-work cycle-time time-in-status by-vendor by-priority first-time-right estimates".split()
MORE = [
    *(f"/api/statistics/{chart}" for chart in CHARTS),
    *(f"/api/requests/groups?by={by}" for by in ("status", "priority", "vendor", "assignedTo", "createdBy")),
    *(f"/api/requests?sort={sort}" for sort in Sort),
    "/api/requests/vendors", "/api/requests/timeline", "/api/notifications", "/api/views", "/api/users", "/api/tags",
    "/api/requests?assignedTo=me", "/api/requests?createdBy=me", "/api/requests?waitsFor=me&status=In%20Progress",
]  # fmt: skip


async def calls(there: Desk) -> list[Call]:
    made = [one for part in (reads, filters, deep, writes, day) for one in await part(there)]
    few = [call for one in made for call in one.calls[: 1 if not one.name.startswith("mixed day") else 200]]
    detail = next(one for one in made if one.name == "detail").calls[:3]
    parts = [call._replace(path=f"{call.path}/{p}") for call in detail for p in ("activity", "criteria", "links", "watchers")]
    more = [Call("GET", path, cookie) for cookie in there.cookies.values() for path in MORE]
    return [*few, *parts, *more]


async def run(there: Desk) -> list[tuple[str, dict[str, Any]]]:
    """Statement and plan of everything that ran."""
    wanted = await calls(there)
    for name, value in SETTINGS.items():
        await there.fetch(f"ALTER SYSTEM SET {name} = '{value}'")
    await there.fetch("SELECT pg_reload_conf()")
    log = Path(there.server.log)
    begins = log.stat().st_size
    try:
        # Connections that are open already do not explain: end them, the API opens others.
        await there.fetch("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'simflow_user'")
        await asyncio.sleep(0.5)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{there.port}", timeout=120) as client:
            for call in wanted:
                headers = {"Cookie": call.cookie} | ({"Content-Type": "application/json"} if call.body else {})
                answer = await client.request(call.method, call.path, headers=headers, content=call.body)
                if answer.status_code >= 500:
                    print(f"{answer.status_code} {call.method} {call.path}", file=sys.stderr)
    finally:
        for name in SETTINGS:
            await there.fetch(f"ALTER SYSTEM RESET {name}")
        await there.fetch("SELECT pg_reload_conf()")
    time.sleep(0.5)
    with log.open("rb") as file:
        file.seek(begins)
        return list(read(file.read().decode(errors="replace")))


def read(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in ENTRY.split(text):
        found = re.search(r"duration: [\d.]+ ms  plan:\s*(\{.*\})", entry.replace("\n\t", "\n"), re.DOTALL)
        if found:
            plan = json.loads(found[1])
            yield plan["Query Text"], plan["Plan"]


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def faults(plan: dict[str, Any]) -> Iterator[str]:
    for node in nodes(plan):
        rows, loops = node.get("Actual Rows", 0), node.get("Actual Loops", 0)
        kind, table = node["Node Type"], node.get("Relation Name")
        passed = (rows + node.get("Rows Removed by Filter", 0)) * loops
        if kind == "Seq Scan" and table in LARGE and passed > MANY_READ:
            yield f"reads {table} sequentially, {passed:.0f} rows"
        if kind == "Sort" and rows * loops > MANY_SORTED and "top-N" not in node.get("Sort Method", ""):
            yield f"sorts {rows * loops:.0f} rows"
        estimated = node.get("Plan Rows", 0)
        if loops and max(rows, estimated) > MATTERS and max(rows, 1) / max(estimated, 1) > FAR_OFF:
            yield f"expected {estimated:.0f} rows of {table or kind} and got {rows:.0f}"


def names() -> dict[str, str]:
    """The first comment line of each named query → its name."""
    found = {}
    for file in sorted((BACKEND / "simflow").rglob("queries.sql")):
        for name, line in re.findall(r"^-- name: (\w+)\n(-- .*)$", file.read_text(), re.MULTILINE):
            found[line] = f"{file.parent.name}.{name}"
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--port", type=int)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[1] / ".simflow" / "bench")
    options = parser.parse_args()
    with desk(options.data / str(options.size), options.size, 1, options.port) as there:
        ran = asyncio.run(run(there))
    known = names()
    seen: dict[str, set[str]] = {}
    for text, plan in ran:
        name = known.get(text.strip().split("\n")[0])
        if name is not None:
            seen.setdefault(name, set()).update(faults(plan))
    wrong = 0
    for name, found in sorted(seen.items()):
        reason = ACCEPTED.get(name.split(".")[1])
        for fault in sorted(found):
            wrong += reason is None
            print(f"{'      ' if reason else 'WRONG '}{name}: {fault}{f' – accepted: {reason}' if reason else ''}")
    unseen = sorted(set(known.values()) - seen.keys())
    print(f"\n{len(ran)} plans of {len(seen)} named statements; {wrong} wrong. Not seen: {', '.join(unseen)}.")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
