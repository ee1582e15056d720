"""The columns of an export: properties of requests, and fields of their simulation data."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from simflow.db.queries import Connection
from simflow.requests import queries
from simflow.requests.filters import Conditions, Filters
from simflow.requests.models import ColumnName, Request
from simflow.spreadsheets.cells import Cell, Row
from simflow.study import fields, units
from simflow.study import queries as study_queries
from simflow.study.fields import COLUMN, Values
from simflow.study.models import Field, ValueRow

DATA = ColumnName.DATA
PROPERTIES: dict[str, tuple[str, Callable[[Request], Any]]] = {
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


class Read(NamedTuple):
    """What was read beside the requests: the values of the fields that are columns, and all data in one line."""

    values: Values
    lines: dict[UUID, str]


class Column(NamedTuple):
    title: str
    cell: Callable[[Request, Read], Cell]


class Columns:
    """The columns in their order."""

    def __init__(self, columns: list[Column], names: list[str], *, has_lines: bool) -> None:
        """`names` are the fields that have a column of their own."""
        self._columns, self._names, self._has_lines = columns, names, has_lines
        self.titles = [column.title for column in columns]

    async def rows(self, tx: Connection, batch: Sequence[Request]) -> list[Row]:
        """Asks once for all of them."""
        ids = [request.id for request in batch]
        values = await fields.values_of(tx, ids, self._names) if self._names else {}
        told = await study_queries.tell_values.all(tx, ids=ids) if self._has_lines else []
        read = Read(values, {row.request_id: row.data for row in told})
        return [[column.cell(request, read) for column in self._columns] for request in batch]


async def columns_of(tx: Connection, chosen: Conditions, filters: Filters, wanted: Sequence[str]) -> Columns:
    """Where types of study are filtered, `data` becomes a column for each of their fields.

    Fields that their forms no longer have come too, where anything stands in them. All fields are known.
    """
    spreads = DATA in wanted and bool(filters.study_type)
    own = [name.removeprefix(COLUMN) for name in wanted if name.startswith(COLUMN)]
    if not own and not spreads:
        return Columns([_property(name) for name in wanted], [], has_lines=DATA in wanted)
    there = await fields.fields(tx, filters.study_type or ())
    if spreads:
        found = await queries.list_fields_of.filled(where=chosen.where).all(tx, **chosen.values)
        spread = [f"{COLUMN}{name}" for name in dict.fromkeys([*there.present, *found]) if name not in own]
        at = wanted.index(DATA)
        wanted = [*wanted[:at], *spread, *wanted[at + 1 :]]
    columns = [_field(there.known[_name(one)]) if one.startswith(COLUMN) else _property(one) for one in wanted]
    # Whoever reads the file by its titles needs each of them once.
    times = Counter(column.title for column in columns)
    columns = [
        column._replace(title=f"{column.title} [{_name(one)}]") if times[column.title] > 1 else column
        for one, column in zip(wanted, columns, strict=True)
    ]
    return Columns(columns, [_name(one) for one in wanted if one.startswith(COLUMN)], has_lines=False)


def _name(column: str) -> str:
    return column.removeprefix(COLUMN)


def _property(name: str) -> Column:
    if name == DATA:
        return Column("Simulation data", lambda request, read: read.lines.get(request.id))
    title, value = PROPERTIES[name]
    return Column(title, lambda request, _: value(request))


def _field(field: Field) -> Column:
    title = f"{field.label} ({field.unit})" if field.unit else field.label
    return Column(title, lambda request, read: _cell(read.values[request.id].get(field.name), field.unit))


def _cell(row: ValueRow | None, unit: str | None) -> Cell:
    """A number in the unit of the column's title; as people read it where it cannot be told in that."""
    if row is None:
        return None
    if row.entered is None:
        return row.date_value or row.text_value
    number = row.entered
    if row.unit != unit:
        try:
            number = float(units.number(units.convert(number, row.unit or "", unit or "")))
        except ValueError:
            return row.told()
    return int(number) if number.is_integer() else number
