"""What the form of a request holds: read and checked before the request is written, kept after it."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from simflow.criteria.proposing import propose
from simflow.db.queries import Connection
from simflow.errors import InvalidFields
from simflow.requests.models import Request
from simflow.study import queries, service, values
from simflow.study.models import CriterionTemplate, ValueRow
from simflow.study.service import Form
from simflow.users.models import User


class Filled(NamedTuple):
    """The form, the fields that were given and their values, what that changes, and the criteria to propose."""

    form_id: UUID | None
    names: list[str]
    rows: list[ValueRow]
    changes: dict[str, Any]
    criteria: list[CriterionTemplate]


async def new(tx: Connection, study_type: str | None, vendor: str, data: Mapping[str, Any] | None) -> Filled:
    """For a new request. Raises `InvalidFields`, with every value that is missing or wrong."""
    form, criteria = await service.present_form(tx, study_type, vendor)
    rows = await _read(tx, form, data or {}, set())
    return Filled(form.id, list(data or {}), rows, {}, criteria)


async def again(
    tx: Connection, request: Request, study_type: str | None, vendor: str, data: Mapping[str, Any] | None
) -> Filled:
    """For a request that is there. It keeps its form unless it gets another type. Raises `InvalidFields`."""
    retyped = study_type != request.study_type
    if data is None and not retyped:
        return Filled(None, [], [], {}, [])
    criteria: list[CriterionTemplate] = []
    if retyped:
        form, criteria = await service.present_form(tx, study_type, vendor)
    else:
        form = await service.form(tx, request.id, vendor)
    old = {row.field: row for row in await queries.list_values.all(tx, request_id=request.id)}
    rows = await _read(tx, form, data or {}, set(old) - set(data or {}))
    now = {row.field: row.told() for row in rows}
    before = {name: old[name].told() if name in old else None for name in data or {}}
    changes = {
        f"data.{name}": {"from": was, "to": now.get(name)} for name, was in before.items() if was != now.get(name)
    }
    return Filled(form.id, list(data or {}), rows, changes, criteria)


async def keep(tx: Connection, person: User, request_id: UUID, filled: Filled, sides: list[str]) -> None:
    """Writes the values; proposes the criteria of a type where there are none yet."""
    await service.write(tx, request_id, filled.names, filled.rows)
    await propose(tx, person, request_id, filled.criteria, sides)


async def _read(tx: Connection, form: Form, data: Mapping[str, Any], kept: set[str]) -> list[ValueRow]:
    errors = []
    rows: list[ValueRow] = []
    try:
        rows = await values.read(tx, form.fields, data)
    except InvalidFields as wrong:
        errors = wrong.errors
    given = {name for name, value in data.items() if value is not None}
    errors += service.missing(form, kept | given)
    if errors:
        raise InvalidFields(*errors)
    return rows
