"""Mentions: what a row is, what JSON is."""

from uuid import UUID

from msgspec import Struct

from simflow.requests.models import RequestTitle
from simflow.users.models import Role


class Namesake(Struct):
    """Somebody who is called like this, in lower case."""

    id: UUID
    name: str
    lower_name: str


class MentionRow(Struct):
    """`kind` is `person`, `request` or `source`; a person has a name and a role, a request all the rest."""

    kind: str
    id: UUID
    name: str | None
    role: str | None
    key: str | None
    title: str | None
    status: str | None


class MentionedPerson(Struct):
    """With the name as the text has it."""

    id: UUID
    name: str
    role: Role


class Mentions(Struct, rename="camel"):
    """What the description and the comments mention, and where the request itself is mentioned."""

    people: list[MentionedPerson]
    requests: list[RequestTitle]
    mentioned_in: list[RequestTitle]
