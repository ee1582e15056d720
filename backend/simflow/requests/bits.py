"""What the bits that are kept tell of a search, whatever it finds: counts, pages, and the columns of a board.

Of words, alone or beside filters by what has bits as well; counts of these without words too, for who sees everything.
Every answer is None where bits cannot tell it, or where finding it takes no longer.
"""

from typing import Any

import msgspec

from simflow.db.queries import Connection
from simflow.requests import queries
from simflow.requests.filters import SEE_EVERYTHING, Conditions, Filters
from simflow.requests.models import Listed, Request
from simflow.requests.sorting import After, Order
from simflow.requests.workflow import Person, Status

FACETS = ("status", "vendor", "priority", "study_type")
"""Filters that have bits (`request_facets`), as do nobody for who is assigned, and first time right."""
NOBODY = ["none"]
SHORT = 3
"""Parts of fewer letters are in very many words."""


async def count(tx: Connection, filters: Filters, person: Person, by: str, *, forgiving: bool) -> dict[str, int] | None:
    """By the values of one of `FACETS`."""
    asked = _asked(filters, person, forgiving=forgiving)
    if asked is None or not (asked["patterns"] or person.role in SEE_EVERYTHING):
        return None
    rows = await queries.count_with_words.all(tx, **asked, told_by=by)
    found = {row.value: row.count for row in rows if row.value is not None}
    return found if len(found) == len(rows) else None


async def page(
    tx: Connection, filters: Filters, person: Person, order: Order, after: After | None, limit: int, *, forgiving: bool
) -> list[Listed] | None:
    """A page, and one more."""
    asked = _asked_for_page(filters, person, forgiving=forgiving)
    if asked is None or not (order.is_creation or order.priorities):
        return None
    chosen = Conditions(filters, person)
    if after:
        chosen.go_on(*order.after(after))
    template, place = queries.list_told, _by_creation(order, after)
    if order.priorities:
        template, place = queries.list_told_ranked, _by_priority(order, after)
    query = template.filled(columns=queries.COLUMNS, where=chosen.where, order=order.sql)
    rows = await query.all(tx, **chosen.values, **asked, **place, limit=limit + 1)
    return None if rows and rows[0].id is None else rows


async def columns(
    tx: Connection,
    filters: Filters,
    person: Person,
    order: Order,
    after: After | None,
    wanted: list[Status],
    limit: int,
    *,
    forgiving: bool,
) -> list[Request] | None:
    """The first so many of each status."""
    others = msgspec.structs.replace(filters, status=None)
    asked = _asked_for_page(others, person, forgiving=forgiving)
    if asked is None or not order.priorities:
        return None
    chosen = Conditions(others, person)
    if after:
        chosen.go_on(*order.after(after))
    query = queries.list_told_columns.filled(columns=queries.COLUMNS, where=chosen.where, order=order.sql)
    place = _by_priority(order, after)
    rows = await query.all(tx, **chosen.values, **asked, **place, columns=wanted, limit=limit)
    return None if rows and rows[0].id is None else rows


def _asked(filters: Filters, person: Person, *, forgiving: bool) -> dict[str, Any] | None:
    """What the functions are asked with."""
    facets = {name: held for name in FACETS if (held := getattr(filters, name))}
    if filters.assigned_to == NOBODY:
        facets["assigned_to"] = NOBODY
    if filters.first_time_right is not None:
        facets["first_time_right"] = ["true" if filters.first_time_right else "false"]
    others = Conditions(msgspec.structs.replace(filters, **dict.fromkeys(facets)), person)
    if others.parts or not others.is_kept:
        return None
    patterns, numbers = others.typed(forgiving=forgiving)
    return {
        "patterns": patterns,
        "numbers": numbers,
        "forgiving": forgiving,
        "facets": msgspec.json.encode(facets).decode(),
    }


def _asked_for_page(filters: Filters, person: Person, *, forgiving: bool) -> dict[str, Any] | None:
    """A key is found at once."""
    asked = _asked(filters, person, forgiving=forgiving)
    words = Conditions(filters, person).words
    return None if asked is None or not words or any(asked["numbers"]) or min(map(len, words)) < SHORT else asked


def _by_creation(order: Order, after: After | None) -> dict[str, Any]:
    return {
        "newest": order.direction == "DESC",
        "from_moment": after.value if after else None,
        "from_number": after.number if after else None,
    }


def _by_priority(order: Order, after: After | None) -> dict[str, Any]:
    return {
        "ranked": order.priorities,
        "newest": order.direction == "DESC",
        "from_priority": order.priority_of(after) if after else None,
        "from_number": after.number if after else None,
    }
