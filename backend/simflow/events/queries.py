"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from msgspec import Struct

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.events.models import EventRow


class Horizon(Struct):
    """Transaction ids, as text."""

    below: str
    pruned: str


class LivingSession(Struct):
    token_hash: bytes
    role: str


bind = partial(bind_in, __package__)

get_horizon: Query[Horizon] = bind("get_horizon", Horizon)
list_after: Query[EventRow] = bind("list_after", EventRow)
list_living: Query[LivingSession] = bind("list_living", LivingSession)
