"""The talk about a request."""

from litestar import Response, Router, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from simflow.comments import service
from simflow.comments.models import Comment, CommentChange, CommentHistory, NewComment, OneComment, StaleCommentProblem
from simflow.errors import CrossSite, Forbidden, NotFound, Stale, Withdrawn
from simflow.idempotency.service import IdempotencyKey, once
from simflow.requests.models import Reference
from simflow.versions import ETAG, IfMatch, etag
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

ONE = "/{comment_id:str}"


def _answer(comment: Comment, status_code: int = 200) -> Response[OneComment]:
    return Response(OneComment(comment), status_code=status_code, headers=etag(comment.version))


@post("/", response_headers=[ETAG], responses=refusals(NotFound, Forbidden, body=True))
async def add_comment(
    request_id: FromPath[str],
    data: JSONBody[NewComment],
    request: Call,
    tx: Tx,
    idempotency_key: IdempotencyKey = None,
) -> Response[OneComment]:
    """Adds a comment; an internal one is for engineers, managers and admins, to write and to read."""

    async def add() -> Response[OneComment]:
        return _answer(await service.add(tx, request.user, Reference.parse(request_id), data), 201)

    return await once(tx, request, idempotency_key, add)


@patch(
    ONE,
    response_headers=[ETAG],
    responses=refusals(NotFound, Forbidden, Withdrawn, Stale, body=True, shapes={412: StaleCommentProblem}),
)
async def edit_comment(
    request_id: FromPath[str],
    comment_id: FromPath[str],
    data: JSONBody[CommentChange],
    request: Call,
    tx: Tx,
    if_match: IfMatch = None,
) -> Response[OneComment]:
    """Changes what a comment says: its author alone. What it said before stays readable in its history."""
    reference = Reference.parse(request_id)
    return _answer(await service.edit(tx, request.user, reference, comment_id, data, if_match))


@delete(ONE, status_code=200, responses=refusals(NotFound, Forbidden, CrossSite))
async def withdraw_comment(request_id: FromPath[str], comment_id: FromPath[str], request: Call, tx: Tx) -> OneComment:
    """Takes back what a comment says: its author alone. Its place stays, without words."""
    return OneComment(await service.withdraw(tx, request.user, Reference.parse(request_id), comment_id))


@get(f"{ONE}/history", responses=refusals(NotFound))
async def list_comment_versions(
    request_id: FromPath[str], comment_id: FromPath[str], request: Call, tx: Tx
) -> CommentHistory:
    """What a comment said from its beginning until now; of a withdrawn one, for its author alone."""
    return CommentHistory(await service.history(tx, request.user, Reference.parse(request_id), comment_id))


router = Router(
    "/requests/{request_id:str}/comments",
    route_handlers=[add_comment, edit_comment, withdraw_comment, list_comment_versions],
    tags=["comments"],
)
