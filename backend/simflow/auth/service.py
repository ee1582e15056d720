"""Decides who gets a session. Only hashes of tokens are stored."""

import hashlib
import secrets
from typing import NamedTuple

from simflow.auth import passwords, queries
from simflow.auth.models import Account, SignIn
from simflow.db.pool import Database
from simflow.db.queries import Connection
from simflow.errors import TooMany, WrongCredentials

WINDOW_SECONDS = 15 * 60
FAILURES_PER_ACCOUNT = 10
"""An address may be wrong about one account so often in a window; a known browser has a count of its own."""
FAILURES_PER_ADDRESS = 300
"""And so often about all accounts together, against one password tried on everybody."""
ANY_ACCOUNT = "*"


class Tokens(NamedTuple):
    """What the browser gets: the session, and the mark by which it is known the next time."""

    session: str
    device: str


def digest(token: str) -> bytes:
    """What is stored of a token: its SHA-256, 32 bytes. Tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).digest()


async def sign_in(
    db: Database, credentials: SignIn, address: str, device: str | None, days: int
) -> tuple[Account, Tokens]:
    """Raises `WrongCredentials`, or `TooMany` after repeated failures.

    Failures count per account and origin. The origin is the network address or, in a browser where this person has
    signed in before, that browser: a stranger who fails on purpose locks out only themselves (OWASP, device cookies).
    """
    account_name = credentials.email.strip().lower()
    async with passwords.AT_ONCE, db.gate() as gate:
        known = device is not None and await queries.is_known_device.one(
            gate, token_hash=digest(device), account=account_name
        )
        origin = digest(device).hex() if device and known else address
        await _refuse_when_locked(gate, account_name, origin, known=known)
        account = await queries.get_account.first(gate, email=account_name)
        right, better = await passwords.verify(credentials.password, account.hash if account else None)
        if account is None or not right or not account.active:
            await _count_failure(gate, account_name, origin, known=known)
            raise WrongCredentials
        await queries.forget_failures.run(gate, account=account_name, origin=origin)
        if better:
            await queries.set_password.run(gate, user_id=account.id, hash=better)
        tokens = Tokens(secrets.token_urlsafe(32), device or secrets.token_urlsafe(32))
        await queries.insert_session.run(gate, token_hash=digest(tokens.session), user_id=account.id, days=days)
        await queries.insert_known_device.run(gate, token_hash=digest(tokens.device), user_id=account.id)
        return account, tokens


async def _refuse_when_locked(gate: Connection, account: str, origin: str, *, known: bool) -> None:
    limits = [(account, FAILURES_PER_ACCOUNT)] + ([] if known else [(ANY_ACCOUNT, FAILURES_PER_ADDRESS)])
    for name, allowed in limits:
        seconds = await queries.seconds_locked.one(
            gate, account=name, origin=origin, allowed=allowed, window=WINDOW_SECONDS
        )
        if seconds:
            minutes = -(-seconds // 60)
            raise TooMany(
                f"Too many failed attempts. Try again in {minutes} minute{'s' if minutes > 1 else ''}.",
                headers={"Retry-After": str(seconds)},
            )


async def _count_failure(gate: Connection, account: str, origin: str, *, known: bool) -> None:
    for name in [account] if known else [account, ANY_ACCOUNT]:
        await queries.count_failure.run(gate, account=name, origin=origin, window=WINDOW_SECONDS)
