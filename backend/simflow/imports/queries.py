"""The statements of queries.sql, bound to what their rows become."""

from functools import partial
from uuid import UUID

from simflow.db.queries import Nothing, Query
from simflow.db.queries import bind as bind_in
from simflow.imports.models import KnownComment, KnownPerson

bind = partial(bind_in, __package__)

lock: Query[Nothing] = bind("lock", Nothing)
list_people: Query[KnownPerson] = bind("list_people", KnownPerson)
list_known_requests: Query[UUID] = bind("list_known_requests", UUID)
list_known_comments: Query[KnownComment] = bind("list_known_comments", KnownComment)
insert_people: Query[Nothing] = bind("insert_people", Nothing)
insert_requests: Query[Nothing] = bind("insert_requests", Nothing)
insert_comments: Query[Nothing] = bind("insert_comments", Nothing)
log_imported: Query[Nothing] = bind("log_imported", Nothing)
