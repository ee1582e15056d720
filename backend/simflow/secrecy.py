"""Whether a login of the database is a secret at all."""

from urllib.parse import parse_qs, unquote, urlsplit

WELL_KNOWN = {
    "admin",
    "password",
    "postgres",
    "simflow",
    "simflow_owner",
    "simflow_user",
}
PLACEHOLDERS = ("change_me", "changeme", "change-me", "your_password", "your-password")
"""What examples write where a secret belongs; database/start.sh knows the same."""


def weakness(url: str) -> str | None:
    """Why this login must not be used in production, as the end of a sentence; None when it may."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    password = unquote(parts.password or "") or "".join(asked.get("password", []))
    if not password:
        by_other_means = asked.get("host", [""])[0].startswith("/") or "sslcert" in asked or "passfile" in asked
        return None if by_other_means else "is missing: production needs a password for the database"
    lowered = password.lower()
    if lowered in WELL_KNOWN or any(word in lowered for word in PLACEHOLDERS):
        return "is a default that everybody knows: make a new one, for instance with `tools/make-env`"
    return None
