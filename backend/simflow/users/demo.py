"""The people of demo mode. Outside it there are no such accounts."""

from typing import NamedTuple

from simflow.users.models import Role

DEMO_PASSWORD = "simflow"  # noqa: S105


class DemoUser(NamedTuple):
    name: str
    email: str
    role: Role


DEMO_PEOPLE = (
    DemoUser("Alice User", "alice@simflow.local", Role.USER),
    DemoUser("Bob Manager", "bob@simflow.local", Role.MANAGER),
    DemoUser("Charlie Engineer", "charlie@simflow.local", Role.ENGINEER),
    DemoUser("Dave Admin", "dave@simflow.local", Role.ADMIN),
)
