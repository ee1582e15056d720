"""Similar requests: what a row is, what JSON is."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from simflow.requests.workflow import Status


class SimilarRequest(Struct, rename="camel"):
    """An earlier request, what came of it, and why it is offered.

    `score` is from 0 to 1. `titleAlike`: the titles are spelt alike; `words` are what both say, the rarest first.
    `reason` is that of a request that was denied or cancelled.
    """

    id: UUID
    key: str
    title: str
    vendor: str
    status: Status
    created_at: datetime
    completed_at: datetime | None
    score: float
    title_alike: bool
    words: list[str]
    reason: str | None


class SimilarRequests(Struct):
    """At most five, the most similar first."""

    similar: list[SimilarRequest]
