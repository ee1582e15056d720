"""The audience of an event and the row-level policies say the same."""

from uuid import UUID

import asyncpg

from simflow.events import queries
from simflow.events.audience import heard_by
from simflow.settings import Settings
from simflow.users.models import Role
from tests.conftest import Caller, People, signed_in_as

ROLE_NAMES = {"USER": "requester", "ENGINEER": "engineer", "MANAGER": "manager", "ADMIN": "admin"}
WALK = [
    ("Feasibility Review", None),
    ("Resource Allocation", None),
    ("assign", None),
    ("Discussion", "why"),
    ("Engineering Review", "why"),
    ("In Progress", None),
    ("On Hold", "why"),
    ("Resource Allocation", "why"),
]


async def test_who_hears_of_a_change_is_who_may_see_the_request(
    settings: Settings, people: People, admin: Caller, owner: asyncpg.Connection
) -> None:
    audience = [await people.add(role) for role in ("USER", "USER", "ENGINEER", "ENGINEER", "MANAGER")] + [admin]
    by_requester, by_engineer = audience[0], audience[2]
    for creator in (by_requester, by_engineer):
        request = await creator.submit()
        for step, reason in [("", None), *WALK]:
            if step == "assign":
                assert (await admin.assign(request, audience[3])).status_code == 200
            elif step:
                assert (await admin.move(request, step, reason)).status_code == 200
            hears, sees = set(), set()
            rows = await queries.list_after.all(owner, xid="0", seq=0, below=str(2**63), limit=100_000)
            row = [row for row in rows if row.request_id == UUID(request["id"])][-1]
            for person in audience:
                event = heard_by(row, UUID(person.id), Role(person.user["role"]))
                if event is not None and event.type != "gone":
                    hears.add(person.id)
                role = f"simflow_{ROLE_NAMES[person.user['role']]}"
                async with signed_in_as(settings, role, person.id) as tx:
                    if await tx.fetchval("SELECT count(*) FROM requests WHERE id = $1", request["id"]):
                        sees.add(person.id)
            assert hears == sees, step
