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
KEPT = ["request_counts", "request_moments", "request_durations", "request_weeks"]
"""What is counted from them."""
SETTINGS = "SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL max_parallel_maintenance_workers = 2"


Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and of how much."""


async def put_aside(tx: Connection, *, empty: bool) -> Callable[[Progress], Awaitable[None]]:
    """Until the transaction ends nobody else reads these tables. Returns what brings everything back as it was.

    `empty`: no row is in them, and what comes may be frozen.
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
    if empty:
        # What is counted too: into a table that is new in this transaction rows may come without the log.
        await tx.execute(f"TRUNCATE {', '.join((*TABLES, *KEPT))}")

    async def bring_back(progress: Progress) -> None:
        await tx.execute(SETTINGS)
        keys = [f"ALTER TABLE {c.table} ADD CONSTRAINT {c.name} {c.definition}" for c in constraints]
        steps = [
            ("Keys", [sql for sql, c in zip(keys, constraints, strict=True) if not c.is_reference]),
            ("Indexes", [index.definition for index in indexes]),
            # What the triggers would have noted. Before the references: else each row looks for its request.
            ("Words", ["SELECT gather_all_words()"]),
            ("References", [sql for sql, c in zip(keys, constraints, strict=True) if c.is_reference]),
            ("Counts", ["SELECT recount_requests()", *(index.definition for index in kept)]),
        ]
        total, done = sum(len(statements) for _, statements in steps), 0
        for what, statements in steps:
            for statement in statements:
                progress(what, done, total)
                await tx.execute(statement)
                done += 1
        for table in TABLES:
            await tx.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return bring_back
