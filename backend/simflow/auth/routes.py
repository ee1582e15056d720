"""Signing in and out."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.datastructures import Cookie, ResponseHeader
from litestar.di import NamedDependency
from litestar.params import JSONBody

from simflow.auth import queries, service
from simflow.auth.middleware import DEVICE_COOKIE, OPEN, SESSION_COOKIE, session_of
from simflow.auth.models import DemoPeople, DemoPerson, SignedIn, SignIn
from simflow.errors import CrossSite, NotFound, TooMany, WrongCredentials
from simflow.events.hub import Hub
from simflow.users.demo import DEMO_PASSWORD, DEMO_PEOPLE
from simflow.web.call import Call
from simflow.web.injected import Db, FromSettings
from simflow.web.openapi import refusals

# The longest that a session can be extended to; the server knows when it ends.
SESSION_SECONDS = 90 * 24 * 3600
DEVICE_SECONDS = 365 * 24 * 3600
MARK = ResponseHeader(
    name="Last-Event-ID",
    description="Where the events stand: a stream that resumes from it misses nothing since. Absent while not known.",
    documentation_only=True,
)


def _cookie(call: Call, name: str, value: str, seconds: int) -> Cookie:
    return Cookie(
        key=name,
        value=value,
        max_age=seconds,
        path="/api",
        httponly=True,
        secure=call.url.scheme == "https",
        samesite="lax",
    )


@post(
    "/login",
    status_code=200,
    responses=refusals(WrongCredentials, TooMany, body=True, signed_in=False),
    opt={OPEN: True},
)
async def sign_in(data: JSONBody[SignIn], request: Call, db: Db, settings: FromSettings) -> Response[SignedIn]:
    """Checks a password and starts a session."""
    address = request.client.host if request.client else "unknown"
    device = request.cookies.get(DEVICE_COOKIE)
    account, tokens = await service.sign_in(db, data, address, device, settings.session_days)
    return Response(
        SignedIn(account.user()),
        cookies=[
            _cookie(request, SESSION_COOKIE, tokens.session, SESSION_SECONDS),
            _cookie(request, DEVICE_COOKIE, tokens.device, DEVICE_SECONDS),
        ],
    )


@post("/logout", status_code=204, responses=refusals(CrossSite, signed_in=False), opt={OPEN: True})
async def sign_out(request: Call, db: Db) -> Response[None]:
    """Ends the session, on the server and in the browser."""
    if token := session_of(request.scope):
        async with db.gate() as gate:
            await queries.delete_session.run(gate, token_hash=service.digest(token))
    return Response(None, status_code=204, cookies=[_cookie(request, SESSION_COOKIE, "", 0)])


@get("/session", response_headers=[MARK], responses=refusals())
async def get_session(request: Call, hub: NamedDependency[Hub]) -> Response[SignedIn]:
    """Who is signed in."""
    mark = hub.mark
    return Response(SignedIn(request.user), headers={"Last-Event-ID": str(mark)} if mark else {})


@get("/demo", responses=refusals(NotFound, signed_in=False, database=False), opt={OPEN: True})
async def get_demo_people(settings: FromSettings) -> DemoPeople:
    """The people to try the product as; outside demo mode there is nothing here."""
    if not settings.demo:
        raise NotFound
    return DemoPeople([DemoPerson(p.name, p.email, p.role) for p in DEMO_PEOPLE], DEMO_PASSWORD)


handlers: list[Any] = [sign_in, sign_out, get_session, get_demo_people]
router = Router("/auth", route_handlers=handlers, tags=["auth"])
