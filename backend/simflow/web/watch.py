"""Each call gets a mark and is timed; its end is counted, and told in the log where that is of use."""

import re
import time
from random import getrandbits
from typing import Any

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from simflow.correlation import request_id
from simflow.metrics.process import count_call
from simflow.settings import Settings
from simflow.web.headers import secured
from simflow.web.peers import is_among

log = structlog.get_logger()

HEADER = b"x-request-id"
ACCEPTABLE = re.compile(rb"[A-Za-z0-9._-]{1,36}")
SLOW_SECONDS = 1.0
REGULAR = {"/health", "/ready", "/metrics"}
"""Asked every few seconds by machines; told only when something is wrong."""
MARK, BEGAN, PEER = "simflow_request_id", "simflow_began", "simflow_peer"


class Watch:
    """The outermost middleware. A mark that a trusted proxy sends is kept, else a new one is made."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._trusted = settings.trusted_proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        values: dict[str, Any] = scope  # type: ignore[assignment]
        values[BEGAN] = time.perf_counter()
        client = scope["client"]
        values[PEER] = client and client[0]
        values[MARK] = (self._trusted and self._sent(values)) or _new_mark()
        request_id.set(values[MARK])
        await self._app(scope, receive, send)

    def _sent(self, scope: dict[str, Any]) -> str:
        if not is_among(scope[PEER], self._trusted):
            return ""
        sent = next((value for name, value in scope["headers"] if name == HEADER), b"")
        return sent.decode() if ACCEPTABLE.fullmatch(sent) else ""


def _new_mark() -> str:
    """It need not be hard to guess, only another one each time."""
    return f"{getrandbits(128):032x}"


def mark_of(scope: Any) -> str:
    """The mark of a call; one that no route was found for gets it here."""
    mark: str = scope.setdefault(MARK, "") or _new_mark()
    scope[MARK] = mark
    return mark


def peer_of(scope: Any) -> str | None:
    """The address at the other end of the connection, whoever it says that it speaks for."""
    peer: str | None = scope.get(PEER)
    return peer


class Outcome:
    """What Litestar calls for every message it sends, errors too: it gets its last headers, and its end is recorded."""

    def __init__(self, settings: Settings) -> None:
        self._every = settings.log_calls

    async def __call__(self, message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        values: dict[str, Any] = scope  # type: ignore[assignment]
        message["headers"] = [*secured(message["headers"], values["path"]), (HEADER, mark_of(values).encode())]
        seconds = time.perf_counter() - values.get(BEGAN, time.perf_counter())
        status = message["status"]
        count_call(values["method"], values.get("path_template"), status, seconds)
        wanted = self._every and values["path"] not in REGULAR
        if wanted or status >= 500 or seconds > SLOW_SECONDS:
            self._tell(values, status, seconds)

    @staticmethod
    def _tell(scope: dict[str, Any], status: int, seconds: float) -> None:
        person = scope.get("user")
        who = {"person": str(person.id)} if person else {}
        kind = "call failed" if status >= 500 else "slow call" if seconds > SLOW_SECONDS else "call"
        log.log(
            20 if kind == "call" else 30,
            kind,
            method=scope["method"],
            path=scope["path"],
            status=status,
            ms=round(seconds * 1000, 1),
            **who,
        )
