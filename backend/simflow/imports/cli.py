"""`simflow import`: what would happen, or what happened, as tables."""

import sys
from typing import BinaryIO

import click
from rich.console import Console
from rich.table import Table

from simflow.db.owner import run_as_owner
from simflow.db.target import with_owner_url
from simflow.errors import ApiError, CommandError
from simflow.imports import service
from simflow.imports.models import Match, Report
from simflow.imports.service import CannotTake, Importer

COMMAND = Importer(None, "Import")
"""How the log names an import that no signed-in person ran."""


@click.group
def command() -> None:
    """Take over data of the old application."""


@command.command
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option("--skip-invalid", is_flag=True, help="Take the rest when some entries cannot be taken.")
@with_owner_url
def localstorage(file: BinaryIO, dry_run: bool, skip_invalid: bool, owner_url: str) -> None:
    """Take over FILE, an export of the old application's browser storage; `-` reads standard input.

    All of it or nothing. What is here already stays as it is, so the same file may be imported again.
    """
    body = file.read()
    try:
        with Console(stderr=True).status("Reading and comparing …"):
            report = run_as_owner(
                owner_url,
                lambda tx: service.take_over(tx, body, COMMAND, dry_run=dry_run, skip_invalid=skip_invalid),
            )
    except CannotTake as error:
        _print(error.report)
        raise CommandError(f"{error.detail} --skip-invalid takes the rest.") from None
    except ApiError as error:
        raise CommandError(error.detail) from None
    _print(report)
    click.echo(_conclusion(report))


def _print(report: Report) -> None:
    # Without a terminal nothing says how wide lines may be; 80 would break most of them.
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(_counts(report))
    if report.people:
        console.print(_people(report))
    if report.problems:
        console.print(_problems(report))
    for note in report.notes:
        console.print(f"Note: {note}", markup=False, highlight=False)


def _counts(report: Report) -> Table:
    table = Table(title="Requests", title_justify="left")
    for heading in ("in the file", "new", "here already", "cannot be taken", "new comments"):
        table.add_column(heading, justify="right")
    counts = report.requests
    numbers = (counts.total, counts.new, counts.already_here, counts.invalid, report.comments.new)
    table.add_row(*(str(number) for number in numbers))
    return table


def _people(report: Report) -> Table:
    table = Table("name", "old id", "role", "here", title="People", title_justify="left")
    for person in report.people:
        here = f"is {person.email}" if person.match == Match.MATCHED else f"becomes {person.email}, inactive"
        table.add_row(*(_plain(text) for text in (person.name, person.old_id or "", person.role, here)))
    return table


def _problems(report: Report) -> Table:
    table = Table("entry", "title", "field", "what is wrong", title="Cannot be taken", title_justify="left")
    for problem in report.problems:
        for index, error in enumerate(problem.errors):
            entry, title = ("", "") if index else (str(problem.entry), problem.title or f"({problem.id or 'no title'})")
            table.add_row(*(_plain(text) for text in (entry, title, error.field, error.message)))
    return table


def _plain(text: str) -> str:
    """No markup, and nothing that would command the terminal."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return printable.replace("[", r"\[")


def _conclusion(report: Report) -> str:
    counts = report.requests
    what = f"{counts.new} requests with {report.comments.new} comments"
    if report.dry_run:
        left = " Without --skip-invalid nothing would be." if counts.invalid else ""
        return f"Nothing was changed: this was a dry run. {what} would be taken.{left}"
    return f"Taken: {what}. Here already: {counts.already_here}. Left out: {counts.invalid}."
