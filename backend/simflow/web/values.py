"""Checks one value of a JSON body against the type that its field is declared as."""

import math
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from msgspec import inspect as kinds


def checked(value: Any, kind: kinds.Type) -> Any:
    """The value as that kind of type. Raises ValueError with a sentence for people."""
    if isinstance(kind, kinds.UnionType):
        if value is None and any(isinstance(t, kinds.NoneType) for t in kind.types):
            return None
        kind = next(t for t in kind.types if not isinstance(t, kinds.NoneType))
    return CHECKS[type(kind)](value, kind)


def _text(value: Any, kind: kinds.StrType) -> str:
    """Bounds hold for the text without the white space around it; it is kept as it was typed all the same."""
    if not isinstance(value, str):
        raise ValueError("must be text")
    if "\x00" in value:
        raise ValueError("must not contain the NUL character")
    length = len(value.strip())
    if length < (kind.min_length or 0):
        raise ValueError("must not be empty")
    if kind.max_length is not None and length > kind.max_length:
        raise ValueError(f"must have at most {kind.max_length} characters; this has {length}")
    return value


def _whole_number(value: Any, kind: kinds.IntType) -> int:
    bounds = f"must be a whole number from {kind.ge} to {kind.le}"
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(bounds)
    if (kind.ge is not None and value < kind.ge) or (kind.le is not None and value > kind.le):
        raise ValueError(bounds)
    return value


def _number(value: Any, _: kinds.FloatType) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError("must be a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number) or abs(number) > 1e15:
        raise ValueError("must be a number of a reasonable size")
    return number


def _truth(value: Any, _: kinds.BoolType) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _member(value: Any, kind: kinds.EnumType) -> Any:
    names = [str(member.value) for member in kind.cls]
    if value not in names:
        raise ValueError(f"must be one of: {', '.join(names)}")
    return kind.cls(value)


def _id(value: Any, _: kinds.UUIDType) -> UUID:
    try:
        return msgspec.convert(value, UUID)
    except msgspec.ValidationError:
        raise ValueError("must be an id, a UUID") from None


def _date(value: Any, _: kinds.DateType) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2999:
        raise ValueError("must be a date such as 2026-11-30, from the year 2000 to 2999")
    return day


def _list(value: Any, kind: kinds.ListType) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("must be a list")
    if kind.max_length is not None and len(value) > kind.max_length:
        raise ValueError(f"must have at most {kind.max_length} items; this has {len(value)}")
    items = []
    for position, item in enumerate(value, 1):
        try:
            items.append(checked(item, kind.item_type))
        except ValueError as error:
            raise ValueError(f"item {position} {error}") from None
    return items


def _object(value: Any, kind: kinds.DictType) -> dict[str, Any]:
    """Any JSON values by name; what they mean is for others to judge, but PostgreSQL must be able to keep them."""
    if not isinstance(value, dict):
        raise ValueError("must be an object")
    if kind.max_length is not None and len(value) > kind.max_length:
        raise ValueError(f"must have at most {kind.max_length} entries; this has {len(value)}")
    if b"\\u0000" in msgspec.json.encode(value):
        raise ValueError("must not contain the NUL character")
    return value


CHECKS: dict[type[kinds.Type], Callable[[Any, Any], Any]] = {
    kinds.StrType: _text,
    kinds.IntType: _whole_number,
    kinds.FloatType: _number,
    kinds.BoolType: _truth,
    kinds.EnumType: _member,
    kinds.UUIDType: _id,
    kinds.DateType: _date,
    kinds.ListType: _list,
    kinds.DictType: _object,
}
