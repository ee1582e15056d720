"""Pages and counts of the requests that match the filters."""

from collections.abc import Sequence

from simflow.db.queries import Connection
from simflow.requests import bits, queries
from simflow.requests.filters import (
    FEW_THEN,
    FEW_VALUES,
    MANY_VALUES,
    SEE_EVERYTHING,
    Conditions,
    Filters,
    conditions,
    conditions_for_all,
    share_of,
)
from simflow.requests.models import Counts, Listed, RequestPage, StatusCount, VendorCount
from simflow.requests.moments import AMONG_ALL
from simflow.requests.sorting import FIELD_AMOUNT, FIELD_TEXT, FIELD_VALUE, After, Order
from simflow.requests.tally import tally
from simflow.requests.workflow import Person, Status
from simflow.study.fields import require, values_of
from simflow.study.models import FieldName

WINDOW = 5000
"""So many requests are looked through one by one before the words of all are asked for."""
SAMPLE, NEXT = 64, 1000
"""Where no estimate tells, so many of the next tell whether to look on; who sees less looks through so many."""


async def page(
    tx: Connection,
    filters: Filters,
    person: Person,
    sort: str,
    limit: int,
    cursor: str | None,
    fields: Sequence[FieldName] = (),
) -> RequestPage:
    """With what the requests have in these fields. Raises `InvalidFields` for what cannot be taken.

    The page continues after the row that the cursor names by its sort values, so rows that come or go meanwhile make
    no other row appear twice or not at all.
    """
    found = await _found(tx, filters, person, sort, limit, cursor)
    if fields:
        await _add_values(tx, found.requests, fields)
    return found


async def _add_values(tx: Connection, requests: list[Listed], names: Sequence[FieldName]) -> None:
    """A name of which nothing stands there is looked up: perhaps no form has it."""
    values = await values_of(tx, [request.id for request in requests], names)
    if unseen := set(names).difference(*values.values()):
        await require(tx, "fields", sorted(unseen))
    for request in requests:
        request.values = {name: row.plain() for name, row in values[request.id].items()}


async def _found(
    tx: Connection, filters: Filters, person: Person, sort: str, limit: int, cursor: str | None
) -> RequestPage:
    order = Order(sort)
    after = order.read(cursor)
    forgiving = after is not None and after.forgiving
    found = await _page(tx, filters, person, order, after, limit, forgiving=forgiving)
    # Typos are forgiven once nothing is spelt just so.
    if found.requests or after or not Conditions(filters, person).words:
        return found
    return await _page(tx, filters, person, order, None, limit, forgiving=True)


async def _page(
    tx: Connection, filters: Filters, person: Person, order: Order, after: After | None, limit: int, *, forgiving: bool
) -> RequestPage:
    if (rows := await bits.page(tx, filters, person, order, after, limit, forgiving=forgiving)) is not None:
        more = len(rows) > limit
        return RequestPage(rows[:limit], order.cursor(rows[limit - 1], forgiving=forgiving) if more else None)
    if (rows := await _near(tx, filters, person, order, after, limit, forgiving=forgiving)) is not None:
        return RequestPage(rows[:limit], order.cursor(rows[limit - 1], forgiving=forgiving))
    if order.field:
        chosen = await conditions_for_all(tx, filters, person, forgiving=forgiving)
        return await _by_field(tx, chosen, person, order, after, limit, forgiving=forgiving)
    chosen, _ = await conditions(tx, filters, person, forgiving=forgiving)
    if person.role in SEE_EVERYTHING:
        await _find_once(tx, chosen, filters)
    if after:
        chosen.go_on(*order.after(after))
    if filters.status_before and order.is_creation:
        # Nothing has a status from before it was made: the walk down the list begins there. A count reads one index.
        chosen.go_on("r.created_at < :status_before", {})
    query = queries.list_visible.filled(columns=queries.COLUMNS, where=chosen.where, order=order.sql)
    rows = await query.all(tx, **chosen.values, limit=limit + 1)
    more = len(rows) > limit
    return RequestPage(rows[:limit], order.cursor(rows[limit - 1], forgiving=forgiving) if more else None)


async def _find_once(tx: Connection, chosen: Conditions, filters: Filters) -> None:
    """Where looking up each that matches takes long, and a walk down the list asks many in vain."""
    if filters.status_then:
        then = queries.count_then.filled(moments=AMONG_ALL)
        if await then.one(tx, **chosen.values, few=FEW_THEN) <= FEW_THEN:
            chosen.find_few_then()
    if chosen.of_values and len(chosen.parts) == 1:
        values = queries.count_values.filled(values=chosen.of_values)
        if FEW_VALUES < await values.one(tx, **chosen.values, most=MANY_VALUES + 1) <= MANY_VALUES:
            chosen.find_by_values()


async def _by_field(
    tx: Connection,
    chosen: Conditions,
    person: Person,
    order: Order,
    after: After | None,
    limit: int,
    *,
    forgiving: bool,
) -> RequestPage:
    """Where a page ends, the statement that ordered it says: asked later, the value may have become another.

    Values come first: only a first page without one can be of a field that there is not.
    """
    if person.role in SEE_EVERYTHING:
        valued, rest, values = order.apart(after)
        query = queries.list_places_apart.filled(
            value=FIELD_VALUE,
            amount=FIELD_AMOUNT,
            text=FIELD_TEXT,
            valued=valued,
            rest=rest,
            where=chosen.where,
            direction=order.direction,
        )
        chosen.values |= values
    else:
        if after:
            chosen.go_on(*order.after(after))
        query = queries.list_places.filled(value=order.expression, where=chosen.where, order=order.sql)
    places = await query.all(tx, **chosen.values, **order.values, limit=limit + 1)
    if after is None and order.field and (not places or places[0].value is None):
        await require(tx, "sort", [order.field])
    ids = [place.id for place in places[:limit]]
    found = {row.id: row for row in await queries.list_by_id.all(tx, ids=ids)}
    last = places[limit - 1] if len(places) > limit else None
    cursor = order.cursor_at(last.value, last.number, forgiving=forgiving) if last else None
    return RequestPage([found[one] for one in ids if one in found], cursor)


async def _near(
    tx: Connection, filters: Filters, person: Person, order: Order, after: After | None, limit: int, *, forgiving: bool
) -> list[Listed] | None:
    """A whole page, and one more, of words that are found soon; None where that takes the words of all requests.

    Those must find everything before they can tell what comes first: for frequent words that is a hundred times more.
    """
    chosen = Conditions(filters, person)
    if not chosen.words or not order.indexed:
        return None
    sees_everything = person.role in SEE_EVERYTHING
    if not sees_everything:
        # Other orders have no index of what somebody sees who sees less.
        is_likely = order.is_creation and not forgiving
    else:
        is_likely = chosen.is_kept if forgiving else await _is_frequent(tx, chosen, limit)
    if not is_likely:
        return None
    if after:
        chosen.go_on(*order.after(after))
    among = chosen.where
    chosen.search(forgiving=forgiving, one_by_one="words" if forgiving else "texts")
    places = {"among": among, "where": chosen.where, "order": order.sql}
    window = WINDOW if sees_everything else NEXT
    # How frequent a word is among all requests, they are not told, and nobody how frequent what is spelt alike.
    if forgiving or not sees_everything:
        hits = await queries.count_near.filled(**places).one(tx, **chosen.values, window=SAMPLE)
        if hits * window < 1.5 * limit * SAMPLE:
            return None
    query = queries.list_near.filled(columns=queries.COLUMNS, **places)
    rows = await query.all(tx, **chosen.values, window=window, limit=limit + 1)
    return rows if len(rows) > limit else None


async def _is_frequent(tx: Connection, chosen: Conditions, limit: int) -> bool:
    """Whether the words promise a page among the next ones; for who sees everything."""
    return await share_of(tx, chosen.words) * WINDOW > limit


async def count(tx: Connection, filters: Filters, person: Person) -> Counts:
    """Raises `InvalidFields` for a filter that cannot be taken."""
    return (await count_found(tx, filters, person))[0]


async def count_found(
    tx: Connection, filters: Filters, person: Person, *, forgiving: bool | None = None
) -> tuple[Counts, bool]:
    """With whether the search forgives typos: it does once it counts nothing else. Raises as `count` does."""
    words = Conditions(filters, person).words
    rows = await _counted(tx, filters, person, forgiving=bool(forgiving))
    if not rows and words and forgiving is None:
        return await count_found(tx, filters, person, forgiving=True)
    found = {row.status: row.count for row in rows}
    by_status = {status.value: found.get(status, 0) for status in Status}
    return Counts(sum(by_status.values()), by_status), bool(forgiving)


async def _counted(tx: Connection, filters: Filters, person: Person, *, forgiving: bool) -> list[StatusCount]:
    if (kept := tally(filters, person)) is not None:
        return await queries.count_cells.filled(cells=kept.sql).all(tx, **kept.values)
    if (told := await bits.count(tx, filters, person, "status", forgiving=forgiving)) is not None:
        return [StatusCount(Status(value), number) for value, number in told.items()]
    chosen = await conditions_for_all(tx, filters, person, forgiving=forgiving)
    return await queries.count_visible.filled(where=chosen.where).all(tx, **chosen.values)


async def vendors(tx: Connection, person: Person) -> list[VendorCount]:
    kept = tally(Filters(), person)
    assert kept is not None, "nothing is filtered"  # noqa: S101
    return await queries.count_vendors.filled(cells=kept.sql).all(tx, **kept.values)
