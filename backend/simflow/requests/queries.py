"""The statements of queries.sql, bound to what their rows become."""

from collections.abc import Iterable
from functools import partial

from simflow.db.queries import Nothing, Query
from simflow.db.queries import bind as bind_in
from simflow.requests.layout import Work
from simflow.requests.models import (
    Busy,
    EnteredWhole,
    FacetCount,
    GroupRow,
    Hindrances,
    Listed,
    PersonName,
    Place,
    Request,
    ScheduledRequest,
    StatusCount,
    VendorCount,
    Whole,
)
from simflow.requests.workflow import CLOCK_STOPS, HINDERED, UNDELIVERED, Status, WaitsFor, waiting

bind = partial(bind_in, __package__)


def _is_one_of(statuses: Iterable[Status]) -> str:
    return "r.status IN ({})".format(", ".join(f"'{status}'" for status in statuses))


def _waits_for() -> str:
    cases = " ".join(f"WHEN {_is_one_of(waiting(whom))} THEN '{whom}'" for whom in WaitsFor)
    return f"CASE {cases} END"


DUE = "coalesce(r.due_date, 'infinity'::date)"
"""The due date as its index has it: no date lies after all dates."""
OVERDUE = f"{DUE} < (now() AT TIME ZONE 'UTC')::date AND {_is_one_of(UNDELIVERED)}"
COLUMNS = f"""r.id, 'SF-' || r.number AS key, r.title, r.description, r.vendor, r.status, r.priority, r.created_by,
    r.created_by_name, r.assigned_to, r.assigned_to_name, r.estimated_hours, r.created_at, r.updated_at, r.version,
    r.status_since, r.started_at, r.completed_at, r.revisions, {_waits_for()} AS waits_for,
    r.due_date, r.tags, r.study_type, {OVERDUE} AS overdue,
    {_is_one_of(CLOCK_STOPS)} AS clock_stopped"""
"""What a `Request` is made of, of the requests r: the place `{columns}`."""

list_visible: Query[Listed] = bind("list_visible", Listed)
list_places: Query[Place] = bind("list_places", Place)
list_places_apart: Query[Place] = bind("list_places_apart", Place)
list_near: Query[Listed] = bind("list_near", Listed)
list_told: Query[Listed] = bind("list_told", Listed)
list_told_ranked: Query[Listed] = bind("list_told_ranked", Listed)
list_told_columns: Query[Request] = bind("list_told_columns", Request)
count_near: Query[int] = bind("count_near", int)
list_columns: Query[Request] = bind("list_columns", Request)
list_own_columns: Query[Request] = bind("list_own_columns", Request)
list_ranked: Query[Request] = bind("list_ranked", Request)
count_values: Query[int] = bind("count_values", int)
count_then: Query[int] = bind("count_then", int)
count_visible: Query[StatusCount] = bind("count_visible", StatusCount)
count_with_words: Query[FacetCount] = bind("count_with_words", FacetCount)
count_cells: Query[StatusCount] = bind("count_cells", StatusCount)
group_cells: Query[GroupRow] = bind("group_cells", GroupRow)
group_people: Query[GroupRow] = bind("group_people", GroupRow)
group_by_column: Query[GroupRow] = bind("group_by_column", GroupRow)
count_vendors: Query[VendorCount] = bind("count_vendors", VendorCount)
list_busy: Query[Busy] = bind("list_busy", Busy)
list_open: Query[Work] = bind("list_open", Work)
list_scheduled: Query[ScheduledRequest] = bind("list_scheduled", ScheduledRequest)
name_people: Query[PersonName] = bind("name_people", PersonName)
all_with_words: Query[bytes] = bind("all_with_words", bytes)
estimate_share: Query[float] = bind("estimate_share", float)
is_any_visible: Query[bool] = bind("is_any_visible", bool)
list_fields_of: Query[str] = bind("list_fields_of", str)
list_some: Query[Listed] = bind("list_some", Listed)
get_visible: Query[Request] = bind("get_visible", Request)
insert_new: Query[Request] = bind("insert", Request)
get_whole: Query[Whole] = bind("get_whole", Whole)
enter_whole: Query[EnteredWhole] = bind("enter_whole", EnteredWhole)
list_hindrances: Query[Hindrances] = bind("list_hindrances", Hindrances)
change: Query[Request] = bind("change", Request)
drop_draft: Query[Nothing] = bind("drop_draft", Nothing)

GET_BY = {column: get_visible.filled(columns=COLUMNS, where=f"r.{column} = :value") for column in ("id", "number")}
# In their text and no parameter: an array costs a tenth of the statement.
HINDERED_STATUSES = "'{" + ",".join(f'"{status}"' for status in HINDERED) + "}'"
GET_WHOLE = get_whole.filled(columns=COLUMNS, hindered=HINDERED_STATUSES)
ENTER_WHOLE = enter_whole.filled(columns=COLUMNS, hindered=HINDERED_STATUSES)
get_referenced = get_visible.filled(
    columns=COLUMNS, where="r.id = ANY(:ids::uuid[]) OR r.number = ANY(:numbers::bigint[])"
)
list_by_id = list_some.filled(columns=COLUMNS)
SET_EDIT = """title = :title, description = :description, vendor = :vendor, priority = :priority, due_date = :due_date,
    tags = :tags, study_type = :study_type::text, form_id = CASE
        WHEN study_type IS NOT DISTINCT FROM :study_type::text THEN form_id ELSE :form_id::uuid
    END"""
SET_MOVE = "status = :status"
# A manager's moves alone may touch the engineer: the database grants nobody else these columns.
SET_LEAVE = f"{SET_MOVE}, assigned_to = NULL, assigned_to_name = NULL"
SET_ASSIGN = f"{SET_MOVE}, assigned_to = :engineer, assigned_to_name = :engineer_name, estimated_hours = :hours"
insert = insert_new.filled(columns=COLUMNS)
edit = change.filled(columns=COLUMNS, set=SET_EDIT)
move = change.filled(columns=COLUMNS, set=SET_MOVE)
leave = change.filled(columns=COLUMNS, set=SET_LEAVE)
assign = change.filled(columns=COLUMNS, set=SET_ASSIGN)
