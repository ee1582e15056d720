"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from msgspec import Struct

from simflow.db.queries import Nothing, Query
from simflow.db.queries import bind as bind_in


class Answer(Struct):
    """The first answer. `status`, `headers` and `body` are set in the transaction that claimed the key."""

    fingerprint: bytes
    status: int
    headers: str
    body: bytes


bind = partial(bind_in, __package__)

claim: Query[bool] = bind("claim", bool)
get_answer: Query[Answer] = bind("get_answer", Answer)
keep_answer: Query[Nothing] = bind("keep_answer", Nothing)
