"""The account that the server runs as: our own, or, as PostgreSQL refuses to run as root, a system user."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simflow.errors import CommandError

SYSTEM_USER = "simflow"
ADMIN_PATH = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"
CREATE_USER = (
    ("useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER),
    ("adduser", "--system", "--group", "--no-create-home", SYSTEM_USER),  # Debian
    ("adduser", "-S", "-D", "-H", SYSTEM_USER),  # BusyBox
)


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server; `switch` says that we are root and must become that user."""

    uid: int
    gid: int
    name: str
    switch: bool

    def options(self) -> dict[str, Any]:
        """For `Popen`: become this user, away from folders it may not enter, with a clean environment."""
        identity = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}
        return {"cwd": "/", "env": _environment(), "stdin": subprocess.DEVNULL, **identity}

    def run(self, *command: str | Path, before: Callable[[], None] | None = None) -> tuple[int, str]:
        """The exit status and everything it said, in a session of its own so that Ctrl-C passes it by."""
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=before,
            check=False,
            **self.options(),
        )
        return done.returncode, done.stdout

    def can_enter(self, folder: Path) -> bool:
        """Asked as that user, since modes alone do not tell it (access lists, mount options)."""
        return not self.switch or self.run("/bin/sh", "-c", 'test -x "$1/."', "sh", folder)[0] == 0

    def give(self, path: Path) -> None:
        """Makes the user the owner of a file or folder that we made for it."""
        if self.switch:
            os.chown(path, self.uid, self.gid)


def choose(cluster: Path) -> Account:
    """The cluster's owner where there is one, as PostgreSQL insists on that; else us or the system user."""
    us = os.geteuid()
    owner = _owner(cluster)
    if us == 0:
        return _as_root(cluster, owner)
    entry = pwd.getpwuid(us) if _known(us) else None
    if owner is not None and owner != us:
        name = pwd.getpwuid(owner).pw_name if _known(owner) else f"number {owner}"
        raise CommandError(f"The database in {cluster} belongs to the user {name!r}: run this as that user.")
    return Account(us, os.getegid(), entry.pw_name if entry else str(us), switch=False)


def _as_root(cluster: Path, owner: int | None) -> Account:
    if owner == 0:
        raise CommandError(f"The database in {cluster} belongs to root, and PostgreSQL does not run as root.")
    if owner is not None and _known(owner):
        entry = pwd.getpwuid(owner)
        return Account(owner, entry.pw_gid, entry.pw_name, switch=True)
    entry = _system_user()
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name, switch=True)


def _owner(cluster: Path) -> int | None:
    try:
        return cluster.stat().st_uid
    except FileNotFoundError:
        return None
    except PermissionError:
        raise CommandError(f"The database in {cluster} lies in a folder that you may not enter.") from None


def _known(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _system_user() -> pwd.struct_passwd:
    """Makes the user when it is missing; two starters may try at once, so only the outcome counts."""
    said = "there is neither useradd nor adduser"
    for command in ((), *CREATE_USER):
        program = shutil.which(command[0], path=ADMIN_PATH) if command else None
        if program:
            done = subprocess.run((program, *command[1:]), capture_output=True, text=True, check=False)
            said = (done.stderr.strip().splitlines() or [said])[-1]
        try:
            return pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            continue
    raise CommandError(
        f"PostgreSQL does not run as root, and the system user {SYSTEM_USER!r} could not be made ({said}). "
        "Make it, or run this as an ordinary user."
    )


def _environment() -> dict[str, str]:
    """Ours without what changes PostgreSQL's behaviour or its messages."""
    foreign = ("PG", "LC_", "LANG")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
