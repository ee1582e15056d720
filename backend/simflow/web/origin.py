"""Refuses changes that another site asks for with a person's cookie."""

from urllib.parse import urlsplit

from litestar.datastructures import Headers
from litestar.types import ASGIApp, Receive, Scope, Send

from simflow.errors import CrossSite

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class SameSite:
    """A middleware. Raises `CrossSite` for an unsafe method with a foreign `Origin` or `Sec-Fetch-Site: cross-site`.

    No guard, although it is one: for each guard the framework copies the route handler with each call.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("method", "GET") not in SAFE_METHODS:
            _refuse_cross_site(Headers.from_scope(scope))
        await self._app(scope, receive, send)


def _refuse_cross_site(headers: Headers) -> None:
    if headers.get("sec-fetch-site", "").lower() == "cross-site":
        raise CrossSite
    origin = headers.get("origin")
    if origin is not None and _host(origin) != headers.get("host", "").lower():
        raise CrossSite


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None
