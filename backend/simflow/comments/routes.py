"""The talk about a request."""

from litestar import Response, Router, post
from litestar.params import FromPath, JSONBody

from simflow.comments import service
from simflow.comments.models import NewComment, OneComment
from simflow.errors import Forbidden, NotFound
from simflow.idempotency.service import IdempotencyKey, once
from simflow.requests.models import Reference
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals


@post("/", responses=refusals(NotFound, Forbidden, body=True))
async def add_comment(
    request_id: FromPath[str],
    data: JSONBody[NewComment],
    request: Call,
    tx: Tx,
    idempotency_key: IdempotencyKey = None,
) -> Response[OneComment]:
    """Adds a comment; an internal one is for engineers, managers and admins, to write and to read."""

    async def add() -> Response[OneComment]:
        return Response(
            OneComment(await service.add(tx, request.user, Reference.parse(request_id), data)), status_code=201
        )

    return await once(tx, request, idempotency_key, add)


router = Router("/requests/{request_id:str}/comments", route_handlers=[add_comment], tags=["comments"])
