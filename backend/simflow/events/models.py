"""Live events: where a reader stands, what is read, what a client hears."""

import re
from typing import NamedTuple, Self
from uuid import UUID

from msgspec import Struct

EVENT_ID = re.compile(r"(\d{1,20})\.(\d{1,19})")
MAX_XID = 2**64 - 1


class Position(NamedTuple):
    """A place in the order of events: everything up to it has been read. Its text is the `id:` of the stream."""

    xid: int
    seq: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for what this API did not give out."""
        match = EVENT_ID.fullmatch(text)
        if match is None or int(match[1]) > MAX_XID or int(match[2]) >= 2**63:
            return None
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.xid}.{self.seq}"


class EventRow(Struct):
    """One change, and who could see its request after and before it.

    `engineers` and `engineers_before` are ids; None stands for every engineer. Managers and admins see all.
    """

    xid: str
    seq: int
    kind: str
    request_id: UUID
    key: str
    version: int
    internal: bool
    created_by: UUID
    engineers: list[UUID] | None
    engineers_before: list[UUID] | None

    @property
    def position(self) -> Position:
        return Position(int(self.xid), self.seq)


class Event(Struct, rename="camel"):
    """What a client hears. `type` is `created`, `changed` or `commented`; `gone`: it left what you may see."""

    type: str
    request_id: UUID
    key: str
    version: int


class Signal(Struct):
    """`ready`: from here on nothing is missed. `reset`: too much was missed, read everything anew."""

    type: str
