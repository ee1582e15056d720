"""Jobs that have failed for good, for admins."""

from datetime import UTC, datetime
from typing import Annotated, Any

from litestar import Router, delete, get, post
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, FromQuery, QueryParameter

from simflow.cursors import MAX_BIGINT, pack, unpack
from simflow.errors import CrossSite, Forbidden, InvalidFields, NotFound
from simflow.jobs import queries
from simflow.jobs.models import DeadJob, DeadJobPage, DeadRow
from simflow.users.models import Role
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

MAY_MANAGE_JOBS = {Role.ADMIN}
MAX_ERROR_LENGTH = 500
FIRST = (datetime.max.replace(tzinfo=UTC), MAX_BIGINT)


def refuse_others(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A guard. Raises `Forbidden`."""
    if connection.user.role not in MAY_MANAGE_JOBS:
        raise Forbidden("Only an admin may look after jobs.")


@get("/", responses=refusals(Forbidden, InvalidFields))
async def list_dead_jobs(
    tx: Tx,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    cursor: FromQuery[str | None] = None,
) -> DeadJobPage:
    """Jobs that failed at each of their attempts and will not be tried again by themselves, the latest first."""
    died_before, id_before = unpack(cursor, tuple[datetime, int]) if cursor else FIRST
    rows = await queries.list_dead.all(tx, died_before=died_before, id_before=id_before, limit=limit + 1)
    more = len(rows) > limit
    last = rows[limit - 1] if more else None
    return DeadJobPage([_job(row) for row in rows[:limit]], pack(last.died_at, last.id) if last else None)


@post("/{job_id:str}/retry", status_code=204, responses=refusals(CrossSite, Forbidden, NotFound))
async def retry_dead_job(job_id: FromPath[str], tx: Tx) -> None:
    """Lets a dead job begin again, with all of its attempts."""
    if not await queries.retry_dead.one(tx, id=_number(job_id)):
        raise NotFound


@delete("/{job_id:str}", responses=refusals(CrossSite, Forbidden, NotFound))
async def drop_dead_job(job_id: FromPath[str], tx: Tx) -> None:
    """Gives a dead job up: it will never be done."""
    if not await queries.drop_dead.one(tx, id=_number(job_id)):
        raise NotFound


def _number(job_id: str) -> int:
    """Raises `NotFound` for what no job can have."""
    if not (job_id.isascii() and job_id.isdecimal() and len(job_id) < 20 and int(job_id) <= MAX_BIGINT):
        raise NotFound
    return int(job_id)


def _job(row: DeadRow) -> DeadJob:
    said = " ".join((row.error_message or "").split())
    error = ": ".join(part for part in (row.error_type, said) if part) or "unknown"
    return DeadJob(row.id, row.name, row.attempts, error[:MAX_ERROR_LENGTH], row.created_at, row.died_at)


handlers: list[Any] = [list_dead_jobs, retry_dead_job, drop_dead_job]
router = Router("/jobs/dead", route_handlers=handlers, guards=[refuse_others], tags=["jobs"])
