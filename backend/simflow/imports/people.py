"""Which person a name of the file means: somebody here, or a new inactive account."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from simflow.errors import FieldError
from simflow.imports.models import ImportedPerson, KnownPerson, Match, OldRequest
from simflow.users.models import Role

UNUSABLE_DOMAIN = "imported.invalid"
"""No mail ever goes there: `.invalid` is reserved for this (RFC 2606)."""


class Someone(NamedTuple):
    """The person whom a name stands for."""

    id: UUID
    name: str
    email: str
    role: Role
    active: bool
    match: Match


@dataclass(slots=True)
class Appearance:
    """How a name is used in the requests that are to be taken."""

    name: str
    old_ids: set[str] = field(default_factory=set)
    assigned: bool = False
    roles: dict[Role, datetime] = field(default_factory=dict)
    """Roles in which the person commented, and when last."""

    def role(self) -> Role:
        """An engineer when ever assigned; else the role of the last comment; else a requester."""
        if self.assigned:
            return Role.ENGINEER
        return max(self.roles, key=lambda role: self.roles[role], default=Role.USER)


def key(name: str) -> str:
    """Names are the same when only capitals and the space around them differ."""
    return name.strip().casefold()


class Directory:
    """Everybody who is here, by name."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        self._by_name: dict[str, list[KnownPerson]] = {}
        self._emails: set[str] = set()
        for person in people:
            self._by_name.setdefault(key(person.name), []).append(person)
            self._emails.add(person.email.lower())

    def ambiguous(self, request: OldRequest) -> list[FieldError]:
        """The request's names that more than one person here bears."""
        counts = {name: len(self._by_name.get(key(name), ())) for name in request.names().values()}
        return [
            FieldError(path, f"is the name of {counts[name]} people here: {name}. Which one is meant cannot be told.")
            for path, name in request.names().items()
            if counts[name] > 1
        ]

    def identify(self, requests: Iterable[OldRequest]) -> "Cast":
        """Everybody whom these requests name. No name in them may be ambiguous."""
        appearances = _appearances(requests)
        return Cast({k: self._someone(k, appearance) for k, appearance in appearances.items()}, appearances)

    def _someone(self, name_key: str, appearance: Appearance) -> Someone:
        if known := self._by_name.get(name_key):
            (person,) = known
            return Someone(person.id, person.name, person.email, person.role, person.active, Match.MATCHED)
        address = next(a for a in _addresses(appearance.name) if a not in self._emails)
        return Someone(uuid4(), appearance.name, address, appearance.role(), False, Match.CREATED)


@dataclass(slots=True)
class Cast:
    """The people of an import."""

    people: dict[str, Someone]
    appearances: dict[str, Appearance]

    def __getitem__(self, name: str) -> Someone:
        return self.people[key(name)]

    def created(self) -> list[Someone]:
        return [person for person in self.people.values() if person.match == Match.CREATED]

    def listed(self) -> list[ImportedPerson]:
        """For the report, by name."""
        listed = [
            ImportedPerson(p.name, ", ".join(sorted(self.appearances[k].old_ids)) or None, p.role, p.match, p.email)
            for k, p in self.people.items()
        ]
        return sorted(listed, key=lambda person: key(person.name))

    def notes(self) -> list[str]:
        """What an admin may want to put right afterwards."""
        return [note for k, person in self.people.items() for note in _notes(person, self.appearances[k])] + [
            f"The old id {old_id} goes with several names: {', '.join(names)}. They are taken as several people."
            for old_id, names in self._names_by_old_id().items()
            if len(names) > 1
        ]

    def _names_by_old_id(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for appearance in self.appearances.values():
            for old_id in appearance.old_ids:
                names.setdefault(old_id, []).append(appearance.name)
        return names


def _notes(person: Someone, appearance: Appearance) -> Iterator[str]:
    if len(appearance.old_ids) > 1:
        yield f"{person.name} has several old ids ({', '.join(sorted(appearance.old_ids))}) and is taken as one person."
    if person.match == Match.CREATED and len({*appearance.roles, person.role}) > 1:
        others = ", ".join(sorted({*appearance.roles} - {person.role}))
        yield f"{person.name} appears in several roles and becomes {person.role}; the file also says {others}."
    if appearance.assigned and person.role != Role.ENGINEER:
        yield f"{person.name} has requests assigned, but is not an ENGINEER here and so cannot be assigned anew."


def _appearances(requests: Iterable[OldRequest]) -> dict[str, Appearance]:
    found: dict[str, Appearance] = {}

    def seen(name: str, old_id: str | None = None) -> Appearance:
        appearance = found.setdefault(key(name), Appearance(name))
        if old_id is not None:
            appearance.old_ids.add(old_id)
        return appearance

    for request in requests:
        seen(request.created_by_name, request.created_by_old_id)
        if request.assigned_to_name is not None:
            seen(request.assigned_to_name, request.assigned_to_old_id).assigned = True
        for comment in request.comments:
            roles = seen(comment.author_name).roles
            roles[comment.author_role] = max(comment.created_at, roles.get(comment.author_role, comment.created_at))
    return found


def _addresses(name: str) -> Iterator[str]:
    """Addresses that nobody has, such as erin-gone.3f2a9c1b@imported.invalid; the same name begins with the same."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    readable = re.sub(r"[^a-z0-9]+", "-", plain)[:40].strip("-") or "person"
    attempt = 0
    while True:
        digest = hashlib.sha256(f"{key(name)}/{attempt}".encode()).hexdigest()[:8]
        yield f"{readable}.{digest}@{UNUSABLE_DOMAIN}"
        attempt += 1
