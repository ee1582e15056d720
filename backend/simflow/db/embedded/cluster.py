"""Where the cluster and its socket lie, and how a cluster is made wholly or not at all."""

import hashlib
import os
import shutil
import signal
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from simflow.db.embedded import account as accounts
from simflow.db.embedded import binaries, locks
from simflow.db.embedded.account import Account
from simflow.db.embedded.control import reason
from simflow.errors import CommandError
from simflow.processes import child_ends_with_us

LONGEST_SOCKET_FOLDER = 88
"""Bytes; the kernel takes 107 for folder and file name together (103 on macOS)."""

TUNING = (
    "max_connections=200",
    "shared_buffers=128MB",
    "max_wal_size=1GB",
    "random_page_cost=1.1",
    # Nobody copies from a server that listens nowhere: what fills a new table need not go through the log too.
    "wal_level=minimal",
    "max_wal_senders=0",
)
"""Written into the new cluster's postgresql.conf, where a person may change them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Everything about a data folder's cluster that does not change while it runs. All paths are absolute."""

    data_dir: Path
    cluster: Path
    account: Account
    programs: Path

    @property
    def log(self) -> Path:
        """Inside our folder, not the cluster's, so that people can read it."""
        return self.data_dir / "postgres.log"

    @property
    def elsewhere(self) -> bool:
        """Whether the data folder holds only a link to the cluster."""
        return self.cluster.parent != self.data_dir

    @property
    def exists(self) -> bool:
        """A cluster that was begun and not finished does not exist: see `create`."""
        return (self.cluster / "PG_VERSION").exists()


def locate(data_dir: Path, say: Callable[[str], None]) -> Place:
    """Makes the data folder when it is missing, and tells once when the cluster had to go elsewhere."""
    data_dir = data_dir.resolve()
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"The data folder {data_dir} cannot be made: {error.strerror}.") from None
    link = data_dir / "postgres"
    account = accounts.choose(link.resolve())
    if not link.is_symlink() and not link.exists() and not account.can_enter(data_dir):
        elsewhere = binaries.STATE_FOLDER / f"{data_dir.parent.name}-{_digest(data_dir)}"
        link.symlink_to(elsewhere)
        say(f"The user {account.name!r} cannot reach {data_dir}, so the database lies in {elsewhere}.")
    return Place(data_dir, link.resolve(), account, binaries.find(account))


def create(place: Place, durable: bool) -> None:
    """Makes the cluster beside its place and moves it there when complete: a kill leaves none by halves."""
    place.cluster.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    unfinished = place.cluster.with_name(f"{place.cluster.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    place.account.give(unfinished)
    major = binaries.major_version(place.programs, place.account)
    status, said = place.account.run(
        place.programs / "initdb",
        f"--pgdata={unfinished}",
        "--username=postgres",
        "--encoding=UTF8",
        *_locale(major),
        "--auth-local=trust",
        "--auth-host=reject",
        *(() if durable else ("--no-sync",)),
        *(f"--set={setting}" for setting in TUNING),
        before=child_ends_with_us(signal.SIGTERM),
    )
    if status:
        with os.fdopen(locks.open_file(place.log, os.O_WRONLY | os.O_APPEND), "w") as log:
            log.write(said)
        shutil.rmtree(unfinished, ignore_errors=True)
        raise CommandError(f"The database could not be made: {reason(said)} (its log: {place.log})")
    unfinished.rename(place.cluster)


def check_version(place: Place) -> None:
    """PostgreSQL cannot read the files of another major version; better said before it is started."""
    ours = binaries.major_version(place.programs, place.account)
    theirs = (place.cluster / "PG_VERSION").read_text().strip()
    if theirs != str(ours):
        raise CommandError(
            f"The database in {place.cluster} was made by PostgreSQL {theirs}, and this is {ours}: set "
            f"SIMFLOW_POSTGRES_BIN to the programs of {theirs}, or move the data over with pg_dump."
        )


def socket_folder(place: Place) -> Path:
    """The cluster, which only its owner can enter; where its path is too long, a private temporary folder."""
    if len(os.fsencode(place.cluster)) <= LONGEST_SOCKET_FOLDER:
        return place.cluster
    name = f"simflow-{_digest(place.cluster)}"
    folder = Path(tempfile.gettempdir()) / name
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        folder = Path("/tmp") / name  # noqa: S108  (private by mode and owner, which is checked below)
    try:
        folder.mkdir(mode=0o700)
        place.account.give(folder)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != place.account.uid or found.st_mode & 0o077:
            raise CommandError(f"{folder} is needed for the database's socket, but is another user's.") from None
    return folder


def _locale(major: int) -> tuple[str, ...]:
    """Unicode rules that come with PostgreSQL itself, so an update of the system cannot break an index."""
    if major < 17:
        return ("--locale=C.UTF-8",)
    return ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
