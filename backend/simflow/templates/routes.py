"""Templates over HTTP: everybody takes them, managers make them."""

from litestar import Response, Router, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from simflow.errors import CrossSite, Forbidden, NotFound, Stale
from simflow.idempotency.service import IdempotencyKey, once
from simflow.templates import service
from simflow.templates.models import (
    NewTemplate,
    OneTemplate,
    StaleTemplateProblem,
    Template,
    TemplateChanges,
    TemplateList,
)
from simflow.versions import ETAG, IfMatch, etag
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

ONE = "/{template_id:str}"
STALE = {412: StaleTemplateProblem}


def _answer(template: Template, status_code: int = 200) -> Response[OneTemplate]:
    return Response(OneTemplate(template), status_code=status_code, headers=etag(template.version))


@get("/", responses=refusals())
async def list_templates(request: Call, tx: Tx) -> TemplateList:
    """What a new request may begin with, by name."""
    return TemplateList(await service.every(tx), service.may_edit(request.user))


@post("/", response_headers=[ETAG], responses=refusals(Forbidden, body=True))
async def create_template(
    data: JSONBody[NewTemplate], request: Call, tx: Tx, idempotency_key: IdempotencyKey = None
) -> Response[OneTemplate]:
    """Makes a template: managers and admins."""

    async def create() -> Response[OneTemplate]:
        return _answer(await service.create(tx, request.user, data), 201)

    return await once(tx, request, idempotency_key, create)


@patch(ONE, response_headers=[ETAG], responses=refusals(NotFound, Forbidden, Stale, body=True, shapes=STALE))
async def change_template(
    template_id: FromPath[str], data: JSONBody[TemplateChanges], request: Call, tx: Tx, if_match: IfMatch = None
) -> Response[OneTemplate]:
    """Changes a template: managers and admins. Requests that began with it stay as they are."""
    return _answer(await service.change(tx, request.user, template_id, data, if_match))


@delete(ONE, responses=refusals(NotFound, Forbidden, CrossSite, Stale, shapes=STALE))
async def delete_template(template_id: FromPath[str], request: Call, tx: Tx, if_match: IfMatch = None) -> None:
    """Takes a template away: managers and admins."""
    await service.delete(tx, request.user, template_id, if_match)


router = Router(
    "/templates", route_handlers=[list_templates, create_template, change_template, delete_template], tags=["templates"]
)
