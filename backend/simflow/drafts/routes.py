"""Drafts over HTTP: each is its owner's alone, for managers and admins too."""

from litestar import Response, Router, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from simflow.drafts import service
from simflow.drafts.copying import copied
from simflow.drafts.models import Draft, DraftBody, DraftList, OneContent, OneDraft, StaleDraftProblem
from simflow.errors import CrossSite, InvalidFields, NotFound, Stale, TooManyDrafts
from simflow.idempotency.service import IdempotencyKey, once
from simflow.requests import service as requests
from simflow.requests.models import OneRequest, Reference
from simflow.requests.routes import LOCATION
from simflow.versions import ETAG, IfMatch, etag
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

ONE = "/{draft_id:str}"
STALE = {412: StaleDraftProblem}


def _answer(draft: Draft, status_code: int = 200, **headers: str) -> Response[OneDraft]:
    return Response(OneDraft(draft), status_code=status_code, headers=etag(draft.version) | headers)


@get("/", responses=refusals())
async def list_drafts(tx: Tx) -> DraftList:
    """The caller's own drafts, the last changed first."""
    return DraftList(await service.own(tx))


@post("/", response_headers=[ETAG, LOCATION], responses=refusals(TooManyDrafts, body=True))
async def create_draft(
    data: JSONBody[DraftBody], request: Call, tx: Tx, idempotency_key: IdempotencyKey = None
) -> Response[OneDraft]:
    """Keeps a request that is still being written. Nothing is needed yet."""

    async def create() -> Response[OneDraft]:
        draft = await service.create(tx, request.user, data.content)
        return _answer(draft, 201, Location=f"/api/drafts/{draft.id}")

    return await once(tx, request, idempotency_key, create)


@get(ONE, response_headers=[ETAG], responses=refusals(NotFound))
async def get_draft(draft_id: FromPath[str], tx: Tx) -> Response[OneDraft]:
    """One draft of the caller's."""
    return _answer(await service.get(tx, draft_id))


@patch(ONE, response_headers=[ETAG], responses=refusals(NotFound, Stale, body=True, shapes=STALE))
async def change_draft(
    draft_id: FromPath[str], data: JSONBody[DraftBody], tx: Tx, if_match: IfMatch = None
) -> Response[OneDraft]:
    """Says anew what the draft holds, all of it."""
    return _answer(await service.change(tx, draft_id, data.content, if_match))


@delete(ONE, responses=refusals(NotFound, CrossSite, Stale, shapes=STALE))
async def delete_draft(draft_id: FromPath[str], tx: Tx, if_match: IfMatch = None) -> None:
    """Throws a draft away."""
    await service.delete(tx, draft_id, if_match)


@post(
    f"{ONE}/submit",
    response_headers=[ETAG, LOCATION],
    responses=refusals(NotFound, CrossSite, Stale, InvalidFields, shapes=STALE),
)
async def submit_draft(
    draft_id: FromPath[str], request: Call, tx: Tx, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response[OneRequest]:
    """Makes a request of the draft, which is gone then; where something is missing, all of it is told and it stays."""

    async def submit() -> Response[OneRequest]:
        created = await service.submit(tx, request.user, draft_id, if_match)
        body = OneRequest(await requests.detail(tx, created, request.user))
        headers = etag(created.version) | {"Location": f"/api/requests/{created.id}"}
        return Response(body, status_code=201, headers=headers)

    return await once(tx, request, idempotency_key, submit)


@get("/", responses=refusals(NotFound))
async def copy_request(request_id: FromPath[str], tx: Tx) -> OneContent:
    """What a copy of this request begins with."""
    return OneContent(await copied(tx, await requests.get(tx, Reference.parse(request_id))))


router = Router(
    "/drafts",
    route_handlers=[list_drafts, create_draft, get_draft, change_draft, delete_draft, submit_draft],
    tags=["drafts"],
)
copy_router = Router("/requests/{request_id:str}/copy", route_handlers=[copy_request], tags=["drafts"])
