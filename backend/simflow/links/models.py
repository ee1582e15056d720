"""Links between requests: what a row is, what JSON is."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from simflow.requests.models import RequestTitle
from simflow.text import STORABLE


class Relation(StrEnum):
    """What the request at hand is to the other one."""

    DUPLICATES = "duplicates"
    DUPLICATED_BY = "duplicatedBy"
    BLOCKS = "blocks"
    BLOCKED_BY = "blockedBy"
    FOLLOWS = "follows"
    FOLLOWED_BY = "followedBy"

    @property
    def is_forward(self) -> bool:
        """Whether the request at hand is the one that does it."""
        return not self.endswith("By")

    @property
    def kind(self) -> str:
        """As it is stored: what the one that does it is to the other."""
        return next((forward for forward, back in REVERSE.items() if back == self), self).value


REVERSE = {
    Relation.DUPLICATES: Relation.DUPLICATED_BY,
    Relation.BLOCKS: Relation.BLOCKED_BY,
    Relation.FOLLOWS: Relation.FOLLOWED_BY,
}


class LinkRow(Struct):
    """A link as seen from one of its ends: `is_forward` when that is the one that does it."""

    id: UUID
    kind: str
    is_forward: bool
    other_id: UUID
    other_key: str
    other_title: str
    other_status: str
    created_by: UUID
    created_by_name: str
    created_at: datetime


class Link(Struct, rename="camel"):
    """`relation` is what the request at hand is to the other one, `request`."""

    id: UUID
    relation: Relation
    request: RequestTitle
    created_by: UUID
    created_by_name: str
    created_at: datetime
    can_remove: bool


class NewLink(Struct, forbid_unknown_fields=True):
    """`request` is an id or a key."""

    relation: Relation
    request: Annotated[str, Meta(min_length=1, max_length=40, pattern=STORABLE)]


class Links(Struct):
    links: list[Link]


class OneLink(Struct):
    link: Link
