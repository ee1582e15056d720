"""The timeline: the open work of each engineer laid out over the weeks to come."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from simflow.cursors import pack, unpack
from simflow.db.queries import Connection
from simflow.requests import queries
from simflow.requests.filters import SEE_EVERYTHING, Conditions, Filters, conditions_for_all
from simflow.requests.layout import Slot, Work, lay_out
from simflow.requests.models import Busy, EngineerWork, ScheduledRequest, Timeline, TimelineItem
from simflow.requests.tally import tally
from simflow.requests.workflow import Status
from simflow.users.models import Role, User

OPEN = tuple(map(Status, ("Engineering Review", "Discussion", "In Progress", "On Hold", "Revision Requested")))
"""Work that an engineer has, or will have again."""
ASSIGNED = "r.assigned_to IS NOT NULL AND r.status = ANY(:open::text[])"
OF_CELLS = """SELECT c.person, sum(c.number)::bigint AS matching, NULL::uuid[] AS found
    FROM ({cells}) c WHERE c.person IS NOT NULL GROUP BY c.person HAVING sum(c.number) > 0"""
OF_ROWS = """SELECT r.assigned_to AS person, count(*) AS matching, {found} AS found
    FROM requests r WHERE {where} GROUP BY r.assigned_to"""
OF_LOADS = "SELECT c.person, c.number FROM request_counts c WHERE c.side = 'load'"
"""Of everything that engineers have, some hundred cells instead of tens of thousands."""
LOAD = """(SELECT coalesce(sum(c.number), 0)::bigint FROM request_counts c WHERE c.side = 'load' AND c.person = u.id)"""
READ_AS_SHOWN = 4
"""So many that are only laid out take as long as one that is shown."""


class Span(NamedTuple):
    now: datetime
    start: datetime
    end: datetime


async def timeline(
    tx: Connection, filters: Filters, person: User, weeks: int, limit: int, cursor: str | None, now: datetime
) -> Timeline:
    """Raises `InvalidFields` for a filter or cursor that cannot be taken.

    Everything that an engineer has takes its time, whatever the filters; they choose what is shown. Where the caller
    may not see all that an engineer has, nothing is told of when it will be done. A page ends with a whole engineer.
    """
    after = unpack(cursor, tuple[str, str]) if cursor else ("", "")
    start = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    span = Span(now, start, start + timedelta(weeks=weeks))
    chosen = await conditions_for_all(tx, filters, person)
    rest = sorted((one for one in await _busy(tx, filters, person, chosen) if _place(one) > after), key=_place)
    engineers: list[EngineerWork] = []
    next_cursor = None
    # All that matches of a page's engineers may begin later than is shown.
    while rest and not engineers:
        number = _page(rest, limit)
        engineers = await _laid_out(tx, chosen, rest[:number], span)
        next_cursor = pack(*_place(rest[number - 1])) if rest[number:] else None
        rest = rest[number:]
    return Timeline(span.start, span.end, engineers, next_cursor)


def _place(one: Busy) -> tuple[str, str]:
    return one.name.casefold(), str(one.id)


async def _busy(tx: Connection, filters: Filters, person: User, chosen: Conditions) -> list[Busy]:
    """Who has open work that matches, counted by cells where these tell it."""
    if person.role in SEE_EVERYTHING:
        hours, load = "u.weekly_hours", LOAD
    else:
        # Nobody else sees all that they have. The hours of others are not even readable to a requester.
        hours = "CASE WHEN u.id = :me THEN u.weekly_hours END" if person.role == Role.ENGINEER else "NULL::integer"
        load = "f.matching"
    matching = [status for status in OPEN if status in (filters.status or OPEN)]
    kept = tally(msgspec.structs.replace(filters, status=matching), person, "assigned_to") if matching else None
    values: dict[str, Any] = kept.values if kept else chosen.values
    if person.role in SEE_EVERYTHING and filters == Filters():
        found = OF_CELLS.format(cells=OF_LOADS)
    else:
        found = OF_CELLS.format(cells=kept.sql) if kept else _of_rows(chosen)
    query = queries.list_busy.filled(hours=hours, load=load, found=found)
    return await query.all(tx, **values | {"me": person.id, "open": OPEN})


def _of_rows(chosen: Conditions) -> str:
    where = f"{ASSIGNED} AND {chosen.where}"
    if not chosen.words or chosen.is_told:
        return OF_ROWS.format(found="NULL::uuid[]", where=where)
    # Words are looked for once: with which requests have them.
    return OF_ROWS.format(found="array_agg(r.id)", where=where)


def _page(engineers: Sequence[Busy], limit: int) -> int:
    """How many engineers make a page: at least one."""
    weight = 0.0
    for number, one in enumerate(engineers, 1):
        weight += one.matching + one.open_requests / READ_AS_SHOWN
        if weight >= limit:
            return number
    return len(engineers)


async def _laid_out(tx: Connection, chosen: Conditions, engineers: Sequence[Busy], span: Span) -> list[EngineerWork]:
    works: dict[UUID, list[Work]] = defaultdict(list)
    for work in await queries.list_open.all(tx, open=OPEN, ids=[one.id for one in engineers]):
        works[work.assigned_to].append(work)
    slots: dict[UUID, Slot] = {}
    for one in engineers:
        slots |= lay_out(works[one.id], one.weekly_hours or 0, span.now, span.end)
    shown = await _shown(tx, chosen, engineers, slots)
    rows = [_engineer(one, works[one.id], shown, slots) for one in engineers]
    return [row for row in rows if row.items]


async def _shown(
    tx: Connection, chosen: Conditions, engineers: Sequence[Busy], slots: dict[UUID, Slot]
) -> dict[UUID, ScheduledRequest]:
    ids, where, values = set(slots), chosen.where, chosen.values
    if chosen.is_told:
        where = f"({where}) IS TRUE"
    elif chosen.words:
        # They were looked for already.
        ids &= {one for engineer in engineers for one in engineer.found or ()}
        where, values = "true", {}
    query = queries.list_scheduled.filled(where=where)
    rows = await query.all(tx, **values, laid_out=list(ids))
    # One may have been finished since the other statement.
    return {request.id: request for request in rows if request.status in OPEN}


def _engineer(
    one: Busy, works: list[Work], shown: dict[UUID, ScheduledRequest], slots: dict[UUID, Slot]
) -> EngineerWork:
    in_order = sorted(works, key=lambda work: work.number)
    items = [TimelineItem(shown[work.id], *slots[work.id]) for work in in_order if work.id in shown]
    # What nobody can place comes last.
    items.sort(key=lambda i: (i.start is None, i.start or i.request.created_at, i.end is None, i.end or i.start))
    is_known = one.weekly_hours is not None
    return EngineerWork(
        engineer_id=one.id,
        name=one.name,
        weekly_hours=one.weekly_hours,
        open_requests=len(works) if is_known else None,
        open_hours=sum(work.hours or 0 for work in works) if is_known else None,
        items=items,
    )
