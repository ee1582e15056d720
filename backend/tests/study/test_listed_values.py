"""What lists and files tell of simulation data: the fields that were asked for, of what one sees."""

import csv
import io
import zipfile
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import asyncpg
import pytest

from simflow.db.queries import Connection, Query
from simflow.requests import listing
from tests.conftest import Caller, People
from tests.requests.test_export import exported
from tests.requests.test_listing import all_pages

FIELDS: list[dict[str, Any]] = [
    {"name": "payload", "label": "Payload", "kind": "number", "unit": "kg"},
    {"name": "axes", "label": "Axes", "kind": "number"},
    {"name": "freeze", "label": "Frozen", "kind": "date"},
    {"name": "gripper", "label": "Gripper", "kind": "choice", "choices": ["Vacuum", "Jaws"]},
    {"name": "note", "label": "Title", "kind": "text"},
    {"name": "contact", "label": "Contact", "kind": "person"},
    {"name": "cad", "label": "CAD", "kind": "file"},
]
HEADER = ["Key", "Payload (kg)", "Axes", "Frozen", "Gripper", "Title", "Contact", "CAD"]


@pytest.fixture
async def kind(admin: Caller) -> str:
    name = f"t{uuid4().hex[:10]}"
    answer = await admin.put(f"/api/study-types/{name}", json={"name": "Reach", "fields": FIELDS})
    assert answer.status_code == 200, answer.text
    return name


def data(manager: Caller) -> list[dict[str, Any]]:
    return [
        {"payload": 120, "axes": 6.5, "freeze": "2026-12-01", "gripper": "Jaws", "note": "=1+1", "contact": manager.id},
        {"payload": {"value": 0.2, "unit": "t"}, "axes": -1, "cad": r"\\share\cell"},
        {},
    ]


@pytest.fixture
async def made(kind: str, requester: Caller, manager: Caller) -> list[dict[str, Any]]:
    return [await requester.submit(studyType=kind, data=one) for one in data(manager)]


async def values(caller: Caller, **params: Any) -> list[dict[str, Any]]:
    rows = await all_pages(caller, sort="key", **params)
    return [row["values"] for row in rows]


async def test_values_come_as_they_were_typed(made: list[Any], kind: str, requester: Caller, manager: Caller) -> None:
    names = [field["name"] for field in FIELDS]
    wanted = [
        {
            "payload": {"value": 120, "unit": "kg"},
            "axes": {"value": 6.5, "unit": None},
            "freeze": {"value": "2026-12-01", "unit": None},
            "gripper": {"value": "Jaws", "unit": None},
            "note": {"value": "=1+1", "unit": None},
            "contact": {"value": manager.user["name"], "unit": None},
        },
        {
            "payload": {"value": 0.2, "unit": "t"},
            "axes": {"value": -1, "unit": None},
            "cad": {"value": r"\\share\cell", "unit": None},
        },
        {},
    ]
    for caller, limit in ((requester, 1), (manager, 2), (manager, 50)):
        assert await values(caller, studyType=kind, fields=names, limit=limit) == wanted
    few = [{name: value for name, value in row.items() if name in ("axes", "freeze")} for row in wanted]
    assert await values(requester, fields=["axes", "freeze"]) == few


@pytest.mark.parametrize("sort", ["-createdAt", "field:payload", "-field:payload"])
async def test_they_come_in_every_order_and_with_a_search(
    made: list[Any], kind: str, requester: Caller, manager: Caller, sort: str
) -> None:
    for caller in (requester, manager):
        for more in ({}, {"q": "reach"}):
            answer = await caller.get(
                "/api/requests", params={"sort": sort, "fields": "axes", "studyType": kind} | more
            )
            found = {row["key"]: row["values"].get("axes", {}).get("value") for row in answer.json()["requests"]}
            assert found == {made[0]["key"]: 6.5, made[1]["key"]: -1, made[2]["key"]: None}


async def test_nobody_reads_what_is_not_theirs(
    made: list[Any], kind: str, people: People, engineer: Caller, manager: Caller, admin: Caller
) -> None:
    stranger = await people.add("USER")
    await stranger.submit(studyType=kind, data={"payload": 7})
    params: dict[str, Any] = {"studyType": kind, "fields": "payload"}
    seen = {stranger: [7], engineer: [], manager: [120, 0.2, None, 7], admin: [120, 0.2, None, 7]}
    for caller, wanted in seen.items():
        found = [row.get("payload", {}).get("value") for row in await values(caller, **params)]
        assert found == wanted, caller.user["role"]
        _, lines = await exported(caller, studyType=kind, columns="field:payload", sort="key")
        kilos = {120: "120", 0.2: "200", None: "", 7: "7"}
        assert [line[0] for line in lines[1:]] == [kilos[value] for value in wanted]


async def test_without_fields_a_list_is_as_it_was(made: list[Any], requester: Caller) -> None:
    answer = await requester.get("/api/requests")
    assert all("values" not in row for row in answer.json()["requests"])


async def test_fields_that_there_are_not(made: list[Any], requester: Caller, people: People) -> None:
    stranger = await people.add("USER")
    for caller in (requester, stranger):
        for path, name, given in (
            ("/api/requests", "fields", ["payload", "unheard_of"]),
            ("/api/requests/export", "columns", ["key", "field:unheard_of"]),
        ):
            answer = await caller.get(path, params={name: given})
            assert answer.status_code == 422
            [error] = answer.json()["errors"]
            assert error["field"] == name
            assert error["message"].startswith("no type of study has the field unheard_of; there are ")
    for wrong in ("Payload", "a b", "field:payload", "a" * 41):
        assert (await requester.get("/api/requests", params={"fields": wrong})).status_code == 422
    assert (await requester.get("/api/requests", params={"fields": ["payload"] * 21})).status_code == 422


async def test_a_field_that_an_admin_took_away_is_still_one(
    made: list[Any], kind: str, requester: Caller, admin: Caller
) -> None:
    """Views and addresses that name it go on; what stands in it is in files too, where anything does."""
    gone = f"g{uuid4().hex[:10]}"
    old = [{"name": gone, "label": "Old load", "kind": "number", "unit": "kg"}]
    assert (await admin.put(f"/api/study-types/{kind}", json={"name": "Reach", "fields": FIELDS + old})).is_success
    request = await requester.submit(studyType=kind, data={gone: {"value": 5, "unit": "t"}})
    assert (await admin.put(f"/api/study-types/{kind}", json={"name": "Reach", "fields": FIELDS})).is_success
    listed = await requester.get("/api/requests", params={"fields": gone, "sort": f"field:{gone}", "limit": 1})
    assert [row["values"] for row in listed.json()["requests"]] == [{gone: {"value": 5, "unit": "t"}}]
    _, lines = await exported(requester, studyType=kind, columns=["key", "data"], sort="key")
    assert lines[0] == [*HEADER[:5], "Title", "Contact", "CAD", "Old load (kg)"]
    assert lines[-1] == [request["key"], *[""] * 7, "5000"]
    _, lines = await exported(requester, studyType=kind, columns=["key", "data"], sort="key", q="nothing-such")
    assert lines == [HEADER]


async def test_a_file_has_a_column_for_each_field(
    made: list[Any], kind: str, requester: Caller, manager: Caller
) -> None:
    name = manager.user["name"]
    for caller in (requester, manager):
        _, lines = await exported(caller, studyType=kind, columns=["key", "data"], sort="key")
        assert lines == [
            HEADER,
            [made[0]["key"], "120", "6.5", "2026-12-01", "Jaws", "'=1+1", name, ""],
            [made[1]["key"], "200", "-1", "", "", "", "", r"\\share\cell"],
            [made[2]["key"], *[""] * 7],
        ]
    _, lines = await exported(requester, columns=["key", "data"], sort="key")
    assert lines[0] == ["Key", "Simulation data"]
    assert lines[2][1] == r"axes: -1; cad: \\share\cell; payload: 0.2 t"
    _, lines = await exported(requester, studyType=kind)
    assert lines[0][13:22] == ["Type of study", *HEADER[1:5], "Title [note]", *HEADER[6:], "In status since"]
    assert lines[0][1] == "Title [title]"


async def test_chosen_fields_are_columns_in_their_place(made: list[Any], kind: str, requester: Caller) -> None:
    columns = ["field:axes", "key", "field:payload", "field:note", "title"]
    _, lines = await exported(requester, columns=columns, sort="-field:payload")
    assert lines[0] == ["Axes", "Key", "Payload (kg)", "Title [note]", "Title [title]"]
    assert [line[:3] for line in lines[1:]] == [
        ["-1", made[1]["key"], "200"],
        ["6.5", made[0]["key"], "120"],
        ["", made[2]["key"], ""],
    ]
    _, lines = await exported(requester, columns=["field:axes", "data"], studyType=kind, sort="key")
    assert lines[0] == ["Axes", "Payload (kg)", "Frozen", "Gripper", "Title", "Contact", "CAD"]


async def test_an_admins_words_are_no_formula(kind: str, requester: Caller, admin: Caller) -> None:
    name = f"f{uuid4().hex[:10]}"
    fields = [{"name": name, "label": "=cmd|calc", "kind": "text"}]
    assert (await admin.put(f"/api/study-types/{name}", json={"name": "X", "fields": fields})).is_success
    await requester.submit(studyType=name, data={name: "@SUM(1)"})
    _, lines = await exported(requester, studyType=name, columns="data")
    assert lines == [["'=cmd|calc"], ["'@SUM(1)"]]


async def test_a_workbook_has_numbers_and_dates(made: list[Any], kind: str, requester: Caller) -> None:
    params = {"format": "xlsx", "columns": ["key", "data"], "studyType": kind, "sort": "key"}
    answer = await requester.get("/api/requests/export", params=params)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet2.xml"))  # noqa: S314
    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    cells = {cell.get("r"): cell for cell in sheet.iterfind(".//x:c", space)}

    def read(place: str) -> tuple[str | None, str | None]:
        return cells[place].get("t"), cells[place].findtext("x:v", namespaces=space)

    assert [read("B2"), read("B3"), read("C2")] == [(None, "120"), (None, "200"), (None, "6.5")]
    assert read("D2") == (None, "46357")  # days since 1899-12-30
    assert cells["D2"].get("s") is not None
    assert read("F2")[0] == "inlineStr"
    assert "=1+1" in "".join(cells["F2"].itertext())


async def test_a_number_that_the_title_cannot_tell_is_told_as_it_is(
    made: list[Any], kind: str, requester: Caller, owner: asyncpg.Connection
) -> None:
    change = "UPDATE request_values SET unit = 'mm', entered = 3 WHERE request_id = $1 AND field = 'payload'"
    await owner.execute(change, made[0]["id"])
    _, lines = await exported(requester, studyType=kind, columns="field:payload", sort="key")
    assert lines[1] == ["3 mm"]


async def test_a_row_that_was_exported_can_be_sent_again(
    made: list[Any], kind: str, requester: Caller, manager: Caller
) -> None:
    """A number is in the unit of the field, so it goes back as it stands."""
    answer = await requester.get("/api/requests/export", params={"studyType": kind, "columns": "data", "sort": "key"})
    lines = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    header, row = lines[lines.index([]) + 1], lines[-2]
    types = (await requester.get("/api/study-types")).json()["studyTypes"]
    names = {
        f"{field['label']} ({field['unit']})" if field["unit"] else field["label"]: field
        for field in next(one for one in types if one["id"] == kind)["fields"]
    }
    sent = {
        names[title]["name"]: float(cell) if names[title]["kind"] == "number" else cell
        for title, cell in zip(header, row, strict=True)
        if cell
    }
    again = await requester.submit(studyType=kind, data=sent)
    form = (await requester.get(f"/api/requests/{again['id']}/form")).json()
    assert {name: value["text"] for name, value in form["values"].items()} == {
        "payload": "200 kg",
        "axes": "-1",
        "cad": r"\\share\cell",
    }


async def test_views_keep_orders_and_columns_by_fields(made: list[Any], requester: Caller) -> None:
    query = {"sort": "-field:payload", "columns": ["status", "field:payload", "field:axes"]}
    answer = await requester.post("/api/views", json={"name": "Loads", "layout": "list", "query": query})
    assert answer.status_code == 201, answer.text
    assert answer.json()["view"]["query"] == query
    for wrong, where in (
        ({"sort": "field:unheard_of"}, "query.sort"),
        ({"columns": ["field:unheard_of"]}, "query.columns"),
        ({"sort": "size"}, "query.sort"),
        ({"columns": ["size"]}, "query.columns.0"),
    ):
        answer = await requester.post("/api/views", json={"name": "Loads", "layout": "list", "query": wrong})
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == [where]


async def test_they_take_one_statement_more(made: list[Any], requester: Caller, statements: Any) -> None:
    for sort, wanted in (("-createdAt", 2), ("field:payload", 3)):
        params = {"sort": sort, "fields": ["payload", "axes"]}
        await requester.get("/api/requests", params=params)
        with statements() as run:
            await requester.get("/api/requests", params=params)
        assert len(run) == wanted, "\n\n".join(run)


@pytest.mark.parametrize("sort", ["-createdAt", "title", "field:payload"])
async def test_spans_are_found_alike_whether_few_or_many_have_them(
    made: list[Any], kind: str, requester: Caller, manager: Caller, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    """A manager's list chooses by how many values are in the spans whether it finds all of them first."""
    more: list[dict[str, Any]] = [{"payload": 60 + n, "axes": n, "note": "60"} for n in range(3)]
    twice = [await requester.submit(studyType=kind, data=one) for one in more]
    wanted = {
        ("payload:50..150 kg",): {made[0]["key"], *(one["key"] for one in twice)},
        ("payload:0.15..0.25 t", "payload:..60 kg"): {made[1]["key"], twice[0]["key"]},
        ("axes:1..",): {made[0]["key"], twice[1]["key"], twice[2]["key"]},
        ("freeze:2026-11-01..",): {made[0]["key"]},
        ("note:60",): {one["key"] for one in twice},
        ("payload:50..150 kg", "axes:2..6.5"): {made[0]["key"], twice[2]["key"]},
    }
    ran: list[str] = []
    run = Query.all

    async def noted(query: Query[Any], connection: Connection, **given: Any) -> list[Any]:
        ran.append(query.sql)
        return await run(query, connection, **given)

    monkeypatch.setattr(Query, "all", noted)
    for fields, keys in wanted.items():
        params = {"field": list(fields), "sort": sort, "limit": 2}
        few = await all_pages(manager, **params)
        assert not any(") IS TRUE" in sql for sql in ran)
        with monkeypatch.context() as patch:
            patch.setattr(listing, "FEW_VALUES", 0)
            at_once = await all_pages(manager, **params)
        is_alone = len({field.partition(":")[0] for field in fields}) == 1 and sort != "field:payload"
        assert any(") IS TRUE" in sql for sql in ran) == is_alone
        ran.clear()
        assert at_once == few
        assert {row["key"] for row in few} & {one["key"] for one in (*made, *twice)} == keys
