"""What keeps requests from their next step; asked only for those that stand where something can."""

from collections.abc import Iterable
from uuid import UUID

from simflow.db.queries import Connection
from simflow.requests import queries
from simflow.requests.models import Request
from simflow.requests.workflow import HINDERED


async def hindrances_of(tx: Connection, requests: Iterable[Request]) -> dict[UUID, list[str]]:
    """By the ids of requests; one statement, or none."""
    ids = [request.id for request in requests if request.status in HINDERED]
    return {row.id: row.codes for row in await queries.list_hindrances.all(tx, ids=ids)} if ids else {}
