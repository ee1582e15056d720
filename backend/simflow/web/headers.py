"""What every answer tells the browser about how far to trust it.

    python -m simflow.web.headers frontend/headers.conf

writes the same for nginx, which serves the UI's files in front of the API.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

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
OF_THE_API = [*ENCODED, (b"cache-control", b"no-store")]


def secured(headers: Iterable[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    """An answer's headers with these; what is set already stays.

    Encoded once: the framework's own mapping looks through all of them for each, which took a twentieth of a call.
    """
    made = list(headers)
    there = {name.lower() for name, _ in made}
    wanted = OF_THE_API if path.startswith("/api") else ENCODED
    return made + [header for header in wanted if header[0] not in there]


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
