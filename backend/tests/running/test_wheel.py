"""The wheel is the whole product: interface, migrations and roles inside, and it starts from wherever it lies."""

import os
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

from simflow.settings import REPOSITORY
from tests.running.test_up import free_port


def test_it_starts_without_the_repository(tmp_path: Path) -> None:
    ui = tmp_path / "built"
    ui.mkdir()
    (ui / "index.html").write_text("<!doctype html><title>Packed</title>")
    environment = os.environ | {"UI": str(ui), "PYTHON": sys.executable}
    subprocess.run([REPOSITORY / "tools" / "package", tmp_path], env=environment, check=True)
    (wheel,) = tmp_path.glob("simflow-*.whl")
    packages = tmp_path / "packages"
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
        file.extractall(packages)
    assert "simflow/packed/database/init.sql" in names
    assert "simflow/packed/database/migrations/versions/0001_request_desk.sql" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests/")]
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DB_", "SIMFLOW_"))}
    command = (sys.executable, "-m", "simflow.cli", "up", "--port", str(port), "--data-dir", str(tmp_path / "data"))
    started = subprocess.Popen(
        command, cwd=tmp_path, env=kept | {"PYTHONPATH": str(packages)}, stdout=subprocess.PIPE, text=True
    )
    with started as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == f"Sim-Flow is ready at http://127.0.0.1:{port}\n"
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/some/page") as answer:
                assert b"<title>Packed</title>" in answer.read()
        finally:
            process.terminate()
            assert process.wait(30) == 0
