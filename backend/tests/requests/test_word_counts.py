"""Searches are counted and listed by bits: these are the requests found, whatever has bits and whatever is stale."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from simflow.db.pool import TYPO_THRESHOLD, DbRole
from simflow.db.queries import Query
from simflow.requests import filters, listing
from simflow.requests.filters import Conditions, Filters
from simflow.requests.sorting import Order, Sort
from simflow.requests.workflow import Status
from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as
from tests.requests.arrange import as_row, put, put_all
from tests.requests.test_listing import all_pages
from tests.requests.test_search_by_role import Hall, Who, hall  # noqa: F401  (a fixture)

GATHER = "SELECT gather_words(100000)"
ALL_HAVE_BITS = """
INSERT INTO frequent_words SELECT DISTINCT unnest(words) FROM request_words WHERE $1 OR random() < 0.5
ON CONFLICT DO NOTHING
"""
THEIR_BITS = """
INSERT INTO word_bits
SELECT f.word, part_of(w.number), bit_or(bit_of(w.number))
FROM request_words w CROSS JOIN LATERAL unnest(w.words) AS said JOIN frequent_words f ON f.word = said
GROUP BY 1, 2
"""
DIFFERING = """
SELECT g.number, g.status, k.status, g.words, k.words FROM gathered_bits g JOIN kept_bits k USING (number)
WHERE (g.status, g.words) IS DISTINCT FROM (k.status, k.words)
"""
MOVE = "UPDATE requests SET status ="
COUNT = "SELECT status, count FROM count_with_words($1, $2, $3)"
ALL = "SELECT all_with_words($1, $2, $3)"
PAGE = "SELECT page_with_words($1, $2, $3, true, NULL, NULL, 51)"
NUMBERS_REACH_THE_NEXT_PART = """
SELECT setval(pg_get_serial_sequence('requests', 'number'), (max(number) / 8192 + 1) * 8192 - 9) FROM requests
"""
MISSING_AMONG_LATE = """
SELECT number FROM late_since(0) AS number JOIN requests r USING (number)
WHERE NOT EXISTS (SELECT FROM stale_words s WHERE s.request_id = r.id) AND NOT EXISTS (
    SELECT FROM late_bits b WHERE b.part = part_of(number) AND get_bit(b.bits, (number & 8191)::integer) = 1
)
"""


@pytest.fixture
async def bits(owner: asyncpg.Connection) -> AsyncIterator[None]:
    """Afterwards no word has bits again, as in a small desk."""
    yield
    await owner.execute("TRUNCATE frequent_words, word_bits")


async def give_bits(owner: asyncpg.Connection, *, to_all: bool) -> None:
    """To all words that are gathered, people and statuses among them, or to some half."""
    await owner.execute(ALL_HAVE_BITS, to_all)
    await owner.execute(THEIR_BITS)


async def compare(settings: Settings, hall: Hall, searches: int) -> None:  # noqa: F811
    """What is found by the words that are kept has tests of its own."""
    counted = listed = 0
    for caller in hall.everybody:
        who = Who(UUID(caller.id), caller.user["role"])
        async with signed_in_as(settings, DbRole[who.role].value, caller.id) as tx:
            await tx.execute(f"SET pg_trgm.word_similarity_threshold = {TYPO_THRESHOLD}")
            for _ in range(searches):
                q, forgiving = hall.typed(), hall.rng.random() < 0.4
                chosen = Conditions(Filters(q=q), who)  # type: ignore[arg-type]
                patterns, numbers = chosen.typed(forgiving=forgiving)
                chosen.search(forgiving=forgiving)
                sql = f"SELECT r.status FROM requests r WHERE {chosen.where}"
                found = Counter(await Query("found", sql, str).all(tx, **chosen.values))
                numbers_of = Query("found", sql.replace("r.status", "r.number", 1) + " ORDER BY r.number", int)
                said = await tx.fetchval(ALL, patterns, numbers, forgiving)
                assert filters._numbers(said) == await numbers_of.all(tx, **chosen.values), (who.role, q, forgiving)
                assert dict(await tx.fetch(COUNT, patterns, numbers, forgiving)) == found, (who.role, q, forgiving)
                counted += found.total()
                some = hall.rng.sample(list(Status), 3)
                of_some = await listing._count_words(tx, Filters(q=q, status=some), who, forgiving=forgiving)  # type: ignore[arg-type]
                assert of_some is not None
                assert {row.status: row.count for row in of_some} == {one: found[one] for one in some if found[one]}
                for sort in (Sort.CREATED_DOWN, Sort.CREATED):
                    listed += await same_pages(tx, chosen, who, q, sort, hall.rng.randint(2, 9), forgiving=forgiving)
    assert counted > searches
    assert listed > searches


async def same_pages(
    tx: asyncpg.Connection, chosen: Conditions, who: Who, q: str, sort: Sort, limit: int, *, forgiving: bool
) -> int:
    """All pages, one after the other, are what is found in that order; `chosen` finds it. How many are found, unless
    other tests have written more than 5 000 of a word that has no bits."""
    order = Order(sort)
    sql = f"SELECT 'SF-' || r.number FROM requests r WHERE {chosen.where} ORDER BY {order.sql}"
    found = await Query("found", sql, str).all(tx, **chosen.values)
    limit = max(limit, len(found) // 6)  # a manager finds what all tests wrote
    told: list[str] = []
    after = None
    while True:
        rows = await listing._told(tx, Filters(q=q), who, order, after, limit, forgiving=forgiving)  # type: ignore[arg-type]
        if rows is None:
            assert not told
            return 0
        told += [row.key for row in rows[:limit]]
        if len(rows) <= limit:
            break
        after = order.read(order.cursor(rows[limit - 1], forgiving=forgiving))
    assert told == found, (who.role, q, sort, limit, forgiving)
    return len(told)


async def add_late(owner: asyncpg.Connection, hall: Hall) -> None:  # noqa: F811
    """Requests that are older than some of lower numbers, and some that are not, in two parts of bits."""
    await owner.execute(NUMBERS_REACH_THE_NEXT_PART)
    start = datetime.now(UTC) - timedelta(hours=9)
    moments = [start + timedelta(hours=hall.rng.randint(0, 5)) for _ in range(12)] + [None] * 6
    hall.rng.shuffle(moments)
    rows = [as_row(hall.everybody[n % 2], title=hall.text(), created_at=at) for n, at in enumerate(moments)]
    hall.ids += [row["id"] for row in await put_all(owner, rows)]


@pytest.mark.usefixtures("bits")
@pytest.mark.parametrize("to_all", [True, False])
async def test_each_role_counts_and_lists_what_it_finds(
    settings: Settings,
    owner: asyncpg.Connection,
    hall: Hall,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    to_all: bool,
) -> None:
    """While all is stale, once it is gathered, after changes and moves, once requests are gone, and gathered again."""
    monkeypatch.setattr(listing, "SHORT", 0)
    some = hall.rng.sample(hall.ids, 20)
    await add_late(owner, hall)
    await compare(settings, hall, 5)
    await owner.fetchval(GATHER)
    await give_bits(owner, to_all=to_all)
    assert await owner.fetch(DIFFERING) == []
    assert await owner.fetch(MISSING_AMONG_LATE) == []
    await compare(settings, hall, 15)
    for sql, ids in (
        ("UPDATE requests SET title = 'reach of the fence' WHERE id = ANY($1::uuid[])", some[:8]),
        (f"{MOVE} 'On Hold' WHERE status = 'In Progress' AND id = ANY($1::uuid[])", hall.ids),
        (f"{MOVE} 'Discussion' WHERE status = 'Engineering Review' AND id = ANY($1::uuid[])", hall.ids),
        ("DELETE FROM requests WHERE id = ANY($1::uuid[])", some[6:12]),
        (f"{MOVE} 'In Progress' WHERE status = 'On Hold' AND id = ANY($1::uuid[])", hall.ids),
        (f"{MOVE} 'Cancelled' WHERE status = 'Submitted' AND id = ANY($1::uuid[])", hall.ids),
    ):
        await owner.execute(sql, ids)
        await compare(settings, hall, 4)
    assert await owner.fetchval("SELECT count(*) FROM stale_statuses") > 0
    await add_late(owner, hall)
    await compare(settings, hall, 4)
    await owner.fetchval(GATHER)
    assert await owner.fetch(MISSING_AMONG_LATE) == []
    assert await owner.fetchval("SELECT count(*) FROM stale_statuses") == 0
    assert await owner.fetch(DIFFERING) == []
    await compare(settings, hall, 10)


@pytest.mark.usefixtures("bits")
async def test_what_moves_while_bits_are_brought_up_to_date_stays_noted(
    owner: asyncpg.Connection, manager: Caller, requester: Caller, settings: Settings
) -> None:
    request = await put(owner, requester, title="Promethium")
    await owner.fetchval(GATHER)
    await give_bits(owner, to_all=True)

    async def counts() -> dict[str, int]:
        told = (await manager.get("/api/requests/counts", params={"q": "promethium"})).json()["byStatus"]
        return {status: number for status, number in told.items() if number}

    another = await asyncpg.connect(settings.owner_url)
    try:
        async with another.transaction():
            await another.execute("UPDATE requests SET status = 'Cancelled' WHERE id = $1", request["id"])
            await owner.fetchval(GATHER)
            assert await counts() == {"Submitted": 1}
    finally:
        await another.close()
    for _ in range(2):
        assert await counts() == {"Cancelled": 1}
        await owner.fetchval(GATHER)


@pytest.mark.usefixtures("bits")
async def test_a_key_counts_beside_words(owner: asyncpg.Connection, manager: Caller, requester: Caller) -> None:
    one = await put(owner, requester, title="Thulium", description=".")
    other = await put(owner, requester, title="Holmium", description=f"As {one['key']} .")
    for gathered in (False, True):
        if gathered:
            await owner.fetchval(GATHER)
            await give_bits(owner, to_all=True)
        for q, number in ((one["key"], 2), (f"{one['key']} thulium", 1), (other["key"], 1), ("SF-999999999", 0)):
            answer = await manager.get("/api/requests/counts", params={"q": q, "createdBy": requester.id})
            assert answer.json()["total"] == number, q
            answer = await requester.get("/api/requests/counts", params={"q": q})
            assert answer.json()["total"] == number, q


async def open_now(caller: Caller, q: str) -> int:
    """By the chart of open work."""
    total: int = (await caller.get("/api/statistics/open-work", params={"q": q})).json()["total"]
    return total


@pytest.mark.usefixtures("bits")
async def test_bits_tell_nothing_of_two_people_in_one(
    people: People, owner: asyncpg.Connection, settings: Settings
) -> None:
    """Who shares a number with somebody else, and requesters with work of before: counted as found."""
    first, former = await people.add("USER"), await people.add("ENGINEER")
    twin = str(UUID("0" * 8 + UUID(first.id).hex[8:]))
    await owner.execute(
        "INSERT INTO users (id, name, email, role) VALUES ($1, 'Twin', 'twin@simflow.invalid', 'USER')", twin
    )
    await put_all(
        owner,
        [
            as_row(first, title="Erbium"),
            as_row(former, title="Erbium"),
            as_row(first, "In Progress", former, title="Erbium"),
        ],
    )
    await owner.execute(
        "INSERT INTO requests (title, description, vendor, priority, created_by, created_by_name)"
        " VALUES ('Erbium', 'Cell', 'ABB', 'Low', $1, 'Twin')",
        twin,
    )
    await owner.execute("UPDATE users SET role = 'USER' WHERE id = $1", former.id)
    await owner.fetchval(GATHER)
    await give_bits(owner, to_all=True)
    try:
        for caller, number in ((first, 2), (former, 1)):
            async with signed_in_as(settings, "simflow_requester", caller.id) as tx:
                assert [tuple(row) for row in await tx.fetch(COUNT, ["%erbium%"], [None], False)] == [(None, None)]
                assert await tx.fetchval(PAGE, ["%erbium%"], [None], False) is None
                assert await tx.fetchval(ALL, ["%erbium%"], [None], False) is None
            assert len((await caller.get("/api/requests", params={"q": "erbium"})).json()["requests"]) == number
            assert (await caller.get("/api/requests/counts", params={"q": "erbium"})).json()["total"] == number
            assert await open_now(caller, "erbium") == number
    finally:
        await owner.execute("DELETE FROM requests WHERE created_by = $1", twin)
        await owner.execute("DELETE FROM users WHERE id = $1", twin)


async def test_a_part_of_very_many_rare_words_is_counted(
    owner: asyncpg.Connection,
    manager: Caller,
    requester: Caller,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    statements: Any,
) -> None:
    """Row by row, and by reading all in a row where they are common."""
    words = " ".join(f"yttrium{n}" for n in range(1001))
    await put(owner, requester, description=words)
    await owner.fetchval(GATHER)
    async with signed_in_as(settings, "simflow_manager", manager.id) as tx:
        assert await tx.fetchval(COUNT, ["%yttrium%"], [None], False) is None
        assert await tx.fetchval(ALL, ["%yttrium%"], [None], False) is None
        assert await tx.fetchval(COUNT, ["%yttrium1000%"], [None], False) == "Submitted"
    for caller, common in ((requester, -1), (manager, -1), (manager, 2)):
        monkeypatch.setattr(filters, "COMMON", common)
        with statements() as run:
            assert (await caller.get("/api/requests/counts", params={"q": "yttrium"})).json()["total"] == 1
        assert any("IS TRUE" in sql for sql in run) is (caller is manager and common < 0)
    for caller in (requester, manager):
        # Spelt alike as well: bits cannot tell either.
        assert await open_now(caller, "yttrium") == await open_now(caller, "yttriun") == 1


@pytest.mark.usefixtures("bits")
@pytest.mark.parametrize("newest_first", [True, False])
async def test_who_creates_at_once_comes_in_order(
    owner: asyncpg.Connection, manager: Caller, requester: Caller, settings: Settings, newest_first: bool
) -> None:
    """A number that another took first, in a transaction that began later or ended later."""
    await put(owner, requester, title="Lutetium first")
    await owner.fetchval(GATHER)
    sort = "-createdAt" if newest_first else "createdAt"

    async def pages() -> list[str]:
        rows = await all_pages(requester, q="lutetium", limit=1, sort=sort)
        titles = [row["title"].removeprefix("Lutetium ") for row in rows]
        return titles if newest_first else titles[::-1]

    early, late = await asyncpg.connect(settings.owner_url), await asyncpg.connect(settings.owner_url)
    try:
        began = early.transaction()
        await began.start()
        await early.fetchval("SELECT now()")
        other = late.transaction()
        await other.start()
        await put(late, requester, title="Lutetium third")
        await put(early, requester, title="Lutetium second")
        await began.commit()
        await owner.fetchval(GATHER)
        assert await pages() == ["second", "first"]
        await other.commit()
        for _ in range(2):
            assert await pages() == ["third", "second", "first"]
            await owner.fetchval(GATHER)
            assert await owner.fetch(MISSING_AMONG_LATE) == []
    finally:
        await early.close()
        await late.close()
    # As the words of all are gathered anew, so is what is late.
    await owner.execute("TRUNCATE late_bits")
    assert len(await owner.fetch(MISSING_AMONG_LATE)) > 0
    await owner.fetchval("SELECT keep_all_bits()")
    assert await owner.fetch(MISSING_AMONG_LATE) == []
    assert await pages() == ["third", "second", "first"]


@pytest.mark.parametrize("role", ["none", "simflow_auth", "simflow_worker", "simflow_monitor"])
@pytest.mark.parametrize("sql", [COUNT, PAGE, ALL])
async def test_only_people_count(settings: Settings, manager: Caller, role: str, sql: str) -> None:
    async with signed_in_as(settings, role, manager.id) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.fetch(sql, ["%%"], [None], False)


@pytest.mark.parametrize("role", ["simflow_requester", "simflow_engineer", "simflow_manager", "simflow_admin"])
async def test_nothing_is_counted_for_nobody(settings: Settings, requester: Caller, role: str) -> None:
    await requester.submit()
    async with signed_in_as(settings, role, None) as tx:
        for sql in (COUNT, PAGE):
            assert await tx.fetch(sql, ["%%"], [None], False) == []
        assert await tx.fetchval(ALL, ["%%"], [None], False) == b""


@pytest.mark.parametrize("role", ["simflow_requester", "simflow_engineer", "simflow_manager", "simflow_admin"])
@pytest.mark.parametrize(
    "table", ["frequent_words", "word_bits", "status_bits", "late_bits", "stale_statuses", "kept_bits"]
)
async def test_nobody_reads_bits(settings: Settings, manager: Caller, role: str, table: str) -> None:
    async with signed_in_as(settings, role, manager.id) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.fetch(f"SELECT FROM {table}")


@pytest.mark.parametrize("word", ["x' OR true --", "') OR true OR ('", "%L", "%1$s", "$1", "{a,b}", '"', "},{", "\\'"])
async def test_what_is_typed_is_never_sql(settings: Settings, manager: Caller, word: str) -> None:
    await manager.submit()  # stale: its texts are read
    async with signed_in_as(settings, "simflow_manager", manager.id) as tx:
        values: list[Any] = [[f"%zqzq{word}zqzq%"], [None]]
        for forgiving in (False, True):
            for sql in (COUNT, PAGE):
                assert await tx.fetch(sql, *values, forgiving) == []
