"""One project for all tests: built, started, and taken down again with its volumes."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from compose_tests.people import Person, new_person
from compose_tests.project import Project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("compose")
    made = Project(folder / "env", API_RATE="5000")
    made.down("--volumes")
    made.compose("build")
    made.up()
    yield made
    log = folder / "services.log"
    log.write_text(made.compose("logs", "--no-color"))
    print(f"\nWhat the services said is in {log}")
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
