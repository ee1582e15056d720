"""The small commands around the schema."""

from pathlib import Path

import click

from simflow.db.target import data_dir_option, database
from simflow.settings import Settings


def _say(line: str) -> None:
    click.echo(line, err=True)


@click.command
@data_dir_option
def migrate(data_dir: Path) -> None:
    """Bring the database to this version's schema.

    Safe while the application runs and when several start at once. Makes the embedded database where there
    is none yet.
    """
    from simflow.db.migrate import migrate as run  # noqa: PLC0415  (slow to import)

    with database(data_dir, create=True, say=_say) as target:
        run(target.owner_url, Settings.from_env().time_zone)
    _say("The schema is up to date.")


@click.command
def openapi() -> None:
    """Print the description of the HTTP interface as JSON; needs no database."""
    from simflow.app import openapi_json  # noqa: PLC0415  (slow to import)

    click.echo(openapi_json())
