"""What "done" means for a request, and how far it is. Every change answers with all of it."""

from litestar import Response, Router, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from simflow.criteria import service
from simflow.criteria.models import (
    CriterionChange,
    NewCriterion,
    NewMeasurement,
    OneCriterion,
    Sheet,
    StaleCriterionProblem,
)
from simflow.errors import ClosedCriteria, CrossSite, Forbidden, MeasuredCriterion, NotFound, Stale
from simflow.requests import service as requests
from simflow.requests.models import Reference
from simflow.versions import ETAG, IfMatch, etag
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

ONE = "/{criterion_id:str}"
REFUSED = refusals(NotFound, Forbidden, ClosedCriteria, body=True)
STALE = {412: StaleCriterionProblem}


@get("/", responses=refusals(NotFound))
async def list_criteria(request_id: FromPath[str], request: Call, tx: Tx) -> Sheet:
    """The criteria of a request with every result, and who agreed to them."""
    return await service.sheet(tx, request.user, await requests.get(tx, Reference.parse(request_id)))


@post("/", responses=REFUSED)
async def add_criterion(request_id: FromPath[str], data: JSONBody[NewCriterion], request: Call, tx: Tx) -> Sheet:
    """Adds a criterion. Who changes criteria agrees to them for their side; the other side is asked anew."""
    return await service.add(tx, request.user, Reference.parse(request_id), data)


@get(ONE, response_headers=[ETAG], responses=refusals(NotFound))
async def get_criterion(
    request_id: FromPath[str], criterion_id: FromPath[str], request: Call, tx: Tx
) -> Response[OneCriterion]:
    """One criterion with its results."""
    whole = await service.sheet(tx, request.user, await requests.get(tx, Reference.parse(request_id)))
    found = service.find(whole, criterion_id)
    return Response(OneCriterion(found), headers=etag(found.version))


@patch(
    ONE,
    response_headers=[ETAG],
    responses=refusals(NotFound, Forbidden, ClosedCriteria, Stale, body=True, shapes=STALE),
)
async def change_criterion(
    request_id: FromPath[str],
    criterion_id: FromPath[str],
    data: JSONBody[CriterionChange],
    request: Call,
    tx: Tx,
    if_match: IfMatch = None,
) -> Response[Sheet]:
    """Changes a criterion, which is open until it is measured again. `ETag` is that of the criterion."""
    whole = await service.change(tx, request.user, Reference.parse(request_id), criterion_id, data, if_match)
    return Response(whole, headers=etag(service.find(whole, criterion_id).version))


@delete(
    ONE,
    status_code=200,
    responses=refusals(NotFound, Forbidden, ClosedCriteria, MeasuredCriterion, CrossSite, Stale, shapes=STALE),
)
async def remove_criterion(
    request_id: FromPath[str], criterion_id: FromPath[str], request: Call, tx: Tx, if_match: IfMatch = None
) -> Sheet:
    """Removes a criterion without results."""
    return await service.remove(tx, request.user, Reference.parse(request_id), criterion_id, if_match)


@post("/agree", status_code=200, responses=refusals(NotFound, Forbidden, ClosedCriteria, CrossSite))
async def agree_to_criteria(request_id: FromPath[str], request: Call, tx: Tx) -> Sheet:
    """Agrees to the criteria as they stand, for the caller's side."""
    return await service.agree(tx, request.user, Reference.parse(request_id))


@post("/propose", status_code=200, responses=refusals(NotFound, Forbidden, ClosedCriteria, CrossSite))
async def propose_criteria(request_id: FromPath[str], request: Call, tx: Tx) -> Sheet:
    """Adds what the type of study proposes and the request does not have yet."""
    return await service.propose(tx, request.user, Reference.parse(request_id))


@post(f"{ONE}/measurements", responses=REFUSED)
async def measure_criterion(
    request_id: FromPath[str], criterion_id: FromPath[str], data: JSONBody[NewMeasurement], request: Call, tx: Tx
) -> Sheet:
    """Records a result of this round; earlier ones stay."""
    return await service.measure(tx, request.user, Reference.parse(request_id), criterion_id, data)


router = Router(
    "/requests/{request_id:str}/criteria",
    route_handlers=[
        list_criteria,
        add_criterion,
        get_criterion,
        change_criterion,
        remove_criterion,
        agree_to_criteria,
        propose_criteria,
        measure_criterion,
    ],
    tags=["criteria"],
)
