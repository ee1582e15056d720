"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from simflow.db.queries import Nothing, Query
from simflow.db.queries import bind as bind_in
from simflow.notifications.models import Notification

bind = partial(bind_in, __package__)

list_visible: Query[Notification] = bind("list_visible", Notification)
count_unread: Query[int] = bind("count_unread", int)
read_one: Query[bool] = bind("read_one", bool)
read_all: Query[Nothing] = bind("read_all", Nothing)
