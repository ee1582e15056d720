"""The time that a chart tells of: whole days in a time zone, cut into weeks that start on Monday."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from msgspec import Meta, Struct

from simflow.errors import FieldError, InvalidFields

WEEK = timedelta(days=7)
WEEKS_BEFORE = 12
EARLIEST, LATEST = date(1970, 1, 1), date(2200, 1, 1)
MOST_YEARS = 5
A_MONDAY = datetime(2001, 1, 1, tzinfo=UTC)


class Asked(Struct, rename="camel", frozen=True):
    """What a client sends."""

    from_: Annotated[date | None, Meta(description="The first day; else the Monday 12 weeks ago.")] = msgspec.field(
        default=None, name="from"
    )
    to: Annotated[date | None, Meta(description="The day after the last one; else the next Monday.")] = None
    time_zone: Annotated[str, Meta(max_length=100, description="Where days begin, as in the IANA database.")] = "UTC"


class Span(NamedTuple):
    """`bounds` are the first moment, every Monday's within, and the end; `weeks` the Mondays of what lies between."""

    first: date
    to: date
    zone: str
    bounds: list[datetime]
    weeks: list[date]

    @property
    def start(self) -> datetime:
        return self.bounds[0]

    @property
    def stop(self) -> datetime:
        """The first moment that no longer belongs to it."""
        return self.bounds[-1]


def nearest_monday(moment: datetime) -> datetime:
    """Of those that begin at 00:00 UTC, as the weeks of `request_weeks` do."""
    return A_MONDAY + WEEK * ((moment - A_MONDAY + WEEK / 2) // WEEK)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def span_of(asked: Asked, now: datetime) -> Span:
    """Raises `InvalidFields` for every part that cannot be."""
    errors: list[FieldError] = []
    known = asked.time_zone in _zones()
    if not known:
        errors.append(FieldError("timeZone", "must be the name of a time zone, like Europe/Berlin"))
    zone = ZoneInfo(asked.time_zone if known else "UTC")
    this_monday = monday(now.astimezone(zone).date())
    to = asked.to or (this_monday + WEEK if asked.from_ is None else max(this_monday + WEEK, asked.from_ + WEEK))
    first = asked.from_ or monday(min(to - timedelta(days=1), this_monday)) - WEEKS_BEFORE * WEEK
    errors += [
        FieldError(name, f"must lie between {EARLIEST} and {LATEST}")
        for name, day in (("from", first), ("to", to))
        if not EARLIEST <= day <= LATEST
    ]
    if not errors and not first < to:
        errors.append(FieldError("to", "must be after from"))
    if not errors and to > first + timedelta(days=MOST_YEARS * 366):
        errors.append(FieldError("to", f"must be at most {MOST_YEARS} years after from"))
    if errors:
        raise InvalidFields(*errors)
    mondays = [day for n in range((to - first).days) if (day := first + timedelta(days=n)).weekday() == 0]
    inner = [day for day in mondays if day > first]
    bounds = [_midnight(day, zone) for day in (first, *inner, to)]
    return Span(first, to, asked.time_zone, bounds, [monday(first), *inner])


def monday(day: date) -> date:
    """Of the week in which the day lies."""
    return day - timedelta(days=day.weekday())


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """The day's first moment, by the clocks of the zone."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
