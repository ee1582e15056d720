"""When open work will be done, as far as estimates and weekly hours tell: pure functions over one engineer's work.

The model. An engineer works from Monday to Friday (UTC), the weekly hours spread evenly over those five days, on one
request after the other. What is In Progress comes first, in the order in which it was begun; then all else by priority,
and among equals the oldest first.

What is In Progress begins when it was begun. The working time since then counts as work on it, but no hour twice: where
several are In Progress, time goes to the one begun first, up to its estimate, then to the next. What remains of it is
done from now on. While its clock stood, as it waited for an answer, nobody worked on it. What should be done by its
estimate and is not is overdue: it ends now and takes no further time. What is not In Progress, work on hold too, takes
its whole estimate, from the moment in which all before it is done.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

DAY = timedelta(days=1)
WORKING_WEEK = 5 * DAY
NOTHING = timedelta(0)
NEVER = datetime.max.replace(tzinfo=UTC)
A_MONDAY = datetime(2001, 1, 1, tzinfo=UTC)
ASSUMED_HOURS = 8
"""For work without an estimate."""


class Basis(StrEnum):
    """What a place in the timeline rests on.

    `started`: begun then, ends by its estimate; `overdue`: should have ended by its estimate; `planned`: by its
    estimate; `assumed`: without an estimate, as if it took eight hours; `unknown`: the engineer works no
    hours, or has other work that the caller may not see.
    """

    STARTED = "started"
    OVERDUE = "overdue"
    PLANNED = "planned"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


class Work(Struct):
    """An open request of an engineer's; `started_at` only while it is In Progress, `stopped_for` since then."""

    id: UUID
    number: int
    assigned_to: UUID
    priority_rank: int
    created_at: datetime
    started_at: datetime | None
    stopped_for: timedelta
    hours: int | None


class Slot(NamedTuple):
    """From `start`, to `end` exclusively; None where it cannot be told."""

    start: datetime | None
    end: datetime | None
    basis: Basis


def position(moment: datetime) -> timedelta:
    """How much working time has passed at a moment, since a Monday long ago; it stands still on weekends."""
    weeks, rest = divmod(moment - A_MONDAY, 7 * DAY)
    return weeks * WORKING_WEEK + min(rest, WORKING_WEEK)


def beginning(at: timedelta) -> datetime:
    """The moment of a position, for what begins there: on Monday rather than when Friday ends."""
    weeks, rest = divmod(at, WORKING_WEEK)
    return A_MONDAY + weeks * 7 * DAY + rest


def ending(at: timedelta) -> datetime:
    """The moment of a position, for what ends there: when Friday ends rather than on Monday."""
    weeks, rest = divmod(at, WORKING_WEEK)
    return A_MONDAY + weeks * 7 * DAY + rest if rest else A_MONDAY + (weeks - 1) * 7 * DAY + WORKING_WEEK


def lay_out(works: Iterable[Work], weekly_hours: int, now: datetime, until: datetime) -> dict[UUID, Slot]:
    """A slot for each work that begins before `until`; nobody can say when it is done where there are no hours."""
    begun, waiting = _in_order(works)
    if weekly_hours <= 0:
        return {work.id: Slot(work.started_at, None, Basis.UNKNOWN) for work in (*begun, *waiting)}
    an_hour = WORKING_WEEK / weekly_hours
    today, slots = position(now), {}
    past, done_at = timedelta.min, today
    for work in begun:
        assert work.started_at is not None  # noqa: S101
        since = max(past, position(work.started_at + work.stopped_for))
        needed = an_hour * (work.hours or ASSUMED_HOURS)
        spent = min(needed, max(today - since, NOTHING))
        past = since + spent
        done_at += needed - spent
        basis = Basis.OVERDUE if spent == needed else Basis.STARTED if work.hours else Basis.ASSUMED
        slots[work.id] = Slot(work.started_at, max(ending(done_at), work.started_at), basis)
    for work in waiting:
        start = beginning(done_at)
        if start >= until:
            break
        done_at += an_hour * (work.hours or ASSUMED_HOURS)
        slots[work.id] = Slot(start, ending(done_at), Basis.PLANNED if work.hours else Basis.ASSUMED)
    return slots


def _in_order(works: Iterable[Work]) -> tuple[list[Work], list[Work]]:
    every = list(works)
    begun = sorted((w for w in every if w.started_at), key=lambda w: (w.started_at or NEVER, w.number))
    waiting = sorted((w for w in every if not w.started_at), key=lambda w: (-w.priority_rank, w.created_at, w.number))
    return begun, waiting
