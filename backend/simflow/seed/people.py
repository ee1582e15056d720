"""Who takes part in made-up requests."""

from collections.abc import Sequence

from simflow.db.queries import Connection
from simflow.seed import queries
from simflow.seed.story import Cast, Person
from simflow.users.demo import DEMO_PEOPLE, DemoUser
from simflow.users.models import Role

MORE_DEMO_PEOPLE = (
    DemoUser("Emma Lindqvist", "emma@simflow.local", Role.USER),
    DemoUser("Tomasz Wójcik", "tomasz@simflow.local", Role.USER),
    DemoUser("Priya Raman", "priya@simflow.local", Role.USER),
    DemoUser("Jonas Weber", "jonas@simflow.local", Role.ENGINEER),
    DemoUser("Mei Tanaka", "mei@simflow.local", Role.ENGINEER),
)
"""Colleagues of the demo people, so that lists and charts have more than one name."""
EVERYBODY_IN_DEMO = (*DEMO_PEOPLE, *MORE_DEMO_PEOPLE)

FIRST_NAMES = (
    "Ada", "Amir", "Anna", "Björn", "Carla", "Chen", "Daniel", "Elif", "Farid", "Greta", "Hana", "Ivan", "Jana",
    "Kofi", "Lena", "Luca", "Marta", "Nils", "Olga", "Paulo", "Quynh", "Rosa", "Samuel", "Tara", "Umar", "Vera",
    "Wei", "Ximena", "Yuki", "Zoë",
)  # fmt: skip
LAST_NAMES = (
    "Albers", "Bianchi", "Costa", "Dubois", "Eriksen", "Fischer", "García", "Horváth", "Ito", "Jensen", "Kowalski",
    "Larsson", "Moreau", "Nguyen", "Okafor", "Petrov", "Quinn", "Rossi", "Schäfer", "Torres", "Ueda", "Vogel",
    "Weiss", "Xu", "Yavuz", "Zhang", "Müller", "Novák", "O'Brien",
)  # fmt: skip
LEAST_PEOPLE = 3
"""One of each kind that takes part."""
# Of ten people, in this order; 30 first and 29 last names give 870 names before one repeats.
ROLES = (
    Role.USER, Role.ENGINEER, Role.MANAGER, Role.USER, Role.USER, Role.ENGINEER, Role.USER, Role.USER, Role.ENGINEER,
    Role.USER,
)  # fmt: skip


def generated(count: int) -> list[DemoUser]:
    """Always the same people; a greater count continues the list. They have no password."""
    people = []
    for index in range(count):
        first, last = FIRST_NAMES[index % len(FIRST_NAMES)], LAST_NAMES[index % len(LAST_NAMES)]
        again = f" {index // 870 + 1}" if index >= 870 else ""
        people.append(DemoUser(f"{first} {last}{again}", f"person-{index + 1:05}@seed.invalid", ROLES[index % 10]))
    return people


async def ensure(tx: Connection, people: Sequence[DemoUser]) -> None:
    """Makes those who are missing; changed ones stay changed."""
    await queries.insert_people.run(
        tx,
        names=[person.name for person in people],
        emails=[person.email for person in people],
        roles=[person.role for person in people],
    )


async def cast_of(tx: Connection, people: Sequence[DemoUser]) -> Cast | None:
    """Those of them who are active, in the roles they have by now; None when nobody is left for one of the parts."""
    found = await queries.list_people.all(tx, emails=[person.email for person in people])
    by_role: dict[Role, list[Person]] = {role: [] for role in Role}
    for row in found:
        by_role[row.role].append(Person(row.id, row.name, row.role))
    cast = Cast(by_role[Role.USER], by_role[Role.MANAGER], by_role[Role.ENGINEER])
    return cast if all(cast) else None
