"""Search past row-level security, and within it: by the words that are kept each person finds what their texts hold."""

from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from simflow.db.pool import TYPO_THRESHOLD, DbRole
from simflow.db.queries import Query
from simflow.requests.filters import SEE_EVERYTHING, Conditions, Filters
from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as
from tests.requests.arrange import as_row, put, put_all
from tests.requests.table import STATUSES, WITH_ENGINEER
from tests.requests.test_listing import all_pages

SPOKEN = [
    *("reach", "reachable", "interference", "tyre", "fence", "Gr\u00f6\u00dfe", "gripper", "palletizing", "100%"),
    *("file_name", "C:\\cell", "zirconium", "ytterbium", "weld"),
]
PATHS = ("/api/requests", "/api/requests/counts", "/api/requests/board", "/api/requests/groups?by=status")


@dataclass
class Who:
    """The caller as the filters want them."""

    id: UUID
    role: str


@dataclass
class Hall:
    """Requests with random texts, public and internal comments and data, of two requesters and two engineers."""

    everybody: list[Caller]
    ids: list[str]
    rng: Random

    def text(self, most: int = 6) -> str:
        return " ".join(self.rng.choices(SPOKEN, k=self.rng.randint(1, most)))

    def typed(self) -> str:
        """Parts of what is said, at times misspelt."""
        parts = []
        for word in self.rng.sample(SPOKEN, self.rng.randint(1, 3)):
            start = self.rng.randint(0, 2)
            part = word[start : start + self.rng.randint(3, 9)]
            parts.append(self.rng.choice([part, part, part.upper(), part[:2] + part[3:] + part[2:3]]))
        return " ".join(parts)


@pytest.fixture
async def hall(people: People, owner: asyncpg.Connection) -> Hall:
    await owner.fetchval("SELECT gather_words(100000)")  # else all that other tests wrote is read with each search
    everybody = [await people.add(role) for role in ("USER", "USER", "ENGINEER", "ENGINEER", "MANAGER", "ADMIN")]
    rng = Random(7)
    hall = Hall(everybody, [], rng)
    plans = [
        (by, status, everybody[2 + number % 2] if status in WITH_ENGINEER else None)
        for number, status in enumerate(STATUSES)
        for by in everybody[:3]
    ]
    rows = await put_all(owner, [as_row(*plan, title=hall.text(), description=hall.text()) for plan in plans])
    hall.ids = [row["id"] for row in rows]
    await owner.executemany(
        "INSERT INTO comments (request_id, author_id, author_name, author_role, content, internal)"
        " VALUES ($1, $2, 'N', 'ENGINEER', $3, $4)",
        [(one, everybody[2].id, hall.text(), rng.random() < 0.5) for one in hall.ids for _ in range(rng.randint(0, 3))],
    )
    await owner.executemany(
        "INSERT INTO request_values (request_id, field, text_value) VALUES ($1, 'remark', $2)",
        [(one, hall.text(2)) for one in hall.ids[::3]],
    )
    return hall


READABLE = """EXISTS (
    SELECT FROM unnest(words_of(concat_ws(' ', r.title, r.description,
        (SELECT string_agg(c.content, ' ') FROM comments c WHERE c.request_id = r.id),
        (SELECT string_agg(v.text_value, ' ') FROM request_values v WHERE v.request_id = r.id)
    ))) AS said WHERE said %> :word{i}
)"""
"""Spelling compared with each word of what the person may read: in a text, something alike may reach over several."""


async def ids(tx: asyncpg.Connection, mine: list[str], where: str, values: dict[str, Any]) -> set[str]:
    """Of the hall's own: who sees everything would read the texts of all tests."""
    sql = f"SELECT r.id::text FROM requests r WHERE r.id = ANY(:mine::uuid[]) AND {where}"
    return set(await Query("found", sql, str).all(tx, **values, mine=mine))


async def same(tx: asyncpg.Connection, caller: Caller, hall: Hall, *, forgiving: bool) -> int:
    """Reads the texts under row-level security, and asks for the words that are kept; how many are found."""
    q, mine = hall.typed(), hall.ids
    who = Who(UUID(caller.id), caller.user["role"])
    texts, kept, here = [Conditions(Filters(q=q), who) for _ in range(3)]  # type: ignore[arg-type]
    texts.search(forgiving=forgiving, one_by_one="texts")
    kept.search(forgiving=forgiving)
    found, read = await ids(tx, mine, kept.where, kept.values), await ids(tx, mine, texts.where, texts.values)
    if who.role in SEE_EVERYTHING:
        here.search(forgiving=forgiving, one_by_one="words")
        assert await ids(tx, mine, here.where, here.values) == found, (q, forgiving)
    least = read
    if forgiving:
        words = " AND ".join(READABLE.replace("{i}", str(i)) for i in range(len(texts.words)))
        least = await ids(tx, mine, words, texts.values)
    assert least <= found <= read, (caller.user["role"], q, forgiving)
    return len(found)


async def compare(settings: Settings, hall: Hall, searches: int) -> None:
    finds = 0
    for caller in hall.everybody:
        role = caller.user["role"]
        async with signed_in_as(settings, DbRole[role].value, caller.id) as tx:
            await tx.execute(f"SET pg_trgm.word_similarity_threshold = {TYPO_THRESHOLD}")
            for _ in range(searches):
                finds += await same(tx, caller, hall, forgiving=hall.rng.random() < 0.4)
    assert finds > searches


async def test_each_role_finds_by_kept_words_what_they_may_read(
    settings: Settings, owner: asyncpg.Connection, hall: Hall
) -> None:
    """While all words are stale, once they are gathered, and after some have changed again."""
    await compare(settings, hall, 25)
    await owner.fetchval("SELECT gather_words(100000)")
    await owner.execute("ANALYZE requests, request_words, lexicon, stale_words")
    await compare(settings, hall, 40)
    some = hall.rng.sample(hall.ids, 10)
    await owner.execute("UPDATE requests SET title = 'reach of the fence' WHERE id = ANY($1::uuid[])", some[:5])
    gone = "UPDATE comments SET withdrawn_at = now(), content = '' WHERE request_id = ANY($1::uuid[])"
    await owner.execute(gone, some)
    await compare(settings, hall, 25)


async def test_an_internal_comment_makes_a_request_found_only_by_who_may_read_it(
    settings: Settings, owner: asyncpg.Connection, people: People, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    request = await put(owner, requester, "In Progress", engineer)
    another = await people.add("ENGINEER")
    for content, internal in (("Ruthenium casing", True), ("Palladium casing", False)):
        await owner.execute(
            "INSERT INTO comments (request_id, author_id, author_name, author_role, content, internal)"
            " VALUES ($1, $2, 'N', 'ENGINEER', $3, $4)",
            request["id"],
            engineer.id,
            content,
            internal,
        )
    for _ in range(2):
        for q, finders in (
            ("ruthenium", [engineer, manager]),
            ("rutenium", [engineer, manager]),
            ("ruthenium palladium", [engineer, manager]),
            ("palladium", [engineer, manager, requester]),
            ("paladium", [engineer, manager, requester]),
        ):
            for caller in (requester, engineer, another, manager):
                for path in PATHS:
                    query = {"q": q, "createdBy": requester.id} | ({"by": "status"} if "groups" in path else {})
                    answer = await caller.get(path, params=query)
                    told = request["key"] in answer.text or _counts_one(answer.json())
                    assert told == (caller in finders), (q, path)
        await owner.fetchval("SELECT gather_words(100000)")


def _counts_one(answer: dict[str, Any]) -> bool:
    return answer.get("total") == 1 or any(group["count"] == 1 for group in answer.get("groups", []))


@pytest.mark.parametrize("following", [0, 20, 1000])
async def test_pages_of_a_search_are_those_of_all(
    people: People, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch, following: int
) -> None:
    """A page goes on where the one before ended, found soon or by the index, also with typos and with filters."""
    requester, engineer = await people.add("USER"), await people.add("ENGINEER")
    texts = [f"{'Reach' if i % 2 else 'Cycle'} study {'tyre' if i % 9 == 0 else ''}" for i in range(60)]
    await put_all(
        owner,
        [
            as_row(requester, "In Progress", engineer, title=text, priority="High" if i % 3 else "Low")
            for i, text in enumerate(texts)
        ],
    )
    await owner.fetchval("SELECT gather_words(100000)")
    asked = [("reach", {}, 30), ("reahc", {}, 30), ("tyre", {}, 7), ("reach", {"priority": "Low"}, 10)]
    for caller in (requester, engineer):
        for (q, more, number), sort in product(asked, ("-createdAt", "createdAt", "title")):
            query = {"q": q, "sort": sort, "createdBy": requester.id} | more
            monkeypatch.setattr("simflow.requests.listing.NEXT", 0)
            whole = await all_pages(caller, **query, limit=200)
            assert len(whole) == number
            monkeypatch.setattr("simflow.requests.listing.NEXT", following)
            paged = await all_pages(caller, **query, limit=4)
            assert [row["id"] for row in paged] == [row["id"] for row in whole], query


# By plain SQL ------------------------------------------------------------------------------------------------

FIND = "SELECT f.id::text FROM requests_with_words($1, $2, $3) AS f (id)"


async def test_nobody_finds_what_the_policies_hide(settings: Settings, owner: asyncpg.Connection, hall: Hall) -> None:
    """All that there is to find, by part of a word, by what is spelt alike and by key."""
    numbers = await owner.fetch("SELECT number FROM requests WHERE id = ANY($1::uuid[])", hall.ids)
    for gathered in (False, True):
        if gathered:
            await owner.fetchval("SELECT gather_words(100000)")
        for caller in hall.everybody[:4]:
            async with signed_in_as(settings, DbRole[caller.user["role"]].value, caller.id) as tx:
                seen = {row[0] for row in await tx.fetch("SELECT id::text FROM requests")}
                assert 0 < len(seen & set(hall.ids)) < len(hall.ids)
                found = {row[0] for row in await tx.fetch(FIND, ["%%"], [None], False)}
                assert found == seen
                alike = [row[0] for word in SPOKEN for row in await tx.fetch(FIND, [word], [None], True)]
                by_key = [r[0] for n in numbers for r in await tx.fetch(FIND, ["%no-such%"], [n["number"]], False)]
                assert set(by_key) == seen & set(hall.ids)
                assert set(alike) <= seen


@pytest.mark.parametrize("role", ["simflow_requester", "simflow_engineer"])
async def test_without_a_person_nothing_is_found(settings: Settings, hall: Hall, role: str) -> None:
    async with signed_in_as(settings, role, None) as tx:
        assert await tx.fetch(FIND, ["%%"], [None], False) == []


@pytest.mark.parametrize("role", ["none", "simflow_auth", "simflow_worker", "simflow_monitor", "simflow_manager"])
async def test_only_they_search_like_this(settings: Settings, hall: Hall, role: str) -> None:
    async with signed_in_as(settings, role, hall.everybody[4].id) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.fetch(FIND, ["%%"], [None], False)


@pytest.mark.parametrize("role", ["simflow_requester", "simflow_engineer"])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT FROM lexicon",
        "SELECT FROM request_words",
        "SELECT FROM stale_words",
        "SELECT FROM kept_words",
        "SELECT rough_share('%a%')",
    ],
)
async def test_nobody_reads_what_others_wrote_from_the_index(
    settings: Settings, hall: Hall, role: str, query: str
) -> None:
    async with signed_in_as(settings, role, hall.everybody[2].id) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.fetch(query)


@pytest.mark.parametrize("word", ["x' OR true --", "') OR true OR ('", "%L", "%1$s", "$1", "{a,b}", '"', "},{", "\\'"])
async def test_what_is_typed_is_never_sql(settings: Settings, hall: Hall, word: str) -> None:
    requester = hall.everybody[0]
    async with signed_in_as(settings, "simflow_requester", requester.id) as tx:
        for forgiving in (False, True):
            assert await tx.fetch(FIND, [f"%zqzq{word}zqzq%"], [None], forgiving) == []
            assert await tx.fetch(FIND, ["%%", f"%zqzq{word}zqzq%"], [1, None], forgiving) == []


async def test_who_sees_a_request_from_now_on_finds_it_at_once(
    owner: asyncpg.Connection, people: People, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    """Before its words are gathered anew, and after; who does not see it any more does not find it any more."""
    another = await people.add("ENGINEER")
    request = await requester.submit(title="Gadolinium cell")
    await owner.fetchval("SELECT gather_words(100000)")

    async def finders() -> list[Caller]:
        callers = (requester, engineer, another)
        answers = [await caller.get("/api/requests", params={"q": "gadolinium"}) for caller in callers]
        return [c for c, answer in zip(callers, answers, strict=True) if request["key"] in answer.text]

    assert await finders() == [requester]
    await manager.assign(request, engineer)
    for _ in range(2):
        assert await finders() == [requester, engineer, another]  # every engineer sees what is in review
        await owner.fetchval("SELECT gather_words(100000)")
    await engineer.move(request, "In Progress")
    for _ in range(2):
        assert await finders() == [requester, engineer]
        await owner.fetchval("SELECT gather_words(100000)")
    await manager.assign(request, another)
    await another.move(request, "In Progress")
    for _ in range(2):
        assert await finders() == [requester, another]
        await owner.fetchval("SELECT gather_words(100000)")


async def test_a_frequent_word_is_found_among_the_next_ones(
    people: People, owner: asyncpg.Connection, statements: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a rare one by the index, after a look at a few, where bits do not tell."""
    monkeypatch.setattr("simflow.requests.bits.SHORT", 99)
    requester = await people.add("USER")
    await put_all(owner, [as_row(requester, title=f"Cycle time {i}{' tyre' if i == 7 else ''}") for i in range(40)])
    await owner.fetchval("SELECT gather_words(100000)")
    for words, is_indexed in (("cycle", False), ("tyre", True)):
        query = {"q": words, "limit": 2}
        await requester.get("/api/requests", params=query)
        with statements() as run:
            answer = await requester.get("/api/requests", params=query)
        assert len(answer.json()["requests"]) == (1 if is_indexed else 2)
        assert len(run) == 2 + is_indexed
        assert any("requests_with_words" in one for one in run) == is_indexed
