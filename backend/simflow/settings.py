"""What the environment says. Read once, at the edge; nothing else looks at `os.environ`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from simflow.errors import CommandError

REPOSITORY = Path(__file__).resolve().parents[2]
DATABASE_FOLDER = REPOSITORY / "database"
TRUE = {"1", "true", "yes", "on"}


def _url_from_parts(env: Mapping[str, str], user: str, password: str) -> str | None:
    """A database URL from the commission's `DB_HOST`, `DB_PORT`, `DB_NAME` and the named user variables."""
    host = env.get("DB_HOST")
    if not host:
        return None
    name = quote(env.get(user) or "simflow_user", safe="")
    secret = quote(env.get(password, ""), safe="")
    port = env.get("DB_PORT") or "5432"
    database = quote(env.get("DB_NAME") or "simflow", safe="")
    return f"postgresql://{name}{':' if secret else ''}{secret}@{host}:{port}/{database}"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of the API process."""

    database_url: str | None
    """The application's own user, which owns nothing."""
    database_owner_url: str | None
    """The user that owns the schema and migrates it; the application's where only one was given."""
    demo: bool
    ui_dir: Path
    """The built UI; served when it exists."""
    data_dir: Path
    pool_size: int
    """Most connections that one process opens in each of its pools."""
    session_days: int
    """A session ends this many days after it was last used."""
    log_json: bool

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Raises `CommandError` naming the variable when a value cannot be used."""
        env = os.environ if env is None else env
        url = env.get("DATABASE_URL") or _url_from_parts(env, "DB_USER", "DB_PASSWORD")
        owner = env.get("DATABASE_OWNER_URL") or (
            _url_from_parts(env, "DB_OWNER_USER", "DB_OWNER_PASSWORD") if env.get("DB_OWNER_USER") else None
        )
        return cls(
            database_url=url,
            database_owner_url=owner or url,
            demo=env.get("SIMFLOW_DEMO", "").lower() in TRUE,
            ui_dir=Path(env.get("SIMFLOW_UI_DIR") or REPOSITORY / "frontend" / "dist"),
            data_dir=Path(env.get("SIMFLOW_DATA_DIR") or ".simflow"),
            pool_size=_whole_number(env, "SIMFLOW_POOL_SIZE", 10),
            session_days=_whole_number(env, "SIMFLOW_SESSION_DAYS", 14),
            log_json=env.get("SIMFLOW_LOG", "").lower() == "json",
        )


def _whole_number(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise CommandError(f"{name} must be a whole number from 1 to 1000, not {text!r}.")
    return int(text)
