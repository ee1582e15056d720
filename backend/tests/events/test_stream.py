"""What is heard live, by whom, and in which order."""

import asyncio
import random
from contextlib import AbstractAsyncContextManager
from uuid import UUID, uuid4

import asyncpg
import httpx
from litestar import Litestar

from simflow.auth.middleware import SESSION_COOKIE
from simflow.auth.service import digest
from simflow.events.hub import QUEUE_LENGTH, Hub, Subscriber
from simflow.events.models import EventRow, Position
from simflow.users.models import Role
from tests.conftest import Caller, People
from tests.events.conftest import Listener, listening


async def _say(caller: Caller, request: dict[str, object], *, internal: bool = False) -> None:
    answer = await caller.post(f"/api/requests/{request['id']}/comments", json={"content": "Hm", "internal": internal})
    assert answer.status_code == 201


async def test_everybody_who_may_see_a_request_hears_of_it_in_every_replica(
    replicas: list[str], requester: Caller, manager: Caller, engineer: Caller
) -> None:
    async with listening(replicas[0], requester) as here, listening(replicas[1], manager) as there:
        request = await requester.submit()
        await manager.assign(request, engineer)
        await here.until(lambda: here.about(request) == ["created", "changed"])
        await there.until(lambda: there.about(request) == ["created", "changed"])
        assert here.events[-1]["key"] == request["key"]
        assert here.events[-1]["version"] == 2


async def test_nobody_else_hears_anything(
    replicas: list[str], people: People, requester: Caller, manager: Caller, engineer: Caller
) -> None:
    stranger, other_engineer = await people.add("USER"), await people.add("ENGINEER")
    async with (
        listening(replicas[0], stranger) as nothing,
        listening(replicas[0], other_engineer) as other,
        listening(replicas[0], requester) as own,
    ):
        request = await requester.submit()
        await _say(requester, request)
        await own.until(lambda: own.about(request) == ["created", "commented"])
        # What comes after in the order of events has been heard, so what came before would have been as well.
        marker = await stranger.submit()
        await nothing.until(lambda: bool(nothing.about(marker)))
        assert nothing.about(request) == []
        assert other.about(request) == []


async def test_an_engineer_hears_of_review_and_then_that_it_went_to_somebody_else(
    replicas: list[str], people: People, requester: Caller, manager: Caller, engineer: Caller
) -> None:
    other = await people.add("ENGINEER")
    async with listening(replicas[0], other) as heard:
        request = await requester.submit()
        await manager.assign(request, engineer)
        await heard.until(lambda: heard.about(request) == ["changed"])
        await engineer.move(request, "In Progress")
        await heard.until(lambda: heard.about(request) == ["changed", "gone"])
        await engineer.move(request, "Completed")
        await _say(engineer, request)
        marker = await other.submit()
        await heard.until(lambda: bool(heard.about(marker)))
        assert heard.about(request) == ["changed", "gone"]


async def test_an_internal_comment_never_reaches_its_requester(
    replicas: list[str], requester: Caller, manager: Caller
) -> None:
    async with listening(replicas[0], requester) as own, listening(replicas[0], manager) as team:
        request = await requester.submit()
        await _say(manager, request, internal=True)
        await team.until(lambda: team.about(request) == ["created", "commented"])
        await _say(manager, request)
        await team.until(lambda: team.about(request) == ["created", "commented", "commented"])
        await own.until(lambda: len(own.about(request)) > 1)
        assert own.about(request) == ["created", "commented"]
        assert own.events[1]["at"] == team.events[-1]["at"]


async def test_who_asked_for_the_session_first_hears_all_that_happened_since(
    replicas: list[str], requester: Caller
) -> None:
    cookies = {SESSION_COOKIE: requester.cookies[SESSION_COOKIE]}
    async with httpx.AsyncClient(base_url=replicas[0], cookies=cookies) as client:
        session = await client.get("/api/auth/session")
    mark = session.headers["Last-Event-ID"]
    request = await requester.submit()
    for replica in replicas:
        async with listening(replica, requester, mark) as heard:
            await heard.until(lambda: heard.about(request) == ["created"])
            assert "reset" not in [message["type"] for message in heard.heard]


async def test_resuming_misses_nothing_and_repeats_nothing(replicas: list[str], requester: Caller) -> None:
    async with listening(replicas[0], requester) as before:
        first = await requester.submit()
        await before.until(lambda: bool(before.about(first)))
        last_id = before.last_id
    missed = [await requester.submit() for _ in range(3)]
    async with listening(replicas[1], requester, last_id) as after:
        await after.until(lambda: len(after.events) >= len(missed))
        marker = await requester.submit()
        await after.until(lambda: bool(after.about(marker)))
        assert [event["requestId"] for event in after.events] == [request["id"] for request in [*missed, marker]]


async def test_a_quiet_stream_resumes_from_its_ready_message(replicas: list[str], requester: Caller) -> None:
    async with listening(replicas[0], requester) as before:
        last_id = before.last_id
    request = await requester.submit()
    async with listening(replicas[0], requester, last_id) as after:
        await after.until(lambda: after.about(request) == ["created"])


async def test_who_cannot_resume_is_told_to_read_everything_anew(
    replicas: list[str], requester: Caller, owner: asyncpg.Connection
) -> None:
    for unknown in ("nonsense", "99999999999999999999.1", "18446744073709551615.0"):
        async with listening(replicas[0], requester, unknown) as heard:
            assert [message["type"] for message in heard.heard] == ["reset", "ready"]
    await owner.execute("UPDATE event_horizon SET xid = '5'")
    async with listening(replicas[0], requester, "4.9") as heard:
        assert [message["type"] for message in heard.heard] == ["reset", "ready"]


async def test_an_overlapping_transaction_is_heard_in_its_place(
    replicas: list[str], requester: Caller, manager: Caller, owner_url: str
) -> None:
    """A transaction that began first and commits last: its number is the lower one, and nobody may have passed it."""
    early = await requester.submit()
    slow = await asyncpg.connect(owner_url)
    async with listening(replicas[0], manager) as heard:
        await slow.execute("BEGIN")
        await slow.execute("UPDATE requests SET title = 'slow' WHERE id = $1", early["id"])
        quick = await requester.submit()
        await slow.execute("COMMIT")
        await heard.until(lambda: bool(heard.about(quick)))
        order = [(event["requestId"], event["type"]) for event in heard.events]
        assert (early["id"], "changed") in order
        assert order.index((early["id"], "changed")) < order.index((quick["id"], "created"))
    await slow.close()


async def test_signing_out_ends_the_stream(replicas: list[str], requester: Caller) -> None:
    async with listening(replicas[0], requester) as heard:
        await requester.post("/api/auth/logout")
        await heard.until(lambda: heard.ended)


async def test_a_stream_needs_a_session(replicas: list[str]) -> None:
    async with httpx.AsyncClient(base_url=replicas[0]) as client:
        assert (await client.get("/api/events")).status_code == 401


def _subscriber(person: UUID) -> Subscriber:
    return Subscriber(person, Role.USER, b"", Position(1, 0))


def _row(person: UUID, xid: int, seq: int) -> EventRow:
    return EventRow(str(xid), seq, "changed", person, "SF-1", 1, False, person, [], [])


async def test_a_client_that_does_not_read_is_told_to_start_anew() -> None:
    me = uuid4()
    subscriber = _subscriber(me)
    for seq in range(QUEUE_LENGTH * 10):
        subscriber.hear(_row(me, 7, seq))
        assert subscriber.queue.qsize() <= QUEUE_LENGTH
    first = await subscriber.next()
    assert first is not None
    assert first[1].type == "reset"


async def test_what_another_replica_told_already_is_not_told_again() -> None:
    """The reader of this process was behind: it hands over events before the client's last one has been looked at."""
    me = uuid4()
    subscriber = _subscriber(me)
    subscriber.hear(_row(me, 7, 1))
    subscriber.start = Position(8, 5)
    subscriber.hear(_row(me, 8, 5))
    subscriber.hear(_row(me, 8, 6))
    item = await subscriber.next()
    assert item is not None
    assert item[0] == Position(8, 6)


async def test_who_joins_while_sessions_are_checked_stays(app: Litestar, people: People) -> None:
    here, joining = await people.add(), await people.add()
    db = app.state.db
    hub = Hub(db)
    reader = asyncio.create_task(hub.run())

    def subscribed(caller: Caller) -> AbstractAsyncContextManager[Subscriber]:
        return hub.subscribed(UUID(caller.id), Role.USER, digest(caller.cookies[SESSION_COOKIE]))

    async with subscribed(here) as first, db.gate() as gate:
        check = asyncio.create_task(hub._end_dead_sessions(gate))
        await asyncio.sleep(0)  # it has asked about those who are here
        async with subscribed(joining) as second:
            await check
            assert first.queue.empty()
            assert second.queue.empty()
    reader.cancel()


async def test_many_writers_and_resuming_readers_agree(
    replicas: list[str], people: People, manager: Caller, owner: asyncpg.Connection, owner_url: str
) -> None:
    """Every reader, however often it lost its connection and wherever it came back, heard the same whole order."""
    rng = random.Random(20261124)
    writers = [await people.add("USER") for _ in range(6)]
    start = await owner.fetchval("SELECT coalesce(max(seq), 0) FROM events")
    done = asyncio.Event()
    expected: list[tuple[str, str]] = []

    def events_of(stream: Listener) -> list[tuple[str, str]]:
        return [(event["at"], event["requestId"]) for event in stream.events]

    async def write(writer: Caller) -> None:
        for _ in range(12):
            request = await writer.submit()
            await writer.patch(f"/api/requests/{request['id']}", json={"title": f"Again {rng.random()}"})
            await _say(writer, request)

    async def write_slowly() -> None:
        connection = await asyncpg.connect(owner_url)
        request = await writers[0].submit()
        for _ in range(10):
            async with connection.transaction():
                await connection.execute(
                    "UPDATE requests SET description = $2 WHERE id = $1", request["id"], str(rng.random())
                )
                await asyncio.sleep(rng.random() * 0.1)
        await connection.close()

    async def read(url_order: list[str]) -> list[tuple[str, str]]:
        heard: list[tuple[str, str]] = []
        last_id: str | None = first_id
        turn = 0
        while not expected or heard[-1:] != expected[-1:]:
            async with listening(url_order[turn % 2], manager, last_id) as stream:
                turn += 1
                if done.is_set():
                    await stream.until(lambda s=stream, before=heard: [*before, *events_of(s)][-1:] == expected[-1:])
                else:
                    await asyncio.wait([asyncio.create_task(done.wait())], timeout=rng.random() * 0.3)
                heard += events_of(stream)
                last_id = stream.last_id
        return heard

    async with listening(replicas[0], manager) as opening:
        first_id = opening.last_id
    readers = [asyncio.create_task(read(replicas[::step])) for step in (1, -1, 1, -1)]
    await asyncio.gather(*(write(writer) for writer in writers), write_slowly())
    sql = "SELECT xid::text, seq, request_id FROM events WHERE seq > $1 ORDER BY events.xid, seq"
    expected += [(f"{row['xid']}.{row['seq']}", str(row["request_id"])) for row in await owner.fetch(sql, start)]
    done.set()
    results = await asyncio.gather(*readers)
    assert len(expected) == 6 * 12 * 3 + 11
    for heard in results:
        # A stream that has just been opened may also tell what happened a moment before.
        assert [event for event in heard if int(event[0].split(".")[1]) > start] == expected
