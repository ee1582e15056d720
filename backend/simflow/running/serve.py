"""`simflow serve`: the API and the UI, in one or several processes that share a port."""

import gc
import logging
import os
import signal
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from simflow.db.target import data_dir_option, database
from simflow.processes import end_with_parent
from simflow.running import ports
from simflow.running.drain import DRAIN_SIGNAL, drain_before_stopping

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where several processes count together; the metrics' library reads it when it is imported."""
MOST_AT_ONCE = 10_000
"""Calls that one process answers at the same time; an open event stream is one. The server's own limit is 1 024."""
DRAIN_SECONDS = 10
"""What is being answered when the server is told to stop may take this long."""


@click.command
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")
@click.option("--port-is-reserved", is_flag=True, hidden=True, help="By the process that starts this one.")
@data_dir_option
def command(host: str, port: int, workers: int, port_is_reserved: bool, data_dir: Path) -> None:
    """Run the API and the UI alone, on a database that is already migrated."""
    address = ports.resolve(host)
    with ExitStack() as stack:
        if not port_is_reserved:
            stack.enter_context(ports.reserved(address, port))
        target = stack.enter_context(database(data_dir))
        os.environ["DATABASE_URL"] = target.user_url
        os.environ.pop("DATABASE_URL_FILE", None)
        if workers > 1:
            os.environ[SHARED_FOLDER] = stack.enter_context(TemporaryDirectory(prefix="simflow-metrics-"))
        _serve(address, port, workers)


def _serve(address: str, port: int, workers: int) -> None:
    from granian import Granian  # noqa: PLC0415  (slow to import)
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    server = Granian(
        "simflow.app:create_app",
        address=address,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        backpressure=MOST_AT_ONCE,
        workers_kill_timeout=DRAIN_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig=_logging(),
    )
    # Inherited, until the application sets its own: a process that is still starting would die of it.
    signal.signal(DRAIN_SIGNAL, signal.SIG_IGN)
    server.on_startup(drain_before_stopping)
    server.serve(target_loader=partial(load_app, os.getpid()), wrap_loader=False)


def load_app(parent: int) -> Any:
    """Runs in each worker, which must not outlive the main process: it would go on to share the port.

    A failure is told in one line, where the default is a traceback.
    """
    end_with_parent(parent, signal.SIGKILL)
    try:
        from simflow.app import create_app  # noqa: PLC0415  (only the workers need it)

        app = create_app()
    except Exception as error:
        if os.environ.get("SIMFLOW_DEBUG"):
            raise
        click.echo(f"The application cannot start: {one_line(error)}", err=True)
        sys.exit(1)
    _look_less_for_garbage()
    return app


def _look_less_for_garbage() -> None:
    """What is loaded stays, and a page of requests is no garbage: to look through both took a seventh of each list."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def one_line(error: BaseException) -> str:
    """An exception as its type and message."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


class CalmFormatter(logging.Formatter):
    """The server's own messages as plain lines; an exception is its message."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(message)s")

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """The whole traceback only where somebody looks for it."""
        return super().formatException(ei) if os.environ.get("SIMFLOW_DEBUG") else one_line(ei[1])


def _logging() -> dict[str, Any]:
    handler = {"formatter": "calm", "class": "logging.StreamHandler", "stream": "ext://sys.stderr"}
    logger = {"handlers": ["console"], "level": "WARNING", "propagate": False}
    return {
        "formatters": {"calm": {"()": "simflow.running.serve.CalmFormatter"}},
        "handlers": {"console": handler},
        "loggers": {"_granian": logger, "granian.access": logger},
    }
