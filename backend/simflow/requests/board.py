"""The board: for each status how many requests match, and the first of them as cards."""

import msgspec

from simflow.db.queries import Connection
from simflow.errors import FieldError, InvalidFields
from simflow.requests import listing, queries, workflow
from simflow.requests.filters import SEE_EVERYTHING, Filters
from simflow.requests.hindering import hindrances_of
from simflow.requests.models import Board, Card, Column, Request
from simflow.requests.sorting import Order, Sort
from simflow.requests.tally import SEEN_BY_ALL_ENGINEERS
from simflow.requests.workflow import Person, Status
from simflow.users.models import Role


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
    counts, chosen, forgiving = await listing.count_found(
        tx, others, person, forgiving=after.forgiving if after else None
    )
    if after:
        chosen.go_on(*order.after(after))
    # Walking down the index of a status is quick where nearly every row is one to show.
    walked = [] if chosen.words or filters.status_then else [status for status in wanted if _sees_all(person, status)]
    ranked = [status for status in wanted if status not in walked]
    rows: list[Request] = []
    for template, statuses in ((queries.list_columns, walked), (queries.list_ranked, ranked)):
        if statuses:
            query = template.filled(columns=queries.COLUMNS, where=chosen.where, order=order.sql)
            rows += await query.all(tx, **chosen.values, columns=statuses, limit=limit + 1)
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


def _sees_all(person: Person, status: Status) -> bool:
    return person.role in SEE_EVERYTHING or (person.role == Role.ENGINEER and status == SEEN_BY_ALL_ENGINEERS)


def card(request: Request, person: Person, hindrances: list[str]) -> Card:
    """The request with the moves from its status."""
    return Card(**msgspec.structs.asdict(request), actions=workflow.actions(person, request, hindrances))
