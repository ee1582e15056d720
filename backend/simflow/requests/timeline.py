"""The timeline: the open work of each engineer laid out over the weeks to come."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from simflow.db.queries import Connection
from simflow.requests import queries
from simflow.requests.filters import Filters, conditions
from simflow.requests.layout import Slot, Work, lay_out
from simflow.requests.models import Capacity, EngineerWork, OpenWork, Request, Timeline, TimelineItem
from simflow.requests.workflow import Status
from simflow.users.models import Role, User

OPEN = tuple(map(Status, ("Engineering Review", "Discussion", "In Progress", "On Hold", "Revision Requested")))
"""Work that an engineer has, or will have again."""
SEE_EVERYTHING = {Role.MANAGER, Role.ADMIN}
ASSIGNED = "r.assigned_to IS NOT NULL AND r.status = ANY(:open::text[])"


async def timeline(tx: Connection, filters: Filters, person: User, weeks: int, now: datetime) -> Timeline:
    """Raises `InvalidFields` for a filter that cannot be taken.

    Everything that an engineer has takes its time, whatever the filters; they choose what is shown. Where the caller
    may not see all that an engineer has, nothing is told of when it will be done.
    """
    start = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    end = start + timedelta(weeks=weeks)
    every = await queries.list_open.all(tx, open=OPEN)
    by_engineer: dict[UUID, list[OpenWork]] = defaultdict(list)
    for work in every:
        by_engineer[work.assigned_to].append(work)
    known = [one for one in by_engineer if person.role in SEE_EVERYTHING or one == person.id]
    capacities = {c.id: c for c in await queries.list_capacities.all(tx, ids=known)} if known else {}
    slots: dict[UUID, Slot] = {}
    for one, works in by_engineer.items():
        hours = capacities[one].weekly_hours if one in capacities else 0
        slots |= lay_out([_work(work) for work in works], hours, now, end)
    shown = await _shown(tx, filters, person, list(slots))
    engineers = [
        _engineer(requests, capacities.get(one), by_engineer[one], slots) for one, requests in _grouped(shown).items()
    ]
    return Timeline(start, end, sorted(engineers, key=lambda e: (e.name.casefold(), str(e.engineer_id))))


async def _shown(tx: Connection, filters: Filters, person: User, ids: Sequence[UUID]) -> list[Request]:
    chosen, _ = await conditions(tx, filters, person)
    where = f"r.id = ANY(:laid_out::uuid[]) AND {ASSIGNED} AND {chosen.where}"
    query = queries.list_visible.filled(columns=queries.COLUMNS, where=where, order="r.number")
    return list(await query.all(tx, **chosen.values, laid_out=ids, open=OPEN, limit=None))


def _grouped(requests: list[Request]) -> dict[UUID, list[Request]]:
    by_engineer: dict[UUID, list[Request]] = defaultdict(list)
    for request in requests:
        if request.assigned_to is not None:
            by_engineer[request.assigned_to].append(request)
    return by_engineer


def _engineer(
    requests: list[Request], capacity: Capacity | None, works: list[OpenWork], slots: dict[UUID, Slot]
) -> EngineerWork:
    items = [TimelineItem(request, *slots[request.id]) for request in requests]
    # What nobody can place comes last.
    items.sort(key=lambda i: (i.start is None, i.start or i.request.created_at, i.end is None, i.end or i.start))
    first = requests[0]
    assert first.assigned_to is not None  # noqa: S101
    return EngineerWork(
        engineer_id=first.assigned_to,
        name=capacity.name if capacity else first.assigned_to_name or "",
        weekly_hours=capacity.weekly_hours if capacity else None,
        open_requests=len(works) if capacity else None,
        open_hours=sum(work.estimated_hours or 0 for work in works) if capacity else None,
        items=items,
    )


def _work(work: OpenWork) -> Work:
    started = work.started_at if work.status == Status.IN_PROGRESS else None
    return Work(
        work.id, work.number, work.priority_rank, work.created_at, started, work.estimated_hours, work.stopped_for
    )
