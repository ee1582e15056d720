"""Decides who may say how many hours a week somebody works."""

from uuid import UUID

import msgspec

from simflow.db.queries import Connection
from simflow.errors import Forbidden, NotFound, Stale
from simflow.users import queries
from simflow.users.models import ListedUser, Role, User
from simflow.versions import is_named

MAY_SET_HOURS = {Role.MANAGER, Role.ADMIN}


async def person(tx: Connection, reader: User, user_id: str) -> ListedUser:
    """Raises `NotFound` when there is nobody with that id."""
    query = queries.ONE_WITHOUT_ADDRESS if reader.role == Role.USER else queries.ONE_WITH_ADDRESS
    try:
        found = await query.first(tx, id=UUID(user_id))
    except ValueError:
        raise NotFound from None
    if found is None:
        raise NotFound
    return found


async def set_weekly_hours(
    tx: Connection, manager: User, user_id: str, weekly_hours: int, if_match: str | None
) -> ListedUser:
    """Raises `NotFound` when there is nobody with that id, `Forbidden` for who may not change it, `Stale`."""
    while True:
        now = await person(tx, manager, user_id)
        if manager.role not in MAY_SET_HOURS:
            raise Forbidden("Only a manager or an admin may change how much somebody works.")
        if not is_named(now.version, if_match):
            raise Stale("Somebody else changed this person in the meantime.", extra={"user": msgspec.to_builtins(now)})
        if now.weekly_hours == weekly_hours:
            return now
        changed = await queries.set_weekly_hours.first(tx, id=now.id, version=now.version, weekly_hours=weekly_hours)
        if changed is not None:
            return changed
