"""People."""

from typing import Annotated

from litestar import Response, Router, get, patch
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from simflow.errors import FieldError, Forbidden, InvalidFields, NotFound, Stale
from simflow.users import hours, queries
from simflow.users.models import ListedUser, OneUser, Role, StaleUserProblem, UserChanges, UserList
from simflow.versions import ETAG, IfMatch, etag
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
    """Everybody active, by name; `withInactive` adds those who left. A requester gets no addresses and no hours."""
    if "\x00" in q or any("\ud800" <= c <= "\udfff" for c in q):
        raise InvalidFields(FieldError("q", "must not contain the NUL character or half of a character"))
    query = queries.WITHOUT_ADDRESSES if request.user.role == Role.USER else queries.WITH_ADDRESSES
    return UserList(await query.all(tx, role=role, with_inactive=with_inactive, part=q.strip(), limit=limit))


@get("/{user_id:str}", response_headers=[ETAG], responses=refusals(NotFound))
async def get_person(user_id: FromPath[str], request: Call, tx: Tx) -> Response[OneUser]:
    """One person, active or not, as in the list."""
    return _answer(await hours.person(tx, request.user, user_id))


@patch(
    "/{user_id:str}",
    response_headers=[ETAG],
    responses=refusals(NotFound, Forbidden, Stale, body=True, shapes={412: StaleUserProblem}),
)
async def edit_person(
    user_id: FromPath[str], data: JSONBody[UserChanges], request: Call, tx: Tx, if_match: IfMatch = None
) -> Response[OneUser]:
    """Sets how many hours a week somebody works; for managers and admins."""
    return _answer(await hours.set_weekly_hours(tx, request.user, user_id, data.weekly_hours, if_match))


def _answer(person: ListedUser) -> Response[OneUser]:
    return Response(OneUser(person), headers=etag(person.version))


router = Router("/users", route_handlers=[list_people, get_person, edit_person], tags=["users"])
