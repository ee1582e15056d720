"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from simflow.auth.models import Account, Session
from simflow.db.queries import Nothing, Query
from simflow.db.queries import bind as bind_in

bind = partial(bind_in, __package__)

get_account: Query[Account] = bind("get_account", Account)
get_session: Query[Session] = bind("get_session", Session)
enter: Query[Session] = bind("enter", Session)
insert_session: Query[Nothing] = bind("insert_session", Nothing)
extend_session: Query[Nothing] = bind("extend_session", Nothing)
delete_session: Query[Nothing] = bind("delete_session", Nothing)
delete_sessions_of: Query[Nothing] = bind("delete_sessions_of", Nothing)
set_password: Query[Nothing] = bind("set_password", Nothing)
is_known_device: Query[bool] = bind("is_known_device", bool)
insert_known_device: Query[Nothing] = bind("insert_known_device", Nothing)
seconds_locked: Query[int] = bind("seconds_locked", int)
count_failure: Query[Nothing] = bind("count_failure", Nothing)
forget_failures: Query[Nothing] = bind("forget_failures", Nothing)
