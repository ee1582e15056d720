"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from msgspec import Struct

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.watchers.models import Watcher


class Nothing(Struct):
    """For statements that return no rows."""


bind = partial(bind_in, __package__)

list_visible: Query[Watcher] = bind("list_visible", Watcher)
wish: Query[Nothing] = bind("wish", Nothing)
