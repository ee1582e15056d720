"""Whether the process lives, and whether it can serve."""

from litestar import get
from litestar.di import NamedDependency
from msgspec import Struct

from simflow.auth.middleware import OPEN
from simflow.db.revision import current_revision, head_revision
from simflow.errors import NotMigrated, Stopping
from simflow.events.hub import Hub
from simflow.web.injected import Db
from simflow.web.openapi import refusals


class Health(Struct):
    status: str


@get("/health", responses=refusals(signed_in=False, database=False), opt={OPEN: True})
async def get_health() -> Health:
    """Alive: the process answers."""
    return Health("ok")


@get("/ready", responses=refusals(NotMigrated, Stopping, signed_in=False), opt={OPEN: True})
async def get_readiness(db: Db, hub: NamedDependency[Hub]) -> Health:
    """Ready: the database is reached and migrated. 503 until then, while it is away, and before a stop."""
    if hub.closed:
        raise Stopping
    async with db.gate() as gate:
        revision = await current_revision(gate)
    if revision is None or revision < head_revision():
        raise NotMigrated
    return Health("ok")
