"""Whether a value is what its field wants, and how it is kept."""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from simflow.db.queries import Connection
from simflow.errors import FieldError, InvalidFields
from simflow.study import queries, units
from simflow.study.models import Field, Kind, ValueRow
from simflow.text import AN_ID

MAX_TEXT = 2000
EMPTY = (None, None, None, None, None, None)


def vendor_key(vendor: str | None) -> str | None:
    """What is one vendor, however it is spelt: database and UI say the same, and cannot do more than `lower`."""
    return None if vendor is None else " ".join(vendor.split()).lower()


def for_vendor(fields: list[Field], vendor: str) -> dict[str, Field]:
    """The fields that a request for this vendor has, by name, in the form's order.

    One for the vendor alone stands in for one for all.
    """
    key = vendor_key(vendor)
    own = {field.name for field in fields if vendor_key(field.vendor) == key}
    return {
        field.name: field
        for field in fields
        if vendor_key(field.vendor) == key or (field.vendor is None and field.name not in own)
    }


async def read(tx: Connection, fields: Mapping[str, Field], data: Mapping[str, Any]) -> list[ValueRow]:
    """The values that are given, null left out. Raises `InvalidFields` for every one that cannot be taken."""
    errors: list[FieldError] = []
    rows: list[ValueRow] = []
    for name, value in data.items():
        field = fields.get(name)
        try:
            if field is None:
                raise ValueError("is no field of this type of study; leave it out")
            if value is not None:
                rows.append(await _read(tx, field, value))
        except ValueError as error:
            errors.append(FieldError(f"data.{name}", str(error)))
    if errors:
        raise InvalidFields(*errors)
    return rows


async def _read(tx: Connection, field: Field, value: Any) -> ValueRow:
    match field.kind:
        case Kind.NUMBER:
            return _number(field, value)
        case Kind.DATE:
            return ValueRow(field.name, None, None, None, None, _date(value), None)
        case Kind.PERSON:
            person_id = _id(value)
            name = await queries.get_person.first(tx, id=person_id)
            if name is None:
                raise ValueError("must be an active person; choose somebody else")
            return ValueRow(field.name, name, None, None, None, None, person_id)
        case Kind.CHOICE:
            if value not in field.choices:
                raise ValueError(f"must be one of: {', '.join(field.choices)}")
        case Kind.TEXT | Kind.FILE:
            _check_text(value)
    return ValueRow(field.name, value, None, None, None, None, None)


def _number(field: Field, value: Any) -> ValueRow:
    unit = field.unit
    if isinstance(value, dict):
        if value.keys() - {"value", "unit"} or "value" not in value:
            raise ValueError('takes a number such as 12.5, or {"value": 12.5, "unit": "kg"}')
        given = value.get("unit")
        if given is not None:
            if not isinstance(given, str) or unit is None or not units.fits(given, unit):
                raise ValueError(
                    f"takes {unit}, or a unit that can be told in it" if unit else "has no unit; leave it out"
                )
            unit = given
        value = value["value"]
    number = finite(value)
    in_own = units.convert(number, unit, field.unit) if unit and field.unit else number
    _check_bounds(field, in_own)
    return ValueRow(field.name, None, units.in_base(number, unit), number, unit, None, None)


def finite(value: Any) -> float:
    """The number. Raises ValueError."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError("must be a number such as 12.5")
    if abs(value) > 1e15 or not math.isfinite(value):
        raise ValueError("must be a number from -1e15 to 1e15")
    return float(value)


def _check_bounds(field: Field, number: float) -> None:
    unit = f" {field.unit}" if field.unit else ""
    slack = 1e-9 * abs(number)  # what converting units may add
    if field.minimum is not None and number < field.minimum - slack:
        raise ValueError(f"must be at least {units.number(field.minimum)}{unit}")
    if field.maximum is not None and number > field.maximum + slack:
        raise ValueError(f"must be at most {units.number(field.maximum)}{unit}")


def _check_text(value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be text that is not empty")
    if len(value) > MAX_TEXT:
        raise ValueError(f"must have at most {MAX_TEXT} characters; this has {len(value)}")


def _date(value: Any) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2999:
        raise ValueError("must be a date such as 2026-11-30")
    return day


def _id(value: Any) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError):
        raise ValueError(f"must be a person's id, such as {AN_ID}") from None
