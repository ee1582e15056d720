"""Decides who may say how many hours a week somebody works."""

from uuid import UUID

from simflow.db.queries import Connection
from simflow.errors import Forbidden, NotFound
from simflow.users import queries
from simflow.users.models import Role, User

MAY_SET_HOURS = {Role.MANAGER, Role.ADMIN}


async def set_weekly_hours(tx: Connection, person: User, user_id: str, weekly_hours: int) -> User:
    """Raises `NotFound` when there is nobody with that id, `Forbidden` for who may not change it."""
    try:
        wanted = UUID(user_id)
    except ValueError:
        raise NotFound from None
    if person.role not in MAY_SET_HOURS:
        if not await queries.exists.one(tx, id=wanted):
            raise NotFound
        raise Forbidden("Only a manager or an admin may change how much somebody works.")
    changed = await queries.set_weekly_hours.first(tx, id=wanted, weekly_hours=weekly_hours)
    if changed is None:
        raise NotFound
    return changed
