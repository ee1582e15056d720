"""What an administrator gets from `docker compose up`, seen through the edge."""

import re
import time
from contextlib import closing

import httpx
import pytest

from compose_tests.people import Person, new_person
from compose_tests.project import Project
from simflow.web.headers import SECURITY_HEADERS


def test_the_first_admin_is_made_by_a_command(project: Project) -> None:
    with closing(new_person(project, "ada", "ADMIN")) as admin:
        assert admin.get("/api/auth/session").json()["user"]["role"] == "ADMIN"


def test_a_request_lives_its_whole_life(requester: Person, manager: Person, engineer: Person) -> None:
    request = requester.submit("Reach study")
    manager.move(request, "Feasibility Review")
    manager.move(request, "Resource Allocation")
    eva = engineer.get("/api/auth/session").json()["user"]["id"]
    body = {"engineerId": eva, "estimatedHours": 8}
    assert manager.patch(f"/api/requests/{request['id']}/assign", json=body).status_code == 200
    engineer.move(request, "In Progress")
    engineer.move(request, "Completed")
    comment = requester.post(f"/api/requests/{request['key']}/comments", json={"content": "Thank you"})
    assert comment.status_code == 201
    requester.move(request, "Accepted")
    detail = requester.get(f"/api/requests/{request['key']}").json()
    assert detail["request"]["status"] == "Accepted"
    assert [c["content"] for c in detail["comments"]] == ["Thank you"]
    log = requester.get(f"/api/requests/{request['key']}/activity").json()["activity"]
    assert len(log) >= 7


@pytest.mark.parametrize(
    ("path", "status", "caching"),
    [
        ("/", 200, "no-cache"),
        ("/requests/SF-1", 200, "no-cache"),
        ("/assets/gone-12345678.js", 404, "no-cache"),
        ("/api/requests", 401, "no-store"),
        ("/api/openapi.json", 200, "no-store"),
        ("/metrics", 404, "no-cache"),
    ],
)
def test_every_answer_has_its_headers_once(project: Project, path: str, status: int, caching: str) -> None:
    answer = httpx.get(project.url + path)
    assert answer.status_code == status
    assert answer.headers.get_list("cache-control") == [caching]
    for name, value in SECURITY_HEADERS.items():
        assert answer.headers.get_list(name) == [value], name
    assert "server" not in answer.headers or "/" not in answer.headers["server"], "no version"


def test_hashed_files_are_kept_for_ever_and_sent_compressed(project: Project) -> None:
    page = httpx.get(project.url)
    script = re.search(r'src="(/assets/[^"]+\.js)"', page.text)
    assert script is not None
    answer = httpx.get(project.url + script[1], headers={"Accept-Encoding": "gzip"})
    assert answer.headers.get_list("cache-control") == ["public, max-age=31536000, immutable"]
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith(("application/javascript", "text/javascript"))
    assert int(answer.headers["content-length"]) < len(answer.content) / 2


def test_long_answers_of_the_api_are_compressed(requester: Person) -> None:
    for number in range(5):
        requester.submit(f"Compressed {number}")
    answer = requester.get("/api/requests", headers={"Accept-Encoding": "gzip"})
    assert answer.headers.get_list("content-encoding") == ["gzip"]
    assert len(answer.json()["requests"]) >= 5


def test_live_events_arrive_at_once(requester: Person, manager: Person) -> None:
    with manager.listening() as events:
        assert next(events)["type"] == "ready"
        began = time.monotonic()
        request = requester.submit("Heard live")
        assert next(event for event in events if event.get("requestId") == request["id"])
        assert time.monotonic() - began < 2


def test_what_is_too_large_is_refused_by_the_edge(requester: Person) -> None:
    body = {"title": "x", "description": "x" * 2_000_000, "vendor": "x", "priority": "Low"}
    answer = requester.post("/api/requests", json=body)
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["requestId"] == answer.headers["x-request-id"]


def test_one_mark_leads_from_the_answer_through_both_logs(project: Project, requester: Person) -> None:
    answer = requester.get("/api/requests/SF-99999999")
    mark = answer.headers["x-request-id"]
    assert answer.json()["requestId"] == mark
    assert len(answer.headers.get_list("x-request-id")) == 1
    edge = [line for line in project.log("frontend") if line["request_id"] == mark]
    api = [line for line in project.log("backend") if line.get("request_id") == mark]
    assert [(line["path"], line["status"]) for line in edge + api] == [("/api/requests/SF-99999999", 404)] * 2


def test_nobody_makes_up_an_address_or_a_scheme(project: Project, requester: Person) -> None:
    forged = {"X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https", "X-Request-ID": "forged"}
    with Person(project, "rita") as guess:
        guess.headers.update(forged)
        assert guess.sign_in("wrong").status_code == 401
        right = guess.sign_in()
    assert right.status_code == 200
    assert "Secure" not in right.headers["set-cookie"]
    assert right.headers["x-request-id"] != "forged"
    with Person(project, "nobody") as guess:
        guess.headers.update(forged)
        guess.sign_in("wrong")
    origin = project.sql("SELECT origin FROM sign_in_failures WHERE account = 'nobody@test.example'")
    assert origin
    assert origin != "198.51.100.1"


def test_a_flood_of_sign_ins_is_slowed_down(project: Project) -> None:
    with Person(project, "flood") as flood:
        answers = [flood.sign_in("x") for _ in range(60)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert all(answer.headers["retry-after"] and answer.json()["status"] == 429 for answer in refused)


def test_figures_are_for_the_inside(project: Project) -> None:
    ask = ("exec", "-T", "backend", "wget", "-q", "-O", "-", "http://127.0.0.1:3001/metrics")
    figures = project.compose(*ask)
    assert "simflow_database_up 1.0" in figures
    assert "simflow_database_statement_calls_total" in figures, "the server keeps its statements"
    assert "simflow_http_requests_total" in figures


def test_health_is_told(project: Project) -> None:
    assert httpx.get(f"{project.url}/health").json() == {"status": "ok"}
    assert httpx.get(f"{project.url}/ready").json() == {"status": "ok"}
