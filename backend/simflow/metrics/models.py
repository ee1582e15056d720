"""The database's figures, as its rows."""

from msgspec import Struct


class DatabaseFigures(Struct):
    size_bytes: float
    max_connections: int
    commits: float
    rollbacks: float
    blocks_hit: float
    blocks_read: float
    deadlocks: float
    temporary_bytes: float


class ConnectionState(Struct):
    state: str
    number: int


class Activity(Struct):
    oldest_seconds: float
    slow: int


class Table(Struct):
    name: str
    live: float
    dead: float
    size_bytes: float
    read_in_sequence: float
    vacuumed_at: float


class Replica(Struct):
    name: str
    behind_bytes: float


class JobState(Struct):
    status: str
    number: int
    waiting_seconds: float


class Statements(Struct):
    """Null where the server does not keep them."""

    calls: float | None
    seconds: float | None
    slow: float | None
