"""A real PostgreSQL beside the application, from the binaries that a Python package carries.

    with embedded.running(Path(".simflow")) as server:
        connect(server.url(user="simflow_user"))

The cluster lies in `<data folder>/postgres` and is reached through a socket that only its owner can open.
"""

from simflow.db.embedded.server import EmbeddedServer, running

__all__ = ["EmbeddedServer", "running"]
