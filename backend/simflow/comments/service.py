"""Decides who may add which comment."""

from simflow.comments import queries
from simflow.comments.models import Comment, NewComment
from simflow.db.queries import Connection
from simflow.errors import Forbidden, NotFound
from simflow.requests import service as requests
from simflow.requests.models import Reference
from simflow.users.models import Role, User

MAY_READ_INTERNAL = {Role.ENGINEER, Role.MANAGER, Role.ADMIN}


async def add(tx: Connection, person: User, reference: Reference, new: NewComment) -> Comment:
    """Raises `NotFound`, or `Forbidden` for an internal comment of somebody who could not read it."""
    subject = await requests.get(tx, reference)
    if new.internal and person.role not in MAY_READ_INTERNAL:
        raise Forbidden("Internal comments are for engineers, managers and admins.")
    comment = await queries.insert.first(
        tx,
        request_id=subject.id,
        person=person.id,
        person_name=person.name,
        person_role=person.role,
        content=new.content,
        internal=new.internal,
    )
    if comment is None:  # it went out of sight meanwhile
        raise NotFound
    return comment
