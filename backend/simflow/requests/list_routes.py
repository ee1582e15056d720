"""Many requests over HTTP: lists and what else looks at everything that matches the filters."""

from datetime import UTC, datetime
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.params import FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from simflow.errors import InvalidFields, TooMany
from simflow.idempotency.service import IdempotencyKey, once
from simflow.requests import board, bulk, export, grouping, listing, timeline
from simflow.requests.filters import Filters
from simflow.requests.grouping import By, Groups
from simflow.requests.models import (
    AnyColumn,
    Board,
    BulkChange,
    BulkResult,
    ColumnName,
    Counts,
    RequestPage,
    Timeline,
    Vendors,
)
from simflow.requests.sorting import BY_FIELD, SORT, SORT_SCHEMA, Sort
from simflow.spreadsheets import Format
from simflow.study.fields import or_field
from simflow.study.models import FIELD_NAME, FieldName
from simflow.web.call import Call
from simflow.web.injected import Db, Tx
from simflow.web.openapi import DOWNLOAD, a_list_of, refusals
from simflow.web.spread import spread

Columns = Annotated[
    list[AnyColumn] | None,
    QueryParameter(
        max_items=60,
        description="In this order; all without it. `field:payload` is a column of its own for a field; with "
        "`studyType`, `data` is one for each field of these types, else one for all that stands in the fields.",
        schema_extra=a_list_of(or_field(list(ColumnName))),
    ),
]
filtered = spread("filters", Filters)
Limit = Annotated[int, QueryParameter(ge=1, le=200)]
SortBy = Annotated[str, QueryParameter(pattern=SORT, description=BY_FIELD, schema_extra=SORT_SCHEMA)]
FieldNames = Annotated[
    list[FieldName] | None,
    QueryParameter(
        max_items=20,
        description="Fields of the simulation data that each request is to come with, such as `payload`.",
        schema_extra=a_list_of({"type": "string", "pattern": FIELD_NAME}),
    ),
]
Cursor = Annotated[str | None, QueryParameter(max_length=2000)]
ABOUT_SO_MANY = "About so many requests: a page ends with the engineer who makes it as many, or more."


@get("/", responses=refusals(InvalidFields))
@filtered
async def list_requests(
    request: Call,
    tx: Tx,
    filters: Filters,
    sort: SortBy = Sort.CREATED_DOWN,
    limit: Limit = 50,
    cursor: Cursor = None,
    fields: FieldNames = None,
) -> RequestPage:
    """A page of the requests that the caller may see."""
    return await listing.page(tx, filters, request.user, sort, limit, cursor, fields or [])


@get("/counts", responses=refusals(InvalidFields))
@filtered
async def count_requests(request: Call, tx: Tx, filters: Filters) -> Counts:
    """How many requests the caller may see, in all and by status."""
    return await listing.count(tx, filters, request.user)


@get("/groups", responses=refusals(InvalidFields))
@filtered
async def group_requests(request: Call, tx: Tx, filters: Filters, by: FromQuery[By] = By.STATUS) -> Groups:
    """How many requests the caller may see in each group, every one with the query of the list behind it."""
    return await grouping.groups(tx, filters, request.user, by)


@get("/vendors", responses=refusals())
async def list_vendors(request: Call, tx: Tx) -> Vendors:
    """The vendors of the requests that the caller may see, the commonest first."""
    return Vendors(await listing.vendors(tx, request.user))


@get("/board", responses=refusals(InvalidFields))
@filtered
async def show_board(
    request: Call,
    tx: Tx,
    filters: Filters,
    sort: FromQuery[Sort] = Sort.PRIORITY_DOWN,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Board:
    """The requests that the caller may see by status, all of them counted, the first `limit` of each as cards.

    With exactly one `status` and the `nextCursor` of its column, the column goes on.
    """
    return await board.columns(tx, filters, request.user, sort, limit, cursor)


@post("/bulk", status_code=200, responses=refusals(body=True))
async def change_requests(
    data: JSONBody[BulkChange], request: Call, tx: Tx, idempotency_key: IdempotencyKey = None
) -> Response[BulkResult]:
    """Moves, assigns or prioritises many requests. Each stands alone: one that is refused leaves the rest done."""

    async def change() -> Response[BulkResult]:
        return Response(await bulk.change(tx, request.user, data), status_code=200)

    return await once(tx, request, idempotency_key, change)


@get("/export", media_type=DOWNLOAD, responses=refusals(InvalidFields, TooMany))
@filtered
async def export_requests(
    request: Call,
    db: Db,
    filters: Filters,
    sort: SortBy = Sort.CREATED_DOWN,
    columns: Columns = None,
    format: FromQuery[Format] = Format.CSV,  # noqa: A002  (its name on the wire)
) -> Stream:
    """Every request that matches and that the caller may see, as a file; the filters and the count are in it too."""
    return await export.export(db, filters, request.user, sort, columns or list(ColumnName), format)


@get("/timeline", responses=refusals(InvalidFields))
@filtered
async def show_timeline(
    request: Call,
    tx: Tx,
    filters: Filters,
    weeks: Annotated[int, QueryParameter(ge=1, le=52)] = 12,
    limit: Annotated[int, QueryParameter(ge=1, le=2000, description=ABOUT_SO_MANY)] = 200,
    cursor: Cursor = None,
) -> Timeline:
    """The open work of each engineer that matches, laid out by estimates and weekly hours.

    In pages of whole engineers, by name.
    """
    return await timeline.timeline(tx, filters, request.user, weeks, limit, cursor, datetime.now(UTC))


handlers: list[Any] = [
    list_requests,
    count_requests,
    group_requests,
    list_vendors,
    show_board,
    change_requests,
    export_requests,
    show_timeline,
]
