"""Pages and counts of the requests that match the filters."""

from simflow.db.queries import Connection
from simflow.requests import queries
from simflow.requests.filters import Conditions, Filters, conditions
from simflow.requests.models import Counts, RequestPage, VendorCount
from simflow.requests.sorting import Order, Sort
from simflow.requests.tally import tally
from simflow.requests.workflow import Person, Status


async def page(
    tx: Connection, filters: Filters, person: Person, sort: Sort, limit: int, cursor: str | None
) -> RequestPage:
    """Raises `InvalidFields` for a filter or cursor that cannot be taken.

    The page continues after the row that the cursor names by its sort values, so rows that come or go meanwhile make
    no other row appear twice or not at all.
    """
    order = Order(sort)
    after = order.read(cursor)
    chosen, forgiving = await conditions(
        tx, filters, person, forgiving=after.forgiving if after else None, first_few=order.indexed
    )
    if after:
        chosen.go_on(*order.after(after))
    query = queries.list_visible.filled(columns=queries.COLUMNS, where=chosen.where, order=order.sql)
    rows = await query.all(tx, **chosen.values, limit=limit + 1)
    more = len(rows) > limit
    return RequestPage(rows[:limit], order.cursor(rows[limit - 1], forgiving=forgiving) if more else None)


async def count(tx: Connection, filters: Filters, person: Person, chosen: Conditions | None = None) -> Counts:
    """`chosen` is what the filters came to, where that is known already.

    Raises `InvalidFields` for a filter that cannot be taken.
    """
    if (kept := tally(filters, person)) is not None:
        rows = await queries.count_cells.filled(cells=kept.sql).all(tx, **kept.values)
    else:
        chosen = chosen or (await conditions(tx, filters, person))[0]
        rows = await queries.count_visible.filled(where=chosen.where).all(tx, **chosen.values)
    found = {row.status: row.count for row in rows}
    by_status = {status.value: found.get(status, 0) for status in Status}
    return Counts(sum(by_status.values()), by_status)


async def vendors(tx: Connection, person: Person) -> list[VendorCount]:
    kept = tally(Filters(), person)
    assert kept is not None, "nothing is filtered"  # noqa: S101
    return await queries.count_vendors.filled(cells=kept.sql).all(tx, **kept.values)
