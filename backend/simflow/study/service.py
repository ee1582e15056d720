"""Types of study and the forms of requests: who defines them, and what a request keeps of them."""

from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from simflow.db.queries import Connection
from simflow.errors import FieldError, Forbidden, InvalidFields, Stale
from simflow.study import queries, units, values
from simflow.study.criteria import check as check_criterion
from simflow.study.models import (
    CriterionTemplate,
    Field,
    Kind,
    NewField,
    Required,
    StudyType,
    StudyTypeChange,
    StudyTypeRow,
    Value,
    ValueRow,
)
from simflow.users.models import Role, User
from simflow.versions import is_named


class Form(NamedTuple):
    """A form for one vendor: its id and its fields by name; none without a type of study."""

    id: UUID | None
    fields: dict[str, Field]


NO_FORM = Form(None, {})


async def types(tx: Connection) -> list[StudyType]:
    """Every type of study with its present form."""
    return [_type(row) for row in await queries.list_types.all(tx, id=None)]


async def put(
    tx: Connection, person: User, type_id: str, change: StudyTypeChange, if_match: str | None = None
) -> StudyType:
    """Makes or changes a type; one that is not there yet has version 0.

    Raises `Forbidden` for all but admins, `Stale`, `InvalidFields`.
    """
    if person.role != Role.ADMIN:
        raise Forbidden("Only an admin defines types of study.")
    await queries.lock_type.run(tx, id=type_id)
    row = await queries.list_types.first(tx, id=type_id)
    if not is_named(row.version if row else 0, if_match):
        now = msgspec.to_builtins(_type(row)) if row else None
        raise Stale("Somebody else changed this type of study in the meantime.", extra={"studyType": now})
    return await define(tx, type_id, change)


async def define(tx: Connection, type_id: str, change: StudyTypeChange) -> StudyType:
    """A new version where anything differs; requests keep the form that they have. Raises `InvalidFields`."""
    before = {row.id: _type(row) for row in await queries.list_types.all(tx, id=None)}
    _check(type_id, change, before)
    fields = msgspec.convert(msgspec.to_builtins(change.fields), list[Field])
    criteria = msgspec.convert(msgspec.to_builtins(change.criteria), list[CriterionTemplate])
    await queries.put_type.run(
        tx,
        id=type_id,
        name=change.name,
        description=change.description,
        active=change.active,
        position=change.position,
        criteria=msgspec.json.encode(criteria).decode(),
    )
    old = before.get(type_id)
    new = StudyType(type_id, **{**msgspec.structs.asdict(change), "fields": fields, "criteria": criteria}, version=0)
    if old is None or msgspec.structs.replace(old, version=0) != new:
        await queries.insert_form.run(tx, study_type=type_id, fields=msgspec.json.encode(fields).decode())
    return _type(await queries.list_types.one(tx, id=type_id))


async def present_form(tx: Connection, type_id: str | None, vendor: str) -> tuple[Form, list[CriterionTemplate]]:
    """What a new request of this type gets. Raises `InvalidFields` for a type that is not there, or not in use."""
    if type_id is None:
        return NO_FORM, []
    row = await queries.list_types.first(tx, id=type_id)
    if row is None or not row.active:
        raise InvalidFields(FieldError("studyType", "is no type of study that is in use; choose another"))
    found = _type(row)
    return Form(row.form_id, values.for_vendor(found.fields, vendor)), found.criteria


async def template(tx: Connection, type_id: str | None) -> list[CriterionTemplate]:
    """The criteria that a type proposes today."""
    row = await queries.list_types.first(tx, id=type_id) if type_id else None
    return _type(row).criteria if row else []


async def form(tx: Connection, request_id: UUID, vendor: str) -> Form:
    """The form that a request has."""
    row = await queries.get_form.first(tx, request_id=request_id)
    if row is None:
        return NO_FORM
    return Form(row.id, values.for_vendor(msgspec.json.decode(row.fields, type=list[Field]), vendor))


def missing(form: Form, present: set[str]) -> list[FieldError]:
    """Every field that submission needs and that has no value."""
    return [
        FieldError(f"data.{field.name}", "is needed for this type of study")
        for field in form.fields.values()
        if field.required == Required.SUBMISSION and field.name not in present
    ]


async def write(tx: Connection, request_id: UUID, names: list[str], rows: list[ValueRow]) -> None:
    """The values of these fields are these from now on."""
    if names:
        await queries.replace_values.run(
            tx,
            request_id=request_id,
            fields=names,
            new_fields=[row.field for row in rows],
            texts=[row.text_value for row in rows],
            numbers=[row.number_value for row in rows],
            entered=[row.entered for row in rows],
            units=[row.unit for row in rows],
            dates=[row.date_value for row in rows],
            people=[row.person_id for row in rows],
        )


def tell(fields: dict[str, Field], rows: list[ValueRow]) -> dict[str, Value]:
    """Values for people; one whose field is no longer in the form is told all the same."""
    return {row.field: _value(row, fields.get(row.field)) for row in rows}


def _value(row: ValueRow, field: Field | None) -> Value:
    kind = field.kind if field else Kind.NUMBER if row.entered is not None else Kind.TEXT
    value: Any = row.person_id or row.date_value or (row.text_value if row.entered is None else row.entered)
    return Value(field.label if field else row.field, kind, value, row.unit, row.told())


def _type(row: StudyTypeRow) -> StudyType:
    return StudyType(
        id=row.id,
        name=row.name,
        description=row.description,
        active=row.active,
        position=row.position,
        version=row.version,
        fields=msgspec.json.decode(row.fields, type=list[Field]),
        criteria=msgspec.json.decode(row.criteria, type=list[CriterionTemplate]),
    )


def _check(type_id: str, change: StudyTypeChange, before: dict[str, StudyType]) -> None:
    """A field's name means the same in every type: one kind, and units that fit each other."""
    errors: list[FieldError] = []
    seen: set[tuple[str, str | None]] = set()
    elsewhere = {field.name: field for other in before.values() if other.id != type_id for field in other.fields}
    for number, field in enumerate(change.fields):
        try:
            key = field.name, values.vendor_key(field.vendor)
            if key in seen:
                raise ValueError("has the name of another field; give it one of its own")
            seen.add(key)
            _check_field(field, elsewhere.get(field.name))
        except ValueError as error:
            errors.append(FieldError(f"fields.{number}", str(error)))
        elsewhere.setdefault(field.name, msgspec.convert(msgspec.to_builtins(field), Field))
    for number, template in enumerate(change.criteria):
        try:
            check_criterion(template.comparison, template.target, template.upper, template.unit)
        except ValueError as error:
            errors.append(FieldError(f"criteria.{number}", str(error)))
    if errors:
        raise InvalidFields(*errors)


def _check_field(field: NewField, other: Field | None) -> None:
    if field.kind == Kind.CHOICE and not field.choices:
        raise ValueError("needs choices, one at least")
    if field.kind != Kind.CHOICE and field.choices:
        raise ValueError("has choices, which belong to the kind choice; leave them out, or make it one")
    is_number = field.kind == Kind.NUMBER
    if not is_number and (field.unit or field.minimum is not None or field.maximum is not None):
        raise ValueError("has a unit or bounds, which belong to the kind number; leave them out, or make it one")
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        raise ValueError("has a minimum above its maximum; turn them round")
    if field.unit:
        units.check(field.unit)
    if other is None:
        return
    same = other.kind == field.kind and (other.unit is None) == (field.unit is None)
    if not same or (field.unit and other.unit and not units.fits(field.unit, other.unit)):
        elsewhere = f"{other.kind} in {other.unit}" if other.unit else other.kind
        raise ValueError(f"means something else in another type of study: {elsewhere}; give it another name")
