"""The layout of open work: examples laid out by hand, and what must hold for any work."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from simflow.requests.layout import Basis, Slot, Work, beginning, ending, lay_out, position

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
FAR = MONDAY + timedelta(weeks=52)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def work(number: int, hours: int | None = 8, rank: int = 2, started: datetime | None = None, age: int = 0) -> Work:
    return Work(UUID(int=number), number, UUID(int=0), rank, MONDAY - age * DAY, started, timedelta(0), hours)


def laid_out(*works: Work, weekly: int = 40, now: datetime = MONDAY, until: datetime = FAR) -> dict[int, Slot]:
    return {key.int: slot for key, slot in lay_out(works, weekly, now, until).items()}


def test_one_after_the_other_by_priority_and_age() -> None:
    """Forty hours a week are eight a day; a day of work takes the whole day."""
    slots = laid_out(work(1, 8), work(2, 16, rank=3), work(3, 4, age=5))
    assert slots == {
        2: Slot(MONDAY, MONDAY + 2 * DAY, Basis.PLANNED),
        3: Slot(MONDAY + 2 * DAY, MONDAY + 2.5 * DAY, Basis.PLANNED),
        1: Slot(MONDAY + 2.5 * DAY, MONDAY + 3.5 * DAY, Basis.PLANNED),
    }


def test_nobody_works_on_weekends() -> None:
    friday = MONDAY + 4 * DAY
    slots = laid_out(work(1, 8), work(2, 8), now=friday)
    assert slots[1] == Slot(friday, friday + DAY, Basis.PLANNED)
    assert slots[2] == Slot(MONDAY + WEEK, MONDAY + WEEK + DAY, Basis.PLANNED)
    over = laid_out(work(1, 16), now=friday)[1]
    assert over == Slot(friday, MONDAY + WEEK + DAY, Basis.PLANNED)
    assert laid_out(work(1, 8), now=friday + 1.5 * DAY)[1].start == MONDAY + WEEK


def test_who_works_half_takes_twice_as_long() -> None:
    assert laid_out(work(1, 20), weekly=20)[1].end == MONDAY + 5 * DAY
    assert laid_out(work(1, 40), weekly=20)[1].end == MONDAY + WEEK + 5 * DAY


def test_what_is_in_progress_comes_first_and_has_been_worked_on() -> None:
    """Begun last Thursday, of 24 hours 16 are done by Monday; the High one waits for the eight that remain."""
    thursday = MONDAY - 4 * DAY
    slots = laid_out(work(1, 24, rank=1, started=thursday), work(2, 8, rank=3))
    assert slots[1] == Slot(thursday, MONDAY + DAY, Basis.STARTED)
    assert slots[2] == Slot(MONDAY + DAY, MONDAY + 2 * DAY, Basis.PLANNED)


def test_nobody_works_on_it_while_its_clock_stands() -> None:
    """Begun a week ago, of which it waited for an answer for four days: one day is done of two."""
    slots = laid_out(replace(work(1, 16, started=MONDAY - WEEK), stopped_for=4 * DAY))
    assert slots[1] == Slot(MONDAY - WEEK, MONDAY + DAY, Basis.STARTED)
    assert laid_out(work(1, 16, started=MONDAY - WEEK))[1].basis == Basis.OVERDUE


def test_an_hour_is_not_worked_twice() -> None:
    """Two begun on Thursday: the two days until now went to the first, and the second is still to be done."""
    thursday = MONDAY - 4 * DAY
    slots = laid_out(work(1, 12, started=thursday), work(2, 12, started=thursday + HOUR))
    assert slots[1] == Slot(thursday, MONDAY - 2 * DAY, Basis.OVERDUE)
    assert slots[2] == Slot(thursday + HOUR, MONDAY + DAY, Basis.STARTED)


def test_what_is_overdue_takes_no_further_time() -> None:
    slots = laid_out(work(1, 8, started=MONDAY - 4 * WEEK), work(2, 8))
    assert slots[1] == Slot(MONDAY - 4 * WEEK, MONDAY - 2 * DAY, Basis.OVERDUE)
    assert slots[2].start == MONDAY


def test_without_an_estimate_a_day_is_assumed() -> None:
    assert laid_out(work(1, None))[1] == Slot(MONDAY, MONDAY + DAY, Basis.ASSUMED)
    started = laid_out(work(1, None, started=MONDAY))[1]
    assert started == Slot(MONDAY, MONDAY + DAY, Basis.ASSUMED)


def test_without_hours_nobody_can_tell() -> None:
    slots = laid_out(work(1), work(2, started=MONDAY), weekly=0)
    assert slots == {1: Slot(None, None, Basis.UNKNOWN), 2: Slot(MONDAY, None, Basis.UNKNOWN)}


def test_what_begins_later_than_asked_for_is_left_out() -> None:
    slots = laid_out(*(work(number, 40) for number in range(1, 9)), until=MONDAY + 2 * WEEK)
    assert sorted(slots) == [1, 2]
    assert sorted(laid_out(work(1, 10_000), work(2), weekly=1, until=MONDAY + WEEK)) == [1]


def test_begun_on_a_weekend() -> None:
    saturday = MONDAY - 2 * DAY
    slot = laid_out(work(1, 8, started=saturday), now=saturday + HOUR)[1]
    assert slot == Slot(saturday, MONDAY + DAY, Basis.STARTED)


def test_positions_and_moments_are_each_others_inverse() -> None:
    chance = random.Random(1)
    for _ in range(2000):
        moment = MONDAY + timedelta(minutes=chance.randrange(-(10**6), 10**6))
        at = position(moment)
        if moment.weekday() < 5:
            assert beginning(at) == moment
        assert position(beginning(at)) == position(ending(at)) == at
        assert beginning(at).weekday() < 5
        assert timedelta(0) <= beginning(at) - ending(at) <= 2 * DAY


def test_what_holds_for_any_work() -> None:
    chance = random.Random(2)
    for _ in range(500):
        now = MONDAY + timedelta(hours=chance.randrange(24 * 21))
        weekly = chance.choice([1, 7, 20, 38, 40, 80])
        works = [
            work(
                number,
                chance.choice([None, 1, 3, 8, 40, 200]),
                chance.choice([1, 2, 3]),
                now - timedelta(hours=chance.randrange(1000)) if chance.random() < 0.3 else None,
                chance.randrange(100),
            )
            for number in range(1, chance.randrange(2, 15))
        ]
        until = datetime.max.replace(tzinfo=UTC)
        slots = lay_out(works, weekly, now, until)
        assert len(slots) == len(works)
        assert lay_out(reversed(works), weekly, now, until) == slots, "the order of the rows decides nothing"
        waiting = sorted(
            (w for w in works if not w.started_at), key=lambda w: (-w.priority_rank, w.created_at, w.number)
        )
        begun = [w for w in works if w.started_at]
        at = max([position(now), *(position(slots[w.id].end or now) for w in begun)])
        for one in waiting:
            slot = slots[one.id]
            assert slot.start is not None
            assert slot.end is not None
            assert now <= slot.start < slot.end
            assert slot.start.weekday() < 5, "on a working day"
            assert position(slot.start) == at, "as soon as all before it is done, and not before"
            at = position(slot.end)
            assert at - position(slot.start) == timedelta(days=5) / weekly * (one.hours or 8)
        for one in begun:
            assert slots[one.id].start == one.started_at
        # What is done from now on is never more than there is time for.
        hours = sum(w.hours or 8 for w in works)
        assert at - position(now) <= timedelta(days=5) / weekly * hours
