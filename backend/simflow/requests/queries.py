"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.requests.models import GroupRow, Request, StatusCount, VendorCount

bind = partial(bind_in, __package__)

list_visible: Query[Request] = bind("list_visible", Request)
count_visible: Query[StatusCount] = bind("count_visible", StatusCount)
group_by_column: Query[GroupRow] = bind("group_by_column", GroupRow)
count_vendors: Query[VendorCount] = bind("count_vendors", VendorCount)
is_any_visible: Query[bool] = bind("is_any_visible", bool)
get_visible: Query[Request] = bind("get_visible", Request)
insert: Query[Request] = bind("insert", Request)
change: Query[Request] = bind("change", Request)

GET_BY = {column: get_visible.filled(where=f"r.{column} = :value") for column in ("id", "number")}
SET_EDIT = ", ".join(
    f"{column} = :{column}" for column in ("title", "description", "vendor", "priority", "due_date", "tags")
)
SET_MOVE = "status = :status"
# A manager's moves alone may touch the engineer: the database grants nobody else these columns.
SET_LEAVE = f"{SET_MOVE}, assigned_to = NULL, assigned_to_name = NULL"
SET_ASSIGN = f"{SET_MOVE}, assigned_to = :engineer, assigned_to_name = :engineer_name, estimated_hours = :hours"
edit = change.filled(set=SET_EDIT)
move = change.filled(set=SET_MOVE)
leave = change.filled(set=SET_LEAVE)
assign = change.filled(set=SET_ASSIGN)
