"""`simflow up` from outside: what it says, what it leaves behind, and what it survives."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from simflow.db import embedded
from tests.processes import alive, descendants, wait_until

SIMFLOW = Path(sys.executable).with_name("simflow")
Process = subprocess.Popen[str]


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A data folder with a database; not pytest's own folder, as the server's user can enter this one."""
    folder = Path(tempfile.mkdtemp(prefix="simflow-test-"))
    folder.chmod(0o755)
    with embedded.running(folder / "data"):
        pass
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)  # a killed server may still be removing its own files


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def up(data_dir: Path, port: int, *words: str, make: bool = False) -> Iterator[Process]:
    """`simflow up`, killed at the end where the test has not ended it. With `make`, below a stand-in for it."""
    foreign = ("DATABASE_", "DB_", "SIMFLOW_", "MAKE", "MFLAGS")  # the tests may themselves be run by make
    environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    command = [str(SIMFLOW), "up", "--data-dir", str(data_dir), "--port", str(port), *words]
    if make:
        makefile = data_dir.parent / "Makefile"
        makefile.write_text("run:\n\t@SIMFLOW_STOP_WITH=$$PPID; export SIMFLOW_STOP_WITH; exec $(COMMAND)\n")
        command = ["make", "-f", str(makefile), "run", f"COMMAND={' '.join(command)}"]
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509  (one system call)
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def heed_interrupts() -> None:
    """Tests that are run in the background of a shell inherit that interrupts are ignored, and make would too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def ready(process: Process, port: int) -> set[int]:
    """Waits for the line, asks whether it is true, and returns every process of it."""
    assert process.stdout is not None
    assert process.stdout.readline() == f"Sim-Flow is ready at http://127.0.0.1:{port}\n"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready") as answer:
        assert answer.status == 200
    found = descendants(process.pid)
    commands = " ".join(alive(found).values())
    assert "postgres -D" in commands
    assert commands.count("simflow.cli serve") == 1 + min(2, os.cpu_count() or 1), "the API's main process and its own"
    assert commands.count("simflow.cli worker") == 1
    return found


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready") as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def part(pids: set[int], words: str, number: int = 0) -> int:
    return sorted(pid for pid, command in alive(pids).items() if words in command)[number]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_of_it(made: Path, number: signal.Signals) -> None:
    port = free_port()
    with up(made, port) as process:
        pids = ready(process, port)
        process.send_signal(number)
        process.send_signal(number)
        output, said = process.communicate(timeout=20)
        assert (process.returncode, output, said) == (0, "", "Stopping …\n")
        assert not alive(pids)


def test_a_signal_during_the_start_stops_it_too(made: Path) -> None:
    with up(made, free_port()) as process:
        assert wait_until(lambda: "postgres -D" in " ".join(alive(descendants(process.pid)).values()))
        pids = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert (process.returncode, said) == (0, "Stopping …\n")
        assert wait_until(lambda: not alive(pids))


def test_a_signal_while_the_api_starts_waits_for_nothing(made: Path) -> None:
    with up(made, free_port()) as process:
        serving = 1 + min(2, os.cpu_count() or 1)
        assert wait_until(
            lambda: " ".join(alive(descendants(process.pid)).values()).count("simflow.cli serve") == serving
        )
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
        assert (process.returncode, said) == (0, "Stopping …\n")


def test_killed_it_leaves_no_process_and_starts_again(made: Path) -> None:
    port = free_port()
    with up(made, port) as process:
        pids = ready(process, port)
        process.kill()
    assert wait_until(lambda: not alive(pids))
    with up(made, port) as process:
        ready(process, port)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


@pytest.mark.parametrize(
    ("name", "number"), [("simflow.cli serve", 0), ("simflow.cli serve", 1), ("simflow.cli worker", 0)]
)
def test_a_part_that_is_killed_is_started_again(made: Path, name: str, number: int) -> None:
    port = free_port()
    with up(made, port) as process:
        pids = ready(process, port)
        os.kill(part(pids, name, number), signal.SIGKILL)
        assert process.stderr is not None
        assert any("has ended unexpectedly, and is started again." in line for line in process.stderr)
        assert wait_until(lambda: set(alive(descendants(process.pid))) - pids)
        assert wait_until(lambda: is_ready(port))
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert not alive(descendants(process.pid) | pids)


def test_a_part_that_ends_again_and_again_takes_the_rest_along(made: Path) -> None:
    port = free_port()
    with up(made, port) as process:
        pids = ready(process, port)
        for _ in range(6):
            workers = [pid for pid, words in alive(descendants(process.pid)).items() if "simflow.cli worker" in words]
            os.kill(workers[0], signal.SIGKILL)
            known = descendants(process.pid)
            wait_until(lambda: process.poll() is not None or set(alive(descendants(process.pid))) - known)  # noqa: B023
        _, said = process.communicate(timeout=30)
        assert process.returncode == 1
        assert said.count("is started again.") == 5
        assert "The worker has ended unexpectedly; everything else is stopped too." in said
        assert wait_until(lambda: not alive(pids))


def test_a_database_that_is_killed_takes_the_rest_along(made: Path) -> None:
    port = free_port()
    with up(made, port) as process:
        pids = ready(process, port)
        os.kill(part(pids, "postgres -D"), signal.SIGKILL)
        _, said = process.communicate(timeout=20)
        assert process.returncode == 1
        assert "has ended unexpectedly; everything else is stopped too." in said
        assert "Traceback" not in said
        assert wait_until(lambda: not alive(pids))


def test_a_taken_port_is_told_in_one_line_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with up(tmp_path / "data", port) as process:
            output, said = process.communicate(timeout=20)
    assert (process.returncode, output) == (1, "")
    assert said == (
        f"Error: Port {port} on 127.0.0.1 is already taken: stop what uses it, or choose another with --port.\n"
    )
    assert not (tmp_path / "data").exists()


def test_two_run_side_by_side_but_never_on_one_port(made: Path) -> None:
    ports, other = (free_port(), free_port()), made.with_name("other")
    with up(made, ports[0]) as one, up(other, ports[1]) as two:
        pids = ready(one, ports[0]) | ready(two, ports[1])
        with up(made.with_name("third"), ports[1]) as third:
            assert "is already taken" in third.communicate(timeout=20)[1]
        for process in (one, two):
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
        assert not alive(pids)


@pytest.mark.skipif(not shutil.which("make") or sys.platform != "linux", reason="needs make, and signals as on Linux")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_it_ends_with_the_make_that_runs_it(made: Path, number: signal.Signals) -> None:
    """Make alone gets the signal, and does not pass an interrupt on."""
    port = free_port()
    with up(made, port, make=True) as process:
        pids = ready(process, port)
        process.send_signal(number)
        process.wait(20)
        assert wait_until(lambda: not alive(pids))
