"""Which database a command works on: the one that the environment names, else the data folder's own."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from simflow.settings import Settings

data_dir_option = click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="SIMFLOW_DATA_DIR",
    default=".simflow",
    show_default=True,
    help="Folder of the embedded database; not used where DATABASE_URL names one.",
)


@dataclass(frozen=True, slots=True)
class Target:
    """Two ways into one database."""

    owner_url: str
    """Owns the schema: for migrations and for commands."""
    user_url: str
    """The application's own user."""


@contextmanager
def database(data_dir: Path, *, create: bool = False, say: Callable[[str], None] = lambda _: None) -> Iterator[Target]:
    """For as long as it is needed, the embedded server runs: a running one is shared, else it is started.

    Raises `CommandError` when there is no database; `create=True` makes one instead.
    """
    settings = Settings.from_env()
    if settings.database_url:
        yield Target(settings.database_owner_url or settings.database_url, settings.database_url)
        return
    from simflow.db import embedded  # noqa: PLC0415  (not needed with a database elsewhere)

    with embedded.running(data_dir, create=create, say=say) as server:
        yield Target(server.url("simflow_owner"), server.url("simflow_user"))


def with_owner_url(function: Callable[..., Any]) -> Callable[..., Any]:
    """For a click command: adds `--data-dir` and passes the owner's URL of a running database as `owner_url`.

    Put it below `@click.command`.
    """

    @functools.wraps(function)
    def call(*args: Any, data_dir: Path, **options: Any) -> Any:
        with database(data_dir) as target:
            return function(*args, owner_url=target.owner_url, **options)

    return data_dir_option(call)
