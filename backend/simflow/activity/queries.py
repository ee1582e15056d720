"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from simflow.activity.models import LogRow
from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in

bind = partial(bind_in, __package__)

list_visible: Query[LogRow] = bind("list_visible", LogRow)
