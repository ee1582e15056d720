"""What the environment says, each variable once. Read at the edge; docs/operations.md has the table made from here."""

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from simflow import secrecy
from simflow.errors import CommandError
from simflow.reading import as_networks, as_one_of, as_switch, as_text, as_time_zone, as_whole_number

REPOSITORY = Path(__file__).resolve().parents[2]
PACKED = Path(__file__).parent / "packed"
"""What a wheel carries along; in a checkout it lies where it is worked on."""
DATABASE_FOLDER = PACKED / "database" if PACKED.is_dir() else REPOSITORY / "database"
BUILT_UI = PACKED / "ui" if PACKED.is_dir() else REPOSITORY / "frontend" / "dist"


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class LogStyle(StrEnum):
    LINES = "lines"
    JSON = "json"


def variable(
    name: str,
    meaning: str,
    default: object = None,
    read: Callable[[str], Any] = as_text,
    *,
    shown: str | None = None,
    secret: bool = False,
) -> Any:
    """A field that the environment variable `name` fills; `<name>_FILE` may say where a secret lies instead."""
    metadata = {"name": name, "meaning": meaning, "read": read, "shown": shown, "secret": secret}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting. Raises `CommandError` from `from_env` and names each variable that cannot be used."""

    environment: Environment = variable(
        "SIMFLOW_ENV",
        "`production` refuses to start with a missing or default secret, and with demo people",
        Environment.DEVELOPMENT,
        as_one_of(Environment),
    )
    url: str | None = variable(
        "DATABASE_URL", "the application's login, as a URL", shown="the embedded server", secret=True
    )
    owner_url: str | None = variable(
        "DATABASE_OWNER_URL",
        "the owner's login, for migrations and commands",
        shown="the application's login",
        secret=True,
    )
    db_host: str | None = variable("DB_HOST", "the database's host, where the URLs are given in parts")
    db_port: int = variable("DB_PORT", "its port", 5432, as_whole_number(1, 65535))
    db_name: str = variable("DB_NAME", "the database", "simflow")
    db_user: str = variable("DB_USER", "the application's login", "simflow_user")
    db_password: str | None = variable("DB_PASSWORD", "its password", secret=True)
    db_owner_user: str | None = variable("DB_OWNER_USER", "the owner's login", shown="`simflow_owner` with a password")
    db_owner_password: str | None = variable("DB_OWNER_PASSWORD", "its password", secret=True)
    db_sslmode: str | None = variable(
        "DB_SSLMODE", "`require`, `verify-ca` or `verify-full` encrypt the connection", shown="encrypted if offered"
    )
    db_sslrootcert: str | None = variable("DB_SSLROOTCERT", "the file with the authority that signed the server's key")
    pool_size: int = variable(
        "SIMFLOW_POOL_SIZE", "most connections of one process in each of its pools", 10, as_whole_number(1, 1000)
    )
    session_days: int = variable(
        "SIMFLOW_SESSION_DAYS", "a session ends so many days after it was last used", 14, as_whole_number(1, 1000)
    )
    time_zone: str | None = variable(
        "SIMFLOW_TIME_ZONE",
        "by whose clocks the desk's working hours count, such as `Europe/Berlin`; `simflow migrate` and `simflow up`"
        " write it into the database",
        None,
        as_time_zone,
        shown="what was written last, at first `UTC`",
    )
    trusted_proxies: tuple[str, ...] = variable(
        "SIMFLOW_TRUSTED_PROXIES",
        "addresses and networks whose `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Request-ID` are believed",
        (),
        as_networks,
        shown="none",
    )
    metrics_from: tuple[str, ...] = variable(
        "SIMFLOW_METRICS_FROM",
        "addresses and networks that may read `/metrics`, straight and not through a proxy",
        ("127.0.0.0/8", "::1"),
        as_networks,
        shown="this machine",
    )
    log: LogStyle = variable("SIMFLOW_LOG", "`json` for machines", LogStyle.LINES, as_one_of(LogStyle))
    log_calls: bool = variable(
        "SIMFLOW_LOG_CALLS",
        "a line for every call; else for those that fail or are slow",
        default=False,
        read=as_switch,
    )
    otlp_endpoint: str | None = variable(
        "OTEL_EXPORTER_OTLP_ENDPOINT", "where OpenTelemetry traces go, by OTLP over HTTP", shown="no traces"
    )
    sentry_dsn: str | None = variable(
        "SENTRY_DSN", "where unexpected errors are reported to", shown="nowhere", secret=True
    )
    demo: bool = variable("SIMFLOW_DEMO", "demo people on the sign-in page", default=False, read=as_switch)
    data_dir: Path = variable("SIMFLOW_DATA_DIR", "where the embedded database lies", Path(".simflow"), Path)
    ui_dir: Path = variable("SIMFLOW_UI_DIR", "the built UI", BUILT_UI, Path, shown="the one that came along")
    postgres_bin: str | None = variable(
        "SIMFLOW_POSTGRES_BIN",
        "other PostgreSQL programs for the embedded server",
        shown="those of the package",
    )
    debug: bool = variable("SIMFLOW_DEBUG", "tracebacks of commands that fail", default=False, read=as_switch)

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Raises `CommandError` naming every variable whose value cannot be used."""
        env = os.environ if env is None else env
        values: dict[str, Any] = {}
        wrong: list[str] = []
        for one in fields(cls):
            try:
                text = _given(one, env)
                if text:
                    values[one.name] = one.metadata["read"](text)
            except ValueError as error:
                wrong.append(f"{one.metadata['name']} {error}")
        if not wrong:
            settings = cls(**values)
            wrong = settings.unsafe()
        if wrong:
            raise CommandError("; ".join(wrong) + ".")
        return settings

    @property
    def production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    @property
    def database_url(self) -> str | None:
        """The application's own user, which owns nothing; None for the embedded server."""
        return self.url or self._from_parts(self.db_user, self.db_password)

    @property
    def database_owner_url(self) -> str | None:
        """The user that owns the schema and migrates it; the application's where only one was given."""
        if self.owner_url:
            return self.owner_url
        if self.db_owner_user or self.db_owner_password:
            return self._from_parts(self.db_owner_user or "simflow_owner", self.db_owner_password)
        return self.database_url

    @property
    def log_json(self) -> bool:
        return self.log is LogStyle.JSON

    def _from_parts(self, user: str, password: str | None) -> str | None:
        if not self.db_host:
            return None
        login = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
        tls = {"sslmode": self.db_sslmode, "sslrootcert": self.db_sslrootcert}
        query = urlencode({name: value for name, value in tls.items() if value})
        address = f"{self.db_host}:{self.db_port}/{quote(self.db_name, safe='')}"
        return f"postgresql://{login}@{address}{'?' if query else ''}{query}"

    def unsafe(self) -> list[str]:
        """What production refuses to start with, each with the variable's name; nothing elsewhere."""
        if not self.production:
            return []
        wrong = []
        logins = [("DATABASE_URL" if self.url else "DB_PASSWORD", self.database_url)]
        if self.database_owner_url != self.database_url:
            owner = "DATABASE_OWNER_URL" if self.owner_url else "DB_OWNER_PASSWORD"
            logins.append((owner, self.database_owner_url))
        for name, url in logins:
            if url and (why := secrecy.weakness(url)):
                wrong.append(f"{name} {why}")
        if self.demo:
            wrong.append("SIMFLOW_DEMO makes people whose password everybody knows, which production refuses")
        return wrong


def _given(one: Field[Any], env: Mapping[str, str]) -> str | None:
    """Raises ValueError when a secret's file cannot be read, or the secret is given twice."""
    name = one.metadata["name"]
    text, path = env.get(name), env.get(f"{name}_FILE") if one.metadata["secret"] else None
    if not path:
        return text
    if text:
        raise ValueError(f"and {name}_FILE are both set: keep one")
    try:
        return Path(path).read_text().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"cannot be read from {path}: {getattr(error, 'strerror', None) or 'not text'}") from None
