"""One request over HTTP, and the router of all."""

from typing import Any

from litestar import Response, Router, get, patch, post
from litestar.datastructures import ResponseHeader
from litestar.params import FromPath, JSONBody

from simflow.auth.middleware import FOUND, READS_AT_ONCE
from simflow.db.queries import Connection
from simflow.errors import Forbidden, IllegalMove, NotFound, Stale
from simflow.idempotency.service import IdempotencyKey, once
from simflow.requests import list_routes, service
from simflow.requests.models import (
    Assignment,
    IllegalMoveProblem,
    Move,
    NewRequest,
    OneRequest,
    Reference,
    Request,
    RequestChanges,
    RequestWithComments,
    StaleProblem,
)
from simflow.users.models import User
from simflow.versions import ETAG, IfMatch, etag
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

LOCATION = ResponseHeader(name="Location", description="Where the new request is.", documentation_only=True)
CHANGE_REFUSALS = refusals(
    NotFound, Forbidden, IllegalMove, Stale, body=True, shapes={409: IllegalMoveProblem, 412: StaleProblem}
)


async def _answer(
    tx: Connection, request: Request, person: User, status_code: int = 200, **headers: str
) -> Response[OneRequest]:
    return Response(
        OneRequest(await service.detail(tx, request, person)),
        status_code=status_code,
        headers=etag(request.version) | headers,
    )


@post("/", response_headers=[ETAG, LOCATION], responses=refusals(body=True))
async def create_request(
    data: JSONBody[NewRequest], request: Call, tx: Tx, idempotency_key: IdempotencyKey = None
) -> Response[OneRequest]:
    """Submits a request."""

    async def create() -> Response[OneRequest]:
        created = await service.create(tx, request.user, data)
        return await _answer(tx, created, request.user, 201, Location=f"/api/requests/{created.id}")

    return await once(tx, request, idempotency_key, create)


@get(
    "/{request_id:str}",
    response_headers=[ETAG],
    responses=refusals(NotFound),
    opt={READS_AT_ONCE: service.enter_whole},
)
async def get_request(request_id: FromPath[str], request: Call, tx: Tx) -> Response[RequestWithComments]:
    """One request with its comments, by id or key."""
    scope: dict[str, Any] = request.scope  # type: ignore[assignment]
    found = scope[FOUND] if FOUND in scope else await service.get_whole(tx, request.user, request_id)
    body = service.whole(found, request.user)
    return Response(body, headers=etag(body.request.version))


@patch("/{request_id:str}", response_headers=[ETAG], responses=CHANGE_REFUSALS)
async def edit_request(
    request_id: FromPath[str], data: JSONBody[RequestChanges], request: Call, tx: Tx, if_match: IfMatch = None
) -> Response[OneRequest]:
    """Changes the texts or the priority: the requester while Submitted or Information Needed, a manager until final."""
    person = request.user
    return await _answer(tx, await service.edit(tx, person, Reference.parse(request_id), data, if_match), person)


@patch("/{request_id:str}/status", response_headers=[ETAG], responses=CHANGE_REFUSALS)
async def move_request(
    request_id: FromPath[str], data: JSONBody[Move], request: Call, tx: Tx, if_match: IfMatch = None
) -> Response[OneRequest]:
    """Moves a request to another status, by one of its `actions`."""
    person = request.user
    return await _answer(tx, await service.move(tx, person, Reference.parse(request_id), data, if_match), person)


@patch("/{request_id:str}/assign", response_headers=[ETAG], responses=CHANGE_REFUSALS)
async def assign_request(
    request_id: FromPath[str], data: JSONBody[Assignment], request: Call, tx: Tx, if_match: IfMatch = None
) -> Response[OneRequest]:
    """Gives a request to an engineer, with an estimate in hours."""
    person = request.user
    return await _answer(tx, await service.assign(tx, person, Reference.parse(request_id), data, if_match), person)


router = Router(
    "/requests",
    route_handlers=[
        *list_routes.handlers,
        create_request,
        get_request,
        edit_request,
        move_request,
        assign_request,
    ],
    tags=["requests"],
)
