"""Who is told of what happens to a request. Watching gives no sight of anything."""

from litestar import Router, delete, get, put
from litestar.params import FromPath

from simflow.errors import CrossSite, NotFound
from simflow.requests import service as requests
from simflow.requests.models import Reference
from simflow.watchers import queries
from simflow.watchers.models import Watchers
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals


@get("/", responses=refusals(NotFound))
async def list_watchers(request_id: FromPath[str], request: Call, tx: Tx) -> Watchers:
    """Who watches. The requester and the assigned engineer do, unless they said no."""
    subject = await requests.get(tx, Reference.parse(request_id))
    watchers = await queries.list_visible.all(tx, request_id=subject.id)
    return Watchers(watchers, any(watcher.id == request.user.id for watcher in watchers))


@put("/me", status_code=204, responses=refusals(NotFound, CrossSite))
async def watch_request(request_id: FromPath[str], request: Call, tx: Tx) -> None:
    """The caller is told of what happens to this request, for as long as they may see it."""
    subject = await requests.get(tx, Reference.parse(request_id))
    await queries.wish.run(tx, request_id=subject.id, person=request.user.id, watching=True)


@delete("/me", status_code=204, responses=refusals(NotFound, CrossSite))
async def unwatch_request(request_id: FromPath[str], request: Call, tx: Tx) -> None:
    """The caller is told no more, unless somebody mentions them."""
    subject = await requests.get(tx, Reference.parse(request_id))
    await queries.wish.run(tx, request_id=subject.id, person=request.user.id, watching=False)


router = Router(
    "/requests/{request_id:str}/watchers",
    route_handlers=[list_watchers, watch_request, unwatch_request],
    tags=["watchers"],
)
