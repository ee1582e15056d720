"""The board: for each status how many requests match, and the first of them as cards."""

import msgspec

from simflow.db.queries import Connection
from simflow.errors import FieldError, InvalidFields
from simflow.requests import bits, listing, queries, workflow
from simflow.requests.filters import SEE_EVERYTHING, Conditions, Filters, conditions_for_all
from simflow.requests.hindering import hindrances_of
from simflow.requests.models import Board, Card, Column, Request
from simflow.requests.reasons import REASONS, SEEN_BY_ALL_ENGINEERS
from simflow.requests.sorting import Order, Sort
from simflow.requests.tally import PLAIN
from simflow.requests.workflow import Person, Status
from simflow.users.models import Role

HELD = {*PLAIN, "assigned_to", "created_by", "waits_for"}
"""Filters by what the indexes of what somebody sees hold: others have each row read, which is better done once."""
WALK = """(
            SELECT r.number, r.priority_rank FROM requests r
            WHERE r.status = wanted.status AND {reason} AND {where} ORDER BY {order} LIMIT :limit
        )"""


async def columns(
    tx: Connection, filters: Filters, person: Person, sort: Sort, limit: int, cursor: str | None
) -> Board:
    """Asks the same few statements, however many columns there are.

    Raises `InvalidFields` for a filter or cursor that cannot be taken, and for a cursor unless exactly one status is
    asked for.
    """
    order = Order(sort)
    after = order.read(cursor)
    wanted = [status for status in Status if not filters.status or status in filters.status]
    if after and len(wanted) != 1:
        raise InvalidFields(FieldError("cursor", "goes on in one column: ask for exactly one status"))
    others = msgspec.structs.replace(filters, status=None)
    counts, forgiving = await listing.count_found(tx, others, person, forgiving=after.forgiving if after else None)
    rows = await bits.columns(tx, filters, person, order, after, wanted, limit + 1, forgiving=forgiving)
    if rows is None:
        chosen = await conditions_for_all(tx, others, person, forgiving=forgiving)
        if after:
            chosen.go_on(*order.after(after))
        rows = await _first(tx, chosen, filters, person, order, wanted, limit + 1)
    hindrances = await hindrances_of(tx, rows)
    cards: dict[str, list[Request]] = {status: [] for status in wanted}
    for row in rows:
        cards[row.status].append(row)
    return Board(
        [
            Column(
                status,
                counts.by_status[status],
                [card(row, person, hindrances.get(row.id, [])) for row in cards[status][:limit]],
                order.cursor(cards[status][limit - 1], forgiving=forgiving) if len(cards[status]) > limit else None,
            )
            for status in wanted
        ]
    )


async def _first(
    tx: Connection,
    chosen: Conditions,
    filters: Filters,
    person: Person,
    order: Order,
    columns: list[Status],
    limit: int,
) -> list[Request]:
    """The first of each of these columns."""
    values = chosen.values | {"limit": limit}
    places = {"columns": queries.COLUMNS, "where": chosen.where, "order": order.sql}
    if not chosen.words and person.role in REASONS and order.is_priority and _given(filters) <= HELD:
        reasons = " UNION ALL ".join(WALK.format(reason=one, **places) for one in REASONS[person.role])
        return await queries.list_own_columns.filled(**places, reasons=reasons).all(tx, **values, columns=columns)
    # Walking down the index of a status is quick where nearly every row is one to show.
    walked = [] if chosen.words or filters.status_then else [one for one in columns if _sees_all(person, one)]
    others = [one for one in columns if one not in walked]
    rows: list[Request] = []
    for template, some in ((queries.list_columns, walked), (queries.list_ranked, others)):
        if some:
            rows += await template.filled(**places).all(tx, **values, columns=some)
    return rows


def _given(filters: Filters) -> set[str]:
    return {name for name, value in msgspec.structs.asdict(filters).items() if value is not None}


def _sees_all(person: Person, status: Status) -> bool:
    return person.role in SEE_EVERYTHING or (person.role == Role.ENGINEER and status == SEEN_BY_ALL_ENGINEERS)


def card(request: Request, person: Person, hindrances: list[str]) -> Card:
    """The request with the moves from its status."""
    return Card(**msgspec.structs.asdict(request), actions=workflow.actions(person, request, hindrances))
