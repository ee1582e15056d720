"""File locks, which the kernel frees when their holder ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simflow.errors import CommandError


def open_file(path: Path, flags: int) -> int:
    """Opens or makes a file in the data folder; root makes it the folder owner's, who may come next."""
    try:
        handle = os.open(path, flags | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}.") from None
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.fchown(handle, owner.st_uid, owner.st_gid)
    return handle


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Waits for the lock as long as it takes: its holder does something that ends."""
    handle = open_file(path, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class Ownership:
    """The right to start and stop a data folder's server. Its file tells others who has it."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def take(cls, path: Path, lasting: bool) -> "Ownership | None":
        """None when a living process has it. `lasting` tells others that we keep it until we are stopped."""
        handle = open_file(path, os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()} {'lasting' if lasting else 'brief'}\n".encode())
        return cls(handle)

    def release(self) -> None:
        """May be called twice."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def owner(path: Path) -> tuple[str, bool]:
    """The process id in an ownership file, as text, and whether that process keeps it until it is stopped."""
    words = path.read_text().split()
    return (words[0] if words else "?"), words[1:] == ["lasting"]
