"""What is matched, in groups: exact counts over everything that the person may see, each with the list behind it."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from simflow.db.queries import Connection
from simflow.requests import bits, queries
from simflow.requests.filters import Filters, conditions_for_all
from simflow.requests.models import GroupRow, Priority
from simflow.requests.tally import tally
from simflow.requests.workflow import Person, Status

NOBODY = "none"
UNASSIGNED = "Unassigned"


class By(StrEnum):
    STATUS = "status"
    PRIORITY = "priority"
    VENDOR = "vendor"
    ASSIGNED_TO = "assignedTo"
    CREATED_BY = "createdBy"


class Group(Struct):
    """`value` is what the filter takes; `filters` is the query of the list of exactly these requests."""

    value: str
    label: str
    count: int
    filters: Filters


class Groups(Struct):
    """Only groups that have something in them."""

    groups: list[Group]


class Grouping(NamedTuple):
    """The column, which is also the filter that a group narrows; the column with its name; what orders the groups."""

    column: str
    label: str
    order: Callable[[GroupRow], Any]


def _by_label(row: GroupRow) -> Any:
    """Alphabetically, whatever the case; nobody comes last."""
    return row.value is None, (row.label or "").casefold(), row.label or "", row.value or ""


STATUSES, PRIORITIES = list(Status), list(reversed(Priority))
GROUPINGS = {
    By.STATUS: Grouping("status", "status", lambda row: STATUSES.index(Status(row.value or ""))),
    By.PRIORITY: Grouping("priority", "priority", lambda row: PRIORITIES.index(Priority(row.value or ""))),
    By.VENDOR: Grouping("vendor", "vendor", _by_label),
    By.ASSIGNED_TO: Grouping("assigned_to", "assigned_to_name", _by_label),
    By.CREATED_BY: Grouping("created_by", "created_by_name", _by_label),
}


async def groups(tx: Connection, filters: Filters, person: Person, by: By) -> Groups:
    """Raises `InvalidFields` for a filter that cannot be taken."""
    grouping = GROUPINGS[by]
    rows = await _kept(tx, filters, person, grouping)
    if rows is None:
        rows = await _told(tx, filters, person, grouping.column)
    if rows is None:
        rows = await _counted(tx, filters, person, grouping)
    return Groups([_group(row, grouping.column, filters) for row in sorted(rows, key=grouping.order)])


async def _kept(tx: Connection, filters: Filters, person: Person, grouping: Grouping) -> list[GroupRow] | None:
    """From the counts that are kept; None where they do not tell it."""
    side = grouping.column if grouping.column != grouping.label else None
    kept = tally(filters, person, side)
    if kept is None:
        return None
    query = queries.group_cells if side is None else queries.group_people
    return await query.filled(column=grouping.column, label=grouping.label, cells=kept.sql).all(tx, **kept.values)


async def _told(tx: Connection, filters: Filters, person: Person, column: str) -> list[GroupRow] | None:
    """Of a search, from the bits that are kept; typos are forgiven once nothing is spelt just so."""
    if column not in bits.FACETS:
        return None
    found = await bits.count(tx, filters, person, column, forgiving=False)
    if not found and found is not None:
        found = await bits.count(tx, filters, person, column, forgiving=True)
    return None if found is None else [GroupRow(value, value, number) for value, number in found.items()]


async def _counted(tx: Connection, filters: Filters, person: Person, grouping: Grouping) -> list[GroupRow]:
    chosen = await conditions_for_all(tx, filters, person)
    query = queries.group_by_column.filled(column=grouping.column, label=grouping.label, where=chosen.where)
    return await query.all(tx, **chosen.values)


def _group(row: GroupRow, field: str, filters: Filters) -> Group:
    value = NOBODY if row.value is None else row.value
    # A group lies within what was asked for, so its own value takes the place of those that were asked for.
    narrowed = msgspec.structs.replace(filters, **{field: [value]})
    return Group(value, row.label or UNASSIGNED, row.count, narrowed)
