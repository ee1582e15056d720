"""Saved views over HTTP."""

from litestar import Response, Router, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from simflow.errors import CrossSite, Forbidden, NotFound, Stale
from simflow.idempotency.service import IdempotencyKey, once
from simflow.requests.routes import LOCATION
from simflow.versions import ETAG, IfMatch, etag
from simflow.views import service
from simflow.views.models import NewView, OneView, StaleViewProblem, View, ViewChanges, ViewList
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

ONE = "/{view_id:str}"
STALE = {412: StaleViewProblem}


def _answer(view: View, status_code: int = 200, **headers: str) -> Response[OneView]:
    return Response(OneView(view), status_code=status_code, headers=etag(view.version) | headers)


@get("/", responses=refusals())
async def list_views(request: Call, tx: Tx) -> ViewList:
    """The caller's own views and those that are shared with them, by name. A requester sees only their own."""
    return ViewList(await service.visible(tx, request.user))


@post("/", response_headers=[ETAG, LOCATION], responses=refusals(Forbidden, body=True))
async def create_view(
    data: JSONBody[NewView], request: Call, tx: Tx, idempotency_key: IdempotencyKey = None
) -> Response[OneView]:
    """Saves a view; a shared one is for engineers, managers and admins, to save and to see."""

    async def create() -> Response[OneView]:
        view = await service.create(tx, request.user, data)
        return _answer(view, 201, Location=f"/api/views/{view.id}")

    return await once(tx, request, idempotency_key, create)


@get(ONE, response_headers=[ETAG], responses=refusals(NotFound))
async def get_view(view_id: FromPath[str], request: Call, tx: Tx) -> Response[OneView]:
    """One saved view."""
    return _answer(await service.get(tx, request.user, view_id))


@patch(ONE, response_headers=[ETAG], responses=refusals(NotFound, Forbidden, Stale, body=True, shapes=STALE))
async def edit_view(
    view_id: FromPath[str], data: JSONBody[ViewChanges], request: Call, tx: Tx, if_match: IfMatch = None
) -> Response[OneView]:
    """Changes a view: its owner or, where it is shared, an admin."""
    return _answer(await service.edit(tx, request.user, view_id, data, if_match))


@delete(ONE, responses=refusals(NotFound, Forbidden, CrossSite, Stale, shapes=STALE))
async def delete_view(view_id: FromPath[str], request: Call, tx: Tx, if_match: IfMatch = None) -> None:
    """Takes a view away: its owner or, where it is shared, an admin."""
    await service.delete(tx, request.user, view_id, if_match)


router = Router("/views", route_handlers=[list_views, create_view, get_view, edit_view, delete_view], tags=["views"])
