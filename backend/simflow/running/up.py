"""`simflow up`: everything on one machine, supervised. What it started it stops, in the reverse order."""

import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import click

from simflow.db import embedded
from simflow.db.target import Target, data_dir_option
from simflow.errors import CommandError
from simflow.running import ports, under_make
from simflow.running.children import Child, watch_process
from simflow.running.serve import DRAIN_SECONDS
from simflow.settings import Settings

READY_SECONDS = 60
MOST_RESTARTS, RESTART_WINDOW_SECONDS = 5, 600
WORKER_STOP_SECONDS = 30
"""Longer than the worker gives the jobs that it is doing."""


@click.command
@click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=min(2, os.cpu_count() or 1),
    show_default="2, or 1 on one core",
    help="Processes of the API; those of the database need cores too.",
)
@data_dir_option
@click.option("--demo", is_flag=True, envvar="SIMFLOW_DEMO", help="Fill in demo people and requests.")
def command(port: int, host: str, workers: int, data_dir: Path, demo: bool) -> None:
    """Start everything on this machine, and stop it with Ctrl-C.

    That is the database (unless DATABASE_URL or DB_HOST names one), its migrations, the API, the worker and the UI.
    """
    with ExitStack() as stack:
        signals = StopSignals()
        stack.callback(under_make.join())
        try:
            Supervisor(stack, ports.resolve(host), port, workers).run(data_dir, demo)
        except KeyboardInterrupt:
            say("Stopping …")
        finally:
            signals.ignore()  # all is being stopped already


def say(line: str) -> None:
    """News for the person who watches; stdout carries only the line that others wait for."""
    click.echo(line, err=True)


class StopSignals:
    """Turns the first signal to stop into a KeyboardInterrupt, wherever we are; later ones do nothing."""

    def __init__(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup stays
                signal.signal(number, self._interrupt)
        self._heed = True

    def ignore(self) -> None:
        """From now on."""
        self._heed = False

    def _interrupt(self, *_: object) -> None:
        if self._heed:
            self._heed = False
            raise KeyboardInterrupt


class Part:
    """One of the processes, which may be started again a few times."""

    def __init__(self, start: Callable[[], Child], stop_seconds: float) -> None:
        self._start, self._stop_seconds = start, stop_seconds
        self._child = start()
        self._restarts: deque[float] = deque(maxlen=MOST_RESTARTS)

    def start_again(self) -> bool:
        """False when it has ended too often lately: then something is wrong that a further start does not mend."""
        now = time.monotonic()
        if len(self._restarts) == MOST_RESTARTS and now - self._restarts[0] < RESTART_WINDOW_SECONDS:
            return False
        self._restarts.append(now)
        self._child.stop(0)  # takes note of its end
        self._child = self._start()
        return True

    def stop(self) -> None:
        self._child.stop(self._stop_seconds)


class Supervisor:
    """The parts that run, each with its end on the stack, and the queue that tells which ended by itself."""

    def __init__(self, stack: ExitStack, address: str, port: int, workers: int) -> None:
        self._stack, self._address, self._port, self._workers = stack, address, port, workers
        self._ended: SimpleQueue[str] = SimpleQueue()
        self._parts: dict[str, Part] = {}
        self._server: embedded.EmbeddedServer | None = None

    def run(self, data_dir: Path, demo: bool) -> None:
        """Returns only by an exception: `KeyboardInterrupt`, or `CommandError` when it cannot go on."""
        self._stack.enter_context(ports.reserved(self._address, self._port))
        target = self._database(data_dir)
        _migrate(target.owner_url, demo)
        environment = _environment(target, data_dir, demo)
        where = ("--host", self._address, "--port", str(self._port))
        serve = ("serve", "--port-is-reserved", *where, "--workers", str(self._workers))
        self._start("the API", serve, environment, DRAIN_SECONDS + 5)
        url = f"http://{ports.reachable(self._address)}:{self._port}"
        self._wait_ready(f"{url}/ready")
        # After that, as nobody waits for it; a further process is one more line like this.
        self._start("the worker", ("worker",), environment, WORKER_STOP_SECONDS)
        click.echo(f"Sim-Flow is ready at {url}")
        self._watch()

    def _database(self, data_dir: Path) -> Target:
        settings = Settings.from_env()
        if settings.database_url:
            return Target(settings.database_owner_url or settings.database_url, settings.database_url)
        self._server = self._stack.enter_context(embedded.running(data_dir, lasting=True, say=say))
        name = "the database server" if self._server.owned else "the database server, which another process started,"
        watch_process(name, self._server.pid, self._ended)
        return Target(self._server.url("simflow_owner"), self._server.url("simflow_user"))

    def _start(self, name: str, arguments: tuple[str, ...], environment: dict[str, str], stop_seconds: float) -> None:
        command = (sys.executable, "-m", "simflow.cli", *arguments)
        part = self._parts[name] = Part(lambda: Child(name, command, environment, self._ended), stop_seconds)
        self._stack.callback(part.stop)

    def _wait_ready(self, url: str) -> None:
        """Asks until the answer is yes, and meanwhile waits for the bad news that a part has ended."""
        said = "no answer"
        for _ in range(READY_SECONDS * 20):
            ready, said = _ask(url)
            if ready:
                return
            try:
                self._fail(self._ended.get(timeout=0.05))
            except Empty:
                continue
        raise CommandError(f"Sim-Flow did not become ready within {READY_SECONDS} seconds ({said}).")

    def _watch(self) -> None:
        while True:
            try:
                name = self._ended.get(timeout=60)
                if name not in self._parts or not self._parts[name].start_again():
                    self._fail(name)
                say(f"{name[0].upper()}{name[1:]} has ended unexpectedly, and is started again.")
            except Empty:
                if self._server is not None and self._server.owned:
                    self._server.trim_log()

    def _fail(self, name: str) -> None:
        raise CommandError(f"{name[0].upper()}{name[1:]} has ended unexpectedly; everything else is stopped too.")


def _environment(target: Target, data_dir: Path, demo: bool) -> dict[str, str]:
    """What the processes that we start are told."""
    environment = {
        **os.environ,
        "DATABASE_URL": target.user_url,
        "SIMFLOW_DATA_DIR": str(data_dir.resolve()),
    }
    for name in ("DATABASE_OWNER_URL", "DATABASE_OWNER_URL_FILE", "DB_OWNER_PASSWORD", "DB_OWNER_PASSWORD_FILE"):
        environment.pop(name, None)  # no business of theirs
    environment.pop("DATABASE_URL_FILE", None)
    if demo:
        environment["SIMFLOW_DEMO"] = "1"
    return environment


def _migrate(owner_url: str, demo: bool) -> None:
    from simflow.db.migrate import migrate  # noqa: PLC0415  (slow to import; a taken port is told before)

    migrate(owner_url, Settings.from_env().time_zone)
    if demo:
        import_module("simflow.seed.demo").ensure_demo(owner_url)


def _ask(url: str) -> tuple[bool, str]:
    """Whether the API says that it is ready, and else what it said. Straight, whatever proxy is set."""
    try:
        with build_opener(ProxyHandler({})).open(url, timeout=5) as answer:
            return answer.status == 200, f"it answered {answer.status}"
    except HTTPError as error:
        return False, f"it answered {error.code}"
    except (URLError, OSError):
        return False, "no answer"
