"""Whom and what a request mentions."""

from litestar import Router, get
from litestar.params import FromPath

from simflow.errors import NotFound
from simflow.mentions import queries
from simflow.mentions.models import MentionedPerson, MentionRow, Mentions
from simflow.requests import service as requests
from simflow.requests.models import Reference, RequestTitle
from simflow.requests.workflow import Status
from simflow.users.models import Role
from simflow.web.injected import Tx
from simflow.web.openapi import refusals


def _requests(rows: list[MentionRow], kind: str) -> list[RequestTitle]:
    return [
        RequestTitle(row.id, row.key or "", row.title or "", Status(row.status or ""))
        for row in rows
        if row.kind == kind
    ]


@get("/", responses=refusals(NotFound))
async def list_mentions(request_id: FromPath[str], tx: Tx) -> Mentions:
    """Whom and which requests its texts mention, and which requests mention it: what the caller may see of that."""
    subject = await requests.get(tx, Reference.parse(request_id))
    number = int(subject.key.removeprefix("SF-"))
    rows = await queries.list_visible.all(tx, request_id=subject.id, number=number)
    people = [MentionedPerson(row.id, row.name or "", Role(row.role or "")) for row in rows if row.kind == "person"]
    return Mentions(people, _requests(rows, "request"), _requests(rows, "source"))


router = Router("/requests/{request_id:str}/mentions", route_handlers=[list_mentions], tags=["mentions"])
