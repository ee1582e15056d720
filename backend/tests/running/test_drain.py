"""A server that stops takes what has reached it and lets nobody else in."""

import socket
import sys

import pytest

from simflow.running.drain import let_nobody_in

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is Linux's")


def test_what_was_connected_is_answered_and_nobody_new_gets_in() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = listening.getsockname()
        with socket.create_connection(address) as early:
            let_nobody_in()
            with pytest.raises(TimeoutError):
                socket.create_connection(address, timeout=0.2)
            early.sendall(b"call")
            taken, _ = listening.accept()
            with taken:
                assert taken.recv(4) == b"call"
                taken.sendall(b"answer")
                assert early.recv(6) == b"answer"
