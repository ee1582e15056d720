"""Everything that matches the filters, as a file: streamed from one snapshot, of any length."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from typing import Any
from uuid import UUID

from litestar.response import Stream

from simflow.db.pool import Database
from simflow.db.queries import Connection
from simflow.requests import queries
from simflow.requests.filters import Conditions, Filters, conditions
from simflow.requests.models import ColumnName, Request
from simflow.requests.sorting import Order
from simflow.requests.told import told
from simflow.spreadsheets import Format, Row, Table, answer, parts
from simflow.study import queries as study_queries
from simflow.users.models import User

BATCH = 250
COLUMNS: dict[ColumnName, tuple[str, Callable[[Request], Any]]] = {
    ColumnName.KEY: ("Key", lambda r: r.key),
    ColumnName.TITLE: ("Title", lambda r: r.title),
    ColumnName.DESCRIPTION: ("Description", lambda r: r.description),
    ColumnName.STATUS: ("Status", lambda r: r.status),
    ColumnName.WAITS_FOR: ("Waits for", lambda r: r.waits_for),
    ColumnName.PRIORITY: ("Priority", lambda r: r.priority),
    ColumnName.VENDOR: ("Vendor", lambda r: r.vendor),
    ColumnName.CREATED_BY: ("Requester", lambda r: r.created_by_name),
    ColumnName.ASSIGNED_TO: ("Engineer", lambda r: r.assigned_to_name),
    ColumnName.ESTIMATED_HOURS: ("Estimated hours", lambda r: r.estimated_hours),
    ColumnName.REVISIONS: ("Revisions", lambda r: r.revisions),
    ColumnName.DUE_DATE: ("Due", lambda r: r.due_date),
    ColumnName.TAGS: ("Tags", lambda r: ", ".join(r.tags)),
    ColumnName.STUDY_TYPE: ("Type of study", lambda r: r.study_type),
    ColumnName.STATUS_SINCE: ("In status since", lambda r: r.status_since),
    ColumnName.STARTED_AT: ("Started", lambda r: r.started_at),
    ColumnName.COMPLETED_AT: ("Completed", lambda r: r.completed_at),
    ColumnName.CREATED_AT: ("Created", lambda r: r.created_at),
    ColumnName.UPDATED_AT: ("Updated", lambda r: r.updated_at),
}


NAME = "Requests"
DATA_TITLE = "Simulation data"


async def export(
    db: Database, filters: Filters, person: User, sort: str, columns: Sequence[ColumnName], file_format: Format
) -> Stream:
    """Raises `InvalidFields` for a filter that cannot be taken, and `TooMany`.

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
    db: Database, filters: Filters, person: User, sort: str, columns: Sequence[ColumnName], file_format: Format
) -> AsyncGenerator[bytes, None]:
    """Count and rows are of one snapshot."""
    async with AsyncExitStack() as snapshot:
        tx = await snapshot.enter_async_context(db.snapshot(person))
        chosen, _ = await conditions(tx, filters, person)
        counts = await queries.count_visible.filled(where=chosen.where).all(tx, **chosen.values)
        about: list[tuple[str, str | int]] = [*await told(tx, filters), ("Rows", sum(row.count for row in counts))]
        order = Order(sort)
        query = queries.list_visible.filled(columns=queries.COLUMNS, where=chosen.where, order=order.sql)

        async def rows() -> AsyncIterator[list[Row]]:
            async for batch in query.batches(tx, BATCH, **chosen.values, **order.values, limit=None):
                data = await _data(tx, batch) if ColumnName.DATA in columns else {}
                yield [[_cell(name, request, data) for name in columns] for request in batch]
            # A workbook is sent only now that all is read: that needs no database.
            await snapshot.aclose()

        titles = [DATA_TITLE if name == ColumnName.DATA else COLUMNS[name][0] for name in columns]
        table = Table(NAME, about, titles, rows())
        async for part in parts(table, file_format):
            yield part


def _cell(name: ColumnName, request: Request, data: dict[UUID, str]) -> Any:
    return data.get(request.id) if name == ColumnName.DATA else COLUMNS[name][1](request)


async def _data(tx: Connection, batch: Sequence[Request]) -> dict[UUID, str]:
    """What was said about the studies of these requests."""
    rows = await study_queries.tell_values.all(tx, ids=[request.id for request in batch])
    return {row.request_id: row.data for row in rows}
