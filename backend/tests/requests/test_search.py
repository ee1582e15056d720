"""Search: parts of words, typos, several words, keys; in titles, descriptions and comments."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from simflow.requests import bits, listing
from tests.conftest import Caller
from tests.requests.arrange import as_row, put, put_all
from tests.requests.test_listing import all_pages

NO_BITS = 99
"""As `listing.SHORT`: all words are so short that pages are not told by bits."""


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture
async def shelf(owner: asyncpg.Connection, requester: Caller) -> dict[str, str]:
    """What a requester has asked for, by a short name: the id."""
    await owner.fetchval("SELECT gather_words(100000)")  # else all that other tests wrote is read with each search
    texts = {
        "welding": ("Reachability of the welding cell", "Kinematics of seven axes, collision with the fixture"),
        "cycle": ("Cycle time of palletizing", "Throughput at 100% load: file_name, C:\\robots\\cell"),
        "line": ("Linienausgleich M\u00fcnchen", "Gr\u00f6\u00dfe der Puffer; \u65e5\u672c\u8a9e \U0001f916"),
        "percent": ("100 percent", "file-name and fileXname"),
    }
    ids = {}
    for name, (title, description) in texts.items():
        ids[name] = (await put(owner, requester, title=title, description=description))["id"]
    path = f"/api/requests/{ids['cycle']}/comments"
    await requester.post(path, json={"content": "The gripper needs replacement"})
    return ids


async def found(caller: Caller, shelf: dict[str, str], words: str, of: Caller | None = None) -> set[str]:
    query = {"q": words} | ({"createdBy": of.id} if of else {})
    answer = await caller.get("/api/requests", params=query)
    assert answer.status_code == 200, answer.text
    total = (await caller.get("/api/requests/counts", params=query)).json()["total"]
    names = {request_id: name for name, request_id in shelf.items()}
    rows = answer.json()["requests"]
    assert total == len(rows)
    return {names[row["id"]] for row in rows}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("welding", {"welding"}),
        ("WELDING", {"welding"}),
        ("eldin", {"welding"}),
        ("kinematic", {"welding"}),
        ("collision fixture", {"welding"}),
        ("fixture welding", {"welding"}),
        ("  welding \t cell ", {"welding"}),
        ("welding palletizing", set()),
        ("gripper", {"cycle"}),
        ("gripp", {"cycle"}),
        ("gripper palletizing throughput", {"cycle"}),
        ("m\u00fcnchen", {"line"}),
        ("M\u00dcNCHEN", {"line"}),
        ("Gr\u00f6\u00dfe", {"line"}),
        ("\u65e5\u672c", {"line"}),
        ("\U0001f916", {"line"}),
        ("e", {"welding", "cycle", "line", "percent"}),
        ("", {"welding", "cycle", "line", "percent"}),
        ("   ", {"welding", "cycle", "line", "percent"}),
    ],
)
async def test_parts_of_words(requester: Caller, shelf: dict[str, str], words: str, names: set[str]) -> None:
    assert await found(requester, shelf, words) == names


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("weldign", {"welding"}),
        ("weldng", {"welding"}),
        ("welldding", {"welding"}),
        ("kinmatics", {"welding"}),
        ("reachabilty", {"welding"}),
        ("paletizing", {"cycle"}),
        ("griper", {"cycle"}),
        ("replacment", {"cycle"}),
        ("troughput", {"cycle"}),
        ("munchen", {"line"}),
        ("weldign colision", {"welding"}),
        ("xylophone", set()),
        ("qqqqqq", set()),
    ],
)
async def test_typos(requester: Caller, shelf: dict[str, str], words: str, names: set[str]) -> None:
    assert await found(requester, shelf, words) == names


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("100%", {"cycle"}),
        ("%", {"cycle"}),
        ("file_name", {"cycle"}),
        ("_", {"cycle"}),
        ("\\", {"cycle"}),
        ("C:\\robots", {"cycle"}),
        ("robots\\cell", {"cycle"}),
        ("%%%", set()),
        ("___", set()),
        ("'", set()),
        ("';--", set()),
        ("$1::text", set()),
        (":word0", set()),
        ("{where}", set()),
    ],
)
async def test_nothing_has_a_special_meaning(
    requester: Caller, shelf: dict[str, str], words: str, names: set[str]
) -> None:
    assert await found(requester, shelf, words) == names


EVERYTHING = [
    *("welding", "WELDING", "eldin", "kinematic", "collision fixture", "welding palletizing", "gripp", "e", "ng"),
    *(
        "gripper palletizing throughput",
        "m\u00fcnchen",
        "M\u00dcNCHEN",
        "Gr\u00f6\u00dfe",
        "\u65e5\u672c",
        "\U0001f916",
    ),
    *("weldign", "kinmatics", "paletizing", "replacment", "weldign colision", "xylophone", "munchen"),
    *("100%", "%", "file_name", "_", "\\", "C:\\robots", "%%%", "'", "$1::text", ":word0", "load:", "100 percent"),
]


async def test_who_sees_everything_and_who_sees_less_find_the_same(
    manager: Caller, requester: Caller, owner: asyncpg.Connection, shelf: dict[str, str]
) -> None:
    """By the index, and by the function that keeps to what one sees; others compare them with the texts."""
    for _ in range(2):
        for words in EVERYTHING:
            assert await found(manager, shelf, words, of=requester) == await found(requester, shelf, words), words
        await owner.fetchval("SELECT gather_words(100000)")
        assert await owner.fetchval("SELECT count(*) FROM stale_words") == 0


async def test_what_has_changed_is_found_before_its_words_are_gathered(
    manager: Caller, requester: Caller, owner: asyncpg.Connection, shelf: dict[str, str]
) -> None:
    await owner.fetchval("SELECT gather_words(100000)")
    await requester.patch(f"/api/requests/{shelf['welding']}", json={"title": "Palletizing instead"})
    said = await requester.post(f"/api/requests/{shelf['line']}/comments", json={"content": "Gripper too"})
    for _ in range(2):
        assert await found(manager, shelf, "welding", of=requester) == set()
        assert await found(manager, shelf, "palletizing", of=requester) == {"welding", "cycle"}
        assert await found(manager, shelf, "gripper", of=requester) == {"cycle", "line"}
        assert await found(manager, shelf, "gripper puffer", of=requester) == {"line"}
        await owner.fetchval("SELECT gather_words(100000)")
    answer = await requester.delete(f"/api/requests/{shelf['line']}/comments/{said.json()['comment']['id']}")
    assert answer.status_code == 200, answer.text
    for _ in range(2):
        assert await found(manager, shelf, "gripper", of=requester) == {"cycle"}
        await owner.fetchval("SELECT gather_words(100000)")


async def test_what_comes_while_words_are_gathered_stays_noted(
    manager: Caller, requester: Caller, owner: asyncpg.Connection, owner_url: str, shelf: dict[str, str]
) -> None:
    async with connected(owner_url) as another, another.transaction():
        await another.execute("UPDATE requests SET title = 'Unmistakable' WHERE id = $1", shelf["line"])
        await owner.fetchval("SELECT gather_words(100000)")
        assert await found(manager, shelf, "linienausgleich", of=requester) == {"line"}
    assert await found(manager, shelf, "unmistakable", of=requester) == {"line"}
    assert await found(manager, shelf, "linienausgleich", of=requester) == set()


async def test_the_words_that_are_kept_are_those_of_the_texts(
    owner: asyncpg.Connection, requester: Caller, shelf: dict[str, str]
) -> None:
    """Of all that tests have written so far; and made at once, they are the same."""
    lines = f"Größe\r\n\n{'very long ' * 400}\n{'x' * 3000}\u00a0Ü\vend"
    for title in ("One", "Two"):
        await put(owner, requester, title=title, description=lines)
    differing = "SELECT * FROM gathered_words EXCEPT SELECT * FROM kept_words"
    for gather in ("SELECT gather_words(100000)", "SELECT gather_all_words()"):
        await owner.execute(gather)
        assert await owner.fetch(differing) == []
        assert await owner.fetchval("SELECT count(*) FROM stale_words") == 0
        assert await owner.fetchval("SELECT count(*) FROM kept_words") == await owner.fetchval(
            "SELECT count(*) FROM requests"
        )


@pytest.mark.parametrize("length", [100, 101, 150])
async def test_a_part_of_a_very_long_word_is_found(
    manager: Caller, owner: asyncpg.Connection, requester: Caller, length: int
) -> None:
    word = "".join(f"{i:04}" for i in range(200))
    one = await put(owner, requester, description=f"See {word}.")
    await owner.fetchval("SELECT gather_words(100000)")
    for start in (0, 1, 99, 100, 101, 150, 350, len(word) - length):
        assert await found(manager, {"it": one["id"]}, word[start : start + length], of=requester) == {"it"}, start
    assert await found(manager, {"it": one["id"]}, "x" * length, of=requester) == set()


async def test_a_key_is_found(requester: Caller, owner: asyncpg.Connection) -> None:
    one = await put(owner, requester, title="One", description="Two")
    await put(owner, requester, title="Three", description="Four")
    for words in (one["key"], one["key"].lower(), f"{one['key']} one"):
        rows = (await requester.get("/api/requests", params={"q": words})).json()["requests"]
        assert [row["id"] for row in rows] == [one["id"]], words
    assert (await requester.get("/api/requests", params={"q": f"{one['key']} four"})).json()["requests"] == []


async def test_what_was_edited_is_found_at_once(requester: Caller) -> None:
    request = await requester.submit(title="Plain")
    await requester.patch(f"/api/requests/{request['id']}", json={"title": "Unmistakable"})
    for words, count in (("unmistakable", 1), ("plain", 0)):
        assert (await requester.get("/api/requests/counts", params={"q": words})).json()["total"] == count


async def test_everything_is_searched_not_only_the_newest(requester: Caller, owner: asyncpg.Connection) -> None:
    oldest = await put(owner, requester, title="Oldest of all")
    await put_all(owner, [as_row(requester, title=f"Newer {i}") for i in range(210)])
    rows = (await requester.get("/api/requests", params={"q": "oldest"})).json()["requests"]
    assert [row["id"] for row in rows] == [oldest["id"]]
    assert (await requester.get("/api/requests/counts")).json()["total"] == 211


@pytest.mark.parametrize("words", ["reach", "reach cell", "nothing-like-it", "SF-", "weldng", "weldng cel"])
@pytest.mark.parametrize("sort", ["-createdAt", "title"])
async def test_frequent_and_rare_words_find_the_same(
    manager: Caller,
    owner: asyncpg.Connection,
    shelf: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    sort: str,
) -> None:
    """Looking through the next ones, asking the indexes of all texts and asking bits are three ways to one answer."""
    await put_all(owner, [as_row(manager, title=f"Welding cell {i}") for i in range(12)])
    monkeypatch.setattr(bits, "SHORT", NO_BITS)
    indexed = await all_pages(manager, q=words, sort=sort, limit=200)
    await owner.execute("ANALYZE requests")
    # By bits fewer pages: no worker is here, and each reads the texts of all that it may come to.
    for window, short, most in ((0, NO_BITS, 10), (1000, NO_BITS, 10), (1000, 0, 100)):
        monkeypatch.setattr(listing, "WINDOW", window)
        monkeypatch.setattr(bits, "SHORT", short)
        near = await all_pages(manager, q=words, sort=sort, limit=1 if len(indexed) < 30 else most)
        assert [row["id"] for row in near] == [row["id"] for row in indexed]


async def test_a_frequent_word_is_found_without_asking_for_all(
    manager: Caller, owner: asyncpg.Connection, statements: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bits, "SHORT", NO_BITS)
    for _ in range(3):
        await manager.submit(title="Reach of the framer")
    await owner.execute("ANALYZE requests")
    await manager.get("/api/requests", params={"q": "reach", "limit": 2})  # a connection learns of types once
    with statements() as run:
        page = await manager.get("/api/requests", params={"q": "reach", "limit": 2})
    assert [row["title"] for row in page.json()["requests"]] == ["Reach of the framer"] * 2
    assert len(run) == 2
    assert not any("UNION" in query for query in run)
    monkeypatch.setattr(bits, "SHORT", 3)
    with statements() as run:
        told = await manager.get("/api/requests", params={"q": "framer", "limit": 2})
    assert [row["title"] for row in told.json()["requests"]] == ["Reach of the framer"] * 2
    assert len(run) == 1


async def test_a_frequent_word_is_found_misspelt_without_asking_for_all(
    manager: Caller,
    owner: asyncpg.Connection,
    shelf: dict[str, str],
    statements: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bits, "SHORT", NO_BITS)
    titles = [f"Palletizing {i}" for i in range(4)]
    await put_all(owner, [as_row(manager, title=title) for title in titles])
    query = {"q": "palletzing", "limit": 2}
    await manager.get("/api/requests", params=query)  # a connection learns of types once
    with statements() as run:
        page = (await manager.get("/api/requests", params=query)).json()
        rest = (await manager.get("/api/requests", params={**query, "cursor": page["nextCursor"]})).json()
    assert {row["title"] for row in page["requests"] + rest["requests"]} == set(titles)
    assert not any("UNION" in query and "%>" in query for query in run)


async def test_the_planner_tells_how_frequent_a_word_is(owner: asyncpg.Connection, shelf: dict[str, str]) -> None:
    await owner.execute("ANALYZE requests")
    frequent, rare = [await owner.fetchval("SELECT rough_share($1)", word) for word in ("%e%", "%xylophone%")]
    assert 0 <= rare < 0.1 < frequent <= 1.01


@pytest.mark.parametrize("words", ["reach", "reach cell", "e", "nothing-like-it", "weldign"])
async def test_what_is_counted_is_what_is_listed(
    manager: Caller, owner: asyncpg.Connection, shelf: dict[str, str], words: str
) -> None:
    """Also where the words of some are not gathered yet."""
    await owner.fetchval("SELECT gather_words(100000)")
    await manager.submit(title="Reach of the framer")
    listed = await all_pages(manager, q=words, limit=200)
    counts = (await manager.get("/api/requests/counts", params={"q": words})).json()
    assert counts["total"] == len(listed)
    assert counts["byStatus"]["Submitted"] == sum(row["status"] == "Submitted" for row in listed)
