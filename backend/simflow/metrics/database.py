"""The database's own figures, read as a role that can count and read nothing else."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator

import asyncpg
import structlog
from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from simflow.db.pool import Database
from simflow.db.queries import Connection
from simflow.metrics import queries

log = structlog.get_logger()

PREFIX = "simflow_database_"
SECONDS = 5
TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)


class Figures(Collector):
    """Metrics that were read already, for a registry."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = list(metrics)

    def collect(self) -> Iterator[Metric]:
        yield from self._metrics


async def read(db: Database) -> Figures:
    """Says that the database is away where it is; everything else is then absent."""
    try:
        async with asyncio.timeout(SECONDS), db.monitor() as connection:
            metrics = [metric async for metric in _all(connection)]
    except TROUBLE as error:
        log.warning("no figures of the database", error=repr(error))
        return Figures([_gauge("up", "Whether the database answers.", 0)])
    return Figures([_gauge("up", "Whether the database answers.", 1), *metrics])


async def _all(connection: Connection) -> AsyncIterator[Metric]:
    for part in (_database, _activity, _tables, _replicas, _work, _statements):
        for metric in await part(connection):
            yield metric


async def _database(connection: Connection) -> list[Metric]:
    now = await queries.get_database.one(connection)
    return [
        _gauge("size_bytes", "Size on disk.", now.size_bytes),
        _gauge("max_connections", "Most connections that the server takes.", now.max_connections),
        _counter("commits", "Transactions that were committed.", now.commits),
        _counter("rollbacks", "Transactions that were not.", now.rollbacks),
        _counter("blocks_hit", "Blocks that were found in the cache.", now.blocks_hit),
        _counter("blocks_read", "Blocks that were not.", now.blocks_read),
        _counter("deadlocks", "Transactions that waited for each other.", now.deadlocks),
        _counter("temporary_bytes", "Written to temporary files, as memory did not suffice.", now.temporary_bytes),
    ]


async def _activity(connection: Connection) -> list[Metric]:
    connections = GaugeMetricFamily(f"{PREFIX}connections", "Connections by what they do.", labels=["state"])
    for row in await queries.list_connections.all(connection):
        connections.add_metric([row.state], row.number)
    now = await queries.get_activity.one(connection)
    return [
        connections,
        _gauge("oldest_transaction_seconds", "Age of the oldest transaction.", now.oldest_seconds),
        _gauge("slow_statements_running", "Statements that have run for more than a second now.", now.slow),
    ]


async def _tables(connection: Connection) -> list[Metric]:
    rows = await queries.list_tables.all(connection)
    figures = {
        "table_rows": ("Live rows, as far as statistics know.", [(r.name, r.live) for r in rows]),
        "table_dead_rows": ("Rows that wait for vacuum.", [(r.name, r.dead) for r in rows]),
        "table_size_bytes": ("With indexes and long values.", [(r.name, r.size_bytes) for r in rows]),
        "table_vacuumed_timestamp_seconds": ("Last vacuum.", [(r.name, r.vacuumed_at) for r in rows]),
    }
    metrics: list[Metric] = []
    for name, (meaning, values) in figures.items():
        gauge = GaugeMetricFamily(PREFIX + name, meaning, labels=["table"])
        for table, value in values:
            gauge.add_metric([table], value)
        metrics.append(gauge)
    read_in_sequence = CounterMetricFamily(
        f"{PREFIX}table_rows_read_in_sequence", "Rows that sequential scans have read.", labels=["table"]
    )
    for row in rows:
        read_in_sequence.add_metric([row.name], row.read_in_sequence)
    return [*metrics, read_in_sequence]


async def _replicas(connection: Connection) -> list[Metric]:
    behind = GaugeMetricFamily(f"{PREFIX}replica_behind_bytes", "How far a replica is behind.", labels=["replica"])
    replicas = await queries.list_replicas.all(connection)
    for row in replicas:
        behind.add_metric([row.name], row.behind_bytes)
    return [behind, _gauge("replicas", "Replicas that are connected.", len(replicas))]


async def _work(connection: Connection) -> list[Metric]:
    states = {row.status: row for row in await queries.list_jobs.all(connection)}
    jobs = GaugeMetricFamily("simflow_jobs", "Jobs by state; failed ones are not tried again.", labels=["state"])
    for state in ("queued", "picked", "failed"):
        jobs.add_metric([state], states[state].number if state in states else 0)
    waiting = states["queued"].waiting_seconds if "queued" in states else 0
    return [
        jobs,
        GaugeMetricFamily("simflow_jobs_waiting_seconds", "For how long the first due job has waited.", waiting),
        GaugeMetricFamily("simflow_sessions", "Signed in.", await queries.count_sessions.one(connection)),
    ]


async def _statements(connection: Connection) -> list[Metric]:
    now = await queries.get_statements.one(connection)
    if now.calls is None or now.seconds is None or now.slow is None:
        return []
    return [
        _counter("statement_calls", "Statements that were run.", now.calls),
        _counter("statement_seconds", "Their time together.", now.seconds),
        _gauge("slow_statements", "Kinds of statement that take more than 100 ms on average.", now.slow),
    ]


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(PREFIX + name, meaning, value)


def _counter(name: str, meaning: str, value: float) -> Metric:
    return CounterMetricFamily(PREFIX + name, meaning, value)
