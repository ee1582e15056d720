"""Types of study, and the form of a request."""

from typing import Annotated

from litestar import Response, Router, get, put
from litestar.params import FromPath, JSONBody, PathParameter

from simflow.errors import Forbidden, NotFound, Stale
from simflow.requests import service as requests
from simflow.requests.models import Reference
from simflow.study import queries, service
from simflow.study.models import (
    SLUG,
    OneStudyType,
    RequestForm,
    Required,
    StaleStudyTypeProblem,
    StudyTypeChange,
    StudyTypes,
)
from simflow.versions import ETAG, IfMatch, etag
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

TypeId = Annotated[str, PathParameter(pattern=SLUG)]


@get("/", responses=refusals())
async def list_study_types(tx: Tx) -> StudyTypes:
    """Every type of study with its form and the criteria that it proposes; inactive ones are not for new requests."""
    return StudyTypes(await service.types(tx))


@put(
    "/{type_id:str}",
    response_headers=[ETAG],
    responses=refusals(Forbidden, Stale, body=True, shapes={412: StaleStudyTypeProblem}),
)
async def put_study_type(
    type_id: TypeId, data: JSONBody[StudyTypeChange], request: Call, tx: Tx, if_match: IfMatch = None
) -> Response[OneStudyType]:
    """Makes or changes a type of study, whole: admins. What requests have already stays as it is."""
    changed = await service.put(tx, request.user, type_id, data, if_match)
    return Response(OneStudyType(changed), status_code=200, headers=etag(changed.version))


@get("/", responses=refusals(NotFound))
async def get_request_form(request_id: FromPath[str], tx: Tx) -> RequestForm:
    """The form that a request has, its values, and what completion still waits for."""
    subject = await requests.get(tx, Reference.parse(request_id))
    form = await service.form(tx, subject.id, subject.vendor)
    rows = await queries.list_values.all(tx, request_id=subject.id)
    told = service.tell(form.fields, rows)
    missing = [f.name for f in form.fields.values() if f.required != Required.NEVER and f.name not in told]
    return RequestForm(subject.study_type, list(form.fields.values()), told, missing)


router = Router("/study-types", route_handlers=[list_study_types, put_study_type], tags=["study types"])
form_router = Router("/requests/{request_id:str}/form", route_handlers=[get_request_form], tags=["study types"])
