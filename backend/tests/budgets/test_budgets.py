"""What calls may cost, told in what does not depend on the machine: statements, plans, bytes."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest

from simflow.db.embedded import EmbeddedServer
from simflow.db.pool import DbRole
from simflow.requests.sorting import Sort
from tests.conftest import Caller
from tests.statistics.conftest import Desk, desk

__all__ = ["desk"]
ROLES = ("USER", "ENGINEER", "MANAGER", "ADMIN")
LARGE = {
    "requests",
    "comments",
    "activity_log",
    "status_periods",
    "request_values",
    "request_counts",
    "request_moments",
    "request_durations",
    "request_weeks",
    "request_words",
    "lexicon",
    "mentions",
}
THEN = "statusThen=On%20Hold&asOf=2026-01-01T00:00:00Z"
STATEMENTS = {
    "/api/requests/{id}": 0,  # it is read as its person enters
    "/api/requests/{id}/activity": 2,
    "/api/requests/{id}/form": 3,
    "/api/requests/{id}/criteria": 4,
    "/api/requests?limit=100&sort=field:payload": 2,
    "/api/requests?limit=100": 1,
    # One of them looks for a field that no request of the page has: perhaps there is none of that name.
    "/api/requests?limit=100&fields=payload&fields=reach": 3,
    "/api/requests?limit=100&sort=field:payload&fields=payload&fields=reach": 4,
    "/api/requests?status=Submitted&priority=High&vendor=ABB": 1,
    "/api/requests?q=reach": 1,
    "/api/requests?q=reahc": 2,  # as one looks for, and as it is spelt
    # Who sees everything asks how many were first.
    f"/api/requests?{THEN}": 2,
    "/api/requests?field=payload:100..120%20kg": 2,
    "/api/requests/counts": 1,
    f"/api/requests/counts?{THEN}": 1,
    "/api/requests/counts?assignedTo=me&status=Submitted": 1,
    "/api/requests/groups?by=assignedTo": 1,
    "/api/requests/vendors": 1,
    "/api/requests/board?limit=20": 3,
    f"/api/requests/board?limit=20&{THEN}": 3,
    "/api/home": 5,
    "/api/statistics/throughput": 1,
    "/api/statistics/open-work": 1,
    "/api/statistics/cycle-time": 1,
    "/api/statistics/time-in-status": 2,
    "/api/statistics/by-vendor": 2,
    "/api/statistics/estimates": 3,
    "/api/statistics/open-work?priority=High": 1,
    "/api/statistics/time-in-status?priority=High": 2,
    "/api/statistics/by-vendor?priority=High": 2,
    "/api/statistics/estimates?priority=High": 3,
}
"""Besides the look at the session, and those that begin and end the transaction."""
READ_ALL = {"/api/requests/groups?by=assignedTo"}
"""Known not to be flat: groups name people."""
WALKS = [
    *(f"/api/requests?sort={sort}" for sort in Sort),
    "/api/requests?status=Submitted",
    "/api/requests?vendor=ABB",
    f"/api/requests?{THEN}",
]
"""Lists for who sees everything, whose order comes from an index, so that a page costs a page."""


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


@contextmanager
def explained(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """The plan of everything asked meanwhile, as the person who asks, where reading whole tables is the last resort."""
    original = asyncpg.Connection._execute
    plans: list[tuple[str, dict[str, Any]]] = []

    async def spy(self: asyncpg.Connection, query: str, args: Any, *rest: Any, **named: Any) -> Any:
        if not any(part in query for part in (" sessions ", " enter(", " event_horizon", "FROM events\n")):
            await self.execute("SET enable_seqscan = off; SET enable_sort = off")
            told, *_ = await original(self, f"EXPLAIN (FORMAT JSON) {query}", args, 0, None, return_status=True)
            await self.execute("RESET enable_seqscan; RESET enable_sort")
            plans.append((query, msgspec.json.decode(told[0][0])[0]["Plan"]))
        return await original(self, query, args, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(asyncpg.Connection, "_execute", spy)
        yield plans


@asynccontextmanager
async def explained_inside(
    server: EmbeddedServer, desk: Desk, role: str
) -> AsyncIterator[tuple[asyncpg.Connection, list[dict[str, Any]]]]:
    """A connection that reads for this person, and the plans of what functions do inside, told by auto_explain."""
    plans: list[dict[str, Any]] = []
    database = await desk.owner.fetchval("SELECT current_database()")
    connection = await asyncpg.connect(server.url(user="postgres", database=database))
    try:
        connection.add_log_listener(
            lambda _, told: plans.append(msgspec.json.decode(told.message.partition("plan:\n")[2])["Plan"])
        )
        await connection.execute("LOAD 'auto_explain'")
        await connection.execute(f"SET simflow.person = '{desk.people[role].id}'; SET auto_explain.log_level = notice")
        await connection.execute("SET auto_explain.log_format = json; SET auto_explain.log_nested_statements = on")
        await connection.execute(f"SET auto_explain.log_min_duration = 0; SET ROLE {DbRole[role].value}")
        yield connection, plans
    finally:
        await connection.close()


def scans(plans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [node for plan in plans for node in nodes(plan) if "Relation Name" in node]


async def one_of(desk: Desk, role: str) -> str:
    return str((await desk.lives(role))[0].row["id"])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", STATEMENTS)
async def test_statements_of_a_call(desk: Desk, statements: Any, role: str, path: str) -> None:
    caller, wanted = desk.people[role], path.replace("{id}", await one_of(desk, role))
    await caller.get(wanted)  # a connection learns of types once
    with statements() as run:
        answer = await caller.get(wanted)
    assert answer.status_code == 200, answer.text
    more = (role, path) == ("ADMIN", "/api/home")
    assert len(run) <= STATEMENTS[path] + more, "\n\n".join(run)


async def test_a_comment_is_one_statement(requester: Caller, statements: Any) -> None:
    """It finds the request, and writes the comment and its line in the log."""
    request = await requester.submit()
    url, body = f"/api/requests/{request['id']}/comments", {"content": "Out of reach by 30 mm."}
    await requester.post(url, json=body)  # a connection learns of types once
    with statements() as run:
        answer = await requester.post(url, json=body)
    assert answer.status_code == 201, answer.text
    assert len(run) == 1, "\n\n".join(run)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", [path for path in STATEMENTS if STATEMENTS[path] and path not in READ_ALL])
async def test_no_call_has_to_read_a_whole_table(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, role: str, path: str
) -> None:
    with explained(monkeypatch) as plans:
        answer = await desk.people[role].get(path.replace("{id}", await one_of(desk, role)))
    assert answer.status_code == 200, answer.text
    assert plans
    for query, plan in plans:
        whole = {n["Relation Name"] for n in nodes(plan) if n["Node Type"] == "Seq Scan"} & LARGE
        assert not whole, f"{whole} in {query}"


@pytest.mark.parametrize("chart", ["throughput", "cycle-time", "first-time-right"])
@pytest.mark.parametrize("filters", ["priority=High&vendor=ABB", "studyType=reach&vendor=ABB", "status=Accepted"])
async def test_a_chart_of_what_is_filtered_reads_an_index_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, chart: str, filters: str
) -> None:
    await desk.owner.execute("VACUUM ANALYZE requests")
    with explained(monkeypatch) as plans:
        answer = await desk.people["MANAGER"].get(f"/api/statistics/{chart}?{filters}")
    assert answer.status_code == 200, answer.text
    read = [node["Node Type"] for _, plan in plans for node in nodes(plan) if node.get("Relation Name") == "requests"]
    assert read == ["Index Only Scan"]


async def test_what_is_overdue_is_counted_by_an_index_of_what_is_not_delivered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.owner.execute("VACUUM ANALYZE requests")
    with explained(monkeypatch) as plans:
        answer = await desk.people["MANAGER"].get("/api/requests/counts?overdue=true")
    assert answer.status_code == 200, answer.text
    read = [node for _, plan in plans for node in nodes(plan) if node.get("Relation Name") == "requests"]
    assert [(node["Node Type"], node["Index Name"]) for node in read] == [
        ("Index Only Scan", "idx_requests_undelivered")
    ]


@pytest.mark.parametrize("chart", ["throughput", "open-work", "first-time-right"])
@pytest.mark.parametrize("filters", ["priority=High", "vendor=ABB&vendor=KUKA", ""])
async def test_a_chart_of_one_side_reads_no_request(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, chart: str, filters: str
) -> None:
    with explained(monkeypatch) as plans:
        answer = await desk.people["MANAGER"].get(f"/api/statistics/{chart}?{filters}")
    assert answer.status_code == 200, answer.text
    tables = {node["Relation Name"] for _, plan in plans for node in nodes(plan) if "Relation Name" in node}
    assert "request_moments" in tables
    assert not tables & {"requests", "status_periods"}


@pytest.mark.parametrize("role", ["USER", "ENGINEER"])
@pytest.mark.parametrize("words", [["reach"], ["reach", "xylophone"]])
async def test_a_search_past_row_security_reads_no_whole_table(
    desk: Desk, server: EmbeddedServer, role: str, words: list[str]
) -> None:
    await desk.owner.fetchval("SELECT gather_words(100000)")
    await desk.owner.execute("ANALYZE requests, request_words, lexicon")
    async with explained_inside(server, desk, role) as (connection, plans):
        await connection.fetch(
            "SELECT requests_with_words($1, $2, false)", [f"%{word}%" for word in words], [None] * len(words)
        )
    assert {"lexicon", "request_words"} <= {node["Relation Name"] for node in scans(plans)}
    whole = {node["Relation Name"] for node in scans(plans) if node["Node Type"] == "Seq Scan"}
    assert not whole & LARGE


BITS = {"word_bits", "facet_bits", "late_bits"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("words", [["reach"], ["reach", "cell"], ["reach", "xylophone"]])
@pytest.mark.parametrize(
    ("sql", "bits"),
    [
        ("SELECT count_with_words($1, $2, false, '{}', 'status')", {"word_bits", "facet_bits"}),
        ("SELECT all_with_words($1, $2, false)", {"word_bits"}),
        ("SELECT page_with_words($1, $2, false, '{}', true, NULL, NULL, 51)", {"word_bits", "late_bits"}),
        (
            "SELECT page_with_words($1, $2, false, '{\"vendor\": [\"ABB\"]}', false, now() - interval '9 days', 7, 51)",
            BITS,
        ),
        (
            "SELECT ranked_with_words($1, $2, false, '{}', '{High,Low}', true, 'High', 99, '{Submitted}', 51)",
            {"word_bits", "facet_bits"},
        ),
    ],
)
async def test_bits_of_words_are_found_by_indexes(
    desk: Desk, server: EmbeddedServer, role: str, words: list[str], sql: str, bits: set[str]
) -> None:
    """None are asked for a word that there is not."""
    await desk.owner.fetchval("SELECT gather_words(100000)")
    await desk.owner.execute("ANALYZE request_words, lexicon, word_bits, facet_bits")
    async with explained_inside(server, desk, role) as (connection, plans):
        await connection.fetch(sql, [f"%{word}%" for word in words], [None] * len(words))
    read = {node["Relation Name"] for node in scans(plans)}
    assert {"lexicon", "frequent_words"} <= read
    assert read & BITS == (set() if "xylophone" in words else bits)
    whole = {node["Relation Name"] for node in scans(plans) if node["Node Type"] == "Seq Scan"}
    assert not whole & LARGE


async def test_what_is_noted_is_looked_up_beside_any_number_of_filters(desk: Desk, server: EmbeddedServer) -> None:
    """Not joined with all requests, as where so many tables are joined that the planner takes them as they stand."""
    await desk.owner.execute("ANALYZE requests; INSERT INTO stale_facets SELECT number FROM requests LIMIT 5")
    facets = '{"vendor": ["ABB"], "priority": ["High"], "study_type": ["reach"], "status": ["Submitted"]}'
    async with explained_inside(server, desk, "MANAGER") as (connection, plans):
        await connection.fetch("SELECT count_with_words('{}', '{}', false, $1, 'status')", facets)
    assert "stale_facets" in {node["Relation Name"] for node in scans(plans)}
    assert not [node for plan in plans for node in nodes(plan) if node.get("Join Type") == "Semi"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("named_by", ["id", "number"])
async def test_a_request_with_what_its_page_needs_is_found_by_indexes(
    desk: Desk, server: EmbeddedServer, role: str, named_by: str
) -> None:
    one = (await desk.lives(role))[0].row
    name = {"id": None, "number": None} | {named_by: one[named_by]}
    ask = "SELECT said FROM whole_request($1, $2, $3, '{}')"
    async with explained_inside(server, desk, role) as (connection, plans):
        await connection.execute("SET enable_seqscan = off")
        for _ in range(8):  # from the sixth time on by a plan for any request
            assert len(await connection.fetch(ask, UUID(desk.people[role].id), *name.values())) == 1
    assert {"requests", "comments"} <= {node["Relation Name"] for node in scans(plans)}
    # Not by all that the person may see: a condition that row security cannot trust is asked of each of these.
    by = {node.get("Index Name") for node in scans(plans) if node["Relation Name"] == "requests"}
    assert by <= {"requests_pkey", "requests_number_unique"}
    assert not {node["Relation Name"] for node in scans(plans) if node["Node Type"] == "Seq Scan"} & LARGE


@pytest.mark.parametrize("path", WALKS)
async def test_a_page_needs_no_sort(desk: Desk, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    with explained(monkeypatch) as plans:
        await desk.people["MANAGER"].get(path)
    kinds = {node["Node Type"] for _, plan in plans for node in nodes(plan)}
    assert "Index Scan" in kinds
    assert not {"Sort", "Incremental Sort"} & kinds


@pytest.mark.parametrize("sort", Sort)
async def test_a_later_page_begins_where_the_one_before_ended(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, sort: Sort
) -> None:
    caller = desk.people["MANAGER"]
    first = (await caller.get(f"/api/requests?sort={sort}&limit=1")).json()
    with explained(monkeypatch) as plans:
        await caller.get(f"/api/requests?sort={sort}&limit=1&cursor={first['nextCursor']}")
    scans = [node for _, plan in plans for node in nodes(plan) if node["Node Type"] == "Index Scan"]
    assert any("ROW(" in node.get("Index Cond", "") or "(number" in node.get("Index Cond", "") for node in scans)
    assert not any("ROW(" in node.get("Filter", "") for node in scans)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("status", "status"),
        ("vendor", "vendor"),
        ("createdBy", "created_by"),
        ("assignedTo", "assigned_to"),
        ("studyType", "study_type"),
    ],
)
async def test_a_list_by_one_value_walks_down_the_index_of_that_value(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, column: str
) -> None:
    """In the order of the list: it neither sorts what has the value, nor walks past what has not."""
    await desk.owner.execute("ANALYZE requests")
    value = await desk.owner.fetchval(
        f"SELECT {column}::text FROM requests WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY count(*), 1 LIMIT 1"
    )
    with explained(monkeypatch) as plans:
        await desk.people["MANAGER"].get("/api/requests", params={name: value or "none_such", "limit": 50})
    ((_, plan),) = [found for found in plans if "filters and the order" in found[0]]
    (scan,) = [node for node in nodes(plan) if node.get("Relation Name") == "requests"]
    assert (scan["Node Type"], scan["Index Name"]) == ("Index Scan", f"idx_requests_{column}")
    assert f"({column} = " in scan["Index Cond"]
    assert not [node for node in nodes(plan) if node["Node Type"] == "Sort"]


@pytest.mark.parametrize("role", ["USER", "ENGINEER"])
async def test_home_finds_what_is_ones_own_and_moved_lately_by_both(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    """By an index of whose it is and of the moment: else it reads all that is theirs, or all that moved."""
    await desk.owner.execute("ANALYZE requests")
    with explained(monkeypatch) as plans:
        await desk.people[role].get("/api/home")
    (figures,) = [plan for query, plan in plans if "completed_lately" in query]
    scans = [node for node in nodes(figures) if "Index Name" in node]
    sides = ("created_by", "assigned_to") if role == "ENGINEER" else ("created_by",)
    wanted = {f"idx_requests_{side}_{what}" for side in sides for what in ("moved", "completed")}
    found = {
        node["Index Name"]
        for node in scans
        if ("status_since >=" if node["Index Name"].endswith("moved") else "completed_at >=")
        in node.get("Index Cond", "")
    }
    assert wanted <= found


@pytest.mark.parametrize("role", ROLES)
async def test_home_is_planned_once_for_all_but_requesters(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    """Planning an engineer's for who asks took five times as long as it runs; a requester's is quicker for who asks."""
    told: list[str] = []
    original = asyncpg.Connection.execute

    async def spy(self: asyncpg.Connection, query: str, *args: Any, **named: Any) -> Any:
        told.append(query)
        return await original(self, query, *args, **named)

    with monkeypatch.context() as patch:
        patch.setattr(asyncpg.Connection, "execute", spy)
        assert (await desk.people[role].get("/api/home")).status_code == 200
    assert any("plan_cache_mode = force_generic_plan" in query for query in told) == (role != "USER")


async def test_bytes_of_a_request(requester: Caller) -> None:
    texts = {"title": "Reach study for the door hem cell", "description": "Which riser does it take? " * 10}
    made = await requester.submit(**texts)
    said = sum(len(text) for text in texts.values())
    row = (await requester.get("/api/requests?limit=1")).content
    assert len(row) - said < 800
    whole = (await requester.get(f"/api/requests/{made['id']}")).content
    assert len(whole) - said < 1900
