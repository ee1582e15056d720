"""Lists in the order of a field of the simulation data."""

import csv
import io
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from simflow.cursors import pack
from tests.conftest import Caller, People
from tests.requests.test_listing import all_pages
from tests.requests.test_word_counts import GATHER, few_bits, give_bits  # noqa: F401  (one is a fixture)

FIELDS: list[dict[str, Any]] = [
    {"name": "payload", "label": "Payload", "kind": "number", "unit": "kg"},
    {"name": "axes", "label": "Axes", "kind": "number"},
    {"name": "freeze", "label": "Frozen", "kind": "date"},
    {"name": "gripper", "label": "Gripper", "kind": "choice", "choices": ["Vacuum", "jaws", "Magnet"]},
    {"name": "station", "label": "Station", "kind": "text"},
    {"name": "contact", "label": "Contact", "kind": "person"},
    {"name": "spare", "label": "Spare", "kind": "text"},
]
DATA: list[dict[str, Any]] = [
    {"payload": 120, "axes": 6, "freeze": "2026-12-01", "gripper": "Vacuum", "station": "40R"},
    {"payload": {"value": 0.2, "unit": "t"}, "axes": -1, "freeze": "1999-02-28", "gripper": "jaws", "station": "40r"},
    {"payload": {"value": 120000, "unit": "g"}, "axes": 7, "freeze": "2027-01-01", "station": "É 7"},
    {},
    {"payload": {"value": 900, "unit": "g"}, "axes": 0, "gripper": "Magnet", "station": "z" * 300},
    {"axes": 6.5, "freeze": "2026-12-01", "station": "z" * 300 + "a"},
    {},
]
# The numbers of DATA in ascending order, those with the same value by age; after them those without one.
ORDERS = {
    "payload": ([4, 0, 2, 1], [3, 5, 6]),
    "axes": ([1, 4, 0, 5, 2], [3, 6]),
    "freeze": ([1, 0, 5, 2], [3, 4, 6]),
    "gripper": ([1, 4, 0], [2, 3, 5, 6]),
    "spare": ([], [0, 1, 2, 3, 4, 5, 6]),
}


@pytest.fixture
async def kind(admin: Caller) -> str:
    name = f"t{uuid4().hex[:10]}"
    answer = await admin.put(f"/api/study-types/{name}", json={"name": "Reach", "fields": FIELDS})
    assert answer.status_code == 200, answer.text
    return name


@pytest.fixture
async def made(kind: str, requester: Caller) -> list[str]:
    return [(await requester.submit(studyType=kind, data=data))["id"] for data in DATA]


@pytest.mark.parametrize("down", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("field", ORDERS)
async def test_every_page_goes_on_where_the_last_ended(
    made: list[str], kind: str, requester: Caller, manager: Caller, field: str, down: bool
) -> None:
    valued, rest = (list(reversed(part)) if down else part for part in ORDERS[field])
    wanted = [made[n] for n in [*valued, *rest]]
    sort = f"{'-' if down else ''}field:{field}"
    for caller, filters in ((requester, {}), (manager, {"studyType": kind})):
        for limit in (1, 2, 3, 7, 8):
            rows = await all_pages(caller, sort=sort, limit=limit, **filters)
            assert [row["id"] for row in rows] == wanted, (limit, caller.user["role"])
        exported = await caller.get("/api/requests/export", params={"sort": sort, "columns": "key"} | filters)
        keys = [row[0] for row in csv.reader(io.StringIO(exported.text)) if row and row[0].startswith("SF-")]
        assert keys == [row["key"] for row in rows]


@pytest.mark.usefixtures("bits")
@pytest.mark.parametrize("typed", ["ytterbium", "ytterbuim"], ids=["spelt", "misspelt"])
async def test_what_is_searched_for_comes_in_that_order(
    kind: str, requester: Caller, manager: Caller, owner: asyncpg.Connection, typed: str
) -> None:
    """While its words are not gathered, and by bits."""
    made = []
    for data in DATA:
        made.append((await requester.submit(studyType=kind, data=data, title="Ytterbium"))["id"])
        await requester.submit(studyType=kind, data=data, title="Other")
    for is_gathered in (False, True):
        if is_gathered:
            await owner.fetchval(GATHER)
            await give_bits(owner, to_all=True)
        for down in (False, True):
            valued, rest = (list(reversed(part)) if down else part for part in ORDERS["payload"])
            sort = f"{'-' if down else ''}field:payload"
            for caller in (requester, manager):
                rows = await all_pages(caller, sort=sort, limit=2, q=typed, studyType=kind)
                assert [row["id"] for row in rows] == [made[n] for n in [*valued, *rest]], caller.user["role"]


@pytest.mark.parametrize("field", ["station", "contact"])
async def test_texts_stand_without_regard_to_case_and_none_is_lost(
    made: list[str], kind: str, requester: Caller, owner: asyncpg.Connection, field: str
) -> None:
    """The database's own order of letters; long texts are told apart by their first 200 characters."""
    contacts = [requester.id, None]
    for number, contact in enumerate(contacts):
        await requester.submit(studyType=kind, data={"contact": contact, "station": f"S{number}"})
    ordered = await owner.fetch(
        """SELECT r.id::text FROM requests r LEFT JOIN request_values v ON v.request_id = r.id AND v.field = $1
        WHERE r.study_type = $2 ORDER BY lower(left(v.text_value, 200)) NULLS LAST, r.number""",
        field,
        kind,
    )
    for limit in (1, 4, 20):
        rows = await all_pages(requester, sort=f"field:{field}", limit=limit)
        assert [row["id"] for row in rows] == [row["id"] for row in ordered]
    assert len(ordered) == len(DATA) + len(contacts)


async def test_nobody_learns_of_what_is_not_theirs(
    made: list[str], kind: str, people: People, engineer: Caller, manager: Caller, admin: Caller
) -> None:
    stranger = await people.add("USER")
    own = await stranger.submit(studyType=kind, data={"payload": 150})
    params: dict[str, Any] = {"studyType": kind, "sort": "field:payload", "limit": 2}
    assert [row["id"] for row in await all_pages(stranger, **params)] == [own["id"]]
    assert await all_pages(engineer, **params) == []
    for caller in (manager, admin):
        rows = await all_pages(caller, **params)
        assert [row["id"] for row in rows] == [made[4], made[0], made[2], own["id"], made[1], made[3], made[5], made[6]]


async def test_a_page_goes_on_after_the_values_that_it_ended_with(
    made: list[str], requester: Caller, owner: asyncpg.Connection
) -> None:
    params: dict[str, Any] = {"sort": "field:payload", "limit": 2}
    first = (await requester.get("/api/requests", params=params)).json()
    change = "UPDATE request_values SET number_value = 1e9 WHERE request_id = $1 AND field = 'payload'"
    await owner.execute(change, made[0])
    second = (await requester.get("/api/requests", params=params | {"cursor": first["nextCursor"]})).json()
    assert [row["id"] for row in first["requests"]] == [made[4], made[0]]
    assert [row["id"] for row in second["requests"]] == [made[2], made[1]]


async def test_orders_and_cursors_that_cannot_be_taken(made: list[str], requester: Caller) -> None:
    cursors = [
        pack("field:axes", [1.0, ""], 1, False),
        pack("field:payload", [1.0], 1, False),
        pack("field:payload", ["x", ""], 1, False),
        pack("field:payload", [1.0, "nul\x00"], 1, False),
        pack("field:payload", "x", 1, False),
    ]
    for params in (
        *(
            {"sort": sort}
            for sort in ("field:", "field:Payload", "field:a b", "field", "--field:a", f"field:{'a' * 41}")
        ),
        *({"sort": "field:payload", "cursor": cursor} for cursor in cursors),
    ):
        answer = await requester.get("/api/requests", params=params)
        assert answer.status_code == 422, params
        assert [error["field"] for error in answer.json()["errors"]] == [list(params)[-1]]


async def test_a_field_that_there_is_not_is_told_with_those_that_there_are(made: list[str], requester: Caller) -> None:
    for path in ("/api/requests", "/api/requests/export"):
        for sort in ("field:unheard_of", "-field:unheard_of"):
            answer = await requester.get(path, params={"sort": sort})
            assert answer.status_code == 422
            [error] = answer.json()["errors"]
            assert error["field"] == "sort"
            assert error["message"].startswith("no type of study has the field unheard_of; there are ")
            assert {field["name"] for field in FIELDS} <= set(error["message"].partition("there are ")[2].split(", "))


async def test_a_page_takes_two_statements(made: list[str], requester: Caller, statements: Any) -> None:
    await requester.get("/api/requests", params={"sort": "field:payload"})
    with statements() as run:
        await requester.get("/api/requests", params={"sort": "field:payload", "limit": 3})
    assert len(run) == 2, "\n\n".join(run)
