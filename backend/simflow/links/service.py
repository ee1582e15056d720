"""Decides who may link which requests. Whoever sees both may; circles are refused by the database."""

from uuid import UUID

import asyncpg
import msgspec

from simflow.db.queries import Connection
from simflow.errors import Circle, FieldError, Forbidden, InvalidFields, NotFound
from simflow.links import queries
from simflow.links.models import REVERSE, Link, LinkRow, NewLink, Relation
from simflow.requests import service as requests
from simflow.requests.models import Reference, Request, RequestTitle
from simflow.requests.workflow import Status
from simflow.users.models import Role, User

NO_CIRCLE = "links_no_circle"


async def of(tx: Connection, person: User, request_id: UUID) -> list[Link]:
    """The links of a request that this person may see."""
    return [_link(row, person) for row in await queries.list_visible.all(tx, request_id=request_id)]


async def add(tx: Connection, person: User, reference: Reference, new: NewLink) -> tuple[Link, bool]:
    """The link, and whether it is new. Raises `NotFound`, `Circle`, `InvalidFields` for itself and the unknown."""
    subject = await requests.get(tx, reference)
    try:
        other = await requests.get(tx, Reference.parse(new.request.strip()))
    except NotFound:
        raise InvalidFields(FieldError("request", "is not there, or you may not see it")) from None
    if other.id == subject.id:
        raise InvalidFields(FieldError("request", "must be another request than this one"))
    first, second = (subject, other) if new.relation.is_forward else (other, subject)
    kind = Relation(new.relation.kind)
    try:
        is_new = await queries.insert.one(
            tx,
            from_id=first.id,
            kind=kind.value,
            to_id=second.id,
            person=person.id,
            person_name=person.name,
            from_details=_details(kind, second.key),
            to_details=_details(REVERSE[kind], first.key),
        )
    except asyncpg.CheckViolationError as error:
        if error.constraint_name == NO_CIRCLE:
            raise Circle from None
        raise
    links = await of(tx, person, subject.id)
    link = next((one for one in links if one.request.id == other.id and one.relation == new.relation), None)
    if link is None:  # it went out of sight meanwhile
        raise NotFound
    return link, is_new


async def remove(tx: Connection, person: User, reference: Reference, link_id: str) -> None:
    """Raises `NotFound`, `Forbidden` unless it is one's own or one is a manager."""
    subject = await requests.get(tx, reference)
    link = next((one for one in await of(tx, person, subject.id) if str(one.id) == link_id.lower()), None)
    if link is None:
        raise NotFound
    if not link.can_remove:
        raise Forbidden(f"Only who made a link ({link.created_by_name}) or a manager may remove it.")
    first, second = _ends(subject, link)
    kind = Relation(link.relation.kind)
    removed = await queries.delete.one(
        tx,
        id=link.id,
        person=person.id,
        person_name=person.name,
        from_details=_details(kind, second),
        to_details=_details(REVERSE[kind], first),
    )
    if not removed:
        raise NotFound


def _ends(subject: Request, link: Link) -> tuple[str, str]:
    return (subject.key, link.request.key) if link.relation.is_forward else (link.request.key, subject.key)


def _details(relation: Relation, key: str) -> str:
    return msgspec.json.encode({"relation": relation, "key": key}).decode()


def _link(row: LinkRow, person: User) -> Link:
    relation = Relation(row.kind)
    return Link(
        id=row.id,
        relation=relation if row.is_forward else REVERSE[relation],
        request=RequestTitle(row.other_id, row.other_key, row.other_title, Status(row.other_status)),
        created_by=row.created_by,
        created_by_name=row.created_by_name,
        created_at=row.created_at,
        can_remove=row.created_by == person.id or person.role in (Role.MANAGER, Role.ADMIN),
    )
