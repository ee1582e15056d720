"""Indexes, references and triggers, put aside while very many rows come in: building them once is far quicker."""

from collections.abc import Awaitable, Callable

from simflow.db.queries import Connection
from simflow.seed import queries

TABLES = [
    "requests",
    "comments",
    "activity_log",
    "status_periods",
    "request_values",
    "criteria",
    "measurements",
    "criteria_agreements",
]
KEPT = ["request_durations"]
"""Of what is counted from them, what has many rows too."""
SETTINGS = "SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL max_parallel_maintenance_workers = 2"


async def put_aside(tx: Connection) -> Callable[[Callable[[int, int], None]], Awaitable[None]]:
    """Until the transaction ends nobody else reads these tables. Returns what brings everything back as it was.

    That calls its argument with how many parts are back, of how many.
    """
    constraints = await queries.list_constraints.all(tx, tables=TABLES)
    indexes = await queries.list_indexes.all(tx, tables=TABLES)
    kept = await queries.list_indexes.all(tx, tables=KEPT)
    for table in TABLES:
        await tx.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    # What refers to a key goes before the key.
    for constraint in reversed(constraints):
        await tx.execute(f"ALTER TABLE {constraint.table} DROP CONSTRAINT {constraint.name}")
    for index in (*indexes, *kept):
        await tx.execute(f"DROP INDEX {index.name}")

    async def bring_back(progress: Callable[[int, int], None]) -> None:
        await tx.execute(SETTINGS)
        keys = [f"ALTER TABLE {c.table} ADD CONSTRAINT {c.name} {c.definition}" for c in constraints]
        first = [sql for sql, c in zip(keys, constraints, strict=True) if not c.is_reference]
        last = [sql for sql, c in zip(keys, constraints, strict=True) if c.is_reference]
        # What the triggers would have counted and noted; its own indexes come when it is there.
        counted = ["SELECT recount_requests()", "SELECT gather_all_words()", *(index.definition for index in kept)]
        statements = [*first, *(index.definition for index in indexes), *last, *counted]
        for done, statement in enumerate(statements):
            progress(done, len(statements))
            await tx.execute(statement)
        for table in TABLES:
            await tx.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return bring_back
