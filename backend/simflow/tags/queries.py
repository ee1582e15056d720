"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.tags.models import Tag

bind = partial(bind_in, __package__)

list_visible: Query[Tag] = bind("list_visible", Tag)
