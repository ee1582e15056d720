"""The command line's promise: every failure is one line on stderr, and no traceback."""

import json
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from simflow import cli


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (["nothing"], 2, "Error: No such command 'nothing'. (see 'simflow --help')"),
        (
            ["up", "--port", "0"],
            2,
            "Error: Invalid value for '--port': 0 is not in the range 1<=x<=65535. (see 'simflow up --help')",
        ),
        (
            ["up", "--host", "no such host"],
            1,
            "Error: The host 'no such host' is not known here: use an address such as 127.0.0.1.",
        ),
    ],
)
def test_a_mistake_is_told_in_one_line(words: list[str], code: int, line: str) -> None:
    result = CliRunner().invoke(cli.main, words)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", f"{line}\n")


def test_a_command_without_a_database_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DB_HOST"):
        monkeypatch.delenv(name, raising=False)
    result = CliRunner().invoke(cli.main, ["serve", "--port", "18097", "--data-dir", str(tmp_path / "none")])
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: No database here: ")
    assert result.stderr.count("\n") == 1


def test_what_nobody_foresaw_is_one_line_too_unless_somebody_looks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ValueError("two\nlines")

    monkeypatch.setattr("simflow.db.commands.openapi", click.command(fail))
    result = CliRunner().invoke(cli.main, ["openapi"])
    assert result.exit_code == 1
    assert result.stderr == "Error: ValueError: two lines (SIMFLOW_DEBUG=1 in the environment shows where)\n"
    monkeypatch.setenv("SIMFLOW_DEBUG", "1")
    assert isinstance(CliRunner().invoke(cli.main, ["openapi"]).exception, ValueError)


def test_openapi_needs_no_database() -> None:
    result = CliRunner().invoke(cli.main, ["openapi"])
    assert result.exit_code == 0
    assert "/api/requests" in json.loads(result.stdout)["paths"]


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    try:
        import_module(cli.COMMANDS[name][0].split(":")[0])
    except ModuleNotFoundError:
        pytest.skip("not there yet")
    result = CliRunner().invoke(cli.main, [name, "--help"])
    assert result.exit_code == 0
    assert f"Usage: simflow {name} " in result.stdout
