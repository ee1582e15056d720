"""The figures are true, and nobody from outside reads them."""

from dataclasses import replace

import asyncpg
import httpx
import pytest
from litestar import Litestar
from prometheus_client.parser import text_string_to_metric_families

from simflow.app import create_app
from simflow.db.pool import DbRole
from simflow.settings import Settings
from tests.conftest import BASE_URL, Caller, signed_in_as


async def ask(app: Litestar, peer: str = "127.0.0.1", **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(app, client=(peer, 5000))
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
        return await client.get("/metrics", headers={name.replace("_", "-"): value for name, value in headers.items()})


async def figures(app: Litestar) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    answer = await ask(app)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def key(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


async def test_calls_are_counted_by_route_and_status(app: Litestar, requester: Caller) -> None:
    request = await requester.submit()
    route = "/api/requests/{request_id}"
    counted = key("simflow_http_requests_total", method="GET", route=route, status="200")
    missed = key("simflow_http_requests_total", method="GET", route=route, status="404")
    timed = key("simflow_http_request_duration_seconds_count", method="GET", route=route)
    before = await figures(app)
    for path in (request["id"], request["key"], "SF-99999999"):
        await requester.get(f"/api/requests/{path}")
    after = await figures(app)
    assert after[counted] - before.get(counted, 0) == 2
    assert after[missed] - before.get(missed, 0) == 1
    assert after[timed] - before.get(timed, 0) == 3


async def test_no_call_makes_a_series_of_its_own(app: Litestar, requester: Caller) -> None:
    for path in ("/api/nowhere/1", "/api/nowhere/2", "/some/page", "/metrics/x"):
        await requester.get(path)
    await requester.request("BREW", "/api/requests")
    labels = [dict(labels) for name, labels in await figures(app) if name == "simflow_http_requests_total"]
    assert not [found for found in labels if "nowhere" in found["route"] or "page" in found["route"].split("/")]
    assert {found["method"] for found in labels} <= {"GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "other"}


async def test_what_the_database_and_the_process_have(
    app: Litestar, requester: Caller, owner: asyncpg.Connection
) -> None:
    await requester.submit()
    await owner.execute("ANALYZE requests")
    found = await figures(app)
    assert found[key("simflow_database_up")] == 1
    assert found[key("simflow_database_size_bytes")] > 1_000_000
    assert found[key("simflow_database_table_rows", table="requests")] >= 1
    assert key("simflow_database_table_dead_rows", table="comments") in found
    assert found[key("simflow_database_connections", state="active")] >= 1
    assert found[key("simflow_database_blocks_hit_total")] > 0
    assert found[key("simflow_database_replicas")] == 0
    assert found[key("simflow_sessions")] == await owner.fetchval(
        "SELECT count(*) FROM sessions WHERE expires_at > now()"
    )
    assert found[key("simflow_jobs", state="failed")] >= 0
    assert found[key("simflow_jobs_waiting_seconds")] >= 0
    assert found[key("simflow_event_clients")] >= 0
    assert found[key("simflow_pool_limit", role="simflow_manager")] == 10
    assert found[key("simflow_pool_connections", role="simflow_requester", state="idle")] >= 0
    assert found[key("process_resident_memory_bytes")] > 10_000_000


async def test_without_a_database_that_is_what_it_says(settings: Settings) -> None:
    nowhere = create_app(replace(settings, url="postgresql://nobody@127.0.0.1:1/none"))
    await nowhere.state.db.open()
    found = await figures(nowhere)
    assert found[key("simflow_database_up")] == 0
    assert key("simflow_sessions") not in found


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("203.0.113.9", {}),
        ("127.0.0.1", {"X_Forwarded_For": "127.0.0.1"}),
        ("127.0.0.1", {"Via": "1.1 proxy"}),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}),
    ],
)
async def test_nobody_from_outside_reads_them(app: Litestar, peer: str, headers: dict[str, str]) -> None:
    assert (await ask(app, peer, **headers)).status_code == 404


async def test_nor_does_somebody_behind_a_proxy_that_is_trusted(settings: Settings) -> None:
    trusting = create_app(replace(settings, trusted_proxies=("172.20.0.5",)))
    assert (await ask(trusting, "172.20.0.5", X_Forwarded_For="127.0.0.1")).status_code == 404
    turned_off = create_app(replace(settings, metrics_from=()))
    assert (await ask(turned_off)).status_code == 404


@pytest.mark.parametrize("column", ["sessions.token_hash", "sessions.user_id", "jobs.payload"])
async def test_who_counts_reads_nothing_else(settings: Settings, column: str) -> None:
    table, name = column.split(".")
    async with signed_in_as(settings, DbRole.MONITOR.value, None) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.fetch(f"SELECT {name} FROM {table}")


@pytest.mark.parametrize("table", ["requests", "comments", "users", "activity_log", "passwords"])
async def test_who_counts_reads_no_other_table(settings: Settings, table: str) -> None:
    async with signed_in_as(settings, DbRole.MONITOR.value, None) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.fetch(f"SELECT count(*) FROM {table}")


async def test_large_tables_are_vacuumed_early(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch(
        "SELECT relname, array_to_string(reloptions, ' ') AS options FROM pg_class WHERE reloptions IS NOT NULL"
    )
    options = {row["relname"]: row["options"] for row in rows}
    for table in ("requests", "comments", "activity_log", "events", "jobs"):
        assert "scale_factor=0.0" in options[table], table
