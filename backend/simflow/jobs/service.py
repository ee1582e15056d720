"""Puts a job into the queue."""

from datetime import timedelta
from typing import Any

import msgspec

from simflow.db.queries import Connection
from simflow.jobs import queries

NOW = timedelta(0)


async def enqueue(
    tx: Connection, name: str, payload: dict[str, Any], *, delay: timedelta = NOW, once_as: str | None = None
) -> int | None:
    """The id of a new job that runs after this transaction has been committed, and never when it is rolled back.

    Works in the transaction of any person. A job runs at least once, so what it does must bear being done again.
    With `once_as` nothing happens, and None comes back, as long as a job of that mark waits or runs.
    """
    row = msgspec.json.encode(payload)
    return await queries.enqueue.first(tx, name=name, payload=row, delay=delay, once_as=once_as)
