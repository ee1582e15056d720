"""Everything that matches the filters, as a file: streamed from one snapshot, of any length."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AsyncExitStack, aclosing

from litestar.response import Stream

from simflow.db.pool import Database
from simflow.requests import queries
from simflow.requests.export_columns import columns_of
from simflow.requests.filters import Conditions, Filters, conditions_for_all
from simflow.requests.sorting import Order
from simflow.requests.told import told
from simflow.spreadsheets import Format, Row, Table, answer, parts
from simflow.study.fields import require_in
from simflow.users.models import User

BATCH = 250
NAME = "Requests"


async def export(
    db: Database, filters: Filters, person: User, sort: str, columns: Sequence[str], file_format: Format
) -> Stream:
    """Raises `InvalidFields` for a filter or a field that cannot be taken, and `TooMany`.

    The first part is made before the answer starts, so that a lost database is still told as such. What fails later
    breaks the connection off: no client takes half a file for a whole one.
    """
    Conditions(filters, person)
    content = _content(db, filters, person, sort, columns, file_format)
    first = await anext(content)

    async def whole() -> AsyncIterator[bytes]:
        async with aclosing(content):
            yield first
            async for part in content:
                yield part

    return answer(NAME, whole(), file_format)


async def _content(
    db: Database, filters: Filters, person: User, sort: str, columns: Sequence[str], file_format: Format
) -> AsyncGenerator[bytes, None]:
    """Count and rows are of one snapshot."""
    async with AsyncExitStack() as snapshot:
        tx = await snapshot.enter_async_context(db.snapshot(person))
        chosen = await conditions_for_all(tx, filters, person)
        counts = await queries.count_visible.filled(where=chosen.where).all(tx, **chosen.values)
        about: list[tuple[str, str | int]] = [*await told(tx, filters), ("Rows", sum(row.count for row in counts))]
        order = Order(sort)
        await require_in(tx, sort, columns)
        shown = await columns_of(tx, chosen, filters, columns)
        query = queries.list_visible.filled(columns=queries.COLUMNS, where=chosen.where, order=order.sql)

        async def rows() -> AsyncIterator[list[Row]]:
            async for batch in query.batches(tx, BATCH, **chosen.values, **order.values, limit=None):
                yield await shown.rows(tx, batch)
            # A workbook is sent only now that all is read: that needs no database.
            await snapshot.aclose()

        table = Table(NAME, about, shown.titles, rows())
        async for part in parts(table, file_format):
            yield part
