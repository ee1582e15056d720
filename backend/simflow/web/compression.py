"""Answers are gzipped by ISA-L, which takes a seventh of zlib's time for 8 % more bytes (docs/performance.md).

The framework's own compression can take no other library for gzip.
"""

import re
from typing import Any

from isal import isal_zlib
from litestar.types import ASGIApp, Message, Receive, Scope, Send

LEAST_BYTES = 1000
LEVEL = 2
"""Of 0 to 3."""
SHORT_BYTES = 16_000
SHORT_LEVEL = 0
"""Up to here codes of its own, as the higher levels make for each answer, take longer than what they save."""
GZIP = 31
"""zlib's word for the format: a window of 2^15 bytes, and gzip's header and end."""
LEFT_ALONE = re.compile(r"/api/events|/api/.*/export")
"""An event must not wait for the next one, and a workbook is packed already."""


class Compression:
    """A middleware. An answer in one piece keeps a length; one in several gets none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not accepts_gzip(scope) or LEFT_ALONE.match(scope["path"]):
            await self._app(scope, receive, send)
            return
        start: Any = None
        packer: Any = None

        async def packed(message: Message) -> None:
            nonlocal start, packer
            if message["type"] == "http.response.start":
                if any(name.lower() == b"content-encoding" for name, _ in message["headers"]):
                    await send(message)
                    return
                start = message
                return
            if message["type"] == "http.response.body":
                body, more = message.get("body", b""), message.get("more_body", False)
                if start is not None and not more and len(body) >= LEAST_BYTES:
                    level = SHORT_LEVEL if len(body) <= SHORT_BYTES else LEVEL
                    message["body"] = isal_zlib.compress(body, level, GZIP)
                    start["headers"] = _described(start["headers"], len(message["body"]))
                elif start is not None and more:
                    packer = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, GZIP)
                    start["headers"] = _described(start["headers"], None)
                if packer is not None:
                    message["body"] = packer.compress(body) + (b"" if more else packer.flush())
            if start is not None:
                began, start = start, None
                await send(began)
            await send(message)

        await self._app(scope, receive, packed)


def accepts_gzip(scope: Scope) -> bool:
    """Whether the client takes gzip; `gzip;q=0` is a refusal that no browser sends."""
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])


def _described(headers: Any, length: int | None) -> list[tuple[bytes, bytes]]:
    kept = [header for header in headers if header[0].lower() != b"content-length"]
    length_header = [] if length is None else [(b"content-length", b"%d" % length)]
    return [*kept, (b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding"), *length_header]
