"""People."""

from typing import Annotated

from litestar import Router, get
from litestar.params import FromQuery, QueryParameter

from simflow.errors import InvalidFields
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
) -> UserList:
    """Everybody active, by name; `withInactive` adds those who left. A requester gets no addresses."""
    query = queries.WITHOUT_ADDRESSES if request.user.role == Role.USER else queries.WITH_ADDRESSES
    return UserList(await query.all(tx, role=role, with_inactive=with_inactive))


router = Router("/users", route_handlers=[list_people], tags=["users"])
