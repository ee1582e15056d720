"""The statements of queries.sql, bound to what their rows become."""

from functools import partial
from uuid import UUID

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.similar.models import SimilarRequest

bind = partial(bind_in, __package__)

find_among_all: Query[UUID] = bind("find_among_all", UUID)
find_among_own: Query[UUID] = bind("find_among_own", UUID)
rank: Query[SimilarRequest] = bind("rank", SimilarRequest)
