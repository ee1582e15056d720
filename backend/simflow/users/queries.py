"""The statements of queries.sql, bound to what their rows become."""

from functools import partial
from uuid import UUID

from msgspec import Struct

from simflow.db.queries import Nothing, Query
from simflow.db.queries import bind as bind_in
from simflow.users.models import User


class Engineer(Struct):
    """Who a request is assigned to."""

    id: UUID
    name: str


bind = partial(bind_in, __package__)

list_people: Query[User] = bind("list_people", User)
get_active_engineer: Query[Engineer] = bind("get_active_engineer", Engineer)
insert: Query[UUID] = bind("insert", UUID)
set_active: Query[Nothing] = bind("set_active", Nothing)

exists: Query[bool] = bind("exists", bool)
set_weekly_hours: Query[User] = bind("set_weekly_hours", User)

WITH_ADDRESSES = list_people.filled(email="email", weekly_hours="weekly_hours")
WITHOUT_ADDRESSES = list_people.filled(email="NULL::text", weekly_hours="NULL::integer")
