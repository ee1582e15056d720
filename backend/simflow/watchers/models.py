"""Watchers: what a row is, what JSON is."""

from uuid import UUID

from msgspec import Struct

from simflow.users.models import Role


class Watcher(Struct):
    id: UUID
    name: str
    role: Role


class Watchers(Struct):
    """Who is told of what happens to a request; `watching`: the caller is."""

    watchers: list[Watcher]
    watching: bool
