"""`simflow import localstorage`."""

import json
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from simflow.settings import Settings
from tests.commands import error_of, simflow
from tests.imports.old_app import OldApp

IMPORT = ("import", "localstorage")


@pytest.fixture
def old() -> OldApp:
    return OldApp()


@pytest.fixture
def file(tmp_path: Path, old: OldApp) -> str:
    return written(tmp_path, [old.entry(), old.entry(status="Submitted")])


def written(folder: Path, value: Any) -> str:
    path = folder / "export.json"
    path.write_text(json.dumps(value))
    return str(path)


async def count(owner: asyncpg.Connection, old: OldApp) -> int:
    number: int = await owner.fetchval("SELECT count(*) FROM requests WHERE created_by_name = $1", old.requester)
    return number


async def test_a_dry_run_tells_what_would_happen(
    settings: Settings, owner: asyncpg.Connection, old: OldApp, file: str
) -> None:
    result = await simflow(settings, *IMPORT, file, "--dry-run")
    assert result.exit_code == 0
    assert old.requester in result.stdout
    assert "becomes" in result.stdout
    assert result.stdout.splitlines()[-1].endswith("2 requests with 2 comments would be taken.")
    assert await count(owner, old) == 0


async def test_a_file_is_taken_once(settings: Settings, owner: asyncpg.Connection, old: OldApp, file: str) -> None:
    first, second = await simflow(settings, *IMPORT, file), await simflow(settings, *IMPORT, file)
    assert first.stdout.splitlines()[-1] == "Taken: 2 requests with 2 comments. Here already: 0. Left out: 0."
    assert second.stdout.splitlines()[-1] == "Taken: 0 requests with 0 comments. Here already: 2. Left out: 0."
    assert await count(owner, old) == 2
    rows = await owner.fetch(
        "SELECT a.user_id, a.user_name, a.action FROM activity_log a JOIN requests r ON r.id = a.request_id "
        "WHERE r.created_by_name = $1",
        old.requester,
    )
    assert [tuple(row) for row in rows] == [(None, "Import", "imported")] * 2


async def test_standard_input_is_read_too(settings: Settings, owner: asyncpg.Connection, old: OldApp) -> None:
    result = await simflow(settings, *IMPORT, "-", stdin=json.dumps([old.entry()]))
    assert (result.exit_code, await count(owner, old)) == (0, 1)


async def test_problems_are_listed_and_nothing_is_taken(
    settings: Settings, owner: asyncpg.Connection, old: OldApp, tmp_path: Path
) -> None:
    bad = old.entry(title="[bold]Bad\x1b[31m", status="Waiting", estimatedHours="8")
    file = written(tmp_path, [old.entry(), bad])
    result = await simflow(settings, *IMPORT, file)
    assert error_of(result) == "1 of 2 entries cannot be taken, so nothing was taken. --skip-invalid takes the rest."
    assert "[bold]Bad [31m" in result.stdout
    assert "is 'Waiting', which is unknown" in result.stdout
    assert "estimatedHours" in result.stdout
    assert await count(owner, old) == 0

    result = await simflow(settings, *IMPORT, file, "--skip-invalid")
    assert (result.exit_code, await count(owner, old)) == (0, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("no JSON", "The file is not JSON: Expecting value at line 1, column 1."),
        ("{}", "This is no export of the old Sim-Flow: it holds no list of requests under sim-flow-requests."),
    ],
)
async def test_what_is_no_export_is_said_in_one_line(settings: Settings, content: str, said: str) -> None:
    assert error_of(await simflow(settings, *IMPORT, "-", stdin=content)) == said


async def test_a_missing_file_is_said_in_one_line(settings: Settings) -> None:
    assert "No such file" in error_of(await simflow(settings, *IMPORT, "/nowhere/export.json"), 2)


async def test_a_database_without_the_schema_is_said_in_one_line(settings: Settings, owner: asyncpg.Connection) -> None:
    from dataclasses import replace

    url = str(settings.database_owner_url).replace("/simflow?", "/postgres?")
    result = await simflow(replace(settings, owner_url=url), *IMPORT, "-", stdin="[]")
    assert "simflow migrate" in error_of(result)
