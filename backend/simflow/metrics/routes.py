"""The figures for Prometheus. Whoever comes through a proxy, or from elsewhere, finds nothing here."""

from litestar import Response, get
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from simflow.auth.middleware import OPEN
from simflow.errors import NotFound
from simflow.metrics import database, process
from simflow.web.call import Call
from simflow.web.injected import Db, FromSettings
from simflow.web.peers import is_among
from simflow.web.watch import peer_of

PASSED_ON = ("x-forwarded-for", "forwarded", "via", "x-real-ip")


@get("/metrics", include_in_schema=False, opt={OPEN: True})
async def get_metrics(request: Call, db: Db, settings: FromSettings) -> Response[bytes]:
    """In Prometheus's text format."""
    through_a_proxy = any(name in request.headers for name in PASSED_ON)
    if through_a_proxy or not is_among(peer_of(request.scope), settings.metrics_from):
        raise NotFound
    figures = await database.read(db)
    own: bytes = generate_latest(process.of_all_processes())
    return Response(own + generate_latest(figures), media_type=CONTENT_TYPE_LATEST)
