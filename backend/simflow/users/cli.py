"""`simflow user`: accounts from the command line; the first admin is made here."""

import sys

import click
from rich.console import Console
from rich.table import Table

from simflow.db.owner import run_as_owner
from simflow.db.queries import Connection
from simflow.db.target import with_owner_url
from simflow.errors import CommandError
from simflow.users import queries, service
from simflow.users.models import ListedUser, Role

email_option = click.option("--email", required=True, help="The person's e-mail address.")
password_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input; else it is asked for."
)


@click.group
def command() -> None:
    """Make and change people's accounts."""


@command.command
@email_option
@click.option("--name", required=True, help="The name that others see.")
@click.option("--role", required=True, type=click.Choice([str(r) for r in Role], case_sensitive=False))
@password_option
@with_owner_url
def create(email: str, name: str, role: str, password_stdin: bool, owner_url: str) -> None:
    """Make an account."""
    email, name = service.checked_email(email), service.checked_name(name)
    password = _password(password_stdin)
    run_as_owner(owner_url, lambda tx: service.create(tx, name, email, Role(role), password))
    click.echo(f"{name} can sign in as {email}, with the role {role}.")


@command.command(name="list")
@with_owner_url
def list_people(owner_url: str) -> None:
    """List everybody, those who left included."""

    async def fetch(tx: Connection) -> list[ListedUser]:
        return await queries.WITH_ADDRESSES.all(tx, role=None, with_inactive=True, part="", limit=None)

    table = Table("name", "e-mail", "role", "active", box=None, pad_edge=False)
    for person in run_as_owner(owner_url, fetch):
        table.add_row(person.name, person.email or "", person.role, "yes" if person.active else "no")
    # Without a terminal nothing says how wide lines may be; a line for each person is easier to work with.
    Console(width=None if sys.stdout.isatty() else 600, markup=False, highlight=False).print(table)


@command.command
@email_option
@password_option
@with_owner_url
def password(email: str, password_stdin: bool, owner_url: str) -> None:
    """Set somebody's password, and sign them out everywhere."""
    new = _password(password_stdin)
    account = run_as_owner(owner_url, lambda tx: service.set_password(tx, email, new))
    inactive = "" if account.active else " The account is inactive: `simflow user activate` lets them sign in."
    click.echo(f"{account.name} has a new password.{inactive}")


@command.command
@email_option
@with_owner_url
def deactivate(email: str, owner_url: str) -> None:
    """Let somebody sign in no longer, and sign them out everywhere. What they did and wrote stays."""

    async def work(tx: Connection) -> tuple[str, bool]:
        account = await service.deactivate(tx, email)
        return account.name, await service.has_active_admin(tx)

    name, has_admin = run_as_owner(owner_url, work)
    click.echo(f"{name} can no longer sign in.")
    if not has_admin:
        click.echo("Warning: nobody active is an ADMIN now.", err=True)


@command.command
@email_option
@with_owner_url
def activate(email: str, owner_url: str) -> None:
    """Let somebody sign in again."""
    account = run_as_owner(owner_url, lambda tx: service.activate(tx, email))
    missing = "" if account.hash else " There is no password yet: `simflow user password` sets one."
    click.echo(f"{account.name} is active.{missing}")


def _password(from_stdin: bool) -> str:
    """One line of standard input without its end, or what is typed unseen."""
    if not from_stdin:
        if not sys.stdin.isatty():
            raise CommandError("Give the password on standard input, with --password-stdin.")
        return service.checked_password(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    try:
        text = sys.stdin.buffer.read().decode()
    except UnicodeDecodeError:
        raise CommandError("The password on standard input is not UTF-8 text.") from None
    line = text.removesuffix("\n").removesuffix("\r")
    if "\n" in line:
        raise CommandError("The password on standard input has more than one line.")
    return service.checked_password(line)
