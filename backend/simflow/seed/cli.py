"""`simflow seed`: made-up data for trying out and for benchmarks."""

import asyncio
import time
from datetime import UTC, datetime

import asyncpg
import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from simflow.db.owner import run_as_owner
from simflow.db.queries import Connection
from simflow.db.target import with_owner_url
from simflow.errors import CommandError
from simflow.seed import bulk
from simflow.seed.aside import TABLES
from simflow.seed.bulk import Size
from simflow.seed.people import LEAST_PEOPLE

LARGE = (
    *TABLES,
    "users",
    "request_counts",
    "request_moments",
    "request_durations",
    "request_weeks",
    "request_words",
    "lexicon",
)
PATIENCE = 1.0
"""Seconds before a bar appears."""


@click.command
@click.option("--requests", type=click.IntRange(0), default=1000, show_default=True, help="How many to add.")
@click.option("--comments", type=click.IntRange(0), help="How many to add to them.  [default: 5 for each request]")
@click.option(
    "--people",
    type=click.IntRange(LEAST_PEOPLE, 99_999),
    default=40,
    show_default=True,
    help="How many take part; they have no password.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another number gives other requests.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The day on which time ends.  [default: today]")
@with_owner_url
def command(
    requests: int, comments: int | None, people: int, seed: int, until: datetime | None, owner_url: str
) -> None:
    """Add made-up requests, with their comments and their record, to the database.

    The same options on a fresh database give the same data again; a second run adds others. While very many come in,
    nobody else can work.
    """
    comments = 5 * requests if comments is None else comments
    if comments and not requests:
        raise CommandError("Comments belong to requests: ask for at least one with --requests.")
    end = (until or datetime.now()).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)  # noqa: DTZ005
    size = Size(requests, comments, people, seed, end.timestamp())
    began = time.monotonic()
    with Bar() as bar:
        try:
            run_as_owner(owner_url, lambda tx: _fill(tx, size, bar))
        except asyncpg.UniqueViolationError:
            raise CommandError("These requests are here already: choose another --seed.") from None
        bar.update("Tidying up", 0, 1)
        asyncio.run(_tidy(owner_url))
    click.echo(f"Added {requests} requests with {comments} comments in {time.monotonic() - began:.1f} s.")


async def _fill(tx: Connection, size: Size, bar: "Bar") -> None:
    await bulk.fill(tx, size, bar.update)
    bar.update("Counting", 0, 1)
    # Inside the transaction: whoever sees the rows also has the plans for so many.
    for table in LARGE:
        await tx.execute(f"ANALYZE {table}")


async def _tidy(owner_url: str) -> None:
    """Marks pages as visible to all, which counting by an index alone needs; no transaction can do that itself."""
    connection = await asyncpg.connect(owner_url)
    try:
        await connection.execute(f"VACUUM {', '.join(LARGE)}")
    finally:
        await connection.close()


class Bar:
    """A progress bar on stderr that does not bother anybody who waits less than a second."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("")
        self._began = time.monotonic()

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def update(self, what: str, done: int, total: int) -> None:
        if time.monotonic() - self._began > PATIENCE:
            self._progress.start()
        if what != self._progress.tasks[0].description:
            self._progress.reset(self._task, description=what)
        self._progress.update(self._task, completed=done, total=total)
