"""What a person is told: that they were mentioned, and what happens to requests that they watch."""

from typing import Annotated

import msgspec
from litestar import Router, get, post, put
from litestar.params import FromPath, FromQuery, QueryParameter

from simflow.cursors import MAX_BIGINT, pack, unpack
from simflow.errors import CrossSite, InvalidFields, NotFound
from simflow.notifications import queries
from simflow.notifications.models import NotificationPage
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

Id = Annotated[int, msgspec.Meta(ge=0, le=MAX_BIGINT)]


@get("/", responses=refusals(InvalidFields))
async def list_notifications(
    request: Call,
    tx: Tx,
    unread: FromQuery[bool] = False,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    cursor: FromQuery[str | None] = None,
) -> NotificationPage:
    """What the caller was told, newest first; what they may no longer see is not in it."""
    (before,) = unpack(cursor, tuple[Id]) if cursor else (MAX_BIGINT,)
    person = request.user.id
    rows = await queries.list_visible.all(tx, person=person, before=before, unread=unread, limit=limit + 1)
    count = await queries.count_unread.one(tx, person=person)
    return NotificationPage(rows[:limit], count, pack(rows[limit - 1].id) if len(rows) > limit else None)


@put("/{notification_id:str}/read", status_code=204, responses=refusals(NotFound, CrossSite))
async def read_notification(notification_id: FromPath[str], request: Call, tx: Tx) -> None:
    """Marks one as read."""
    known = notification_id.isascii() and notification_id.isdecimal() and int(notification_id) <= MAX_BIGINT
    if not known or not await queries.read_one.one(tx, person=request.user.id, id=int(notification_id)):
        raise NotFound


@post("/read", status_code=204, responses=refusals(CrossSite))
async def read_notifications(request: Call, tx: Tx) -> None:
    """Marks all of them as read."""
    await queries.read_all.run(tx, person=request.user.id)


router = Router(
    "/notifications",
    route_handlers=[list_notifications, read_notification, read_notifications],
    tags=["notifications"],
)
