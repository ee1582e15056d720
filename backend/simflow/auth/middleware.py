"""Who is calling. Closed by default: a route is open only when it says so."""

from datetime import UTC, datetime, timedelta
from typing import Any

from litestar.connection import ASGIConnection
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from simflow.auth import queries
from simflow.auth.service import digest
from simflow.errors import NotSignedIn

SESSION_COOKIE = "simflow_session"
DEVICE_COOKIE = "simflow_device"
OPEN = "open_to_everybody"
"""Put `opt={OPEN: True}` on a route handler to let people in who are not signed in."""


class SessionMiddleware(AbstractAuthenticationMiddleware):
    """Turns the session cookie into `request.user`; raises `NotSignedIn` when there is no living session."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        token = connection.cookies.get(SESSION_COOKIE)
        if not token:
            raise NotSignedIn
        app_state = connection.app.state
        days = app_state.settings.session_days
        async with app_state.db.gate() as gate:
            session = await queries.get_session.first(gate, token_hash=digest(token))
            if session is None:
                raise NotSignedIn
            # Extending writes, so only once the session is a tenth of its length nearer to its end.
            if session.expires_at - datetime.now(UTC) < timedelta(days=days * 0.9):
                await queries.extend_session.run(gate, token_hash=digest(token), days=days)
        return AuthenticationResult(user=session.user(), auth=token)
