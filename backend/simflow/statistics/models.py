"""Statistics: what each chart answers. What is counted is defined in docs/statistics.md."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from simflow.requests.filters import Filters
from simflow.requests.models import Priority
from simflow.requests.workflow import Status
from simflow.statistics.narrowing import Figure


class Chart(Struct, rename="camel"):
    """The days that it tells of, `to` excluded, and how many requests it is made of."""

    first: date = msgspec.field(name="from")
    to: date
    time_zone: str
    total: int


class WeekCount(Struct, rename="camel"):
    """`week` is its Monday; the first and the last week end where the span does."""

    week: date
    count: int
    filters: Filters


class Throughput(Chart):
    """Requests by the week in which they were completed."""

    rows: list[WeekCount]


class OpenWork(Struct, rename="camel"):
    """Open requests at the end of a week, or now for the week that is not over.

    The list of one status is that of `filters` with this status alone in `statusThen`.
    """

    week: date
    at: datetime
    count: int
    by_status: dict[str, int]
    filters: Filters


class OpenWorkOverTime(Chart):
    """Open requests by status; `total` is how many there were at the last of these moments."""

    rows: list[OpenWork]


class Durations(Struct, rename="camel"):
    """In hours by the calendar; null where there is nothing to measure.

    Of the `completed` requests those whose start is known are `measured` for the cycle time.
    """

    completed: int
    measured: int
    cycle_median: float | None
    cycle_p85: float | None
    lead_median: float | None
    lead_p85: float | None


class WeekDurations(Durations):
    week: date
    filters: Filters


class CycleTime(Chart):
    """Cycle time (start to completion, without the time in which the clock stood) and lead time (submission to
    completion) of what was completed."""

    overall: Durations
    rows: list[WeekDurations]


class StatusTime(Struct, rename="camel"):
    """Hours by the calendar that requests spent in a status, all their visits together.

    `visited` is how many of the `count` completed requests were there; `median` and `mean` are over these, `share` is
    the part of the time of all.
    """

    status: Status
    count: int
    visited: int
    median: float
    mean: float
    share: float
    filters: Filters


class TimeInStatus(Chart):
    """Where the requests that were completed spent their time."""

    rows: list[StatusTime]


class Volume(Struct, rename="camel"):
    """Submitted and completed in the span, open now; the median cycle time of those completed, in hours."""

    submitted: Figure
    open: Figure
    completed: Figure
    cycle_median: float | None
    filters: Filters


class VendorVolume(Volume):
    vendor: str


class PriorityVolume(Volume):
    priority: Priority


class ByVendor(Chart):
    """The vendor with the most requests first."""

    rows: list[VendorVolume]


class ByPriority(Chart):
    """High first."""

    rows: list[PriorityVolume]


class Acceptance(Struct, rename="camel"):
    """Requests completed in a week and accepted since: all, and those accepted without a revision."""

    week: date
    accepted: int
    right: int
    rate: float | None
    filters: Filters
    right_filters: Filters


class FirstTimeRight(Chart):
    """The part of what was accepted that was right at once."""

    rate: float | None
    rows: list[Acceptance]


class Accuracy(Struct, rename="camel"):
    """Estimated hours and the working hours in In Progress of the `measured` requests: sums, and the ratio of each,
    actual to estimated."""

    completed: int
    measured: int
    estimated: int
    actual: float
    ratio_median: float | None
    ratio_p85: float | None


class WeekAccuracy(Accuracy):
    week: date
    filters: Filters


class Point(Struct, rename="camel"):
    """One request; `ratio` is actual to estimated."""

    id: UUID
    key: str
    title: str
    estimated: int
    actual: float
    ratio: float
    completed_at: datetime


class Estimates(Chart):
    """Estimate against actual. `points` are the latest 500 of the measured requests."""

    overall: Accuracy
    rows: list[WeekAccuracy]
    points: list[Point]
