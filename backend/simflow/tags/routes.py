"""Which tags there are."""

from typing import Annotated

from litestar import Router, get
from litestar.params import QueryParameter

from simflow.errors import FieldError, InvalidFields
from simflow.tags import queries
from simflow.tags.models import Tags
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

Beginning = Annotated[str, QueryParameter(max_length=40, description="What they begin with.")]


@get("/", responses=refusals(InvalidFields))
async def list_tags(tx: Tx, q: Beginning = "") -> Tags:
    """The tags in use among the latest 2 000 tagged requests that the caller may see, the most used first."""
    if "\x00" in q or any("\ud800" <= c <= "\udfff" for c in q):
        raise InvalidFields(FieldError("q", "must not contain the NUL character or half of a character"))
    return Tags(await queries.list_visible.all(tx, beginning=q.lower().lstrip()))


router = Router("/tags", route_handlers=[list_tags], tags=["tags"])
