"""Accounts: who gets one, and who may still sign in. Runs as the database's owner, for the commands."""

import re

from simflow.auth import queries as auth
from simflow.auth.models import Account
from simflow.auth.passwords import hash_password
from simflow.db.queries import Connection
from simflow.errors import CommandError
from simflow.users import queries
from simflow.users.models import Role

LEAST_PASSWORD, MOST_PASSWORD = 8, 1024
"""Characters; the least as OWASP ASVS asks for. The demo people's known password is made elsewhere."""
MOST_NAME = MOST_EMAIL = 255
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


def checked_email(text: str) -> str:
    """Only what no address can lack is asked for. Raises `CommandError`."""
    email = text.strip()
    if not ADDRESS.fullmatch(email) or not email.isprintable() or len(email) > MOST_EMAIL:
        raise CommandError(f"{text!r} is not an e-mail address.")
    return email


def checked_name(text: str) -> str:
    """Raises `CommandError`."""
    name = text.strip()
    if not name.isprintable() or not 1 <= len(name) <= MOST_NAME:
        raise CommandError(f"A name has 1 to {MOST_NAME} printable characters.")
    return name


def checked_password(text: str) -> str:
    """Raises `CommandError`."""
    if not text.strip():
        raise CommandError("The password is empty.")
    if "\x00" in text:
        raise CommandError("A password cannot contain the NUL character: no browser could send it.")
    if not LEAST_PASSWORD <= len(text) <= MOST_PASSWORD:
        raise CommandError(f"A password has {LEAST_PASSWORD} to {MOST_PASSWORD} characters; this has {len(text)}.")
    return text


async def create(tx: Connection, name: str, email: str, role: Role, password: str) -> None:
    """Raises `CommandError` when somebody has the address already."""
    user_id = await queries.insert.first(tx, name=name, email=email, role=role)
    if user_id is None:
        raise CommandError(f"There is somebody with the address {email} already.")
    await auth.set_password.run(tx, user_id=user_id, hash=hash_password(password))


async def set_password(tx: Connection, email: str, password: str) -> Account:
    """Whoever was signed in with the old one is signed out."""
    account = await _get(tx, email)
    await auth.set_password.run(tx, user_id=account.id, hash=hash_password(password))
    await auth.delete_sessions_of.run(tx, user_id=account.id)
    return account


async def activate(tx: Connection, email: str) -> Account:
    account = await _get(tx, email)
    await queries.set_active.run(tx, id=account.id, active=True)
    return account


async def deactivate(tx: Connection, email: str) -> Account:
    """Signs the person out as well; what they did and wrote stays."""
    account = await _get(tx, email)
    await queries.set_active.run(tx, id=account.id, active=False)
    await auth.delete_sessions_of.run(tx, user_id=account.id)
    return account


async def has_active_admin(tx: Connection) -> bool:
    return bool(await queries.WITH_ADDRESSES.all(tx, role=Role.ADMIN, with_inactive=False, part="", limit=1))


async def _get(tx: Connection, email: str) -> Account:
    account = await auth.get_account.first(tx, email=checked_email(email))
    if account is None:
        raise CommandError(f"There is nobody with the address {email}.")
    return account
