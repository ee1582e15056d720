"""The stream of live events."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import HeaderParameter
from litestar.response import Stream

from simflow.auth.service import digest
from simflow.db.pool import Database
from simflow.errors import TooMany
from simflow.events import queries
from simflow.events.audience import heard_by
from simflow.events.hub import BATCH, Hub, Subscriber
from simflow.events.models import Event, Position, Signal
from simflow.web.call import Call
from simflow.web.injected import Db
from simflow.web.openapi import refusals

HEARTBEAT_SECONDS = 15.0
MAX_STREAMS_OF_ONE_PERSON = 50
MAX_REPLAYED = 500
"""Who missed more than this reads everything anew."""
HEADERS = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}

LastEventId = Annotated[
    str | None,
    HeaderParameter(name="Last-Event-ID", description="The last `id:` heard; what came after it is sent first."),
]


@get("/", media_type="text/event-stream", responses=refusals(TooMany))
async def stream_events(request: Call, hub: NamedDependency[Hub], db: Db, last_event_id: LastEventId = None) -> Stream:
    """Server-sent events of what the caller may see, in commit order.

    Each message is JSON with a `type`: `created`, `changed`, `commented` or `gone`, with `requestId`, `key` and
    `version`; `ready` when nothing is missed from here on; `reset` when too much was missed: read everything anew.
    """
    if hub.streams_of(request.user.id) >= MAX_STREAMS_OF_ONE_PERSON:
        raise TooMany("You have too many live connections open. Close some windows.", headers={"Retry-After": "5"})
    return Stream(_messages(request, hub, db, last_event_id), media_type="text/event-stream", headers=HEADERS)


async def _messages(request: Call, hub: Hub, db: Database, last_event_id: str | None) -> AsyncIterator[bytes]:
    async with hub.subscribed(request.user.id, request.user.role, digest(request.auth)) as subscriber:
        async for message in _missed(db, subscriber, last_event_id):
            yield message
        yield _message(subscriber.start, Signal("ready"))
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    item = await subscriber.next()
            except TimeoutError:
                yield _heartbeat(hub, subscriber)
                continue
            if item is None:
                return
            yield _message(*item)


async def _missed(db: Database, subscriber: Subscriber, last_event_id: str | None) -> AsyncIterator[bytes]:
    """What happened between the client's last event and the start of this stream, or `reset`."""
    if last_event_id is None:
        return
    last = Position.parse(last_event_id)
    # One snapshot, or events that were pruned after we had looked at the horizon would be missed without a word.
    async with db.gate() as gate, gate.transaction(isolation="repeatable_read", readonly=True):
        horizon = await queries.get_horizon.one(gate)
        if last is None or last < Position(int(horizon.pruned), 0) or last.xid > int(horizon.below):
            yield _message(subscriber.start, Signal("reset"))
            return
        # Another replica may have been ahead of this one: what the client has heard is not told again.
        subscriber.start = max(subscriber.start, last)
        messages: list[bytes] = []
        while last < subscriber.start:
            rows = await queries.list_after.all(gate, xid=str(last.xid), seq=last.seq, below=horizon.below, limit=BATCH)
            for row in rows:
                last = row.position
                event = heard_by(row, subscriber.person, subscriber.role) if last <= subscriber.start else None
                if event is not None:
                    messages.append(_message(last, event))
            if len(messages) > MAX_REPLAYED:
                messages = [_message(subscriber.start, Signal("reset"))]
                break
            if len(rows) < BATCH:
                break
    for message in messages:
        yield message


def _heartbeat(hub: Hub, subscriber: Subscriber) -> bytes:
    """A comment keeps the connection; the id lets a quiet client resume from here, unless something waits for it."""
    if subscriber.queue.empty():
        return f": still here\nid: {max(hub.position, subscriber.start)}\n\n".encode()
    return b": still here\n\n"


def _message(position: Position, event: Event | Signal) -> bytes:
    return b"id: %s\ndata: %s\n\n" % (str(position).encode(), msgspec.json.encode(event))


router = Router("/events", route_handlers=[stream_events], tags=["events"])
