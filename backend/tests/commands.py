"""Runs `simflow` as the command line does, on the tests' database."""

import asyncio

from click.testing import CliRunner, Result

from simflow.cli import main
from simflow.settings import Settings


async def simflow(settings: Settings, *arguments: str, stdin: str | bytes | None = None) -> Result:
    """In a thread, because commands have an event loop of their own."""
    environment = {"DATABASE_URL": settings.database_url, "DATABASE_OWNER_URL": settings.database_owner_url}
    result = await asyncio.to_thread(CliRunner().invoke, main, arguments, input=stdin, env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def error_of(result: Result, code: int = 1) -> str:
    """The one line on stderr of a command that failed."""
    assert result.exit_code == code, result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    return line.removeprefix("Error: ")
