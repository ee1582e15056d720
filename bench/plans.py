"""The plans of what endpoints really run, by PostgreSQL's own auto_explain, at the size of one of the benchmark's databases.

    make bench-plans ARGS="--size 1000000"
    make bench-plans ARGS="--profile 'list, field' --profile 'counts, frequent word'"     # where these workloads' time goes

Asks everything that can be read, as each role, and writes. Wrong is: a sequential scan that reads many rows of a large table,
a sort of many rows, an estimate that is far off where that matters. What did not run, as it is by one key or the worker's, is
planned for any values, as the first role that may run it: wrong is a sequential scan of a large table. Names each statement
by queries.sql. Ends with 1 when something is wrong that ACCEPTED does not name, or some statement has no plan.
"""

import argparse
import asyncio
import json
import pkgutil
import re
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from ceiling import ENTRY
from desk import BACKEND, Desk, desk
import simflow
from simflow.db.pool import DbRole
from simflow.db.queries import ALL
from simflow.requests.sorting import Sort
from workloads import CHARTS, Call, charts, day, deep, filters, reads, writes

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
    "list_busy": "adds up who has how much, in cells of people, priorities and vendors, whatever the number of requests",
    "list_ranked": "a board by words, by another order than priority or by rare filters ranks what somebody sees",
    "group_by_column": "what nothing kept tells of is grouped request by request",
    "list_open": "an engineer's own open work is looked for among all that they ever had",
    "list_people": "names everybody",
    "count_open": "what is filtered, or seen by few, is looked for among what moved in the span",
    "count_open_among_cells": "the same, but what is open is kept",
    "count_by_column_among_cells": "the same",
    "measure_estimates": "of what is filtered, or seen by few, ratios are made of all that was completed in the span",
    "measure_kept": "ranks the cells of the span's weeks",
    "list_kept_volumes": "adds up the cells of the span's weeks, a thousand or so whatever the number of requests",
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
    "auto_explain.log_buffers": "on",
    "auto_explain.log_format": "json",
}
PLAN_AS = """
CREATE FUNCTION pg_temp.plan_as(role text, sql text) RETURNS json LANGUAGE plpgsql AS $$
DECLARE plan json;
BEGIN
    PERFORM set_config('role', role, true);
    EXECUTE 'EXPLAIN (GENERIC_PLAN, FORMAT JSON) ' || sql INTO plan;
    PERFORM set_config('role', 'none', true);
    RETURN plan;
END $$
"""
RARER = ["tag=safety", "q=reach&tag=safety", "vendor=KUKA&priority=High", "field=payload:100..120%20kg",
    "statusThen=On%20Hold&asOf=2026-01-01T00:00:00Z"]  # fmt: skip
"""Filters that nothing kept tells of, or not beside each other."""
MORE = [
    *(f"/api/statistics/{chart.replace(' ', '-')}{rarer}" for chart in CHARTS for rarer in ("", *(f"?{one}" for one in RARER))),
    *(f"/api/requests/groups?by={by}" for by in ("status", "priority", "vendor", "assignedTo", "createdBy")),
    *(f"/api/requests{part}{rarer}" for part in ("?", "/counts?", "/groups?by=vendor&", "/board?", "/timeline?") for rarer in RARER),
    *(f"/api/requests?sort={sort}{said}" for sort in (*Sort, "field:payload", "-field:payload") for said in ("", "&q=reach")),
    "/api/requests/board?sort=title", "/api/requests/export?format=csv&columns=key&columns=data&studyType=reach&priority=Low&q=SF-7",
    "/api/requests/similar?title=Reach%20study%20of%20the%20spot%20welding%20cell",
    "/api/requests/vendors", "/api/requests/timeline", "/api/notifications", "/api/views", "/api/users", "/api/tags",
    "/api/requests?assignedTo=me", "/api/requests?createdBy=me", "/api/requests?waitsFor=me&status=In%20Progress",
]  # fmt: skip


async def calls(there: Desk) -> list[Call]:
    made = [one for part in (reads, filters, deep, charts, writes, day) for one in await part(there)]
    few = [call for one in made for call in one.calls[: 1 if not one.name.startswith("mixed day") else 200]]
    detail = next(one for one in made if one.name == "detail").calls[:3]
    parts = [call._replace(path=f"{call.path}/{p}") for call in detail for p in ("activity", "criteria", "links", "watchers")]
    more = [Call("GET", path, cookie) for cookie in there.cookies.values() for path in MORE]
    return [*few, *parts, *more]


Plans = list[tuple[str, dict[str, Any]]]
"""Statements with their plans."""


async def run(there: Desk) -> Plans:
    """Everything that can be asked for."""
    async with explained(there) as plans:
        await _ask(there, await calls(there))
    return plans


@asynccontextmanager
async def explained(there: Desk, *, timing: bool = False) -> AsyncIterator[Plans]:
    """What ran until it ends. Timing each node makes those with many rows slower."""
    settings = SETTINGS | {"auto_explain.log_timing": "on" if timing else "off"}
    for name, value in settings.items():
        await there.fetch(f"ALTER SYSTEM SET {name} = '{value}'")
    await there.fetch("SELECT pg_reload_conf()")
    log = Path(there.server.log)
    begins, plans = log.stat().st_size, Plans()
    try:
        # Connections that are open already do not explain: end them, the API opens others.
        await there.fetch("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'simflow_user'")
        await asyncio.sleep(0.5)
        yield plans
    finally:
        for name in settings:
            await there.fetch(f"ALTER SYSTEM RESET {name}")
        await there.fetch("SELECT pg_reload_conf()")
    await asyncio.sleep(0.5)
    with log.open("rb") as file:
        file.seek(begins)
        plans += read(file.read().decode(errors="replace"))


async def _ask(there: Desk, wanted: Iterable[Call]) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{there.port}", timeout=120) as client:
        for call in wanted:
            headers = {"Cookie": call.cookie} | ({"Content-Type": "application/json"} if call.body else {})
            answer = await client.request(call.method, call.path, headers=headers, content=call.body)
            if answer.status_code >= 500:
                print(f"{answer.status_code} {call.method} {call.path}", file=sys.stderr)


async def profile(there: Desk, wanted: list[str]) -> None:
    """The nodes in which most of a workload's time in the database goes, each without those below it."""
    known = names()
    for one in [one for part in (reads, filters, deep, charts) for one in await part(there)]:
        if one.name not in wanted:
            continue
        async with explained(there, timing=True) as plans:
            # Of a connection's first statements some are planned anew with each call; what stays is the sixth.
            await _ask(there, one.calls[:1] * 6)
        named = ((known.get(first_line(text), ""), plan) for text, plan in plans)
        last = {name: plan for name, plan in named if name and not name.startswith("events.")}
        whole = sum(plan["Actual Total Time"] for plan in last.values())
        print(f"\n{one.name}: {whole:.1f} ms")
        found = [
            (_own(node, "Actual Total Time"), name, node)
            for name, plan in last.items()
            for node in nodes(plan)
            if node["Actual Loops"]
        ]
        for ms, name, node in sorted(found, key=lambda one: -one[0])[:4]:
            loops, what = node["Actual Loops"], node.get("Index Name") or node.get("Relation Name") or node.get("CTE Name", "")
            blocks = sum(_own(node, f"Shared {kind} Blocks") for kind in ("Hit", "Read"))
            rows = f"{node['Actual Rows'] * loops:.0f} rows of {node['Plan Rows'] * loops:.0f} expected"
            print(f"  {ms:7.1f} ms  {name}: {node['Node Type']} {what}: {rows}, {loops:.0f} times, {blocks:.0f} blocks")


def _own(node: dict[str, Any], figure: str) -> float:
    """Without that of the nodes below; times are told for each loop, blocks for all."""

    def told(one: dict[str, Any]) -> float:
        return float(one.get(figure, 0) * (one["Actual Loops"] if figure.endswith("Time") else 1))

    return told(node) - sum(map(told, node.get("Plans", [])))


async def planned(there: Desk, unseen: set[str]) -> dict[str, dict[str, Any]]:
    """A plan for any values of each of these statements, but of those whose places only a call fills."""
    for module in pkgutil.walk_packages(simflow.__path__, "simflow."):
        if module.name.endswith(".queries"):
            import_module(module.name)
    known, plans = names(), {}
    connection = await asyncpg.connect(there.url("postgres"))
    await connection.execute(PLAN_AS)
    for query in [one for template in ALL for one in template.variants]:
        name = known[first_line(query.template)]
        for role in DbRole if name in unseen else ():
            try:
                plan = await connection.fetchval("SELECT pg_temp.plan_as($1, $2)", role.value, query.sql)
            except asyncpg.InsufficientPrivilegeError:
                continue
            plans[name] = json.loads(plan)[0]["Plan"]
            break
    await connection.close()
    return plans


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
        if kind == "Seq Scan" and table in LARGE and ("Actual Rows" not in node or passed > MANY_READ):
            yield f"reads {table} sequentially, {passed:.0f} rows"
        if kind == "Sort" and rows * loops > MANY_SORTED and "top-N" not in node.get("Sort Method", ""):
            yield f"sorts {rows * loops:.0f} rows"
        estimated = node.get("Plan Rows", 0)
        if loops and max(rows, estimated) > MATTERS and max(rows, 1) / max(estimated, 1) > FAR_OFF:
            yield f"expected {estimated:.0f} rows of {table or kind} and got {rows:.0f}"


def first_line(sql: str) -> str:
    return sql.strip().split("\n")[0]


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
    parser.add_argument("--profile", action="append", metavar="WORKLOAD", help="tell this one's plan instead; may be given again")
    options = parser.parse_args()
    with desk(options.data / str(options.size), options.size, 1, options.port) as there:
        if options.profile:
            asyncio.run(profile(there, options.profile))
            return
        ran = asyncio.run(run(there))
        known = names()
        seen: dict[str, set[str]] = {}
        for text, plan in ran:
            if name := known.get(first_line(text)):
                seen.setdefault(name, set()).update(faults(plan))
        of_any_values = asyncio.run(planned(there, set(known.values()) - seen.keys()))
    ran_too = len(seen)
    seen |= {name: set(faults(plan)) for name, plan in of_any_values.items()}
    wrong = 0
    for name, found in sorted(seen.items()):
        reason = ACCEPTED.get(name.split(".")[1])
        for fault in sorted(found):
            wrong += reason is None
            print(f"{'      ' if reason else 'WRONG '}{name}: {fault}{f' – accepted: {reason}' if reason else ''}")
    missing = sorted(set(known.values()) - seen.keys())
    print(f"\n{len(ran)} plans of {ran_too} named statements, and one of each of {len(of_any_values)} others; {wrong} wrong.")
    if missing:
        print(f"Without a plan: {', '.join(missing)}.")
    sys.exit(1 if wrong or missing else 0)


if __name__ == "__main__":
    main()
