"""What a route handler may ask for by name; `simflow.app` provides it."""

from litestar.di import NamedDependency

from simflow.db.pool import Database
from simflow.db.queries import Connection
from simflow.settings import Settings

Db = NamedDependency[Database]
Tx = NamedDependency[Connection]
"""A transaction of the signed-in person, committed before the answer; for a GET, a connection that reads as them."""
FromSettings = NamedDependency[Settings]
