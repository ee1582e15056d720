"""What the environment says, and what production refuses."""

from pathlib import Path

import pytest

from simflow.errors import CommandError
from simflow.settings import REPOSITORY, Settings
from simflow.settings_table import table, write

PARTS = {"DB_HOST": "db", "DB_PASSWORD": "a b:c@/?#%"}
PRODUCTION = {"SIMFLOW_ENV": "production"}


def refusal(env: dict[str, str]) -> str:
    with pytest.raises(CommandError) as raised:
        Settings.from_env(env)
    return str(raised.value)


def test_a_url_comes_whole_or_in_parts() -> None:
    whole = Settings.from_env({"DATABASE_URL": "postgresql://a@b/c", **PARTS})
    assert whole.database_url == whole.database_owner_url == "postgresql://a@b/c"
    parts = Settings.from_env(PARTS)
    assert parts.database_url == "postgresql://simflow_user:a%20b%3Ac%40%2F%3F%23%25@db:5432/simflow"
    assert Settings.from_env({}).database_url is None


def test_the_owner_has_a_login_of_their_own_once_it_has_a_password() -> None:
    assert Settings.from_env(PARTS).database_owner_url == Settings.from_env(PARTS).database_url
    owner = Settings.from_env(PARTS | {"DB_OWNER_PASSWORD": "x"}).database_owner_url
    assert owner == "postgresql://simflow_owner:x@db:5432/simflow"


def test_the_connection_to_the_database_can_be_made_to_be_encrypted() -> None:
    url = Settings.from_env(PARTS | {"DB_SSLMODE": "verify-full", "DB_SSLROOTCERT": "/tls/ca.crt"}).database_url
    assert url is not None
    assert url.endswith("@db:5432/simflow?sslmode=verify-full&sslrootcert=%2Ftls%2Fca.crt")


@pytest.mark.parametrize(
    "name", ["DB_PASSWORD", "DATABASE_URL", "DATABASE_OWNER_URL", "DB_OWNER_PASSWORD", "SENTRY_DSN"]
)
def test_every_secret_may_lie_in_a_file(tmp_path: Path, name: str) -> None:
    file = tmp_path / "secret"
    file.write_text("s3cret value\n")
    from_file = Settings.from_env({"DB_HOST": "db", f"{name}_FILE": str(file)})
    assert from_file == Settings.from_env({"DB_HOST": "db", name: "s3cret value"})
    said = refusal({name: "x", f"{name}_FILE": str(file)})
    assert said == f"{name} and {name}_FILE are both set: keep one."
    assert f"{name} cannot be read from {tmp_path}/none: No such file" in refusal({f"{name}_FILE": f"{tmp_path}/none"})


def test_every_wrong_variable_is_told_at_once() -> None:
    said = refusal(
        {
            "SIMFLOW_POOL_SIZE": "0",
            "SIMFLOW_TIME_ZONE": "Mars/Olympus",
            "DB_PORT": "five",
            "SIMFLOW_ENV": "live",
            "SIMFLOW_DEMO": "perhaps",
            "SIMFLOW_TRUSTED_PROXIES": "10.0.0.1/8",
        }
    )
    assert said == (
        "SIMFLOW_ENV must be development or production, not 'live'; "
        "DB_PORT must be a whole number from 1 to 65535, not 'five'; "
        "SIMFLOW_POOL_SIZE must be a whole number from 1 to 1000, not '0'; "
        "SIMFLOW_TIME_ZONE must be the name of a time zone such as Europe/Berlin, not 'Mars/Olympus'; "
        "SIMFLOW_TRUSTED_PROXIES must list addresses and networks such as 10.0.0.0/8, not '10.0.0.1/8'; "
        "SIMFLOW_DEMO must be 1 or 0, not 'perhaps'."
    )


@pytest.mark.parametrize(
    ("env", "name"),
    [
        ({"DB_HOST": "db"}, "DB_PASSWORD is missing"),
        ({"DATABASE_URL": "postgresql://simflow_user@db/simflow"}, "DATABASE_URL is missing"),
        ({"DB_HOST": "db", "DB_PASSWORD": "secure_password_change_me"}, "DB_PASSWORD is a default"),
        ({"DB_HOST": "db", "DB_PASSWORD": "Postgres"}, "DB_PASSWORD is a default"),
        (PARTS | {"DB_OWNER_USER": "simflow_owner"}, "DB_OWNER_PASSWORD is missing"),
        (PARTS | {"DB_OWNER_PASSWORD": "CHANGEME"}, "DB_OWNER_PASSWORD is a default"),
        (PARTS | {"DATABASE_OWNER_URL": "postgresql://o:simflow@db/x"}, "DATABASE_OWNER_URL is a default"),
        (PARTS | {"SIMFLOW_DEMO": "1"}, "SIMFLOW_DEMO makes people"),
    ],
)
def test_production_refuses_a_missing_or_default_secret_and_says_which(env: dict[str, str], name: str) -> None:
    assert refusal(PRODUCTION | env).startswith(name)
    assert Settings.from_env(env)  # elsewhere it will do


@pytest.mark.parametrize(
    "env", [PARTS, PARTS | {"DB_OWNER_PASSWORD": "other"}, {}, {"DATABASE_URL": "postgresql://u@/d?host=/run/pg"}]
)
def test_production_takes_secrets_and_sockets(env: dict[str, str]) -> None:
    assert Settings.from_env(PRODUCTION | env).production


def test_the_page_for_administrators_has_every_variable(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text((REPOSITORY / "docs" / "operations.md").read_text())
    before = page.read_text()
    write(page)
    assert page.read_text() == before, "run `make generate`"
    assert "| `DB_PASSWORD`, `DB_PASSWORD_FILE` |" in table()
