"""People."""

from typing import Annotated

from litestar import Router, get
from litestar.params import FromQuery, QueryParameter

from simflow.errors import FieldError, InvalidFields
from simflow.users import queries
from simflow.users.models import Role, UserList
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals


@get("/", responses=refusals(InvalidFields))
async def list_people(
    request: Call,
    tx: Tx,
    role: FromQuery[Role | None] = None,
    with_inactive: Annotated[bool, QueryParameter(name="withInactive")] = False,
    q: Annotated[str, QueryParameter(max_length=100, description="A part of the name.")] = "",
    limit: Annotated[int | None, QueryParameter(ge=1, le=1000)] = None,
) -> UserList:
    """Everybody active, by name; `withInactive` adds those who left. A requester gets no addresses."""
    if "\x00" in q or any("\ud800" <= c <= "\udfff" for c in q):
        raise InvalidFields(FieldError("q", "must not contain the NUL character or half of a character"))
    query = queries.WITHOUT_ADDRESSES if request.user.role == Role.USER else queries.WITH_ADDRESSES
    return UserList(await query.all(tx, role=role, with_inactive=with_inactive, part=q.strip(), limit=limit))


router = Router("/users", route_handlers=[list_people], tags=["users"])
