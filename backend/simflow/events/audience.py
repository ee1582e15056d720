"""Who hears of an event. The database says who could see its request; this only applies it to a person."""

from uuid import UUID

from simflow.events.models import Event, EventRow
from simflow.users.models import Role


def heard_by(row: EventRow, person: UUID, role: Role) -> Event | None:
    """What this person hears of the event; None when it does not exist for them."""
    if row.internal and role == Role.USER:
        return None
    if _sees(row.engineers, row.created_by, person, role):
        return Event(row.kind, row.request_id, row.key, row.version)
    if row.kind == "changed" and _sees(row.engineers_before, row.created_by, person, role):
        return Event("gone", row.request_id, row.key, row.version)
    return None


def _sees(engineers: list[UUID] | None, created_by: UUID, person: UUID, role: Role) -> bool:
    match role:
        case Role.USER:
            return person == created_by
        case Role.ENGINEER:
            return engineers is None or person in engineers
        case Role.MANAGER | Role.ADMIN:
            return True
