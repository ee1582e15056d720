"""One project for all tests: built, started, and taken down again with its volumes."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from compose_tests.people import Person, new_person
from compose_tests.project import Project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    made = Project(tmp_path_factory.mktemp("env") / "env", API_RATE="5000")
    made.down("--volumes")
    made.compose("build")
    made.up()
    yield made
    Path("/tmp/simflow-test-compose.log").write_text(made.compose("logs", "--no-color"))  # noqa: S108
    made.down("--volumes")


@pytest.fixture(scope="session")
def requester(project: Project) -> Iterator[Person]:
    with closing(new_person(project, "rita", "USER")) as person:
        yield person


@pytest.fixture(scope="session")
def manager(project: Project) -> Iterator[Person]:
    with closing(new_person(project, "max", "MANAGER")) as person:
        yield person


@pytest.fixture(scope="session")
def engineer(project: Project) -> Iterator[Person]:
    with closing(new_person(project, "eva", "ENGINEER")) as person:
        yield person
