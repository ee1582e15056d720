"""What the containers and the database's logins may do, and what is refused."""

import pytest

from compose_tests.project import Project

DEFAULT = "secure_password_change_me"


@pytest.mark.parametrize("service", ["backend", "worker", "frontend"])
def test_containers_may_do_little(project: Project, service: str) -> None:
    (container,) = project.containers(service)
    host = container["HostConfig"]
    assert container["Config"]["User"] not in {"", "0", "root"}
    assert host["ReadonlyRootfs"]
    assert host["CapDrop"] == ["ALL"]
    assert not host["CapAdd"]
    assert "no-new-privileges:true" in host["SecurityOpt"]


@pytest.mark.parametrize("service", ["backend", "postgres", "worker"])
def test_nothing_but_the_edge_is_reachable(project: Project, service: str) -> None:
    for container in project.containers(service):
        assert not any(container["NetworkSettings"]["Ports"].values())


def test_the_application_owns_nothing(project: Project) -> None:
    assert (
        project.sql("SELECT rolsuper OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = 'simflow_user'")
        == "f"
    )
    owned = "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = 'simflow_user'"
    assert project.sql(owned) == "0"
    assert (
        project.sql(
            "SELECT r.rolname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE d.datname = 'simflow'"
        )
        == "simflow_owner"
    )
    users = project.sql("SELECT DISTINCT usename FROM pg_stat_activity WHERE application_name LIKE 'simflow %'")
    assert users == "simflow_user"


def test_the_application_cannot_read_the_others_passwords(project: Project) -> None:
    for service in ("backend", "worker", "frontend"):
        said = project.compose("exec", "-T", service, "ls", "/run/simflow", check=False)
        assert "No such file" in said


def test_without_a_password_nothing_starts(project: Project) -> None:
    said = project.compose("config", "--quiet", check=False, DB_PASSWORD="")
    assert "DB_PASSWORD is not set" in said
    assert "tools/make-env" in said


@pytest.mark.parametrize("service", ["backend", "worker", "migrate", "postgres"])
def test_a_default_password_is_refused_by_name(project: Project, service: str) -> None:
    said = project.compose(
        "run", "--rm", "-T", "--no-deps", service, check=False, DB_PASSWORD="secure_password_change_me"
    )
    assert "DB_PASSWORD is a default that everybody knows" in said


def test_demo_people_are_refused(project: Project) -> None:
    words = ("run", "--rm", "-T", "--no-deps", "-e", "SIMFLOW_DEMO=1", "backend")
    assert "SIMFLOW_DEMO makes people whose password everybody knows" in project.compose(*words, check=False)


def test_make_env_leaves_what_is_there(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("env") / "env"
    project.run("tools/make-env", str(file))
    before = file.read_text()
    assert "is there already" in project.run("tools/make-env", str(file), check=False)
    assert file.read_text() == before
