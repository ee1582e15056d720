"""What the standard library lacks about processes: ending with the parent, waiting for one not our own."""

import functools
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
LINUX = sys.platform == "linux"


@functools.cache
def _prctl() -> Callable[[int, int], int] | None:
    """The system call, or None where there is none (macOS)."""
    if not LINUX:
        return None
    import ctypes  # noqa: PLC0415  (slow to import, and most commands never come here)

    libc = ctypes.CDLL(None, use_errno=True)
    function: Callable[[int, int], int] = libc.prctl
    return function


def child_ends_with_us(signal_number: int) -> Callable[[], None] | None:
    """A `preexec_fn` that has the kernel signal the child when we end, even when we are killed with -9.

    The kernel means the *thread* that starts the child, so start it from the main thread. It forgets the
    wish when the child changes its user, and `Popen` runs `preexec_fn` after that change.
    """
    prctl = _prctl()
    if prctl is None:
        return None
    parent = os.getpid()

    def wish() -> None:
        prctl(PR_SET_PDEATHSIG, signal_number)
        if os.getppid() != parent:  # we ended before the wish was made
            os._exit(1)

    return wish


def end_with_parent(parent: int, signal_number: int) -> None:
    """This process gets the signal when its parent, named by its id, ends; at once when it already has.

    Where the kernel has no such wish, a thread looks once a second.
    """

    def orphaned() -> bool:
        return os.getppid() != parent

    prctl = _prctl()
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal_number)
        if orphaned():
            os.kill(os.getpid(), signal_number)
        return

    def watch() -> None:
        while not orphaned():
            time.sleep(1)
        os.kill(os.getpid(), signal_number)

    threading.Thread(target=watch, daemon=True, name="parent watch").start()


def ignores_interrupts(pid: int) -> bool:
    """Whether a process no longer handles SIGINT, which is how `make` looks once it has been interrupted."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    caught = next((line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:")), "")
    return bool(caught) and not int(caught, 16) >> (signal.SIGINT - 1) & 1


def wait_gone(pid: int, seconds: float | None) -> bool:
    """Waits until any process is gone, ours or not; False when the time, if there is one, is over first."""
    if hasattr(os, "pidfd_open"):
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            return True
        try:
            return bool(select.select([handle], [], [], seconds)[0])
        finally:
            os.close(handle)
    end = time.monotonic() + (float("inf") if seconds is None else seconds)
    while alive(pid):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def alive(pid: int) -> bool:
    """Whether the process exists, whoever owns it."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def working_in(folder: Path) -> list[int]:
    """The processes whose working folder this is, as far as we may see them; always none without /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd") if LINUX else ():
        try:
            if entry.readlink() == folder:
                found.append(int(entry.parent.name))
        except OSError:  # ended meanwhile, or another user's
            continue
    return found
