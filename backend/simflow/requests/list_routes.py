"""Many requests over HTTP: lists and what else looks at everything that matches the filters."""

from typing import Annotated, Any

from litestar import get
from litestar.params import FromQuery, QueryParameter

from simflow.errors import InvalidFields
from simflow.requests import grouping, listing, queries
from simflow.requests.filters import Filters
from simflow.requests.grouping import By, Groups
from simflow.requests.listing import Sort
from simflow.requests.models import Counts, RequestPage, Vendors
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals
from simflow.web.spread import spread

filtered = spread("filters", Filters)
Cursor = Annotated[str | None, QueryParameter(max_length=2000)]


@get("/", responses=refusals(InvalidFields))
@filtered
async def list_requests(
    request: Call,
    tx: Tx,
    filters: Filters,
    sort: FromQuery[Sort] = Sort.CREATED_DOWN,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    cursor: Cursor = None,
) -> RequestPage:
    """A page of the requests that the caller may see."""
    return await listing.page(tx, filters, request.user, sort, limit, cursor)


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
async def list_vendors(tx: Tx) -> Vendors:
    """The vendors of the requests that the caller may see, the commonest first."""
    return Vendors(await queries.count_vendors.all(tx))


handlers: list[Any] = [list_requests, count_requests, group_requests, list_vendors]
