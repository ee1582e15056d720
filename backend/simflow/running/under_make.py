"""Being run by `make`, which neither passes on an interrupt nor takes a stopped recipe calmly."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from simflow.processes import end_with_parent, ignores_interrupts

VARIABLE = "SIMFLOW_STOP_WITH"
"""Set by the Makefile to make's process id."""


def join() -> Callable[[], None]:
    """Ends this process with `make`, and keeps Ctrl-C away from make; call what it returns at the end.

    Does nothing unless make started us.
    """
    maker = os.environ.pop(VARIABLE, "")
    if not maker.isdecimal():
        return lambda: None
    end_with_parent(int(maker), signal.SIGTERM)
    if not ignores_interrupts(int(maker)):
        threading.Thread(target=_watch, args=(int(maker),), daemon=True, name="make watch").start()
    return _take_terminal()


def _watch(maker: int) -> None:
    """An interrupt of make alone would be lost: it stops handling SIGINT and just waits for us."""
    while not ignores_interrupts(maker):
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def _take_terminal() -> Callable[[], None]:
    """Becomes the terminal's foreground group: make would report its own interrupt as a failed recipe."""
    try:
        terminal = sys.stdin.fileno()
        before = os.tcgetpgrp(terminal)
        if before != os.getpgrp() or before == os.getpid():
            return lambda: None
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # no shell would see us stopped, and continue us
        os.setpgid(0, 0)
        os.tcsetpgrp(terminal, os.getpgrp())
    except (OSError, ValueError):  # no terminal, which is no trouble
        return lambda: None
    return lambda: os.tcsetpgrp(terminal, before)
