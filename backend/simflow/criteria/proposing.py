"""Criteria that a request gets from the template of its type."""

from uuid import UUID

from simflow.criteria import queries
from simflow.db.queries import Connection
from simflow.study.models import CriterionTemplate
from simflow.users.models import User


async def propose(
    tx: Connection, person: User, request_id: UUID, templates: list[CriterionTemplate], sides: list[str]
) -> None:
    """Where there are no criteria yet. Whoever gives a request its type agrees to the criteria for their side."""
    if not templates or await queries.list_criteria.all(tx, request_id=request_id):
        return
    await insert(tx, request_id, templates)
    await queries.agree.run(tx, request_id=request_id, person=person.id, person_name=person.name, sides=sides)


async def insert(tx: Connection, request_id: UUID, new: list[CriterionTemplate]) -> None:
    """Adds these criteria."""
    await queries.insert_many.run(
        tx,
        request_id=request_id,
        names=[one.name for one in new],
        comparisons=[one.comparison for one in new],
        targets=[one.target for one in new],
        uppers=[one.upper for one in new],
        units=[one.unit for one in new],
        required=[one.required for one in new],
    )
