"""The statistics once more, by plain Python over the rows: slow, and easy to check by reading."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from statistics import mean, median
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg

from tests.conftest import DESK_ZONE, Caller

PERIODS = """
SELECT request_id, status, entered_at, least(left_at, '9999-01-01 00:00Z') AS left_at, assumed
FROM status_periods ORDER BY request_id, seq
"""
TEXTS = """
SELECT id, title AS text FROM requests UNION ALL SELECT id, description FROM requests
UNION ALL SELECT request_id, text_value FROM request_values WHERE text_value IS NOT NULL
"""
HAVING = "SELECT l.word, w.request_id FROM request_words w JOIN lexicon l ON l.id = ANY(w.words)"
# Each word, and each of eight letters with two of them in the other order.
ALIKE = """
SELECT typed, ARRAY(SELECT m.word FROM lexicon m WHERE word_similarity(typed, m.word) >= 0.45) AS words
FROM (
    SELECT word AS typed FROM lexicon WHERE word ~ '^[a-z]{4,}$'
    UNION SELECT left(word, 3) || substring(word, 5, 1) || substring(word, 4, 1) || substring(word, 6)
    FROM lexicon WHERE word ~ '^[a-z]{8,}$'
) t
"""
CLOSED = {"Accepted", "Denied", "Cancelled"}


class Life:
    """A request with its periods."""

    def __init__(self, row: asyncpg.Record, periods: list[asyncpg.Record]) -> None:
        self.row, self.periods = row, periods

    def __getattr__(self, name: str) -> Any:
        return self.row[name]

    def status_at(self, moment: datetime) -> str | None:
        return next((p["status"] for p in self.periods if p["entered_at"] <= moment < p["left_at"]), None)

    def spent(self) -> dict[str, timedelta]:
        """In each status that it left, in all."""
        times: dict[str, timedelta] = defaultdict(timedelta)
        for period in self.periods[:-1]:
            if not period["assumed"]:
                times[period["status"]] += period["left_at"] - period["entered_at"]
        return times

    def cycle(self) -> timedelta | None:
        """From its start to its completion, without what it waited for answers meanwhile."""
        if not self.started_at:
            return None
        waited = [p for p in self.periods[:-1] if p["status"] == "Information Needed"]
        stood = [p["left_at"] - p["entered_at"] for p in waited if self.started_at <= p["entered_at"]]
        duration: timedelta = self.completed_at - self.started_at - sum(stood, timedelta())
        return duration

    def worked(self) -> float:
        """Working hours in In Progress by the desk's clocks."""
        stints = [p for p in self.periods[:-1] if p["status"] == "In Progress"]
        return sum(working_hours(p["entered_at"], p["left_at"], ZoneInfo(DESK_ZONE)) for p in stints)


async def lives(owner: asyncpg.Connection, caller: Caller) -> list[Life]:
    """What this person may see, decided once more."""
    periods = defaultdict(list)
    for row in await owner.fetch(PERIODS):
        periods[row["request_id"]].append(row)
    rows = await owner.fetch("SELECT * FROM requests")
    return [Life(row, periods[row["id"]]) for row in rows if may_see(caller, row)]


class Texts:
    """What is written of each request, and which of the words that are kept are spelt like what somebody types."""

    def __init__(self, texts: dict[Any, list[str]], having: dict[str, set[Any]], alike: dict[str, list[str]]) -> None:
        self.texts, self.having, self.alike = texts, having, alike

    def saying(self, typed: str, seen: list[Life]) -> list[Life]:
        """Those where each word is a part of some text or, where none is, those with words that are spelt alike."""
        words = typed.split()
        found = [one for one in seen if all(any(word in text for text in self.texts[one.id]) for word in words)]
        return found or [one for one in seen if all(one.id in self.spelt_like(word) for word in words)]

    def spelt_like(self, typed: str) -> set[Any]:
        return set().union(*(self.having[word] for word in self.alike.get(typed, ())))


async def texts(owner: asyncpg.Connection) -> Texts:
    """There are no comments."""
    said: dict[Any, list[str]] = defaultdict(list)
    having: dict[str, set[Any]] = defaultdict(set)
    for row in await owner.fetch(TEXTS):
        said[row["id"]].append(row["text"].lower())
    for row in await owner.fetch(HAVING):
        having[row["word"]].add(row["request_id"])
    return Texts(said, having, {row["typed"]: row["words"] for row in await owner.fetch(ALIKE)})


def may_see(caller: Caller, row: asyncpg.Record) -> bool:
    if caller.user["role"] in ("MANAGER", "ADMIN"):
        return True
    mine = str(row["created_by"]) == caller.id
    if caller.user["role"] == "USER":
        return mine
    return mine or str(row["assigned_to"]) == caller.id or row["status"] == "Engineering Review"


def working_hours(start: datetime, end: datetime, zone: ZoneInfo) -> float:
    """Day by day: what of it lies between 9 and 17 on a Monday to Friday."""
    total = timedelta()
    day = start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        if day.weekday() < 5:
            opens = datetime(day.year, day.month, day.day, 9, tzinfo=zone).astimezone(UTC)
            closes = datetime(day.year, day.month, day.day, 17, tzinfo=zone).astimezone(UTC)
            total += max(timedelta(), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return total / timedelta(hours=1)


def percentile(values: Sequence[float], share: float) -> float | None:
    """Between the two nearest, as PostgreSQL's percentile_cont."""
    ordered = sorted(values)
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def weeks(first: date, to: date, zone: ZoneInfo) -> list[tuple[date, datetime, datetime]]:
    """The Monday of each week, and from when to when it lies in the span."""
    found: list[tuple[date, datetime, datetime]] = []
    day = first
    while day < to:
        after = min(day + timedelta(days=7 - day.weekday()), to)
        ends = [datetime(d.year, d.month, d.day, tzinfo=zone).astimezone(UTC) for d in (day, after)]
        found.append((day - timedelta(days=day.weekday()), *ends))
        day = after
    return found


def in_hours(durations: Sequence[timedelta]) -> list[float]:
    return [duration / timedelta(hours=1) for duration in durations]


def durations(done: list[Life]) -> dict[str, Any]:
    cycle = in_hours([duration for one in done if (duration := one.cycle()) is not None])
    lead = in_hours([one.completed_at - one.created_at for one in done])
    return {
        "completed": len(done),
        "measured": len(cycle),
        "cycleMedian": median(cycle) if cycle else None,
        "cycleP85": percentile(cycle, 0.85),
        "leadMedian": median(lead) if lead else None,
        "leadP85": percentile(lead, 0.85),
    }


def times(done: list[Life]) -> dict[str, dict[str, float]]:
    spent = defaultdict(list)
    for life in done:
        for status, duration in life.spent().items():
            spent[status].append(duration / timedelta(hours=1))
    everything = sum(map(sum, spent.values()))
    return {
        status: {
            "visited": len(values),
            "median": median(values),
            "mean": mean(values),
            "share": sum(values) / everything,
        }
        for status, values in spent.items()
    }


def accuracy(done: list[Life]) -> dict[str, Any]:
    measured = [(one.estimated_hours, one.worked()) for one in done if one.estimated_hours and one.started_at]
    ratios = [actual / estimated for estimated, actual in measured]
    return {
        "completed": len(done),
        "measured": len(measured),
        "estimated": sum(estimated for estimated, _ in measured),
        "actual": sum(actual for _, actual in measured),
        "ratioMedian": median(ratios) if ratios else None,
        "ratioP85": percentile(ratios, 0.85),
    }
