"""The statements of queries.sql, bound to what their rows become."""

from functools import partial
from uuid import UUID

from msgspec import Struct

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.users.models import Role


class FigureRow(Struct):
    waiting_for_me: int
    mine: int
    unassigned: int | None
    inbox: int | None
    stuck: int
    open: int
    completed_lately: int


class LoadRow(Struct):
    id: UUID
    name: str
    weekly_hours: int
    open_requests: int
    open_hours: int
    version: int
    engineers: int


class RoleCount(Struct):
    role: Role
    active: int
    inactive: int


class Machinery(Struct):
    jobs_waiting: int
    jobs_failed: int
    database_bytes: int
    revision: str


bind = partial(bind_in, __package__)

count_figures: Query[FigureRow] = bind("count_figures", FigureRow)
list_load: Query[LoadRow] = bind("list_load", LoadRow)
count_people: Query[RoleCount] = bind("count_people", RoleCount)
get_machinery: Query[Machinery] = bind("get_machinery", Machinery)
