"""Every named query against the schema: it can be prepared, its roles may run it, its columns fit its Struct."""

import inspect
import pkgutil
import types
import typing
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from importlib import import_module
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest
from msgspec import Struct

import simflow
from simflow.db.queries import ALL, NAME, Connection, Query
from simflow.home.service import home
from simflow.requests import board, export_columns, grouping, listing, sorting, timeline
from simflow.requests.filters import Conditions, Filters, Hands, conditions
from simflow.requests.models import Priority
from simflow.requests.queries import GET_BY, edit, move
from simflow.requests.told import told
from simflow.requests.workflow import Status
from simflow.settings import Settings
from simflow.statistics.charts import Question
from simflow.statistics.routes import CHARTS
from simflow.statistics.span import Asked, span_of
from simflow.users.models import Role, User
from simflow.users.queries import ONE_WITH_ADDRESS, WITH_ADDRESSES
from tests.conftest import Caller, signed_in_as
from tests.requests.arrange import put

EVERYBODY = ["simflow_requester", "simflow_engineer", "simflow_manager", "simflow_admin"]
MANAGERS = ["simflow_manager", "simflow_admin"]
JOB_ROLES = {
    "enqueue": [*EVERYBODY, "simflow_auth", "simflow_worker"],
    "list_dead": ["simflow_admin"],
    "retry_dead": ["simflow_admin"],
    "drop_dead": ["simflow_admin"],
}
ROLES = {
    "auth": ["simflow_auth"],
    "requests": EVERYBODY,
    "comments": EVERYBODY,
    "activity": EVERYBODY,
    "users": EVERYBODY,
    "views": EVERYBODY,
    "statistics": EVERYBODY,
    "home": EVERYBODY,
    "mentions": EVERYBODY,
    "notifications": EVERYBODY,
    "tags": EVERYBODY,
    "watchers": EVERYBODY,
    "links": EVERYBODY,
    "study": EVERYBODY,
    "criteria": EVERYBODY,
    "drafts": EVERYBODY,
    "similar": EVERYBODY,
    "templates": EVERYBODY,
    "idempotency": EVERYBODY,
    "events": ["simflow_auth"],
    "metrics": ["simflow_monitor"],
}
"""As whom the queries of a domain run; those of any other domain run as an admin."""
ROLES_OF_QUERIES = {
    ("auth", "enter"): EVERYBODY,
    ("study", "put_type"): ["simflow_admin"],
    ("study", "insert_form"): ["simflow_admin"],
    ("templates", "insert"): MANAGERS,
    ("templates", "change"): MANAGERS,
    ("templates", "delete"): MANAGERS,
    ("requests", "all_with_words"): EVERYBODY,
    ("requests", "count_with_words"): EVERYBODY,
    ("requests", "estimate_share"): MANAGERS,
    ("home", "list_load"): [*MANAGERS, "simflow_engineer"],
    ("home", "count_people"): ["simflow_admin"],
    ("home", "get_machinery"): ["simflow_admin"],
    ("statistics", "list_kept_volumes"): MANAGERS,
    ("statistics", "measure_kept"): MANAGERS,
    ("users", "insert"): ["simflow_admin"],
    ("users", "set_active"): ["simflow_admin"],
    ("users", "set_weekly_hours"): MANAGERS,
}
"""Where one query of a domain is for fewer."""
TYPES = {
    UUID: {"uuid"},
    str: {"text"},
    int: {"int2", "int4", "int8"},
    float: {"float8"},
    bool: {"bool"},
    datetime: {"timestamptz"},
    timedelta: {"interval"},
    dict: {"json", "jsonb"},
    bytes: {"bytea"},
    list: {"uuid[]", "text[]", "float8[]"},
    date: {"date"},
    tuple: {"record"},
}


def domains() -> dict[str, types.ModuleType]:
    """The `queries` module of each domain, all of them imported."""
    names = [m.name for m in pkgutil.walk_packages(simflow.__path__, "simflow.") if m.name.endswith(".queries")]
    return {name.split(".")[1]: import_module(name) for name in names if name != "simflow.db.queries"}


def bound(module: types.ModuleType) -> list[Query[Any]]:
    return [value for value in vars(module).values() if isinstance(value, Query) and value in ALL]


@pytest.fixture
async def listed(
    settings: Settings, owner: asyncpg.Connection, manager: Caller, admin: Caller, engineer: Caller
) -> None:
    """Fills the templates of the list with everything that can be asked of it."""
    await put(owner, manager, "In Progress", engineer)
    payload = {"name": "payload", "label": "Payload", "kind": "number", "unit": "kg"}
    kind = await admin.put("/api/study-types/reach", json={"name": "Reach", "fields": [payload]})
    assert kind.status_code == 200, kind.text
    me = User(UUID(manager.id), "Manager", None, Role.MANAGER, None, True, None)
    filters = Filters([Status.SUBMITTED], [Priority.LOW], ["FANUC"], ["weld"], ["me", "none"], ["me"], "reach SF-1")
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    spans = ["created_from", "created_to", "completed_from", "completed_to", "status_before", "as_of"]
    times = Filters(
        waits_for=list(Hands), status_then=[Status.SUBMITTED], first_time_right=True, **dict.fromkeys(spans, moment)
    )
    fields = Filters(study_type=["reach"], field=["payload:1..2 kg", "freeze:2026-01-01", "station:40"])
    values = Filters(field=["payload:1..2 kg", "payload:1..2", "payload:2026-01-01", "payload:40R"])
    plain = Filters()
    async with signed_in_as(settings, "simflow_manager", manager.id) as tx:
        await told(tx, Filters(assigned_to=[manager.id]))
        for chosen in (filters, times, fields, values, plain):
            await timeline.timeline(tx, chosen, me, 1, 1, None, moment)
            await conditions(tx, chosen, me)
            in_one = msgspec.structs.replace(chosen, status=[Status.SUBMITTED])
            await listing.count(tx, chosen, me)
            for by in grouping.By:
                await grouping.groups(tx, chosen, me, by)
            for sort in sorting.Sort:
                cursor = AFTER[sort.removeprefix("-")]
                for forgiving in (False, True):
                    after = sorting.pack(sort, cursor, 1, forgiving)
                    await listing.page(tx, chosen, me, sort, 1, after)
                    await board.columns(tx, in_one, me, sort, 1, after)
                await listing.page(tx, chosen, me, sort, 1, None)
                await board.columns(tx, chosen, me, sort, 1, None)
            for order in ("field:payload", "-field:payload"):
                for place in (None, [1.5, "x"]):
                    for forgiving in (False, True):
                        await listing.page(tx, chosen, me, order, 1, sorting.pack(order, place, 1, forgiving))
                await listing.page(tx, chosen, me, order, 1, None)
        for make, _ in CHARTS.values():
            low = Filters(priority=[Priority.LOW])
            both = Filters(priority=low.priority, vendor=["ABB"])
            of_type = msgspec.structs.replace(both, study_type=["reach"])
            for asked in (plain, low, both, of_type, Filters(tag=["a"])):
                await make(Question(tx, me, asked, span_of(Asked(), moment)))
        await export_columns.columns_of(tx, Conditions(fields, me), fields, ["data"])
        await home(tx, me, 7)
        await listing.vendors(tx, me)
        await by_bits(tx, me)
        # Looked for among the next ones, however many requests the planner knows of.
        await listing.page(tx, Filters(q="e"), me, "-createdAt", 1, None)
    # Who sees few requests looks up a value for each of them, words among what they see, columns by each reason.
    one = msgspec.structs.replace(me, role=Role.ENGINEER)
    async with signed_in_as(settings, "simflow_engineer", manager.id) as tx:
        for chosen in (filters, times, fields, plain):
            await listing.page(tx, chosen, one, "field:payload", 1, None)
            await listing.page(tx, chosen, one, "-createdAt", 1, None)
            await listing.count(tx, chosen, one)
            await timeline.timeline(tx, chosen, one, 1, 1, None, moment)
        for given in (None, sorting.pack(sorting.Sort.PRIORITY, AFTER["priority"], 1, False)):
            in_one = Filters(status=[Status.SUBMITTED], vendor=["FANUC"], waits_for=list(Hands))
            await board.columns(tx, in_one, one, sorting.Sort.PRIORITY, 1, given)
        await home(tx, one, 7)
    requester = msgspec.structs.replace(me, role=Role.USER)
    async with signed_in_as(settings, "simflow_requester", manager.id) as tx:
        await timeline.timeline(tx, plain, requester, 1, 1, None, moment)


async def by_bits(tx: Connection, me: User) -> None:
    said = Filters(q="reach", vendor=["FANUC"])
    for sort in (sorting.Sort.CREATED, sorting.Sort.CREATED_DOWN, sorting.Sort.PRIORITY, sorting.Sort.URGENCY_DOWN):
        for given in (None, sorting.pack(sort, AFTER[sort.removeprefix("-")], 1, False)):
            await listing.page(tx, said, me, sort, 1, given)
            await board.columns(tx, msgspec.structs.replace(said, status=[Status.SUBMITTED]), me, sort, 1, given)


AFTER = {
    "createdAt": "2026-01-01T00:00:00Z",
    "updatedAt": "2026-01-01T00:00:00Z",
    "priority": 2,
    "title": "Reach",
    "status": 3,
    "dueDate": "2026-01-01",
    "key": 4,
    "estimatedHours": 8,
    "statusSince": "2026-01-01T00:00:00Z",
    "completedAt": "2026-01-01T00:00:00Z",
    "urgency": 1,
}


def roles_of(domain: str, query: Query[Any]) -> list[str]:
    changes = [*GET_BY.values(), edit, move]
    if domain == "requests" and query.name == "change" and query not in changes:
        return MANAGERS
    if " request_words " in query.sql or " request_moments " in query.sql:
        return MANAGERS  # the search of who sees everything, and what is kept of all requests
    tells_hours = query.name == "list_busy" and "u.weekly_hours" in query.sql
    if " requests_with_words(" in query.sql:
        return ["simflow_engineer"] if tells_hours else ["simflow_requester", "simflow_engineer"]
    if query in (WITH_ADDRESSES, ONE_WITH_ADDRESS) or tells_hours:
        return [role for role in EVERYBODY if role != "simflow_requester"]
    if domain == "jobs":
        return JOB_ROLES.get(query.name, ["simflow_worker"])
    return ROLES_OF_QUERIES.get((domain, query.name)) or ROLES.get(domain, ["simflow_admin"])


def test_every_statement_in_a_file_is_bound_once() -> None:
    found = []
    for domain, module in domains().items():
        file = inspect.getfile(module).removesuffix(".py") + ".sql"
        with open(file) as sql:  # noqa: PTH123
            written = NAME.findall(sql.read())
        assert sorted(written) == sorted(query.name for query in bound(module)), domain
        found += bound(module)
    assert {id(query) for query in found} == {id(query) for query in ALL}


def runnable() -> list[tuple[str, Query[Any]]]:
    """Every statement with its domain, templates as they were filled."""
    return [
        (domain, query)
        for domain, module in domains().items()
        for template in bound(module)
        for query in template.variants
    ]


async def test_every_query_can_be_prepared_and_fits_its_struct(owner: asyncpg.Connection, listed: None) -> None:
    wrong = []
    unfilled = [template.name for template in ALL if not template.variants]
    assert not unfilled, "some template was never filled"
    for domain, query in runnable():
        statement = await owner.prepare(query.sql)
        got = [(column.name, column.type.name) for column in statement.get_attributes()]
        if problem := misfit(got, query.row):
            wrong.append(f"{domain}.{query.name}: {problem}")
        if len(statement.get_parameters()) != len(query.parameters):
            wrong.append(f"{domain}.{query.name}: its parameters are not {query.parameters}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ["simflow_auth", "simflow_worker", "simflow_monitor", *EVERYBODY])
async def test_every_role_may_run_its_queries(settings: Settings, listed: None, role: str) -> None:
    """EXPLAIN checks the grants as running would; policies decide about rows later."""
    wrong = []
    async with signed_in_as(settings, role, None) as tx:
        for domain, query in runnable():
            if role not in roles_of(domain, query):
                continue
            await tx.execute("SAVEPOINT before")
            try:
                await tx.execute(f"EXPLAIN (GENERIC_PLAN) {query.sql.rstrip(';')}")
            except asyncpg.InsufficientPrivilegeError as error:
                wrong.append(f"{domain}.{query.name}: {error}")
                await tx.execute("ROLLBACK TO before")
    assert not wrong, "\n".join(wrong)


async def test_a_requester_has_no_way_to_assign_or_to_read_addresses(settings: Settings) -> None:
    requests, users = domains()["requests"], domains()["users"]
    for query in (requests.assign, requests.leave, users.WITH_ADDRESSES):
        async with signed_in_as(settings, "simflow_requester", None) as tx:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await tx.execute(f"EXPLAIN (GENERIC_PLAN) {query.sql.rstrip(';')}")


def misfit(got: list[tuple[str, str]], row: type[Any]) -> str | None:
    if not issubclass(row, Struct):
        return None if len(got) == 1 and fits(got[0][1], row) else f"{got} is not one {row.__name__}"
    hints = typing.get_type_hints(row)
    names = [field.name for field in msgspec.structs.fields(row) if field.required]
    if [name for name, _ in got] != names:
        return f"columns {[name for name, _ in got]} are not {names}"
    unfit = [f"{name} is {kind}" for name, kind in got if not fits(kind, hints[name])]
    return ", ".join(unfit) or None


def fits(kind: str, hint: Any) -> bool:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return any(fits(kind, part) for part in typing.get_args(hint) if part is not types.NoneType)
    plain = typing.get_origin(hint) or hint
    if inspect.isclass(plain) and issubclass(plain, StrEnum):
        plain = str
    return kind in TYPES.get(plain, set())
