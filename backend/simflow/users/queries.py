"""The statements of queries.sql, bound to what their rows become."""

from functools import partial
from uuid import UUID

from msgspec import Struct

from simflow.db.queries import Nothing, Query
from simflow.db.queries import bind as bind_in
from simflow.users.models import ListedUser


class Engineer(Struct):
    """Who a request is assigned to."""

    id: UUID
    name: str


bind = partial(bind_in, __package__)

list_people: Query[ListedUser] = bind("list_people", ListedUser)
get_active_engineer: Query[Engineer] = bind("get_active_engineer", Engineer)
insert: Query[UUID] = bind("insert", UUID)
set_active: Query[Nothing] = bind("set_active", Nothing)

get_person: Query[ListedUser] = bind("get_person", ListedUser)
set_weekly_hours: Query[ListedUser] = bind("set_weekly_hours", ListedUser)

ALL = {"email": "email", "weekly_hours": "weekly_hours"}
WITHOUT = {"email": "NULL::text", "weekly_hours": "NULL::integer"}
WITH_ADDRESSES, WITHOUT_ADDRESSES = list_people.filled(**ALL), list_people.filled(**WITHOUT)
ONE_WITH_ADDRESS, ONE_WITHOUT_ADDRESS = get_person.filled(**ALL), get_person.filled(**WITHOUT)
