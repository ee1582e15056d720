"""The statements of queries.sql, bound to what their rows become."""

from functools import partial
from uuid import UUID

from msgspec import Struct

from simflow.db.queries import Nothing, Query
from simflow.db.queries import bind as bind_in
from simflow.users.models import Role


class PersonRow(Struct):
    id: UUID
    name: str
    role: Role


class ConstraintRow(Struct):
    table: str
    name: str
    is_reference: bool
    definition: str


class IndexRow(Struct):
    name: str
    definition: str


bind = partial(bind_in, __package__)

lock: Query[Nothing] = bind("lock", Nothing)
count_requests: Query[int] = bind("count_requests", int)
insert_people: Query[Nothing] = bind("insert_people", Nothing)
list_people: Query[PersonRow] = bind("list_people", PersonRow)
list_constraints: Query[ConstraintRow] = bind("list_constraints", ConstraintRow)
list_indexes: Query[IndexRow] = bind("list_indexes", IndexRow)
