"""What each process counts by itself. Several behind one port share files, and one of them tells for all."""

import asyncio
import os
import re
from functools import lru_cache
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from simflow.db.pool import Database

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Set by `simflow serve` before it starts several processes; the library reads it too."""
SAMPLE_SECONDS = 2.0
METHODS = {"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"}


class Streams(Protocol):
    @property
    def number_of_streams(self) -> int: ...


registry = CollectorRegistry()
if SHARED_FOLDER not in os.environ:
    ProcessCollector(registry=registry)

calls = Counter("simflow_http_requests", "Calls by route and status.", ["method", "route", "status"], registry=registry)
durations = Histogram(
    "simflow_http_request_duration_seconds",
    "Until the answer began, by route.",
    ["method", "route"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=registry,
)
pool_connections = Gauge(
    "simflow_pool_connections",
    "Connections to the database by the role that they have.",
    ["role", "state"],
    registry=registry,
    multiprocess_mode="livesum",
)
pool_limit = Gauge(
    "simflow_pool_limit",
    "Most connections that a pool opens.",
    ["role"],
    registry=registry,
    multiprocess_mode="livesum",
)
streams = Gauge("simflow_event_clients", "Open event streams.", registry=registry, multiprocess_mode="livesum")


def count_call(method: str, path_template: str | None, status: int, seconds: float) -> None:
    """One more call. The route is its template, so that the number of series does not grow with what is asked."""
    counter, histogram = _series(method, path_template, status)
    counter.inc()
    histogram.observe(seconds)


def route_of(template: str) -> str:
    """Without the types of its parameters."""
    return re.sub(r":\w+}", "}", template)


@lru_cache(maxsize=2000)
def _series(method: str, path_template: str | None, status: int) -> tuple[Counter, Histogram]:
    labels = (method if method in METHODS else "other", route_of(path_template or "none"))
    return calls.labels(*labels, str(status)), durations.labels(*labels)


async def sample(db: Database, hub: Streams) -> None:
    """Until cancelled, notes what has no event of its own that could be counted."""
    while True:
        for role, used, idle, limit in db.pool_figures():
            pool_connections.labels(role, "used").set(used)
            pool_connections.labels(role, "idle").set(idle)
            pool_limit.labels(role).set(limit)
        streams.set(hub.number_of_streams)
        await asyncio.sleep(SAMPLE_SECONDS)


def of_all_processes() -> CollectorRegistry:
    """This process's figures, or those of all that share the port."""
    if SHARED_FOLDER not in os.environ:
        return registry
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    return shared


def forget_this_process() -> None:
    """It ends: what it has open is no longer open."""
    if SHARED_FOLDER in os.environ:
        mark_process_dead(os.getpid())  # type: ignore[no-untyped-call]
