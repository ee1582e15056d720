"""`simflow doctor` says what is wrong and what to do, and its exit code tells whether something must be done."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import asyncpg
import pytest
from click.testing import CliRunner

from simflow.cli import main
from simflow.db.revision import head_revision
from simflow.settings import Settings
from tests.commands import simflow
from tests.conftest import Caller
from tests.requests.arrange import put


def findings(output: str) -> dict[str, str]:
    """What was looked at → the verdict."""
    return {what: verdict for verdict, what in re.findall(r"^(ok|warn|FAIL)\s+(\w+)", output, re.MULTILINE)}


async def test_a_sound_installation(settings: Settings) -> None:
    result = await simflow(settings, "doctor")
    found = findings(result.stdout)
    assert result.exit_code == 0, result.output
    assert (
        found.items()
        >= {
            "configuration": "ok",
            "mail": "ok",
            "database": "ok",
            "rights": "ok",
            "migrations": "ok",
            "clock": "ok",
            "counts": "ok",
            "words": "ok",
            "worker": "warn",
        }.items()
    )
    assert "→ Run `simflow worker`." in result.stdout


async def test_a_database_that_is_away(settings: Settings) -> None:
    away = "postgresql://simflow_user@127.0.0.1:1/simflow"
    result = await simflow(replace(settings, url=away, owner_url=away), "doctor")
    assert result.exit_code == 1
    assert findings(result.stdout)["database"] == "FAIL"
    assert "Check its address, name and password." in result.stdout


async def test_a_schema_that_is_not_this_versions(settings: Settings, owner: asyncpg.Connection) -> None:
    for revision, said in (("0001", "Run `simflow migrate`."), ("9999", "Install the version of Sim-Flow")):
        await owner.execute("UPDATE alembic_version SET version_num = $1", revision)
        try:
            result = await simflow(settings, "doctor")
        finally:
            await owner.execute("UPDATE alembic_version SET version_num = $1", head_revision())
        assert result.exit_code == 1
        assert findings(result.stdout)["migrations"] == "FAIL"
        assert said in result.stdout


@pytest.mark.parametrize(
    "wrong",
    [
        "INSERT INTO request_counts VALUES ('all', NULL, 'Submitted', 'Low', 'ABB', 1, 0, '')",
        "INSERT INTO request_moments (at, what, number) VALUES ('2026-01-05', 'Submitted', 1)",
        "INSERT INTO request_weeks VALUES ('2026-01-05', 'cycle', 'all', '', '', '', 500, 1, 10)",
        "INSERT INTO request_durations VALUES (gen_random_uuid(), 'cycle', '2026-01-05', 10, 53, 'V', 'Low', NULL, '')",
    ],
)
async def test_counts_that_are_not_what_there_is(settings: Settings, owner: asyncpg.Connection, wrong: str) -> None:
    await owner.execute(wrong)
    try:
        result = await simflow(settings, "doctor")
    finally:
        await owner.execute("SELECT recount_requests()")
    assert result.exit_code == 1
    assert findings(result.stdout)["counts"] == "FAIL"
    assert "recount_requests()" in result.stdout
    unknown = await simflow(replace(settings, owner_url=settings.url), "doctor")
    assert findings(unknown.stdout)["counts"] == "warn"


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE request_words SET words = '{}'",
        "UPDATE facet_bits SET bits = ~bits WHERE value = 'Submitted'",
        "TRUNCATE late_bits",
    ],
)
async def test_words_that_are_not_those_of_the_texts(
    settings: Settings, owner: asyncpg.Connection, requester: Caller, wrong: str
) -> None:
    await requester.submit()
    await put(owner, requester, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    await owner.execute("SELECT gather_words(100000)")
    await owner.execute(wrong)
    try:
        result = await simflow(settings, "doctor")
    finally:
        await owner.execute("SELECT gather_all_words()")
    assert result.exit_code == 1
    assert findings(result.stdout)["words"] == "FAIL"
    assert "gather_all_words()" in result.stdout
    unknown = await simflow(replace(settings, owner_url=settings.url), "doctor")
    assert findings(unknown.stdout)["words"] == "warn"


async def test_an_application_that_may_too_much(settings: Settings) -> None:
    result = await simflow(replace(settings, url=settings.owner_url), "doctor")
    assert findings(result.stdout)["rights"] == "warn"
    assert "DATABASE_OWNER_URL" in result.stdout


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"SIMFLOW_POOL_SIZE": "many"}, "SIMFLOW_POOL_SIZE must be a whole number"),
        ({"SIMFLOW_ENV": "production", "DB_HOST": "db"}, "DB_PASSWORD is missing"),
    ],
)
def test_a_configuration_that_cannot_be_used(env: dict[str, str], said: str) -> None:
    result = CliRunner().invoke(main, ["doctor"], env=env)
    assert result.exit_code == 1
    assert findings(result.stdout) == {"configuration": "FAIL"}
    assert said in result.stdout
