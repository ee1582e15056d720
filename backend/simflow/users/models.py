"""People: what a row is, what JSON is."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from simflow.errors import Problem


class Role(StrEnum):
    USER = "USER"
    ENGINEER = "ENGINEER"
    MANAGER = "MANAGER"
    ADMIN = "ADMIN"


class User(Struct, rename="camel"):
    """A person. `email` and `weeklyHours` are null for those who may not read them: requesters, of others."""

    id: UUID
    name: str
    email: str | None
    role: Role
    avatar_url: str | None
    active: bool
    weekly_hours: int | None


class ListedUser(User, rename="camel"):
    """A person as others read them. `version` counts the changes."""

    version: int


class UserList(Struct):
    users: list[ListedUser]


class OneUser(Struct):
    user: ListedUser


class StaleUserProblem(Problem, kw_only=True):
    """The person as they are now."""

    user: ListedUser


class UserChanges(Struct, rename="camel", forbid_unknown_fields=True):
    """How many hours somebody works in a week, which is what their load is measured against."""

    weekly_hours: Annotated[int, Meta(ge=0, le=80)]
