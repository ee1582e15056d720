"""Percentiles found by cells equal those of all values, where the values are awkward and wherever a span begins."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import asyncpg
import pytest
from msgspec import Struct, to_builtins

from simflow.requests.filters import Filters
from simflow.requests.models import Priority
from simflow.requests.workflow import Status
from simflow.settings import Settings
from simflow.statistics import charts, queries
from simflow.statistics.charts import Question
from simflow.statistics.span import Asked, nearest_monday, span_of
from simflow.users.models import Role, User
from tests.conftest import signed_in_as
from tests.requests.test_tally import STUDY_TYPES, add_people
from tests.seed.conftest import empty, empty_url, superuser

__all__ = ["empty", "empty_url", "superuser"]
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
FILTERS = [
    Filters(),
    Filters(vendor=["ABB"]),
    Filters(priority=[Priority.LOW, Priority.HIGH]),
    Filters(study_type=["reach"]),
    Filters(vendor=["ABB", "KUKA"], study_type=["reach", "cell"]),
    Filters(vendor=["KUKA"], priority=[Priority.HIGH]),
    Filters(priority=[Priority.LOW], study_type=["cell"]),
    Filters(vendor=["KUKA"], priority=[Priority.HIGH], study_type=["cell"]),
]
ZONES = ["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/Los_Angeles", "Pacific/Kiritimati", "Australia/Lord_Howe"]
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
SHAPES = {
    "equal": [timedelta(hours=3)] * 40,
    "nothing": [timedelta()] * 20,
    "a few": [timedelta(microseconds=1), timedelta(hours=5), timedelta(days=300)],
    "two lengths": [timedelta(hours=1 + number % 2) for number in range(41)],
    "all lengths": [timedelta(seconds=1.12**number) for number in range(150)],
}


@pytest.fixture
async def manager(empty: asyncpg.Connection) -> User:
    people = await add_people(empty)
    return next(one for one in people if one.role == Role.MANAGER)


async def lived(owner: asyncpg.Connection, creator: User, rng: Random, durations: list[timedelta]) -> None:
    """A finished request of each cycle time, around a few Mondays, where weeks end in one zone or another."""
    for took in durations:
        off = timedelta(hours=rng.choice([-80, -13, -6, -1, 0, 1, 6, 13, 80]))
        done = MONDAY + rng.randrange(-2, 5) * 7 * DAY + off
        started = done - took
        created = started - rng.choice([timedelta(), SECOND, 9 * DAY, 40 * DAY])
        status = rng.choice([Status.COMPLETED, Status.ACCEPTED])
        async with owner.transaction():
            await owner.execute("SET LOCAL simflow.quiet = 'on'")
            request_id = await owner.fetchval(
                "INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name,"
                " created_at, updated_at, status_since, started_at, completed_at, estimated_hours, study_type, form_id)"
                " VALUES ('T', 'D', $1, $2, $3, $4, 'C', $5, $7, $7, $6, $7, $8, $9,"
                " (SELECT id FROM forms WHERE study_type = $9)) RETURNING id",
                rng.choice(["ABB", "KUKA"]), rng.choice(["Low", "High"]), status, creator.id, created,
                started if rng.random() < 0.9 else None, done, rng.choice([None, 1, 3, 8, 40]), rng.choice(STUDY_TYPES),
            )  # fmt: skip
            await owner.execute(
                "INSERT INTO status_periods (request_id, seq, status, entered_at, left_at, assumed) VALUES"
                " ($1, 1, 'Submitted', $2, $3, $5), ($1, 2, 'In Progress', $3, $4, false),"
                " ($1, 3, 'On Hold', $4, $4, false), ($1, 4, 'In Progress', $4, $4, false),"
                " ($1, 5, 'Completed', $4, 'infinity', false)",
                request_id, created, started, done, rng.random() < 0.2,
            )  # fmt: skip


def spans(rng: Random) -> list[Asked]:
    first = MONDAY.date() - 14 * DAY
    some = [Asked(first, first + 42 * DAY, zone) for zone in ZONES]
    for _ in range(20):
        begins = first + rng.randrange(40) * DAY
        some.append(Asked(begins, begins + rng.randrange(1, 30) * DAY, rng.choice(ZONES)))
    return [*some, Asked(date(2001, 1, 3), date(2001, 1, 4), "UTC")]


def told(rows: list[Any], key: str) -> dict[Any, Any]:
    """Rows by their key; numbers nearly so, since sums of fractions are not the same in another order."""
    return {
        getattr(row, key): {
            name: pytest.approx(value, rel=1e-9, abs=1e-6) if isinstance(value, float) else value
            for name, value in to_builtins(row).items()
        }
        for row in rows
    }


@pytest.mark.parametrize("shape", SHAPES)
async def test_percentiles_are_those_of_all_values(
    empty: asyncpg.Connection, empty_url: str, settings: Settings, manager: User, shape: str
) -> None:
    rng = Random(shape)
    await empty.execute("SELECT move_desk($1)", rng.choice(ZONES))
    await lived(empty, manager, rng, SHAPES[shape])
    there = replace(settings, url=empty_url.replace("simflow_owner", "simflow_user"))
    measured = 0
    async with signed_in_as(there, "simflow_manager", str(manager.id)) as tx:
        for asked in spans(rng):
            question = Question(tx, manager, rng.choice(FILTERS), span_of(asked, MONDAY))
            pairs: list[tuple[str, list[Struct], list[Struct]]] = []
            if question.is_measured:
                pairs = [
                    ("bucket", await question.ask(queries.measure_completed), await charts._kept_completed(question)),
                    ("bucket", await question.ask(queries.measure_estimates), await charts._kept_estimates(question)),
                ]
                total, statuses = await charts._kept_statuses(question)
                assert total == sum((await question.finished()).values())
                for moment in ("true", charts.SAME_MOMENT):
                    rows = await question.ask(queries.measure_statuses, {"moment": moment})
                    pairs.append(("status", rows, statuses))
            for column in ("vendor", "priority"):
                places = {"column": column, "open": queries.OPEN_SQL}
                wanted = await question.ask(queries.count_by_column, places)
                pairs.append(("value", wanted, await charts._counted(question, column)))
            for key, wanted, kept in pairs:
                # Of all that there was none of, the one tells nothing and the other of none.
                there_was = [row for row in wanted if key != "bucket" or getattr(row, "completed", row.measured)]
                assert told(kept, key) == told(there_was, key), (asked, question.filters, key)
                measured += len(kept)
    assert measured > 100, "a test of nothing"


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        ("2026-03-02T00:00Z", "2026-03-02T00:00Z"),
        ("2026-03-01T11:00Z", "2026-03-02T00:00Z"),
        ("2026-03-05T11:59Z", "2026-03-02T00:00Z"),
        ("2026-03-05T12:00Z", "2026-03-09T00:00Z"),
        ("1969-12-31T10:00Z", "1969-12-29T00:00Z"),
    ],
)
def test_the_nearest_monday(moment: str, monday: str) -> None:
    assert nearest_monday(datetime.fromisoformat(moment)) == datetime.fromisoformat(monday)


async def test_sizes_grow_with_the_length_and_are_narrow(empty: asyncpg.Connection) -> None:
    lengths = [0, *sorted(int(1.01**power) for power in range(4000))]
    query = "SELECT array_agg(size_of(n) ORDER BY place) FROM unnest($1::bigint[]) WITH ORDINALITY AS t (n, place)"
    sizes = await empty.fetchval(query, lengths)
    assert sizes == sorted(sizes)
    for size in set(sizes):
        within = [n for n, s in zip(lengths, sizes, strict=True) if s == size and n > 0]
        assert not within or max(within) <= min(within) * 17 / 16
    assert await empty.fetchval("SELECT size_of(-1) = size_of(0)")
