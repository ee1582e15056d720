"""Similar requests over HTTP."""

from typing import Annotated

from litestar import Router, get
from litestar.params import QueryParameter

from simflow.errors import InvalidFields
from simflow.similar import service
from simflow.similar.models import SimilarRequests
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

Title = Annotated[str, QueryParameter(max_length=255, description="What the new request is called.")]
Description = Annotated[str, QueryParameter(max_length=2000, description="What it says, or the beginning of it.")]


@get("/", responses=refusals(InvalidFields))
async def list_similar(request: Call, tx: Tx, title: Title, description: Description = "") -> SimilarRequests:
    """At most five earlier requests like this one, of those that the caller may see."""
    return SimilarRequests(await service.similar(tx, request.user, title, description))


router = Router("/requests/similar", route_handlers=[list_similar], tags=["requests"])
