"""Signing in: what is sent and what is answered."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from simflow.users.models import Role, User


class SignIn(Struct, forbid_unknown_fields=True):
    email: Annotated[str, Meta(min_length=1, max_length=255)]
    password: Annotated[str, Meta(min_length=1, max_length=1024)]


class SignedIn(Struct):
    user: User


class DemoPerson(Struct):
    name: str
    email: str
    role: Role


class DemoPeople(Struct):
    """Only in demo mode: who there is to try the product as, and the password of them all."""

    people: list[DemoPerson]
    password: str


class Account(Struct):
    """A person with what is needed to check a password; `hash` is null where none was ever set."""

    id: UUID
    name: str
    email: str
    role: Role
    avatar_url: str | None
    active: bool
    weekly_hours: int
    hash: str | None

    def user(self) -> User:
        return User(self.id, self.name, self.email, self.role, self.avatar_url, self.active, self.weekly_hours)


class Session(Struct):
    """The signed-in person and when the session ends."""

    id: UUID
    name: str
    email: str
    role: Role
    avatar_url: str | None
    active: bool
    weekly_hours: int
    expires_at: datetime

    def user(self) -> User:
        return User(self.id, self.name, self.email, self.role, self.avatar_url, self.active, self.weekly_hours)
