"""The embedded server, for real: shared, orphaned, killed and half made."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from simflow.db import embedded
from simflow.db.embedded import control
from simflow.errors import CommandError
from tests.processes import alive, wait_until

OWN = """
import pathlib, signal, sys
from simflow.db import embedded
from simflow.db.embedded import server
if "unwatched" in sys.argv:
    server.child_ends_with_us = lambda _: None
with embedded.running(pathlib.Path(sys.argv[1])) as found:
    print(found.owned, found.pid, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A data folder whose cluster is made, with a table. Not pytest's own: the server's user can enter this one."""
    folder = Path(tempfile.mkdtemp(prefix="simflow-test-"))
    folder.chmod(0o755)
    with embedded.running(folder / "data") as server:
        run(server, "CREATE TABLE kept (value text)")
    yield folder / "data"
    shutil.rmtree(folder)


def run(server: embedded.EmbeddedServer, statement: str) -> list[Any]:
    async def once() -> list[Any]:
        connection = await asyncpg.connect(server.url("postgres"))
        try:
            return [row[0] for row in await connection.fetch(statement)]
        finally:
            await connection.close()

    return asyncio.run(once())


@contextmanager
def owner(data_dir: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the server until its stdin ends."""
    process = subprocess.Popen(
        (sys.executable, "-c", OWN, str(data_dir), *words), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        yield process


def first_line(process: subprocess.Popen[str]) -> tuple[bool, int]:
    assert process.stdout is not None
    owned, pid = process.stdout.readline().split()
    return owned == "True", int(pid)


def test_starts_with_roles_and_database_and_stops(made: Path) -> None:
    with embedded.running(made) as server:
        assert server.owned
        assert run(server, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'simflow'") == [
            "simflow_owner"
        ]
        assert run(server, "SHOW fsync") == ["on"]
        assert run(server, "SHOW listen_addresses") == [""]
        assert server.socket_folder.stat().st_mode & 0o077 == 0
    assert not alive({server.pid})


def test_a_second_user_shares_the_server_and_does_not_stop_it(made: Path) -> None:
    with embedded.running(made) as server:
        with embedded.running(made, create=False) as other:
            assert (other.owned, other.pid, other.url()) == (False, server.pid, server.url())
        assert run(server, "SELECT 1") == [1]


def test_two_starters_at_once_agree(made: Path) -> None:
    with owner(made) as one, owner(made) as two:
        (one_owns, one_pid), (two_owns, two_pid) = first_line(one), first_line(two)
        assert one_owns != two_owns
        assert one_pid == two_pid


def test_a_lasting_process_waits_for_the_turn_of_a_command(made: Path) -> None:
    with owner(made) as command:
        first_line(command)

        def told(line: str) -> None:
            assert f"Waiting for process {command.pid}" in line
            assert command.stdin is not None
            command.stdin.close()

        with embedded.running(made, lasting=True, say=told) as server:
            assert server.owned


def test_the_server_ends_with_its_killed_owner_and_keeps_what_was_committed(made: Path) -> None:
    with owner(made) as process:
        pid = first_line(process)[1]
        with embedded.running(made) as server:
            run(server, "INSERT INTO kept VALUES ('before the kill')")
        process.kill()
    if sys.platform == "linux":
        assert wait_until(lambda: not alive({pid}))
    with embedded.running(made) as server:
        assert server.owned
        assert "before the kill" in run(server, "SELECT value FROM kept")


def test_an_orphan_is_stopped_and_replaced(made: Path) -> None:
    with owner(made, "unwatched") as process:
        pid = first_line(process)[1]
        process.kill()
    assert alive({pid})
    with embedded.running(made) as server:
        assert server.owned
        assert server.pid != pid
    assert not alive({pid})


def test_recovers_after_the_server_itself_was_killed(made: Path) -> None:
    with embedded.running(made) as server:
        run(server, "INSERT INTO kept VALUES ('before the crash')")
        os.kill(server.pid, signal.SIGKILL)
    with embedded.running(made) as server:
        assert "before the crash" in run(server, "SELECT value FROM kept")


def test_what_fills_a_new_table_is_not_in_the_log_and_survives_a_kill(made: Path) -> None:
    position = "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint"
    with embedded.running(made) as server:
        before = run(server, position)[0]
        run(server, "CREATE TABLE filled AS SELECT repeat('x', 100) AS value FROM generate_series(1, 100000)")
        assert run(server, position)[0] - before < 1_000_000
        assert run(server, "SELECT pg_relation_size('filled')")[0] > 10_000_000
        os.kill(server.pid, signal.SIGKILL)
    with embedded.running(made) as server:
        assert run(server, "SELECT count(*) FROM filled WHERE length(value) = 100") == [100_000]


def test_a_stale_pid_file_that_names_a_living_stranger(made: Path) -> None:
    with subprocess.Popen(("sleep", "60"), user=(made / "postgres").stat().st_uid if os.geteuid() == 0 else None) as it:
        cluster = made / "postgres"
        (cluster / "postmaster.pid").write_text(f"{it.pid}\n{cluster}\n1\n5432\n{cluster}\n\n  1 1\nready   \n")
        with embedded.running(made) as server:
            assert server.owned
        assert it.poll() is None
        it.kill()


def test_a_cluster_begun_and_not_finished_is_made_anew_and_a_long_path_is_no_trouble(made: Path) -> None:
    data_dir = made.parent / ("long" * 25)
    (data_dir / "postgres.unfinished" / "base").mkdir(parents=True)
    with embedded.running(data_dir, durable=False) as server:
        assert run(server, "SHOW fsync") == ["off"]
        assert server.socket_folder.parent == Path(tempfile.gettempdir())
        with embedded.running(data_dir) as other:
            assert other.url() == server.url()
    server.socket_folder.rmdir()
    assert [path.name for path in data_dir.glob("*unfinished*")] == []


def test_where_nothing_is_and_nothing_may_be_made(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^No database here: .*nothing has none"), running_nothing(tmp_path):
        pass
    assert not (tmp_path / "nothing").exists()


@contextmanager
def running_nothing(folder: Path) -> Iterator[None]:
    with embedded.running(folder / "nothing", create=False):
        yield


def test_another_major_version_is_told_in_one_line(made: Path) -> None:
    version = made / "postgres" / "PG_VERSION"
    ours = version.read_text()
    version.write_text("15\n")
    try:
        with (
            pytest.raises(CommandError, match="was made by PostgreSQL 15, and this is") as caught,
            embedded.running(made),
        ):
            pass
        assert "\n" not in str(caught.value)
    finally:
        version.write_text(ours)


def test_a_failed_start_gives_the_servers_reason_and_its_log(made: Path) -> None:
    settings = made / "postgres" / "postgresql.auto.conf"
    before = settings.read_text()
    settings.write_text("shared_buffers = '900TB'\n")
    try:
        with (
            pytest.raises(CommandError, match=r"did not start: .+ \(its log: .*postgres\.log\)$"),
            embedded.running(made),
        ):
            pass
    finally:
        settings.write_text(before)


def test_the_log_keeps_its_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control, "LOG_BOUND", 10)
    log = tmp_path / "postgres.log"
    with log.open("ab") as server:
        server.write(b"x" * 20)
        server.flush()
        control.trim(log)
        server.write(b"after")
    assert log.read_bytes() == b"after"
    assert (tmp_path / "postgres.log.1").read_bytes() == b"x" * 20
