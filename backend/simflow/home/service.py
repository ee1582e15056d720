"""Puts a person's home together. Every figure is counted by the condition of the list behind it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from simflow.db.pool import planned_once
from simflow.db.queries import Connection
from simflow.db.revision import head_revision
from simflow.home import queries
from simflow.home.models import Check, Figures, Home, Load, Team
from simflow.requests import listing
from simflow.requests.filters import SEE_EVERYTHING, Conditions, Filters, Hands
from simflow.requests.moments import AMONG_ALL
from simflow.requests.reasons import REASONS
from simflow.requests.tally import tally
from simflow.requests.workflow import CLOCK_RUNS, OPEN, WORKED_ON, Status
from simflow.statistics.narrowing import Figure
from simflow.users.models import Role, User
from simflow.version import VERSION

LATELY = timedelta(days=7)
HEAVIEST = 30
"""Engineers whose load is told unasked."""
KEPT = "(SELECT coalesce(sum(c.number), 0)::bigint FROM ({cells}) c)"
ROWS = "(SELECT count(*) FROM requests r WHERE {where})"
KEPT_SINCE = """((
    SELECT coalesce(sum(m.number), 0)::bigint FROM {moments} m
    WHERE m.what = '{what}' AND m.at >= next_half_hour(:{since})
) + (
    SELECT count(*) FROM requests r WHERE {where} AND r.{column} < next_half_hour(:{since})
))"""
"""The half hours that lie whole in the span, and one by one what comes before the first of them."""
MOVED = "r.status = ANY(:clock_runs::text[]) AND r.status_since >= :status_before"
NOT_TOLD = "NULL::bigint"
FOR_MANAGERS = ("unassigned", "inbox")


async def home(tx: Connection, person: User, stuck_days: int, *, whole_load: bool = False) -> Home:
    if person.role == Role.USER:
        # Those are quicker planned for who it is: nearly nothing is assigned to them.
        return await _home(tx, person, stuck_days, whole_load=whole_load)
    async with planned_once(tx):
        return await _home(tx, person, stuck_days, whole_load=whole_load)


async def _home(tx: Connection, person: User, stuck_days: int, *, whole_load: bool) -> Home:
    manages = person.role in (Role.MANAGER, Role.ADMIN)
    counts = await listing.count(tx, Filters(), person)
    by_status = {status: Figure(n, Filters(status=[Status(status)])) for status, n in counts.by_status.items()}
    figures = await _figures(tx, person, stuck_days, manages=manages)
    load, engineers = None, None
    if manages or person.role == Role.ENGINEER:
        load, engineers = await _load(tx, None if manages else person.id, None if whole_load else HEAVIEST)
    return Home(
        figures,
        by_status,
        load,
        engineers,
        await _team(tx) if person.role == Role.ADMIN else None,
    )


async def _figures(tx: Connection, person: User, stuck_days: int, *, manages: bool) -> Figures:
    now, still_open = datetime.now(UTC), list(OPEN)
    moved_before = now - timedelta(days=stuck_days)
    lists = {
        "waiting_for_me": Filters(waits_for=[Hands.ME]),
        "mine": Filters(status=still_open, created_by=["me"]),
        "unassigned": Filters(status=still_open, assigned_to=["none"]),
        "inbox": Filters(waits_for=[Hands.MANAGER]),
        "stuck": Filters(status=list(CLOCK_RUNS), status_before=moved_before),
        "open": Filters(status=still_open),
        "completed_lately": Filters(completed_from=now - LATELY),
    }
    # What is stuck is what might be, less what moved lately.
    counted = lists | {"stuck": Filters(status=list(CLOCK_RUNS))}
    values: dict[str, Any] = {"clock_runs": list(CLOCK_RUNS), "status_before": moved_before}
    untold = () if manages else FOR_MANAGERS
    places = {name: _counted(name, filters, person, values) for name, filters in counted.items() if name not in untold}
    if manages:
        moved = {"what": "moved", "since": "status_before", "where": MOVED, "column": "status_since"}
        where = Conditions(lists["completed_lately"], person).where
        completed = {"what": "finished", "since": "completed_from", "where": where, "column": "completed_at"}
        places |= {
            "moved": KEPT_SINCE.format(moments=AMONG_ALL, **moved),
            "completed_lately": KEPT_SINCE.format(moments=AMONG_ALL, **completed),
        }
    else:
        places["moved"] = _rows(MOVED, person)
    row = await queries.count_figures.filled(**dict.fromkeys(untold, NOT_TOLD), **places).one(tx, **values)
    figures: dict[str, Any] = dict.fromkeys(untold)
    figures |= {name: Figure(getattr(row, name), filters) for name, filters in lists.items() if name not in untold}
    return Figures(**figures)


def _counted(name: str, filters: Filters, person: User, values: dict[str, Any]) -> str:
    """The number as SQL, from the counts that are kept where those tell it; what is bound in it goes into `values`."""
    if (kept := tally(filters, person, prefix=f"{name}_")) is not None:
        values |= kept.values
        return KEPT.format(cells=kept.sql)
    chosen = Conditions(filters, person)
    # Those that share a name share the value: open statuses, and those that wait for a manager.
    values |= chosen.values
    return _rows(chosen.where, person)


def _rows(where: str, person: User) -> str:
    """Row by row. For who sees less, each reason to see a request apart, since only then an index finds by it."""
    if person.role in SEE_EVERYTHING:
        return ROWS.format(where=where)
    parts = (ROWS.format(where=f"{reason} AND {where}") for reason in REASONS[person.role])
    return f"({' + '.join(parts)})"


async def _load(tx: Connection, engineer_id: UUID | None, limit: int | None) -> tuple[list[Load], int]:
    """Of one engineer, or of those with the most work; and how many there are."""
    rows = await queries.list_load.all(tx, engineer_id=engineer_id, limit=limit)
    load = [
        Load(
            row.id,
            row.name,
            row.weekly_hours,
            row.open_requests,
            row.open_hours,
            row.version,
            Filters(assigned_to=[str(row.id)], status=list(WORKED_ON)),
        )
        for row in rows
    ]
    return load, rows[0].engineers if rows else 0


async def _team(tx: Connection) -> Team:
    roles = {row.role: row for row in await queries.count_people.all(tx)}
    machinery = await queries.get_machinery.one(tx)
    return Team(
        people={role.value: roles[role].active if role in roles else 0 for role in Role},
        inactive=sum(row.inactive for row in roles.values()),
        jobs_waiting=machinery.jobs_waiting,
        jobs_failed=machinery.jobs_failed,
        database_bytes=machinery.database_bytes,
        version=VERSION,
        ready=[Check("database", ok=True), Check("migrated", ok=machinery.revision >= head_revision())],
    )
