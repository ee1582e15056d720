"""The statements of queries.sql, bound to what their rows become."""

from datetime import datetime
from functools import partial
from uuid import UUID

from msgspec import Struct

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.requests.workflow import OPEN, Status

OPEN_SQL = "(" + ", ".join(f"'{status}'" for status in OPEN) + ")"
"""Written out, so that an index of only these can be used: the place `{open}`."""


class DurationRow(Struct):
    """In seconds."""

    bucket: int | None
    completed: int
    measured: int
    cycle_median: float | None
    cycle_p85: float | None
    lead_median: float | None
    lead_p85: float | None


class BucketCount(Struct):
    bucket: int
    count: int


class AcceptedRow(Struct):
    bucket: int
    accepted: int
    right: int


class OpenRow(Struct):
    status: Status
    first: int
    past: int
    count: int


class KeptFinished(Struct):
    what: str
    bucket: int
    count: int


class KeptOpen(Struct):
    """Without a bucket: now."""

    status: Status
    bucket: int | None
    count: int


class StatusRow(Struct):
    """In seconds."""

    status: Status
    visited: int
    median: float
    sum: float


class VolumeRow(Struct):
    """The median in seconds."""

    value: str
    submitted: int
    open: int
    completed: int
    cycle_median: float | None
    count: int


class KeptVolume(Struct):
    value: str
    submitted: int
    open: int
    completed: int
    count: int


class KeptDurations(Struct):
    """Of one measure, among all or of one value. Without a bucket: the whole span. In seconds; percentiles of what was
    worked are in seconds for each estimated hour."""

    what: str
    value: str
    bucket: int | None
    count: int
    sum: float
    estimated: int
    percentiles: list[float]


class AccuracyRow(Struct):
    bucket: int | None
    measured: int
    estimated: int
    actual: float
    ratio_median: float | None
    ratio_p85: float | None


class PointRow(Struct):
    id: UUID
    key: str
    title: str
    estimated: int
    actual: float
    completed_at: datetime


bind = partial(bind_in, __package__)

measure_completed: Query[DurationRow] = bind("measure_completed", DurationRow)
count_completed: Query[BucketCount] = bind("count_completed", BucketCount)
count_accepted: Query[AcceptedRow] = bind("count_accepted", AcceptedRow)
count_open: Query[OpenRow] = bind("count_open", OpenRow)
count_open_among_cells: Query[OpenRow] = bind("count_open_among_cells", OpenRow)
list_kept_finished: Query[KeptFinished] = bind("list_kept_finished", KeptFinished)
list_kept_open: Query[KeptOpen] = bind("list_kept_open", KeptOpen)
measure_statuses: Query[StatusRow] = bind("measure_statuses", StatusRow)
count_by_column: Query[VolumeRow] = bind("count_by_column", VolumeRow)
count_by_column_among_cells: Query[VolumeRow] = bind("count_by_column_among_cells", VolumeRow)
list_kept_volumes: Query[KeptVolume] = bind("list_kept_volumes", KeptVolume)
measure_kept: Query[KeptDurations] = bind("measure_kept", KeptDurations)
measure_estimates: Query[AccuracyRow] = bind("measure_estimates", AccuracyRow)
list_estimates: Query[PointRow] = bind("list_estimates", PointRow)
