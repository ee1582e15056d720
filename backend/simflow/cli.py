"""`simflow`, the one entry point. Each command is imported only when it is called."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from simflow.errors import CommandError

COMMANDS = {
    "up": ("simflow.running.up:command", "Start everything on this machine, and stop it with Ctrl-C."),
    "serve": ("simflow.running.serve:command", "Run the API and the UI alone."),
    "worker": ("simflow.jobs.cli:command", "Do the jobs and the regular cleaning."),
    "migrate": ("simflow.db.commands:migrate", "Bring the database to this version's schema."),
    "seed": ("simflow.seed.cli:command", "Fill the database with generated requests."),
    "user": ("simflow.users.cli:command", "Make and change people's accounts."),
    "import": ("simflow.imports.cli:command", "Take over data of the old application."),
    "doctor": ("simflow.running.doctor:command", "Check this installation, and say what to do."),
    "openapi": ("simflow.db.commands:openapi", "Print the description of the HTTP interface as JSON."),
}
"""Name → where it is, and its line in the overview, which must not cost an import."""


class Commands(click.Group):
    """Imports late, and ends every failure in one line on stderr, with exit code 1 (2 for wrong usage)."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        found = getattr(import_module(module), attribute)
        assert isinstance(found, click.Command)  # noqa: S101  (a slip in the table above, not in use)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            result = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.UsageError as error:
            path = error.ctx.command_path if error.ctx else "simflow"
            _fail(f"{error.format_message()} (see '{path} --help')", error.exit_code)
        except click.ClickException as error:
            _fail(error.format_message(), error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            _fail("stopped before it was finished", 130)
        except BrokenPipeError:
            sys.exit(1)
        except Exception as error:
            _explain(error)
        sys.exit(result if isinstance(result, int) else 0)


def _explain(error: Exception) -> NoReturn:
    """One line. What nobody foresaw also gets its type and the way to see more."""
    if os.environ.get("SIMFLOW_DEBUG"):
        raise error
    said = " ".join(str(error).split())
    if isinstance(error, CommandError):
        _fail(said)
    _fail(f"{type(error).__name__}: {said} (SIMFLOW_DEBUG=1 in the environment shows where)")


def _fail(line: str, code: int = 1) -> NoReturn:
    click.echo(f"Error: {line}", err=True)
    sys.exit(code)


def _debug(_: click.Context, __: click.Parameter, wanted: bool) -> None:
    if wanted:
        os.environ["SIMFLOW_DEBUG"] = "1"


@click.group("simflow", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="simflow", message="Sim-Flow %(version)s")
@click.option("--debug", is_flag=True, expose_value=False, callback=_debug, help="Show where an error arose.")
def main() -> None:
    """Sim-Flow, the request desk of engineering simulation teams."""


if __name__ == "__main__":
    main()
