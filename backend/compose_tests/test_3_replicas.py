"""Three replicas, a rolling restart in the middle of load, and data that outlive their containers."""

import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from compose_tests.people import Person
from compose_tests.project import ROOT, Project


@pytest.fixture(scope="module", autouse=True)
def three(project: Project) -> None:
    project.up("--scale", "backend=3", "--scale", "worker=2", "--no-recreate")


def replicas_of(project: Project, answers: list[httpx.Response]) -> Counter[str]:
    marks = {answer.headers["x-request-id"] for answer in answers}
    return Counter(line["upstream"] for line in project.log("frontend") if line["request_id"] in marks)


def test_all_of_them_know_a_session_and_its_end(project: Project, requester: Person) -> None:
    with Person(project, "rita") as rita:
        assert rita.sign_in().status_code == 200
        answers = [rita.get("/api/auth/session") for _ in range(60)]
        assert {answer.status_code for answer in answers} == {200}
        assert len(replicas_of(project, answers)) == 3
        cookies = dict(rita.cookies)
        assert rita.post("/api/auth/logout").status_code == 204
        rita.cookies.update(cookies)
        assert {rita.get("/api/auth/session").status_code for _ in range(30)} == {401}


def test_they_count_failures_together(project: Project) -> None:
    with Person(project, "locked") as locked:
        statuses = []
        for _ in range(14):
            statuses.append(locked.sign_in("wrong").status_code)
            time.sleep(0.25)  # below the edge's own limit
    assert statuses == [401] * 10 + [429] * 4


def test_live_events_cross_from_one_to_another(requester: Person, manager: Person) -> None:
    with manager.listening() as events:
        assert next(events)["type"] == "ready"
        ids = [requester.submit(f"Crossing {number}")["id"] for number in range(9)]
        heard = []
        while len(heard) < len(ids):
            event = next(events)
            if event.get("requestId") in ids:
                heard.append(event["requestId"])
        assert heard == ids


def test_a_job_is_done_once(project: Project) -> None:
    queue = "SELECT enqueue_job('clean_sessions', '{}', '0', NULL) FROM generate_series(1, 20)"
    project.sql(f"SET ROLE simflow_owner; {queue}")
    done = (
        "SELECT count(*), count(DISTINCT job_id) FROM job_log"
        " WHERE entrypoint = 'clean_sessions' AND status = 'successful'"
    )
    for _ in range(60):
        if project.sql("SELECT count(*) FROM jobs WHERE entrypoint = 'clean_sessions'") == "0":
            break
        time.sleep(0.5)
    count, distinct = project.sql(done).split("|")
    assert int(count) >= 20
    assert count == distinct


class Load:
    """People who read and write without a pause, and note whatever is not as it should be."""

    def __init__(self, project: Project, people: list[Person]) -> None:
        self._project, self._people = project, people
        self._stop = threading.Event()
        self.written: list[str] = []
        self.wrong: list[str] = []
        self.calls = 0

    def around(self, work: Callable[[], object]) -> None:
        """The load begins, the work is done in its middle, the load ends."""
        with ThreadPoolExecutor(len(self._people)) as pool:
            running = [pool.submit(self._one, number, person) for number, person in enumerate(self._people)]
            time.sleep(2)
            try:
                work()
                time.sleep(2)
            finally:
                self._stop.set()
            for one in running:
                one.result()

    def _one(self, number: int, person: Person) -> None:
        with httpx.Client(base_url=self._project.url, cookies=person.cookies, timeout=30) as client:
            turn = 0
            while not self._stop.is_set():
                turn += 1
                title = f"Load {number}-{turn}"
                body = {"title": title, "description": "x", "vendor": "ABB", "priority": "Low"}
                created = self._call(client, "POST", "/api/requests", 201, json=body)
                if created is not None:
                    self.written.append(title)
                    key = created.json()["request"]["key"]
                    self._call(client, "PATCH", f"/api/requests/{key}", 200, json={"priority": "High"})
                    self._call(client, "GET", f"/api/requests/{key}", 200)
                self._call(client, "GET", "/api/requests?limit=20", 200)

    def _call(self, client: httpx.Client, method: str, path: str, status: int, **body: Any) -> httpx.Response | None:
        self.calls += 1
        try:
            answer = client.request(method, path, **body)
        except httpx.HTTPError as error:
            self.wrong.append(f"{method} {path}: {error!r}")
            return None
        if answer.status_code != status:
            self.wrong.append(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
            return None
        return answer


def test_a_rolling_restart_drops_no_call(project: Project, requester: Person, manager: Person) -> None:
    before = {container["Id"] for container in project.containers("backend")}
    load = Load(project, [requester, manager] * 3)
    load.around(lambda: project.run("tools/rolling-restart"))
    after = {container["Id"] for container in project.containers("backend")}
    print(f"{load.calls} calls, {len(load.written)} requests written, during a rolling restart")
    assert len(after) == 3
    assert not before & after
    assert load.wrong == []
    assert load.calls > 200
    kept = project.sql("SELECT title FROM requests WHERE title LIKE 'Load %'").splitlines()
    assert sorted(kept) == sorted(load.written), "each write once"


def test_a_replica_that_is_killed_costs_no_read(project: Project, requester: Person) -> None:
    victim = project.containers("backend")[0]["Id"]
    project.run("docker", "kill", victim)
    answers = [requester.get("/api/requests?limit=1") for _ in range(20)]
    assert {answer.status_code for answer in answers} == {200}


def test_everything_is_there_after_down_and_up(project: Project, requester: Person) -> None:
    count = project.sql("SELECT count(*) FROM requests")
    project.down()
    project.up()
    assert project.sql("SELECT count(*) FROM requests") == count
    assert requester.get("/api/auth/session").status_code == 200, "and still signed in"


MOST_OF_OURS = {"backend": ("api", 100_000_000), "frontend": ("frontend", 8_000_000)}
"""Folder → image, and bytes on top of its base. With the base there may be 150 and 60 MB."""


@pytest.mark.parametrize("folder", MOST_OF_OURS)
def test_images_are_small(project: Project, folder: str) -> None:
    name, most = MOST_OF_OURS[folder]
    base = re.findall(r"^FROM (\S+)", (ROOT / folder / "Dockerfile").read_text(), re.MULTILINE)[-1]
    whole, bare = (
        int(project.run("docker", "image", "inspect", image, "--format", "{{.Size}}"))
        for image in (f"sim-flow/{name}:latest", base)
    )
    print(f"sim-flow/{name}: {whole / 1e6:.0f} MB, {(whole - bare) / 1e6:.0f} of them ours")
    assert 0 < whole - bare < most
