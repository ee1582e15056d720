"""What every answer tells the browser about how far to trust it.

    python -m simflow.web.headers frontend/headers.conf

writes the same for nginx, which serves the UI's files in front of the API.
"""

import sys
from pathlib import Path

from litestar.types import Message, Scope

SECURITY_HEADERS = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'self'",
            "style-src 'self' 'unsafe-inline'",  # the component library sets sizes in style attributes
            "img-src 'self' data: blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


ENCODED = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
NOT_STORED = (b"cache-control", b"no-store")


async def add_security_headers(message: Message, scope: Scope) -> None:
    """Litestar calls this for every message it sends; errors get the headers too, and what is set already stays.

    Encoded once: its own header mapping looks through all of them for each, which took a twentieth of a call.
    """
    if message["type"] == "http.response.start":
        headers = list(message["headers"])
        there = {name.lower() for name, _ in headers}
        wanted = [*ENCODED, NOT_STORED] if scope["path"].startswith("/api") else ENCODED
        message["headers"] = [*headers, *(header for header in wanted if header[0] not in there)]


def for_nginx() -> str:
    """The headers as a piece of nginx's configuration, to be included where files are served."""
    lines = [f'add_header {name} "{value}" always;' for name, value in SECURITY_HEADERS.items()]
    return "\n".join(
        [
            "# Made from backend/simflow/web/headers.py by `make generate`.",
            *lines,
            "add_header Strict-Transport-Security $hsts always;",
            "",
        ]
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(for_nginx())
