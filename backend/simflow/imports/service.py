"""Takes over an export: plans first, then does it, in the caller's transaction."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from simflow.db.queries import Connection
from simflow.errors import FieldError, InvalidFields
from simflow.imports import plan, queries
from simflow.imports.models import EntryProblem, OldRequest, Report
from simflow.imports.people import Cast
from simflow.imports.plan import Plan

T = TypeVar("T")
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Importer:
    """Who is written into the log; a command has no person."""

    id: UUID | None
    name: str


async def take_over(tx: Connection, file: bytes, importer: Importer, *, dry_run: bool, skip_invalid: bool) -> Report:
    """Raises `NotJson`, `NotAnExport`, and `CannotTake` when something cannot be taken and must not be skipped."""
    checked, notes = await asyncio.to_thread(plan.read, file)
    if not dry_run:
        await queries.lock.run(tx)
    planned = await plan.make(tx, checked, notes)
    if not dry_run:
        if planned.problems and not skip_invalid:
            raise CannotTake(planned)
        await _write(tx, planned, importer)
    return planned.report(dry_run=dry_run)


class CannotTake(InvalidFields):
    """Some entries cannot be taken, so nothing was taken."""

    def __init__(self, planned: Plan) -> None:
        super().__init__(*(error for problem in planned.problems for error in _by_path(problem)))
        self.report = planned.report(dry_run=False)
        self.detail = f"{len(planned.problems)} of {planned.total} entries cannot be taken, so nothing was taken."


def _by_path(problem: EntryProblem) -> Iterator[FieldError]:
    """Positions count from 0, as in `comments[0]` and in every JSON path; `entry` counts from 1, for people."""
    for error in problem.errors:
        yield FieldError(f"requests[{problem.entry - 1}]" + (f".{error.field}" if error.field else ""), error.message)


async def _write(tx: Connection, plan: Plan, importer: Importer) -> None:
    created = plan.cast.created()
    await queries.insert_people.run(
        tx,
        ids=[person.id for person in created],
        names=[person.name for person in created],
        emails=[person.email for person in created],
        roles=[person.role for person in created],
    )
    # In batches, so that no single statement runs into the time limit of the API's connections.
    for requests in _batches(plan.new):
        await _write_requests(tx, requests, plan.cast)
        await queries.log_imported.run(
            tx,
            person=importer.id,
            person_name=importer.name,
            ids=[request.id for request in requests],
            statuses=[request.status for request in requests],
            old_ids=[request.old_id for request in requests],
        )
    for comments in _batches([(request, comment) for request in plan.new for comment in request.comments]):
        authors = [plan.cast[comment.author_name] for _, comment in comments]
        await queries.insert_comments.run(
            tx,
            ids=[comment.id for _, comment in comments],
            requests=[request.id for request, _ in comments],
            authors=[author.id for author in authors],
            author_names=[author.name for author in authors],
            author_roles=[comment.author_role for _, comment in comments],
            contents=[comment.content for _, comment in comments],
            created=[comment.created_at for _, comment in comments],
        )


async def _write_requests(tx: Connection, requests: Sequence[OldRequest], cast: Cast) -> None:
    creators = [cast[request.created_by_name] for request in requests]
    engineers = [cast[r.assigned_to_name] if r.assigned_to_name is not None else None for r in requests]
    columns: dict[str, list[Any]] = {
        "titles": [request.title for request in requests],
        "descriptions": [request.description for request in requests],
        "vendors": [request.vendor for request in requests],
        "statuses": [request.status for request in requests],
        "priorities": [request.priority for request in requests],
        "creators": [creator.id for creator in creators],
        "creator_names": [creator.name for creator in creators],
        "engineers": [engineer and engineer.id for engineer in engineers],
        "engineer_names": [engineer and engineer.name for engineer in engineers],
        "hours": [request.estimated_hours for request in requests],
        "created": [request.created_at for request in requests],
        "updated": [request.updated_at for request in requests],
    }
    await queries.insert_requests.run(tx, ids=[request.id for request in requests], **columns)


def _batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
