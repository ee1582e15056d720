"""The statements of queries.sql, bound to what their rows become."""

from functools import partial
from uuid import UUID

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.views.models import ViewRow

bind = partial(bind_in, __package__)

list_visible: Query[ViewRow] = bind("list_visible", ViewRow)
get_visible: Query[ViewRow] = bind("get_visible", ViewRow)
insert: Query[ViewRow] = bind("insert", ViewRow)
change: Query[ViewRow] = bind("change", ViewRow)
delete: Query[UUID] = bind("delete", UUID)
