"""How requests hang together."""

from litestar import Response, Router, delete, get, post
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody

from simflow.errors import Circle, CrossSite, Forbidden, NotFound
from simflow.links import service
from simflow.links.models import Links, NewLink, OneLink
from simflow.requests import service as requests
from simflow.requests.models import Reference
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

THERE_ALREADY = ResponseSpec(OneLink, generate_examples=False, description="The link was there already.")


@get("/", responses=refusals(NotFound))
async def list_links(request_id: FromPath[str], request: Call, tx: Tx) -> Links:
    """The links of a request whose other end the caller may see too."""
    subject = await requests.get(tx, Reference.parse(request_id))
    return Links(await service.of(tx, request.user, subject.id))


@post("/", responses={200: THERE_ALREADY, **refusals(NotFound, Circle, body=True)})
async def link_request(request_id: FromPath[str], data: JSONBody[NewLink], request: Call, tx: Tx) -> Response[OneLink]:
    """Links a request to another one that the caller may see; links of one kind never go round in a circle."""
    link, is_new = await service.add(tx, request.user, Reference.parse(request_id), data)
    return Response(OneLink(link), status_code=201 if is_new else 200)


@delete("/{link_id:str}", status_code=204, responses=refusals(NotFound, Forbidden, CrossSite))
async def unlink_request(request_id: FromPath[str], link_id: FromPath[str], request: Call, tx: Tx) -> None:
    """Removes a link: who made it, or a manager."""
    await service.remove(tx, request.user, Reference.parse(request_id), link_id)


router = Router(
    "/requests/{request_id:str}/links", route_handlers=[list_links, link_request, unlink_request], tags=["links"]
)
