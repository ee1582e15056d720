"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.links.models import LinkRow

bind = partial(bind_in, __package__)

list_visible: Query[LinkRow] = bind("list_visible", LinkRow)
insert: Query[bool] = bind("insert", bool)
delete: Query[bool] = bind("delete", bool)
