"""People in front of the edge."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from compose_tests.project import Project

PASSWORD = "correct horse battery"


class Person(httpx.Client):
    def __init__(self, project: Project, name: str) -> None:
        super().__init__(base_url=project.url, timeout=20)
        self.email = f"{name}@test.example"

    def sign_in(self, password: str = PASSWORD) -> httpx.Response:
        return self.post("/api/auth/login", json={"email": self.email, "password": password})

    def submit(self, title: str) -> dict[str, Any]:
        body = {"title": title, "description": "Cell 4", "vendor": "FANUC", "priority": "Low"}
        answer = self.post("/api/requests", json=body)
        assert answer.status_code == 201, answer.text
        request: dict[str, Any] = answer.json()["request"]
        return request

    def move(self, request: dict[str, Any], status: str, reason: str | None = None) -> None:
        body = {"status": status} | ({"reason": reason} if reason else {})
        answer = self.patch(f"/api/requests/{request['id']}/status", json=body)
        assert answer.status_code == 200, answer.text

    @contextmanager
    def listening(self) -> Iterator[Iterator[dict[str, Any]]]:
        """The live events, one by one; the first says that the stream is ready."""
        with self.stream("GET", "/api/events", timeout=30) as stream:
            assert stream.status_code == 200
            assert stream.headers["content-type"].startswith("text/event-stream")
            assert "content-encoding" not in stream.headers
            yield (json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: "))


def new_person(project: Project, name: str, role: str) -> Person:
    """Made by the command, and signed in."""
    person = Person(project, name)
    words = ("--email", person.email, "--name", name.title(), "--role", role, "--password-stdin")
    said = project.simflow("user", "create", *words, stdin=PASSWORD)
    assert f"can sign in as {person.email}" in said
    assert person.sign_in().status_code == 200
    return person
