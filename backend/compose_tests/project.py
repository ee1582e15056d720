"""A compose project of its own, from the repository's unmodified file."""

import json
import os
import socket
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NAME = "simflow-test"
FOREIGN = ("DB_", "SIMFLOW_", "COMPOSE_")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Project:
    """`docker compose`, with the variables that an administrator would have in `.env`."""

    def __init__(self, secrets: Path, name: str = NAME, **settings: str) -> None:
        subprocess.run([ROOT / "tools" / "make-env", secrets], check=True, capture_output=True)
        assert secrets.stat().st_mode & 0o077 == 0
        lines = [line.split("=", 1) for line in secrets.read_text().splitlines() if line and line[0] != "#"]
        self.port = free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)},
            **dict(lines),
            "COMPOSE_PROJECT_NAME": name,
            "SIMFLOW_ADDRESS": "127.0.0.1",
            "SIMFLOW_PORT": str(self.port),
            **settings,
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *command: str, stdin: str | None = None, check: bool = True, **settings: str) -> str:
        """What it printed, errors included."""
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment | settings,
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=False,
        )
        assert (done.returncode == 0) == check, f"{command} ended with {done.returncode}:\n{done.stdout[-4000:]}"
        return done.stdout

    def compose(self, *words: str, stdin: str | None = None, check: bool = True, **settings: str) -> str:
        return self.run("docker", "compose", *words, stdin=stdin, check=check, **settings)

    def up(self, *words: str) -> None:
        self.compose("up", "--detach", "--wait", "--wait-timeout", "180", *words)

    def down(self, *words: str) -> None:
        self.compose("--profile", "*", "down", "--remove-orphans", *words)

    def simflow(self, *words: str, stdin: str | None = None) -> str:
        """A command as the owner of the database."""
        return self.compose("run", "--rm", "-T", "simflow", *words, stdin=stdin)

    def sql(self, statement: str) -> str:
        psql = ("psql", "-U", "postgres", "-d", "simflow", "-qAtc", statement)
        return self.compose("exec", "-T", "postgres", *psql).strip()

    def containers(self, service: str) -> list[dict[str, Any]]:
        """As the engine describes them."""
        ids = self.compose("ps", "--quiet", service).split()
        found: list[dict[str, Any]] = json.loads(self.run("docker", "inspect", *ids))
        return found

    def log(self, service: str) -> list[dict[str, Any]]:
        """The lines of its log that are JSON."""
        lines = self.compose("logs", "--no-log-prefix", "--no-color", service).splitlines()
        # Some versions of compose put the terminal's codes before each line.
        found = [line[line.index("{") :] for line in lines if "{" in line]
        return [json.loads(line) for line in found if line.startswith('{"')]
