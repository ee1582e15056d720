"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from simflow.db.queries import Nothing, Query
from simflow.db.queries import bind as bind_in
from simflow.watchers.models import Watcher

bind = partial(bind_in, __package__)

list_visible: Query[Watcher] = bind("list_visible", Watcher)
wish: Query[Nothing] = bind("wish", Nothing)
