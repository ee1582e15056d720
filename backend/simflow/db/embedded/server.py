"""Starting, sharing and stopping the server of a data folder.

Whoever starts it holds the ownership lock until it has stopped it. So a server whose lock is free is an
orphan, left by a start that was killed; and one whose lock is held is shared, and never stopped by others.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from simflow.db.embedded import cluster, locks
from simflow.db.embedded.cluster import Place
from simflow.db.embedded.control import Running, failure, read_running, stop_orphan, trim
from simflow.db.embedded.prepare import prepare
from simflow.errors import CommandError
from simflow.processes import child_ends_with_us, wait_gone

PORT = 5432
"""Only a part of the socket's name: nothing listens on the network."""

STOP_SECONDS = 30
"""For a shutdown with its checkpoint; then it is told to leave at once, and recovers at the next start."""


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """A server that runs and has its roles and its database."""

    socket_folder: Path
    log: Path
    pid: int
    process: subprocess.Popen[bytes] | None
    """None where another process started it."""

    @property
    def owned(self) -> bool:
        """Whether this process started it, and so will stop it."""
        return self.process is not None

    def url(self, user: str = "simflow_user", database: str = "simflow") -> str:
        """Names the port too, or a PGPORT in the environment would lead elsewhere."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.socket_folder))}&port={PORT}"

    def trim_log(self) -> None:
        """Keeps the log within its bound; for whoever runs long."""
        trim(self.log)


@contextmanager
def running(
    data_dir: Path,
    *,
    create: bool = True,
    durable: bool = True,
    lasting: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[EmbeddedServer]:
    """The server of this data folder, started when none runs and then stopped at the end.

    `create=False` refuses to make a new database. `durable=False` is for tests: a crash may lose everything, and
    a cluster that had to lie outside the data folder is removed at the end.
    `lasting=True` is for a process that runs until it is stopped: it never rests on the server of a mere
    command, which would take it away when it ends, but waits for its turn. `say` receives news for people.
    Call it from the main thread: the server ends with the thread that started it.
    """
    try:
        if not create and not (data_dir / "postgres").exists():
            raise CommandError(
                f"No database here: {data_dir.resolve()} has none. Start 'simflow up' once, or set DATABASE_URL."
            )
        place = cluster.locate(data_dir, say)
        server, ownership = _enter(place, durable, lasting, say)
    except OSError as error:
        raise CommandError(f"The database cannot be started: {error.strerror}: {error.filename}.") from error
    try:
        yield server
    finally:
        if ownership is not None and server.process is not None:
            with locks.held(place.data_dir / "postgres.start-lock"):
                _stop(server.process)
                if not durable and place.elsewhere:  # a test's folder is thrown away, and nobody would look there
                    shutil.rmtree(place.cluster, ignore_errors=True)
                ownership.release()


def _enter(
    place: Place, durable: bool, lasting: bool, say: Callable[[str], None]
) -> tuple[EmbeddedServer, locks.Ownership | None]:
    """Starts or attaches. The start lock makes two starters take turns, the second one then attaches."""
    owner_file = place.data_dir / "postgres.owner"
    while True:
        with locks.held(place.data_dir / "postgres.start-lock"):
            ownership = locks.Ownership.take(owner_file, lasting)
            if ownership is not None:
                return _own(place, durable, ownership, say), ownership
            pid, owner_lasts = locks.owner(owner_file)
            if owner_lasts or not lasting:
                return _attach(place, pid), None
        say(f"Waiting for process {pid}, which is using the database in {place.data_dir} …")
        with locks.held(owner_file):
            pass


def _attach(place: Place, owner: str) -> EmbeddedServer:
    found = read_running(place.cluster)
    if found is None or not found.ready:
        raise CommandError(
            f"Process {owner} has the database in {place.data_dir}, but no server runs there any more: "
            "end that process, then try again."
        )
    return EmbeddedServer(found.socket_folder, place.log, found.pid, None)


def _own(place: Place, durable: bool, ownership: locks.Ownership, say: Callable[[str], None]) -> EmbeddedServer:
    try:
        stop_orphan(place.cluster)
        if not place.exists:
            say("Making the database …")
            cluster.create(place, durable)
        cluster.check_version(place)
        server = _start(place, durable, say)
    except BaseException:
        ownership.release()
        raise
    try:
        prepare(server.url("postgres", "postgres"))
    except BaseException:
        assert server.process is not None  # noqa: S101  (we have just started it)
        _stop(server.process)
        ownership.release()
        raise
    return server


def _start(place: Place, durable: bool, say: Callable[[str], None]) -> EmbeddedServer:
    trim(place.log)
    log = locks.open_file(place.log, os.O_WRONLY | os.O_APPEND)
    try:
        before = os.fstat(log).st_size
        process = subprocess.Popen(
            _command(place, cluster.socket_folder(place), durable),
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=child_ends_with_us(signal.SIGINT),  # noqa: PLW1509  (one system call)
            **place.account.options(),
        )
    finally:
        os.close(log)
    try:
        found = _wait_ready(place, process, before, say)
    except BaseException:
        _stop(process)
        raise
    return EmbeddedServer(found.socket_folder, place.log, process.pid, process)


def _wait_ready(place: Place, process: subprocess.Popen[bytes], log_start: int, say: Callable[[str], None]) -> Running:
    """Watches the server's pid file for its state, as `pg_ctl` does. A recovery may take its time."""
    patience = time.monotonic() + 5
    while True:
        found = read_running(place.cluster)
        if found is not None and found.pid == process.pid and found.ready:
            return found
        if process.poll() is not None:
            raise CommandError(
                f"The database server did not start: {failure(place.log, log_start)} (its log: {place.log})"
            )
        if time.monotonic() > patience:
            say("The database is recovering from its last stop …")
            patience = float("inf")
        time.sleep(0.01)


def _command(place: Place, socket_folder: Path, durable: bool) -> list[str]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{socket_folder}"',  # quoted: it is a list, and a path may hold a comma
        "unix_socket_permissions": "0700",
        "port": str(PORT),
        "fsync": "on",
        "logging_collector": "off",
    }
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [str(place.programs / "postgres"), "-D", str(place.cluster), *options]


def _stop(process: subprocess.Popen[bytes]) -> None:
    """SIGINT ends the sessions and writes all down; SIGQUIT leaves at once, which loses nothing either."""
    for signal_number, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        process.send_signal(signal_number)
        if wait_gone(process.pid, seconds):
            process.wait()
            return
