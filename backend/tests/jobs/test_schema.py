"""The migrations make what PgQueuer wants."""

import asyncpg
import pytest
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver

from simflow.jobs.queue import NAMES, Repository


async def test_the_installed_pgqueuer_has_nothing_to_change(owner: asyncpg.Connection) -> None:
    """Fails after an upgrade that needs a migration: its statements are what the migration must do."""
    plan = await Repository(AsyncpgDriver(owner)).plan_upgrade()
    assert (plan.statements, plan.notes) == ((), ())


async def test_it_would_have_something_to_say(owner: asyncpg.Connection) -> None:
    transaction = owner.transaction()
    await transaction.start()
    try:
        await owner.execute("DROP INDEX jobs_picked_heartbeat_idx; ALTER TABLE jobs DROP COLUMN headers")
        plan = await Repository(AsyncpgDriver(owner)).plan_upgrade()
        assert len(plan.statements) == 2
    finally:
        await transaction.rollback()


def test_the_environment_does_not_rename_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGQUEUER_PREFIX", "PGQUEUER_SCHEMA", "CHANNEL", "QUEUE_TABLE", "PGQUEUER_QUEUE_TABLE", "FUNCTION"):
        monkeypatch.setenv(name, "other")
    again = type(NAMES)(**NAMES.model_dump())
    assert again == NAMES
    assert again.qualified.queue_table == "jobs"
