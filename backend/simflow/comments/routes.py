"""The talk about a request."""

from litestar import Router, post
from litestar.params import FromPath, JSONBody

from simflow.comments import queries
from simflow.comments.models import NewComment, OneComment
from simflow.errors import Forbidden, NotFound
from simflow.requests import service as requests
from simflow.requests.models import Reference
from simflow.users.models import Role
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals


@post("/", responses=refusals(NotFound, Forbidden, body=True))
async def add_comment(request_id: FromPath[str], data: JSONBody[NewComment], request: Call, tx: Tx) -> OneComment:
    """Adds a comment; an internal one is for engineers, managers and admins, to write and to read."""
    subject = await requests.get(tx, Reference.parse(request_id))
    person = request.user
    if data.internal and person.role not in MAY_READ_INTERNAL:
        raise Forbidden("Internal comments are for engineers, managers and admins.")
    comment = await queries.insert.first(
        tx,
        request_id=subject.id,
        person=person.id,
        person_name=person.name,
        person_role=person.role,
        content=data.content,
        internal=data.internal,
    )
    if comment is None:
        raise NotFound
    return OneComment(comment)


MAY_READ_INTERNAL = {Role.ENGINEER, Role.MANAGER, Role.ADMIN}

router = Router("/requests/{request_id:str}/comments", route_handlers=[add_comment], tags=["comments"])
