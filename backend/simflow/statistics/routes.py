"""Statistics over HTTP: for each chart its numbers, and the same as a file."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Router, get
from litestar.params import FromQuery
from litestar.response import Stream

from simflow.errors import InvalidFields
from simflow.requests.filters import Filters
from simflow.requests.told import told
from simflow.spreadsheets import Format, download
from simflow.statistics import charts, exports, models
from simflow.statistics.charts import Question
from simflow.statistics.models import Chart
from simflow.statistics.span import Asked, span_of
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import DOWNLOAD, refusals
from simflow.web.spread import spread

filtered, spanned = spread("filters", Filters), spread("asked", Asked)
Make = Callable[[Question], Awaitable[Chart]]

CHARTS: dict[str, tuple[Make, type[Chart]]] = {
    "throughput": (charts.throughput, models.Throughput),
    "open-work": (charts.open_work, models.OpenWorkOverTime),
    "cycle-time": (charts.cycle_time, models.CycleTime),
    "time-in-status": (charts.time_in_status, models.TimeInStatus),
    "by-vendor": (charts.by_vendor, models.ByVendor),
    "by-priority": (charts.by_priority, models.ByPriority),
    "first-time-right": (charts.first_time_right, models.FirstTimeRight),
    "estimates": (charts.estimates, models.Estimates),
}


def _question(request: Call, tx: Tx, filters: Filters, asked: Asked) -> Question:
    return Question(tx, request.user, filters, span_of(asked, datetime.now(UTC)))


def _numbers(path: str, make: Make, answer: type[Chart]) -> Any:
    async def numbers(request: Call, tx: Tx, filters: Filters, asked: Asked) -> Chart:
        return await _question(request, tx, filters, asked).answer(make)

    numbers.__annotations__["return"] = answer
    numbers.__name__, numbers.__doc__ = path.replace("-", "_"), answer.__doc__
    return get(f"/{path}", responses=refusals(InvalidFields))(filtered(spanned(numbers)))


def _file(path: str, make: Make) -> Any:
    async def file(
        request: Call,
        tx: Tx,
        filters: Filters,
        asked: Asked,
        format: FromQuery[Format] = Format.CSV,  # noqa: A002
    ) -> Stream:
        chart = await _question(request, tx, filters, asked).answer(make)
        return download(exports.table(path, chart, await told(tx, filters)), format)

    file.__name__ = f"export_{path.replace('-', '_')}"
    file.__doc__ = f"The chart {path} as a file."
    return get(f"/{path}/export", media_type=DOWNLOAD, responses=refusals(InvalidFields))(filtered(spanned(file)))


router = Router(
    "/statistics",
    route_handlers=[
        *(_numbers(path, make, answer) for path, (make, answer) in CHARTS.items()),
        *(_file(path, make) for path, (make, _) in CHARTS.items()),
    ],
    tags=["statistics"],
)
