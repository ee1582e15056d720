"""What each chart shows: counted by the database over everything that the person may see."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any

from msgspec.structs import asdict

from simflow.db.pool import planned_anew
from simflow.db.queries import Connection, Query
from simflow.requests.filters import SEE_EVERYTHING, Conditions, Filters, conditions_for_all
from simflow.requests.models import Priority
from simflow.requests.moments import SIDES, moments
from simflow.requests.tally import tally
from simflow.requests.workflow import OPEN, Person, Status
from simflow.statistics import models, queries
from simflow.statistics.models import Chart
from simflow.statistics.narrowing import Figure, narrowed, still_open, then
from simflow.statistics.span import Span, nearest_monday

MOST_POINTS = 500
HALF_HOUR = 1800
SAME_MOMENT = """timezone('UTC', d.completed_at) >= timezone('UTC', :start)
    AND timezone('UTC', d.completed_at) < timezone('UTC', :stop)"""
"""By whose index all of a span are read sooner than many of them are looked up."""
OPEN_BY_ROW = """SELECT {columns}, count(*) AS number FROM requests r WHERE {where} AND r.status IN {open}
    GROUP BY {columns}"""


class Question:
    """What was asked, by whom; every chart is an answer to one."""

    def __init__(self, tx: Connection, person: Person, filters: Filters, span: Span) -> None:
        self._tx, self._person, self.filters, self.span = tx, person, filters, span
        self._chosen_ones: Conditions | None = None

    async def answer(self, make: Callable[["Question"], Awaitable[Chart]]) -> Chart:
        """What is counted row by row is planned for the span and the filters at hand."""
        if self.is_measured:
            return await make(self)
        async with planned_anew(self._tx):
            return await make(self)

    async def ask(self, query: Query[Any], places: dict[str, str] | None = None, **values: Any) -> list[Any]:
        """The rows of what matches the filters. Raises `InvalidFields` for a filter that cannot be taken."""
        chosen = await self._conditions()
        span = {"bounds": self.span.bounds, "start": self.span.start, "stop": self.span.stop}
        filled = query.filled(where=chosen.where, **(places or {}))
        return await filled.all(self._tx, **chosen.values, **span | values)

    async def _conditions(self) -> Conditions:
        """Asked once for all statements of a chart: which requests have words takes as long as some of these."""
        if self._chosen_ones is None:
            self._chosen_ones = await conditions_for_all(self._tx, self.filters, self._person)
        return self._chosen_ones

    async def ask_with_cells(
        self, among_cells: Query[Any], by_row: Query[Any], places: dict[str, str], **values: Any
    ) -> list[Any]:
        """The one where kept counts tell what is open now, else the other. Of words what is open is read by an index of
        statuses."""
        cells = tally(self.filters, self._person, prefix="kept_")
        if cells is None and (await self._conditions()).is_told:
            columns = "r.status" + (f", r.{places['column']}" if "column" in places else "")
            rows = OPEN_BY_ROW.format(columns=columns, where=(await self._conditions()).where, open=queries.OPEN_SQL)
            return await self.ask(among_cells, places | {"cells": rows}, **values)
        if cells is None:
            return await self.ask(by_row, places, **values)
        return await self.ask(among_cells, places | {"cells": cells.sql}, **values, **cells.values)

    def sides(self, column: str | None = None) -> list[str] | None:
        """Which of vendor, priority and type of study are filtered, or told apart by a chart. None: cells tell nothing,
        as something else is filtered, or not everything is seen."""
        given = {name for name, value in asdict(self.filters).items() if value is not None and value not in ([], "")}
        if self._person.role not in SEE_EVERYTHING or given - set(SIDES):
            return None
        return [side for side in SIDES if side in given or side == column]

    @property
    def is_measured(self) -> bool:
        """Whether `request_durations` and `request_weeks` tell whatever is measured; for less see `counts_by`."""
        sides = self.sides()
        return sides is not None and len(sides) < 2

    def counts_by(self, column: str) -> bool:
        """Whether these tell what was counted, and the cycle time, by vendor or by priority."""
        sides = self.sides(column)
        return sides is not None and len(sides) <= 2

    @property
    def is_kept(self) -> bool:
        """Whether `request_moments` tells it: days begin on a half hour as well."""
        return self.is_measured and all(bound.timestamp() % HALF_HOUR == 0 for bound in self.span.bounds)

    def _chosen(self, table: str) -> str:
        """The filters by sides, as conditions on the cells or durations of a table."""
        return " AND ".join(f"{table}{side} = ANY(:among_{side}::text[])" for side in self.sides() or []) or "true"

    @property
    def _among(self) -> dict[str, Any]:
        return {f"among_{side}": getattr(self.filters, side) for side in self.sides() or []}

    @property
    def _now(self) -> dict[str, str]:
        """The places of what is kept of what is open now."""
        counts = "study_type" if self.filters.study_type else "all"
        return {"counts": counts, "counted": self._chosen("c."), "open": queries.OPEN_SQL}

    async def ask_moments(self, query: Query[Any], **values: Any) -> list[Any]:
        """What `request_moments` tells of this side."""
        side = next(iter(self.sides() or []), None)
        places = {"moments": moments(side, self._chosen("")), **self._now}
        return await self.ask(query, places, **self._among, **values)

    async def measured(
        self, measures: list[str], shares: list[float], *, column: str | None = None, weekly: bool = False
    ) -> list[queries.KeptDurations]:
        """These percentiles of the span, and of each week too, or of each value of a column."""
        bounds = self.span.bounds if weekly else [self.span.start, self.span.stop]
        # One alone by its name: there are indexes of only these.
        same = "d.measure = w.what" if len(measures) > 1 else f"d.measure = '{measures[0]}'"
        sets = "(what, value, bucket, size)" + (", (what, value, size)" if weekly else "")
        places = {
            "side": " and ".join(self.sides(column) or []) or "all",
            "cells": self._chosen("w."),
            "rows": self._chosen("d."),
            "value": column or "''",
            "same": same + (f" AND d.{column} = w.value" if column else ""),
            "length": "d.microseconds::float8 / d.estimated_hours" if measures == ["worked"] else "d.microseconds",
            "sets": f"({sets})",
        }
        values = {"measures": measures, "shares": shares, "bounds": bounds}
        return await self.ask(queries.measure_kept, places, **self._among, **values, **self._mondays(bounds))

    async def kept_volumes(self, column: str) -> list[queries.KeptVolume]:
        bounds = [self.span.start, self.span.stop]
        side = " and ".join(self.sides(column) or [])
        places = {"column": column, "side": side, "cells": self._chosen("w."), **self._now}
        return await self.ask(queries.list_kept_volumes, places, **self._among, **self._mondays(bounds))

    def _mondays(self, bounds: list[datetime]) -> dict[str, Any]:
        mondays = [nearest_monday(bound) for bound in bounds]
        return {"mondays": mondays, "first_monday": mondays[0], "last_monday": mondays[-1]}

    async def finished(self) -> dict[int, int]:
        """How many were finished in each week."""
        if not self.is_kept:
            return {row.bucket: row.count for row in await self.ask(queries.count_completed)}
        return {row.bucket: row.count for row in await self.kept_finished() if row.what == "finished"}

    async def by_status(self) -> list[queries.StatusRow]:
        """How long was spent in each status, from the durations of each request."""
        chosen = await self._conditions()
        moment = SAME_MOMENT if chosen.is_common else "true"
        return await self.ask(queries.measure_statuses, {"moment": moment})

    async def kept_finished(self) -> list[queries.KeptFinished]:
        return await self.ask_moments(queries.list_kept_finished)

    def completed(self, bucket: int | None = None) -> Filters:
        """What was completed in a week, or in the whole span."""
        bounds = self.span.bounds
        start, stop = (bounds[bucket - 1], bounds[bucket]) if bucket else (bounds[0], bounds[-1])
        return narrowed(self.filters, completed_from=start, completed_to=stop)

    def head(self, total: int) -> dict[str, Any]:
        return {"first": self.span.first, "to": self.span.to, "time_zone": self.span.zone, "total": total}

    def weeks(self) -> list[tuple[int, Any]]:
        """The number of each week, from 1, and its Monday."""
        return list(enumerate(self.span.weeks, 1))


def hours(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 3600, 2)


async def throughput(question: Question) -> models.Throughput:
    counts = await question.finished()
    weeks = [models.WeekCount(week, counts.get(n, 0), question.completed(n)) for n, week in question.weeks()]
    return models.Throughput(**question.head(sum(counts.values())), rows=weeks)


async def open_work(question: Question) -> models.OpenWorkOverTime:
    statuses, now = then(question.filters), datetime.now(UTC)
    # The moment that a week's end belongs to is the first of the next; of a week that is not over, now.
    ends = [(week, min(end, now)) for week, end in zip(question.span.weeks, question.span.bounds[1:], strict=True)]
    started = [(week, at) for (week, at), start in zip(ends, question.span.bounds, strict=False) if start < now]
    samples = [at for _, at in started]
    count = _open_as_kept if question.is_kept else _open_by_row
    rows = []
    for (week, at), there in zip(started, await count(question, samples) if samples else [], strict=True):
        by_status = {status.value: count for status, count in there.items()}
        filters = narrowed(question.filters, status_then=statuses, as_of=at)
        rows.append(models.OpenWork(week, at, sum(there.values()), by_status, filters))
    return models.OpenWorkOverTime(**question.head(rows[-1].count if rows else 0), rows=rows)


async def _open_by_row(question: Question, samples: list[datetime]) -> list[dict[Status, int]]:
    """How many were in each open status at each sample: every stay is counted from its first to its last."""
    changes = {status: [0] * (len(samples) + 1) for status in OPEN}
    ask = question.ask_with_cells(
        queries.count_open_among_cells,
        queries.count_open,
        {"open": queries.OPEN_SQL},
        samples=samples,
        first_sample=samples[0],
        last_sample=samples[-1],
    )
    for row in await ask:
        changes[row.status][row.first] += row.count
        changes[row.status][row.past] -= row.count
    running = {status: list(accumulate(numbers)) for status, numbers in changes.items()}
    return [{status: running[status][number] for status in OPEN} for number in range(len(samples))]


async def _open_as_kept(question: Question, samples: list[datetime]) -> list[dict[Status, int]]:
    """The same: what is open now, less how much it has grown since."""
    # All that has happened is before the end of this half hour.
    last = datetime.fromtimestamp(-(-samples[-1].timestamp() // HALF_HOUR) * HALF_HOUR, UTC)
    there = dict.fromkeys(OPEN, 0)
    grown = {status: [0] * (len(samples) + 1) for status in OPEN}
    samples = [*samples[:-1], last]
    for row in await question.ask_moments(queries.list_kept_open, samples=samples, first_sample=samples[0]):
        if row.bucket is None:
            there[row.status] = row.count
        else:
            grown[row.status][row.bucket] = row.count
    return [
        {status: there[status] - sum(grown[status][number + 1 :]) for status in OPEN} for number in range(len(samples))
    ]


async def cycle_time(question: Question) -> models.CycleTime:
    measure = _kept_completed(question) if question.is_measured else question.ask(queries.measure_completed)
    found = {row.bucket: _durations(row) for row in await measure}
    nothing = {"completed": 0, "measured": 0} | dict.fromkeys(("cycle_median", "cycle_p85", "lead_median", "lead_p85"))
    rows = [
        models.WeekDurations(**found.get(n, nothing), week=week, filters=question.completed(n))
        for n, week in question.weeks()
    ]
    overall = models.Durations(**found.get(None, nothing))
    return models.CycleTime(**question.head(overall.completed), overall=overall, rows=rows)


async def _kept_completed(question: Question) -> list[queries.DurationRow]:
    rows: dict[int | None, queries.DurationRow] = {}
    for it in await question.measured(["cycle", "lead"], [0.5, 0.85], weekly=True):
        row = rows.setdefault(it.bucket, queries.DurationRow(it.bucket, 0, 0, None, None, None, None))
        if it.what == "lead":
            row.completed = it.count
            row.lead_median, row.lead_p85 = it.percentiles
        else:
            row.measured = it.count
            row.cycle_median, row.cycle_p85 = it.percentiles
    return list(rows.values())


def _durations(row: queries.DurationRow) -> dict[str, Any]:
    return {
        "completed": row.completed,
        "measured": row.measured,
        "cycle_median": hours(row.cycle_median),
        "cycle_p85": hours(row.cycle_p85),
        "lead_median": hours(row.lead_median),
        "lead_p85": hours(row.lead_p85),
    }


async def time_in_status(question: Question) -> models.TimeInStatus:
    if question.is_measured:
        total, measured = await _kept_statuses(question)
    else:
        total, measured = sum((await question.finished()).values()), await question.by_status()
    found = {row.status: row for row in measured}
    everything = sum(row.sum for row in found.values()) or 1
    rows = [
        models.StatusTime(
            status,
            total,
            row.visited,
            round(row.median / 3600, 2),
            round(row.sum / row.visited / 3600, 2),
            round(row.sum / everything, 4),
            question.completed(),
        )
        for status in Status
        if (row := found.get(status)) is not None
    ]
    return models.TimeInStatus(**question.head(total), rows=rows)


async def _kept_statuses(question: Question) -> tuple[int, list[queries.StatusRow]]:
    """And how many were finished: each has a lead time."""
    found = {it.what: it for it in await question.measured([*Status, "lead"], [0.5])}
    lead = found.pop("lead", None)
    rows = [queries.StatusRow(Status(it.what), it.count, it.percentiles[0], it.sum) for it in found.values()]
    return (lead.count if lead else 0), rows


async def _counted(question: Question, column: str) -> list[queries.VolumeRow]:
    if not question.counts_by(column):
        places = {"column": column, "open": queries.OPEN_SQL}
        return await question.ask_with_cells(queries.count_by_column_among_cells, queries.count_by_column, places)
    medians = {it.value: it.percentiles[0] for it in await question.measured(["cycle"], [0.5], column=column)}
    return [
        queries.VolumeRow(it.value, it.submitted, it.open, it.completed, medians.get(it.value), it.count)
        for it in await question.kept_volumes(column)
    ]


async def _volumes(question: Question, column: str) -> list[tuple[queries.VolumeRow, dict[str, Any]]]:
    span, answer = question.span, []
    for row in await _counted(question, column):
        mine = narrowed(question.filters, **{column: [row.value]})
        created = narrowed(mine, created_from=span.start, created_to=span.stop)
        completed = narrowed(mine, completed_from=span.start, completed_to=span.stop)
        fields = {
            "submitted": Figure(row.submitted, created),
            "open": Figure(row.open, still_open(mine)),
            "completed": Figure(row.completed, completed),
            "cycle_median": hours(row.cycle_median),
            "filters": mine,
        }
        answer.append((row, fields))
    return answer


async def by_vendor(question: Question) -> models.ByVendor:
    found = sorted(await _volumes(question, "vendor"), key=lambda one: (-one[0].count, one[0].value))
    rows = [models.VendorVolume(**fields, vendor=row.value) for row, fields in found]
    return models.ByVendor(**question.head(sum(row.count for row, _ in found)), rows=rows)


async def by_priority(question: Question) -> models.ByPriority:
    found = {row.value: (row, fields) for row, fields in await _volumes(question, "priority")}
    rows = [
        models.PriorityVolume(**found[priority][1], priority=priority)
        for priority in reversed(Priority)
        if priority in found
    ]
    return models.ByPriority(**question.head(sum(row.count for row, _ in found.values())), rows=rows)


async def first_time_right(question: Question) -> models.FirstTimeRight:
    found = await _accepted(question)
    rows = []
    for number, week in question.weeks():
        row = found.get(number) or queries.AcceptedRow(number, 0, 0)
        accepted = narrowed(question.completed(number), status=[Status.ACCEPTED])
        right = narrowed(question.completed(number), first_time_right=True)
        rows.append(models.Acceptance(week, row.accepted, row.right, _rate(row.right, row.accepted), accepted, right))
    total = sum(row.accepted for row in rows)
    rate = _rate(sum(row.right for row in rows), total)
    return models.FirstTimeRight(**question.head(total), rate=rate, rows=rows)


async def _accepted(question: Question) -> dict[int, queries.AcceptedRow]:
    if not question.is_kept:
        return {row.bucket: row for row in await question.ask(queries.count_accepted)}
    found: dict[int, dict[str, int]] = {}
    for row in await question.kept_finished():
        found.setdefault(row.bucket, {})[row.what] = row.count
    return {
        bucket: queries.AcceptedRow(bucket, counts.get("accepted", 0), counts.get("first time right", 0))
        for bucket, counts in found.items()
    }


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


async def estimates(question: Question) -> models.Estimates:
    counts = await question.finished()
    measure = _kept_estimates(question) if question.is_measured else question.ask(queries.measure_estimates)
    found = {row.bucket: row for row in await measure}
    points = await question.ask(queries.list_estimates, limit=MOST_POINTS)
    rows = [
        models.WeekAccuracy(**_accuracy(counts.get(n, 0), found.get(n)), week=week, filters=question.completed(n))
        for n, week in question.weeks()
    ]
    total = sum(counts.values())
    return models.Estimates(
        **question.head(total),
        overall=models.Accuracy(**_accuracy(total, found.get(None))),
        rows=rows,
        points=[_point(row) for row in points],
    )


async def _kept_estimates(question: Question) -> list[queries.AccuracyRow]:
    rows = []
    for it in await question.measured(["worked"], [0.5, 0.85], weekly=True):
        median, p85 = (length / 3600 for length in it.percentiles)
        rows.append(queries.AccuracyRow(it.bucket, it.count, it.estimated, it.sum / 3600, median, p85))
    return rows


def _accuracy(completed: int, row: queries.AccuracyRow | None) -> dict[str, Any]:
    row = row or queries.AccuracyRow(None, 0, 0, 0.0, None, None)
    return {
        "completed": completed,
        "measured": row.measured,
        "estimated": row.estimated,
        "actual": round(row.actual, 2),
        "ratio_median": row.ratio_median and round(row.ratio_median, 3),
        "ratio_p85": row.ratio_p85 and round(row.ratio_p85, 3),
    }


def _point(row: queries.PointRow) -> models.Point:
    ratio = round(row.actual / row.estimated, 3)
    return models.Point(row.id, row.key, row.title, row.estimated, round(row.actual, 2), ratio, row.completed_at)
