"""Who is calling. Closed by default: a route is open only when it says so."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send

from simflow.auth import queries
from simflow.auth.models import Session
from simflow.auth.service import digest
from simflow.db.pool import Database
from simflow.db.queries import Connection
from simflow.errors import NotSignedIn
from simflow.users.models import Role
from simflow.web.watch import mark_of

SESSION_COOKIE = "simflow_session"
COOKIE = f"{SESSION_COOKIE}=".encode()
DEVICE_COOKIE = "simflow_device"
OPEN = "open_to_everybody"
"""Put `opt={OPEN: True}` on a route handler to let people in who are not signed in."""
READS_WITH = "simflow_reads_with"
"""Where in the scope the connection is with which a call reads."""
READS_AT_ONCE = "reads_at_once"
"""Put `opt={READS_AT_ONCE: enter_and_read}` on a route handler whose call is to be one round trip: it gets the
connection, the path's parameters and what `enter` takes, and gives the session, or None, and what it read."""
FOUND = "simflow_found"
"""Where in the scope it is what was read at once, None where there was nothing. Absent when it was not asked for."""
MOST_ROLES = 20_000


class SessionMiddleware:
    """Turns the session cookie into `request.user`; raises `NotSignedIn` when there is no living session.

    A call that only reads gets its connection here: of the pool whose role the session had the last time. That is but a
    guess at where to ask; who it is, and whether they may, is the database's word each time.
    """

    def __init__(self, app: ASGIApp, session_days: int, roles: dict[bytes, Role]) -> None:
        self._app = app
        self._days = session_days
        self._fresh = timedelta(days=session_days * 0.9)
        self._roles = roles

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["route_handler"].opt.get(OPEN) or scope.get("method") == "OPTIONS":
            await self._app(scope, receive, send)
            return
        token = session_of(scope)
        if not token:
            raise NotSignedIn
        db: Database = scope["litestar_app"].state.db
        token_hash = digest(token)
        scope["auth"] = token
        handler = scope["route_handler"]
        role = self._roles.get(token_hash) if only_reads(handler) else None
        if role is not None:
            async with db.reading(role) as reader:
                enter_and_read = handler.opt.get(READS_AT_ONCE, enter_alone)
                session, found = await enter_and_read(
                    reader, scope["path_params"], token_hash=token_hash, mark=mark_of(scope)
                )
                if session is not None and session.role == role:
                    await self._let_in(scope, db, token_hash, session)
                    scope[READS_WITH] = reader  # type: ignore[literal-required]
                    if enter_and_read is not enter_alone:
                        scope[FOUND] = found  # type: ignore[literal-required]
                    await self._app(scope, receive, send)
                    return
        async with db.gate() as gate:
            session = await queries.get_session.first(gate, token_hash=token_hash)
        if session is None:
            raise NotSignedIn
        if len(self._roles) >= MOST_ROLES:
            self._roles.clear()
        self._roles[token_hash] = session.role
        await self._let_in(scope, db, token_hash, session)
        await self._app(scope, receive, send)

    async def _let_in(self, scope: Scope, db: Database, token_hash: bytes, session: Session) -> None:
        # Extending writes, so only once the session is a tenth of its length nearer to its end.
        if session.expires_at - datetime.now(UTC) < self._fresh:
            async with db.gate() as gate:
                await queries.extend_session.run(gate, token_hash=token_hash, days=self._days)
        scope["user"] = session.user()


async def enter_alone(reader: Connection, _: dict[str, Any], **session: Any) -> tuple[Session | None, None]:
    return await queries.enter.first(reader, **session), None


def session_of(scope: Scope) -> str:
    """The session's token, or nothing. It has only letters that a cookie may have, so nothing needs decoding."""
    for name, value in scope["headers"]:
        if name == b"cookie":
            for cookie in value.split(b";"):
                if cookie.lstrip().startswith(COOKIE):
                    return cookie.lstrip()[len(COOKIE) :].rstrip().decode("latin-1")
    return ""


@cache
def only_reads(handler: BaseRouteHandler) -> bool:
    """Whether it asks for `tx` and changes nothing: a GET, so no transaction has anything to keep together."""
    return "GET" in getattr(handler, "http_methods", ()) and "tx" in handler.parsed_fn_signature.parameters
