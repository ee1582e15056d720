"""The record of a request."""

from typing import Annotated

import msgspec
from litestar import Router, get
from litestar.params import FromPath, FromQuery, QueryParameter

from simflow.activity import queries
from simflow.activity.models import ActivityPage, Entry
from simflow.cursors import MAX_BIGINT, pack, unpack
from simflow.errors import InvalidFields, NotFound
from simflow.requests import service as requests
from simflow.requests.models import Reference
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

Seq = Annotated[int, msgspec.Meta(ge=0, le=MAX_BIGINT)]


@get("/", responses=refusals(NotFound, InvalidFields))
async def list_activity(
    request_id: FromPath[str],
    tx: Tx,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    cursor: FromQuery[str | None] = None,
) -> ActivityPage:
    """What happened to a request, newest first."""
    subject = await requests.get(tx, Reference.parse(request_id))
    (before,) = unpack(cursor, tuple[Seq]) if cursor else (MAX_BIGINT,)
    rows = await queries.list_visible.all(tx, request_id=subject.id, before=before, limit=limit + 1)
    entries = [
        Entry(row.id, row.action, row.user_id, row.user_name, msgspec.json.decode(row.details), row.created_at)
        for row in rows[:limit]
    ]
    return ActivityPage(entries, pack(rows[limit - 1].seq) if len(rows) > limit else None)


router = Router("/requests/{request_id:str}/activity", route_handlers=[list_activity], tags=["activity"])
