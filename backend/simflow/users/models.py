"""People: what a row is, what JSON is."""

from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class Role(StrEnum):
    USER = "USER"
    ENGINEER = "ENGINEER"
    MANAGER = "MANAGER"
    ADMIN = "ADMIN"


class User(Struct, rename="camel"):
    """A person. `email` is null for those who may not read addresses."""

    id: UUID
    name: str
    email: str | None
    role: Role
    avatar_url: str | None
    active: bool


class UserList(Struct):
    users: list[User]
