"""The processes that a supervisor starts, and how it hears that one has ended."""

import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from queue import SimpleQueue

from simflow.processes import child_ends_with_us, wait_gone


class Child:
    """A process in a session of its own, so that the terminal's Ctrl-C reaches its supervisor alone.

    It gets SIGTERM when the supervisor ends in whatever way. Its name goes into `ended` when it ends.
    """

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], ended: SimpleQueue[str]
    ) -> None:
        self._process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=2,  # stdout belongs to the supervisor's own lines
            start_new_session=True,
            preexec_fn=child_ends_with_us(signal.SIGTERM),  # noqa: PLW1509  (one system call)
        )
        watch_process(name, self._process.pid, ended)

    def stop(self, seconds: float) -> None:
        """Asks it to finish what it is doing, and kills it when that takes longer than `seconds`."""
        self._process.terminate()
        if not wait_gone(self._process.pid, seconds):
            self._process.kill()
        self._process.wait()


def watch_process(name: str, pid: int, ended: SimpleQueue[str]) -> None:
    """Puts the name into the queue when the process, ours or another's, is gone."""

    def watch() -> None:
        wait_gone(pid, None)
        ended.put(name)

    threading.Thread(target=watch, daemon=True, name=f"watch {name}").start()
