"""Home over HTTP."""

from typing import Annotated

from litestar import Router, get
from litestar.params import QueryParameter

from simflow.errors import InvalidFields
from simflow.home import service
from simflow.home.models import Home
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

WholeLoad = Annotated[bool, QueryParameter(name="wholeLoad", description="Whether the load of every engineer is told.")]
StuckDays = Annotated[int, QueryParameter(name="stuckDays", ge=1, le=365)]


@get("/", responses=refusals(InvalidFields))
async def get_home(request: Call, tx: Tx, stuck_days: StuckDays = 7, *, whole_load: WholeLoad = False) -> Home:
    """What the caller finds in the morning: figures, each with the list behind it."""
    return await service.home(tx, request.user, stuck_days, whole_load=whole_load)


router = Router("/home", route_handlers=[get_home], tags=["home"])
