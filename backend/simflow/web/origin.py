"""Refuses changes that another site asks for with a person's cookie."""

from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from simflow.errors import CrossSite

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


async def refuse_cross_site(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A guard. Raises `CrossSite` for an unsafe method with a foreign `Origin` or `Sec-Fetch-Site: cross-site`.

    Asynchronous although it waits for nothing: else Litestar sends each call through a thread.
    """
    if connection.scope.get("method", "GET") in SAFE_METHODS:
        return
    if connection.headers.get("sec-fetch-site", "").lower() == "cross-site":
        raise CrossSite
    origin = connection.headers.get("origin")
    if origin is not None and _host(origin) != connection.headers.get("host", "").lower():
        raise CrossSite


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None
