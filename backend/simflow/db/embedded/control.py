"""What a cluster's files and processes tell about its server."""

import os
import re
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from simflow.errors import CommandError
from simflow.processes import LINUX, alive, wait_gone, working_in

LOG_BOUND = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Running:
    """The server's own words about itself, from its pid file."""

    pid: int
    socket_folder: Path
    ready: bool


def read_running(cluster: Path) -> Running | None:
    """None when no living process is this cluster's server, whatever a stale file says."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
        pid, folder = int(lines[0]), Path(lines[4])
    except (FileNotFoundError, ValueError, IndexError):  # none, or still being written
        return None
    if not _serves(pid, cluster):
        return None
    return Running(pid, folder, len(lines) > 7 and lines[7].strip() == "ready")


def _serves(pid: int, cluster: Path) -> bool:
    """Process ids are used again, so the process must be seen to work on this cluster."""
    if not alive(pid):
        return False
    if LINUX:
        return pid in working_in(cluster)
    command = ("ps", "-o", "command=", "-p", str(pid))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return f"-D {cluster} " in done.stdout


def stop_orphan(cluster: Path) -> None:
    """Stops a server that outlived its owner, and waits for whatever still works in the cluster.

    Then, and only then, a pid file that is left is known to be stale. PostgreSQL would find that out by
    itself unless its process id now belongs to something else, as often happens in containers.
    """
    found = read_running(cluster)
    if found is not None:
        _signal(found.pid, signal.SIGINT)
        if not wait_gone(found.pid, 30):
            _signal(found.pid, signal.SIGQUIT)
    for pid in working_in(cluster):
        if not wait_gone(pid, 15):
            raise CommandError(f"Process {pid} of an earlier database server in {cluster} does not end.")
    if LINUX:
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def _signal(pid: int, signal_number: int) -> None:
    try:
        os.kill(pid, signal_number)
    except ProcessLookupError:
        return


def failure(log: Path, start: int) -> str:
    """The reason of a failed start: what the server wrote since `start` bytes, boiled down."""
    with log.open("rb") as file:
        file.seek(start)
        return reason(file.read().decode(errors="replace"))


def reason(said: str) -> str:
    """The last grave line of PostgreSQL's output, without its time and process."""
    lines = said.splitlines()
    grave = [found[1] for line in lines if (found := re.search(r"(?:FATAL|PANIC|ERROR|error):\s+(.*)", line))]
    return (grave or lines or ["it said nothing"])[-1].strip()


def trim(log: Path) -> None:
    """Copies a log that has reached its bound aside and empties it: the server goes on appending to it."""
    try:
        if log.stat().st_size <= LOG_BOUND:
            return
    except FileNotFoundError:
        return
    with log.open("rb+") as file:
        log.with_suffix(".log.1").write_bytes(file.read())
        file.truncate(0)
