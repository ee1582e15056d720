"""Searches are counted and listed by bits: these are the requests found, whatever has bits and whatever is stale."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest

from simflow.db.pool import TYPO_THRESHOLD, DbRole
from simflow.db.queries import Query
from simflow.requests import bits, filters
from simflow.requests.filters import Conditions, Filters
from simflow.requests.models import Priority, Request
from simflow.requests.sorting import After, Order, Sort
from simflow.requests.words import numbers_of
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
SELECT g.number, g.facets, k.facets, g.words, k.words FROM gathered_bits g JOIN kept_bits k USING (number)
WHERE (g.facets, g.words) IS DISTINCT FROM (k.facets, k.words)
"""
KINDS = ["reach", "cycle-time"]
VENDORS = ["ABB", "KUKA", "FANUC"]
RANKED_SORTS = [Sort.PRIORITY, Sort.PRIORITY_DOWN, Sort.URGENCY, Sort.URGENCY_DOWN]
NO_FACETS = dict.fromkeys((*bits.FACETS, "assigned_to", "first_time_right"))
NONE = asyncpg.BitString.frombytes(bytes(1024))
REVISED = list(pairwise(["Completed", "Revision Requested", "In Progress", "Completed", "Accepted"]))
MOVE = "UPDATE requests SET status ="
COUNT = "SELECT value, count FROM count_with_words($1, $2, $3, '{}', 'status')"
PAGE = "SELECT page_with_words($1, $2, $3, '{}', true, NULL, NULL, 51)"
RANKED = "SELECT ranked_with_words($1, $2, $3, '{}', '{High,Low}', true, NULL, NULL, NULL, 51)"
ALL = "SELECT all_with_words($1, $2, $3)"
NUMBERS_REACH_THE_NEXT_PART = """
SELECT setval(pg_get_serial_sequence('requests', 'number'), (max(number) / 8192 + 1) * 8192 - 9) FROM requests
"""
NUMBERS_ARE_IN_THE_NEXT_PART = NUMBERS_REACH_THE_NEXT_PART.replace(" - 9", "")
MISSING_AMONG_LATE = """
SELECT number FROM late_since(0) AS number JOIN requests r USING (number)
WHERE NOT EXISTS (SELECT FROM stale_words s WHERE s.request_id = r.id) AND NOT EXISTS (
    SELECT FROM late_bits b WHERE b.part = part_of(number) AND get_bit(b.bits, (number & 8191)::integer) = 1
)
"""


@pytest.fixture(name="bits")
async def few_bits(owner: asyncpg.Connection) -> AsyncIterator[None]:
    """Afterwards no word has bits again, as in a small desk."""
    yield
    await owner.execute("TRUNCATE frequent_words, word_bits")


async def give_bits(owner: asyncpg.Connection, *, to_all: bool) -> None:
    """To all words that are gathered, people and statuses among them, or to some half."""
    await owner.execute(ALL_HAVE_BITS, to_all)
    await owner.execute(THEIR_BITS)


async def compare(settings: Settings, hall: Hall, searches: int) -> None:  # noqa: F811
    """What is found by the words that are kept has tests of its own."""
    counted = unsaid = listed = shown = 0
    for caller in hall.everybody:
        who = Who(UUID(caller.id), caller.user["role"])
        async with signed_in_as(settings, DbRole[who.role].value, caller.id) as tx:
            await tx.execute(f"SET pg_trgm.word_similarity_threshold = {TYPO_THRESHOLD}")
            for _ in range(searches):
                search = Search(tx, who, narrowed(hall), forgiving=hall.rng.random() < 0.4)
                counted += await search.same_counts()
                if who.role in filters.SEE_EVERYTHING:
                    unsaid += await Search(tx, who, msgspec.structs.replace(narrowed(hall), q=None)).same_groups()
                for sort in (Sort.CREATED_DOWN, Sort.CREATED, *hall.rng.sample(RANKED_SORTS, 1)):
                    listed += await search.same_pages(sort, hall.rng.randint(2, 9))
                shown += await search.same_columns(hall.rng.choice(RANKED_SORTS), hall.rng.randint(1, 4))
    assert counted > searches
    assert unsaid > searches
    assert listed > searches
    assert shown > searches


def narrowed(hall: Hall) -> Filters:  # noqa: F811
    """A search, alone or beside some filters that have bits."""

    def some(values: list[Any]) -> list[Any] | None:
        return hall.rng.sample(values, hall.rng.randint(1, len(values) - 1)) if hall.rng.random() < 0.3 else None

    return Filters(
        q=hall.typed(),
        status=some(list(Status)),
        vendor=some([*VENDORS, "Nobody's"]),
        priority=some(list(Priority)),
        study_type=some([*KINDS, "layout"]),
        assigned_to=["none"] if hall.rng.random() < 0.2 else None,
        first_time_right=hall.rng.choice([True, False, None, None, None, None]),
    )


class Search:
    """One of somebody, by bits and as it is found."""

    def __init__(self, tx: asyncpg.Connection, who: Who, asked: Filters, *, forgiving: bool = False) -> None:
        self._tx, self._who, self._asked, self._forgiving = tx, who, asked, forgiving
        self._told = (who.role, asked, forgiving)

    async def _found(self, columns: str, rest: str = "", **others: Any) -> list[Any]:
        chosen = Conditions(msgspec.structs.replace(self._asked, **others), self._who)  # type: ignore[arg-type]
        if chosen.words:
            chosen.search(forgiving=self._forgiving)
        sql = f"SELECT {columns} FROM requests r WHERE {chosen.where} {rest}"
        return await Query("found", sql, str).all(self._tx, **chosen.values)

    async def same_groups(self) -> int:
        """By each facet; what has no value is in no group of it."""
        for facet in bits.FACETS:
            found = Counter(await self._found(f"r.{facet}", f"AND r.{facet} IS NOT NULL"))
            told = await bits.count(self._tx, self._asked, self._who, facet, forgiving=self._forgiving)  # type: ignore[arg-type]
            assert told == found, (facet, self._told)
        return len(await self._found("r.title"))

    async def same_counts(self) -> int:
        """By each facet, and all that the charts ask."""
        count = await self.same_groups()
        numbers = [int(number) for number in await self._found("r.number::text", "ORDER BY r.number", **NO_FACETS)]
        chosen = Conditions(self._asked, self._who)  # type: ignore[arg-type]
        said = await self._tx.fetchval(ALL, *chosen.typed(forgiving=self._forgiving), self._forgiving)
        assert numbers_of(said) == numbers, self._told
        return count

    async def same_pages(self, sort: Sort, limit: int) -> int:
        """All pages, one after the other, are what is found in that order. How many are found, unless
        other tests have written more than 5 000 of a word that has no bits."""
        order = Order(sort)
        found = await self._found("'SF-' || r.number", f"ORDER BY {order.sql}")
        limit = max(limit, len(found) // 6)  # a manager finds what all tests wrote
        told: list[str] = []
        after = None
        while True:
            rows = await bits.page(
                self._tx,
                self._asked,
                self._who,
                order,
                after,
                limit,
                forgiving=self._forgiving,  # type: ignore[arg-type]
            )
            if rows is None:
                assert not told
                return 0
            told += [row.key for row in rows[:limit]]
            if len(rows) <= limit:
                break
            after = order.read(order.cursor(rows[limit - 1], forgiving=self._forgiving))
        assert told == found, (sort, limit, self._told)
        return len(told)

    async def same_columns(self, sort: Sort, limit: int) -> int:
        """The first of each status, and of one of them those that follow."""
        order = Order(sort)
        wanted = self._asked.status or list(Status)
        columns = {
            status: await self._found("'SF-' || r.number", f"ORDER BY {order.sql} LIMIT {2 * limit}", status=[status])
            for status in wanted
        }
        rows = await self._columns(order, None, wanted, limit)
        if rows is None:
            return 0
        for status, keys in columns.items():
            there = [row for row in rows if row.status == status]
            assert [row.key for row in there] == keys[:limit], (sort, limit, status, self._told)
            if len(there) == limit:
                after = order.read(order.cursor(there[-1], forgiving=self._forgiving))
                more = await self._columns(order, after, [status], limit)
                assert more is not None
                assert [row.key for row in more] == keys[limit:], (sort, limit, status, self._told)
        return len(rows)

    async def _columns(
        self, order: Order, after: After | None, wanted: list[Status], limit: int
    ) -> list[Request] | None:
        return await bits.columns(
            self._tx,
            self._asked,
            self._who,
            order,
            after,
            wanted,
            limit,
            forgiving=self._forgiving,  # type: ignore[arg-type]
        )


async def vary(owner: asyncpg.Connection, hall: Hall) -> None:  # noqa: F811
    """Vendors, priorities and types of study, as others have them."""
    *_, admin = hall.everybody
    for kind in KINDS:
        answer = await admin.put(f"/api/study-types/{kind}", json={"name": kind, "fields": []})
        assert answer.status_code == 200, answer.text
    forms = await owner.fetch("SELECT study_type, id FROM forms WHERE study_type = ANY($1) ORDER BY id", KINDS)
    await owner.executemany(
        "UPDATE requests SET vendor = $2, priority = $3, study_type = $4, form_id = $5 WHERE id = $1",
        [
            (
                one,
                hall.rng.choice(VENDORS),
                hall.rng.choice(list(Priority)),
                *hall.rng.choice([(None, None), *map(tuple, forms)]),
            )
            for one in hall.ids
        ],
    )


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
    monkeypatch.setattr(bits, "SHORT", 0)
    some = hall.rng.sample(hall.ids, 20)
    await add_late(owner, hall)
    await vary(owner, hall)
    await compare(settings, hall, 5)
    await owner.fetchval(GATHER)
    await give_bits(owner, to_all=to_all)
    assert await owner.fetch(DIFFERING) == []
    assert await owner.fetch(MISSING_AMONG_LATE) == []
    await compare(settings, hall, 15)
    for sql, ids in (
        ("UPDATE requests SET title = 'reach of the fence' WHERE id = ANY($1::uuid[])", some[:8]),
        (f"{MOVE} 'On Hold' WHERE status = 'In Progress' AND id = ANY($1::uuid[])", hall.ids),
        (
            "UPDATE requests SET (study_type, form_id, vendor) = (NULL, NULL, 'KUKA') WHERE id = ANY($1::uuid[])",
            some[3:9],
        ),
        ("UPDATE requests SET priority = 'High' WHERE priority <> 'High' AND id = ANY($1::uuid[])", some[5:18]),
        (f"{MOVE} 'Discussion' WHERE status = 'Engineering Review' AND id = ANY($1::uuid[])", hall.ids),
        ("DELETE FROM requests WHERE id = ANY($1::uuid[])", some[6:12]),
        (f"{MOVE} 'In Progress' WHERE status = 'On Hold' AND id = ANY($1::uuid[])", hall.ids),
        (f"{MOVE} 'Cancelled' WHERE status = 'Submitted' AND id = ANY($1::uuid[])", hall.ids),
        *((f"{MOVE} '{to}' WHERE status = '{before}' AND id = ANY($1::uuid[])", hall.ids) for before, to in REVISED),
    ):
        await owner.execute(sql, ids)
        await compare(settings, hall, 4)
    assert await owner.fetchval("SELECT count(*) FROM stale_facets") > 0
    await add_late(owner, hall)
    await compare(settings, hall, 4)
    await owner.fetchval(GATHER)
    assert await owner.fetch(MISSING_AMONG_LATE) == []
    assert await owner.fetchval("SELECT count(*) FROM stale_facets") == 0
    right = await owner.fetch(
        "SELECT DISTINCT value FROM facet_bits WHERE facet = 'first_time_right' AND bits <> $1", NONE
    )
    assert {row["value"] for row in right} == {"true", "false"}
    assert await owner.fetch(DIFFERING) == []
    await compare(settings, hall, 10)


@pytest.mark.usefixtures("bits")
async def test_columns_that_the_nearest_parts_do_not_fill(
    settings: Settings, owner: asyncpg.Connection, requester: Caller, manager: Caller
) -> None:
    """Sixteen of twenty parts are looked at first, from either end: one column has more of high priority in the others,
    one has enough in these, and one has none at all."""
    for part in range(20):
        await owner.execute(NUMBERS_ARE_IN_THE_NEXT_PART)
        some = "High" if part in (1, 18) else "Low"
        more = "High" if part in (0, 2, 9, 10, 17, 19) else "Low"
        columns = [("Submitted", some), ("Feasibility Review", more), ("Cancelled", "Medium")]
        await put_all(owner, [as_row(requester, one, title="Thulium", priority=rank) for one, rank in columns])
    await owner.fetchval(GATHER)
    await give_bits(owner, to_all=True)
    for caller in (requester, manager):
        who = Who(UUID(caller.id), caller.user["role"])
        async with signed_in_as(settings, DbRole[who.role].value, caller.id) as tx:
            search = Search(tx, who, Filters(q="thulium"))
            for sort in RANKED_SORTS:
                assert [await search.same_columns(sort, limit) for limit in (1, 2, 3, 20)] == [3, 6, 9, 60]


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
    owner: asyncpg.Connection, manager: Caller, requester: Caller, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the number of each request, as these are few or as many have it."""
    words = " ".join(f"yttrium{n}" for n in range(1001))
    await put(owner, requester, description=words)
    await owner.fetchval(GATHER)
    async with signed_in_as(settings, "simflow_manager", manager.id) as tx:
        assert await tx.fetchval(COUNT, ["%yttrium%"], [None], False) is None
        assert await tx.fetchval(COUNT, ["%yttrium1000%"], [None], False) == "Submitted"
    for few in (0, 5):
        monkeypatch.setattr(filters, "FEW_SAID", few)
        for caller in (requester, manager):
            assert (await caller.get("/api/requests/counts", params={"q": "yttrium"})).json()["total"] == 1
            # Spelt alike as well.
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
@pytest.mark.parametrize("sql", [COUNT, PAGE, RANKED])
async def test_only_people_count(settings: Settings, manager: Caller, role: str, sql: str) -> None:
    async with signed_in_as(settings, role, manager.id) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.fetch(sql, ["%%"], [None], False)


@pytest.mark.parametrize("role", ["simflow_requester", "simflow_engineer", "simflow_manager", "simflow_admin"])
async def test_nothing_is_counted_for_nobody(settings: Settings, requester: Caller, role: str) -> None:
    await requester.submit()
    async with signed_in_as(settings, role, None) as tx:
        for sql in (COUNT, PAGE, RANKED):
            assert await tx.fetch(sql, ["%%"], [None], False) == []
        assert await tx.fetchval(ALL, ["%%"], [None], False) == b""


@pytest.mark.parametrize("role", ["simflow_requester", "simflow_engineer", "simflow_manager", "simflow_admin"])
@pytest.mark.parametrize(
    "table", ["frequent_words", "word_bits", "facet_bits", "late_bits", "stale_facets", "kept_bits"]
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
            for sql in (COUNT, PAGE, RANKED):
                assert await tx.fetch(sql, *values, forgiving) == []
