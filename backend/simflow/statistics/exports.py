"""Each chart as a table for a file."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from simflow.requests.filters import Filters
from simflow.requests.workflow import OPEN
from simflow.spreadsheets import Row, Table, one_batch

Columns = Sequence[tuple[str, Callable[[Any], Any]]]


class Layout(NamedTuple):
    name: str
    columns: Columns


WEEK: Columns = [("Week", lambda row: row.week)]
DURATIONS: Columns = [
    ("Completed", lambda row: row.completed),
    ("Start known", lambda row: row.measured),
    ("Cycle time, median (h)", lambda row: row.cycle_median),
    ("Cycle time, 85th percentile (h)", lambda row: row.cycle_p85),
    ("Lead time, median (h)", lambda row: row.lead_median),
    ("Lead time, 85th percentile (h)", lambda row: row.lead_p85),
]
VOLUMES: Columns = [
    ("Submitted", lambda row: row.submitted.count),
    ("Open now", lambda row: row.open.count),
    ("Completed", lambda row: row.completed.count),
    ("Cycle time, median (h)", lambda row: row.cycle_median),
]


def _in_status(status: str) -> Callable[[Any], Any]:
    return lambda row: row.by_status[status]


LAYOUTS = {
    "throughput": Layout("Throughput", [*WEEK, ("Completed", lambda row: row.count)]),
    "open-work": Layout(
        "Open work",
        [*WEEK, ("At (UTC)", lambda row: row.at), ("Open", lambda row: row.count)]
        + [(status.value, _in_status(status.value)) for status in OPEN],
    ),
    "cycle-time": Layout("Cycle time", [*WEEK, *DURATIONS]),
    "time-in-status": Layout(
        "Time in status",
        [
            ("Status", lambda row: row.status.value),
            ("Completed", lambda row: row.count),
            ("Were there", lambda row: row.visited),
            ("Median (h)", lambda row: row.median),
            ("Mean (h)", lambda row: row.mean),
            ("Share of all time", lambda row: row.share),
        ],
    ),
    "by-vendor": Layout("By vendor", [("Vendor", lambda row: row.vendor), *VOLUMES]),
    "by-priority": Layout("By priority", [("Priority", lambda row: row.priority.value), *VOLUMES]),
    "first-time-right": Layout(
        "First time right",
        [
            *WEEK,
            ("Accepted", lambda row: row.accepted),
            ("Without a revision", lambda row: row.right),
            ("Rate", lambda row: row.rate),
        ],
    ),
    "estimates": Layout(
        "Estimates",
        [
            *WEEK,
            ("Completed", lambda row: row.completed),
            ("Measured", lambda row: row.measured),
            ("Estimated (h)", lambda row: row.estimated),
            ("Actual (working h)", lambda row: row.actual),
            ("Actual to estimated, median", lambda row: row.ratio_median),
            ("Actual to estimated, 85th percentile", lambda row: row.ratio_p85),
        ],
    ),
}


def table(path: str, chart: Any, filters: Filters) -> Table:
    """With what was asked for and how many rows and requests there are."""
    layout = LAYOUTS[path]
    rows: list[Row] = [[value(row) for _, value in layout.columns] for row in chart.rows]
    about: list[tuple[str, str | int]] = [
        ("From", f"{chart.first}"),
        ("To, excluded", f"{chart.to}"),
        ("Time zone", chart.time_zone),
        ("Filter", words(filters)),
        ("Requests", chart.total),
        ("Rows", len(rows)),
    ]
    return Table(layout.name, about, [title for title, _ in layout.columns], one_batch(rows))


def words(filters: Filters) -> str:
    """The filters by their names on the wire; people are ids."""
    given = msgspec.to_builtins(filters, builtin_types=(), str_keys=True)
    texts = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
    return "; ".join(f"{name}: {', '.join(map(str, value))}" for name, value in texts.items()) or "none"
