"""Taking a port for this process before anything else is started."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from simflow.errors import CommandError
from simflow.processes import LINUX


def resolve(host: str) -> str:
    """The address of a host name, as the server takes addresses only."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError):
        raise CommandError(f"The host {host!r} is not known here: use an address such as 127.0.0.1.") from None
    # Many machines name localhost ::1 as well, and some of those cannot use it.
    return str(min(found, key=lambda entry: entry[0] != socket.AF_INET)[4][0])


def reachable(address: str) -> str:
    """How this machine itself, or a browser on it, names an address to listen on, in a URL."""
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104
    return f"[{address}]" if ":" in address else address


@contextmanager
def reserved(address: str, port: int) -> Iterator[None]:
    """Raises `CommandError` when the port is taken; else nobody but our own processes gets it meanwhile.

    The server lets its processes share a port, so a second server would share it too, unnoticed. On Linux
    the reservation is a socket that took the port alone and only then agreed to share it with its own user.
    """
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as holder:
        # Connections of an earlier run that the kernel still keeps do not count.
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            holder.bind((address, port))
        except OSError as error:
            raise CommandError(_why(error, address, port)) from None
        if LINUX:
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            yield
            return
    yield


def _why(error: OSError, address: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {address} is already taken: stop what uses it, or choose another with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than you have: choose one from 1024 with --port."
    return f"Port {port} on {address} cannot be used: {error.strerror}."
