"""The export: all that matches and nothing else, of one moment, and never half a file that looks whole."""

import asyncio
import csv
import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from litestar import Litestar

from simflow.auth.middleware import SESSION_COOKIE
from simflow.db import embedded
from simflow.requests import export
from simflow.requests.filters import Filters
from simflow.requests.models import ColumnName
from simflow.requests.sorting import Sort
from simflow.settings import Settings
from simflow.spreadsheets import Format
from simflow.users.models import Role, User
from tests.conftest import Caller, People
from tests.events.conftest import _free_port, _start, _until_ready
from tests.requests.arrange import as_row, put, put_all

HEADER = [
    "Key", "Title", "Description", "Status", "Waits for", "Priority", "Vendor", "Requester", "Engineer",
    "Estimated hours", "Revisions", "Due", "Tags", "Type of study", "Simulation data",
    "In status since", "Started", "Completed", "Created", "Updated",
]  # fmt: skip


def read(text: str) -> tuple[dict[str, str], list[list[str]]]:
    """What the file says about itself, and its lines from the header on."""
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    at = lines.index([])
    return {line[0]: line[1] for line in lines[:at]}, lines[at + 1 :]


async def exported(caller: Caller, **params: Any) -> tuple[dict[str, str], list[list[str]]]:
    answer = await caller.get("/api/requests/export", params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="sim-flow-requests-')
    return read(answer.content.decode())


async def test_every_column_and_what_was_asked_for(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    row = await put(owner, requester, "In Progress", engineer, title="=1+1", description='a "b",\nc')
    await put(owner, requester, "Submitted", vendor="ABB")
    params = {"status": ["In Progress", "On Hold"], "assignedTo": [engineer.id], "createdBy": "me", "q": "cell =1+1 b"}
    about, lines = await exported(requester, **params | {"q": "=1+1"})
    assert about | {"Made at": ""} == {
        "Sim-Flow": "Requests",
        "Status": "In Progress, On Hold",
        "Engineer": engineer.user["name"],
        "Requester": "me",
        "Search": "'=1+1",
        "Rows": "1",
        "Made at": "",
    }
    header, line = lines
    assert header == HEADER
    assert line[:11] == [
        row["key"], "'=1+1", 'a "b",\nc', "In Progress", "engineer", "Low", "FANUC", requester.user["name"],
        engineer.user["name"], "8", "0",
    ]  # fmt: skip
    about, lines = await exported(requester)
    assert (about["Filter"], about["Rows"], len(lines)) == ("None: all that you may see", "2", 3)


async def test_chosen_columns_come_in_their_order(owner: asyncpg.Connection, requester: Caller) -> None:
    rows = await put_all(owner, [as_row(requester, title=title) for title in "bac"])
    _, lines = await exported(requester, columns=["title", "key"], sort="title")
    keys = {row["title"]: row["key"] for row in rows}
    assert lines == [["Title", "Key"], *([title, keys[title]] for title in "abc")]


async def test_a_workbook_has_the_same(owner: asyncpg.Connection, requester: Caller) -> None:
    row = await put(owner, requester, title="=cmd|calc")
    answer = await requester.get("/api/requests/export", params={"format": "xlsx", "columns": ["key", "title"]})
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    assert '.xlsx"' in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        about, sheet = (book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2))
    assert "None: all that you may see" in about
    assert row["key"] in sheet
    assert "=cmd|calc" in sheet
    assert "<f>" not in sheet


async def test_nothing_is_left_out_of_many(owner: asyncpg.Connection, requester: Caller) -> None:
    """More than any page and any batch."""
    await owner.execute(
        "INSERT INTO requests (title, description, vendor, priority, created_by, created_by_name)"
        " SELECT 'T' || i, 'D', 'V', 'Low', $1, 'N' FROM generate_series(1, 2500) AS i",
        requester.id,
    )
    about, lines = await exported(requester, columns="title")
    assert about["Rows"] == "2500"
    assert sorted(line[0] for line in lines[1:]) == sorted(f"T{i}" for i in range(1, 2501))


async def test_everybody_gets_what_they_see(
    owner: asyncpg.Connection, people: People, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    statuses = ["Submitted", "Engineering Review", "In Progress"]
    keys = [row["key"] for row in await put_all(owner, [as_row(requester, s, engineer) for s in statuses])]
    sees = {
        requester: keys,
        manager: keys,
        engineer: keys[1:],
        await people.add("ENGINEER"): keys[1:2],
        await people.add("USER"): [],
    }
    for caller, wanted in sees.items():
        about, lines = await exported(caller, createdBy=requester.id, columns="key", sort="key")
        assert lines[1:] == [[key] for key in wanted]
        assert about["Rows"] == str(len(wanted))


async def test_refusals(requester: Caller) -> None:
    wrong = {"format": "pdf", "columns": ["key", "secret"], "sort": "size", "status": "x"}
    answer = await requester.get("/api/requests/export", params=wrong)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == set(wrong)
    answer = await requester.get("/api/requests/export", params={"statusThen": "Submitted"})
    assert [error["field"] for error in answer.json()["errors"]] == ["asOf"]


def begin(app: Litestar, caller: Caller, columns: list[ColumnName]) -> AsyncIterator[bytes]:
    """The file of all that the person sees, read by hand."""
    person = User(**caller.user | {"id": UUID(caller.id), "role": Role(caller.user["role"])}, **REST)
    return export._content(app.state.db, Filters(), person, Sort.KEY, columns, Format.CSV)


REST = {name: None for name in User.__struct_fields__ if name not in {"id", "name", "email", "role"}}


async def test_it_is_of_one_moment(app: Litestar, owner: asyncpg.Connection, requester: Caller) -> None:
    """What happens while it is sent is not in it, and its count is that of its rows."""
    rows = await put_all(owner, [as_row(requester, title="old") for _ in range(1500)])
    parts = begin(app, requester, [ColumnName.TITLE])
    text = (await anext(parts)).decode()
    await put(owner, requester, title="new")
    await owner.execute("UPDATE requests SET title = 'new' WHERE id = $1", rows[-1]["id"])
    await owner.execute("DELETE FROM requests WHERE id = $1", rows[-2]["id"])
    text += b"".join([part async for part in parts]).decode()
    about, lines = read(text)
    assert about["Rows"] == "1500"
    assert lines[1:] == [["old"]] * 1500


async def test_whoever_exports_too_much_at_once_waits(
    app: Litestar, owner: asyncpg.Connection, requester: Caller
) -> None:
    """Half of the connections stay for everything else, and each is given back, whatever comes of the download."""
    await put(owner, requester)
    most = app.state.settings.pool_size // 2
    begun = [begin(app, requester, [ColumnName.KEY]) for _ in range(most)]
    for parts in begun:
        await anext(parts)
    answer = await requester.get("/api/requests/export")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
    assert (await requester.get("/api/requests")).status_code == 200
    for parts in begun:
        await parts.aclose()  # type: ignore[attr-defined]
    for _ in range(2 * most):
        await exported(requester)


@pytest.fixture
async def superuser(server: embedded.EmbeddedServer) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(server.url("postgres", "postgres"))
    yield connection
    await connection.close()


async def test_what_fails_in_the_middle_is_no_file(
    settings: Settings, owner: asyncpg.Connection, superuser: asyncpg.Connection, requester: Caller
) -> None:
    """Over a real connection: the database is lost while the client reads."""
    await owner.execute(
        "INSERT INTO requests (title, description, vendor, priority, created_by, created_by_name)"
        " SELECT 'T', repeat('x', 20000), 'V', 'Low', $1, 'N' FROM generate_series(1, 1000) AS i",
        requester.id,
    )
    port = _free_port()
    process = _start(settings, port)
    try:
        url = f"http://127.0.0.1:{port}"
        await _until_ready(url)
        cookies = {SESSION_COOKIE: requester.cookies[SESSION_COOKIE]}
        async with (
            httpx.AsyncClient(base_url=url, cookies=cookies, timeout=20) as client,
            client.stream("GET", "/api/requests/export", params={"columns": "description"}) as response,
        ):
            assert response.status_code == 200
            parts = response.aiter_raw()
            await anext(parts)
            assert await superuser.fetchval(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE usename = 'simflow_user' AND query <> '' AND state IN ('idle in transaction', 'active')"
            )
            with pytest.raises(httpx.RemoteProtocolError):
                async for _ in parts:
                    pass
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 20)
