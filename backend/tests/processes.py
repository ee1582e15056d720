"""Looking at processes from outside, for tests that start and kill them."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path


def descendants(pid: int) -> set[int]:
    """The process and everything below it, whoever owns it."""
    listed = subprocess.run(("ps", "-eo", "pid=,ppid="), capture_output=True, text=True, check=True).stdout
    children: dict[int, list[int]] = {}
    for line in listed.splitlines():
        child, parent = map(int, line.split())
        children.setdefault(parent, []).append(child)
    found, waiting = set(), [pid]
    while waiting:
        found.add(one := waiting.pop())
        waiting += children.get(one, [])
    return found


def command_of(pid: int) -> str:
    """Empty when the process is gone or only a remainder that nobody has asked after."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def alive(pids: set[int]) -> dict[int, str]:
    return {pid: command for pid in pids if (command := command_of(pid))}


def wait_until(true: Callable[[], object], seconds: float = 15) -> bool:
    """Whether it became true in time; for what gives no other sign."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
