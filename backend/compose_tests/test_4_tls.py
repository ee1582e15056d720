"""TLS at the edge with one's own certificate, and to the database, by the second compose file."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from compose_tests.project import ROOT, Project, free_port


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, str, Path]]:
    """The project, its address and the certificate that a browser must trust."""
    folder = tmp_path_factory.mktemp("tls")
    folder.chmod(0o755)
    port = str(free_port())
    made = Project(
        folder / "env",
        "simflow-test-tls",
        COMPOSE_FILE="docker-compose.yml:docker-compose.tls.yml",
        TLS_FOLDER=str(folder),
        SIMFLOW_HTTPS_PORT=port,
        HTTPS_SUFFIX=f":{port}",
    )
    made.run(str(ROOT / "tools" / "make-certificates"), str(folder))
    made.down("--volumes")
    made.up()
    yield made, f"https://localhost:{port}", folder / "edge.crt"
    made.down("--volumes")


def test_the_edge_speaks_tls_and_sends_plain_calls_there(secured: tuple[Project, str, Path]) -> None:
    project, address, certificate = secured
    with httpx.Client(verify=ssl.create_default_context(cafile=str(certificate))) as browser:
        assert browser.get(f"{address}/ready").json() == {"status": "ok"}
        page = browser.get(f"{address}/requests")
        assert page.headers["strict-transport-security"] == "max-age=31536000"
        answer = browser.get(f"{address}/api/auth/session")
        assert answer.headers.get_list("strict-transport-security") == ["max-age=31536000"]
        sent = httpx.get(f"{project.url}/requests?q=x", headers={"Host": "localhost"})
        assert (sent.status_code, sent.headers["location"]) == (308, f"{address}/requests?q=x")


def test_cookies_are_for_tls_alone(secured: tuple[Project, str, Path]) -> None:
    project, address, certificate = secured
    words = ("user", "create", "--email", "tls@test.example", "--name", "T", "--role", "USER", "--password-stdin")
    project.simflow(*words, stdin="correct horse battery")
    with httpx.Client(verify=ssl.create_default_context(cafile=str(certificate))) as browser:
        body = {"email": "tls@test.example", "password": "correct horse battery"}
        answer = browser.post(f"{address}/api/auth/login", json=body)
        assert answer.status_code == 200
        assert all("Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))
        assert browser.get(f"{address}/api/auth/session").status_code == 200


def test_every_connection_to_the_database_is_encrypted(secured: tuple[Project, str, Path]) -> None:
    project, _, _ = secured
    count = (
        "SELECT s.ssl, count(*) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE a.usename = 'simflow_user'"
    )
    (encrypted,) = project.sql(f"{count} GROUP BY 1").splitlines()
    assert encrypted.startswith("t|")
