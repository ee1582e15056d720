"""Stopping without a call being lost: first nobody new is let in, then what was let in is answered, then the end."""

import contextlib
import ctypes
import multiprocessing
import os
import signal
import socket
import struct
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from simflow.processes import LINUX

DRAIN_SIGNAL = signal.SIGUSR1
"""To a process that answers calls: stop letting connections in, and end the event streams."""
SETTLE_SECONDS = 0.3
"""For connections that the kernel had made already, and that nobody had taken yet."""

SO_ATTACH_FILTER = 26
# A packet that opens a connection (SYN without ACK, byte 13 of TCP's header) is dropped; every other one passes.
DROP_NEW = [(0x30, 0, 0, 13), (0x54, 0, 0, 0x12), (0x15, 0, 1, 0x02), (0x06, 0, 0, 0), (0x06, 0, 0, 0xFFFF)]


def drain_before_stopping() -> None:
    """In the main process, once the server's own handlers are set: a signal to stop drains the others first."""
    for number in (signal.SIGINT, signal.SIGTERM):
        stop = signal.getsignal(number)
        assert callable(stop)  # noqa: S101
        signal.signal(number, _Drain(stop))


class _Drain:
    def __init__(self, stop: Any) -> None:
        self._stop = stop
        self._main = os.getpid()

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if os.getpid() != self._main:
            # A process that is still starting has this from the main one until it sets its own. It answers nobody yet.
            if number == signal.SIGTERM:
                os._exit(0)
            return
        for child in multiprocessing.active_children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child.pid or 0, DRAIN_SIGNAL)
        timer = threading.Timer(SETTLE_SECONDS, self._stop, (number, frame))
        timer.daemon = True
        timer.start()


def let_nobody_in() -> None:
    """This process's listening sockets answer no new connection; those that are made already can still be taken.

    To close a listening socket at once would reset those. A proxy that gets no answer asks another replica, having
    sent nothing, so that it may do so for any method. Elsewhere than on Linux nothing happens.
    """
    if not LINUX:
        return
    for listening in _listening_sockets():
        with listening, contextlib.suppress(OSError):
            _attach(listening, DROP_NEW)


def _listening_sockets() -> list[socket.socket]:
    found = []
    for entry in Path("/proc/self/fd").iterdir():
        if not entry.is_socket():
            continue
        one = socket.socket(fileno=os.dup(int(entry.name)))
        if one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            found.append(one)
        else:
            one.close()
    return found


def _attach(listening: socket.socket, program: list[tuple[int, int, int, int]]) -> None:
    """Classic BPF, as of `socket(7)`; needs no rights."""
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    memory = ctypes.create_string_buffer(code, len(code))
    pointed = struct.pack("HL", len(program), ctypes.addressof(memory))
    listening.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, pointed)
