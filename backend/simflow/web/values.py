"""Checks of further kinds of values in a JSON body: dates, numbers, and objects whose meaning others judge."""

import math
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from msgspec import inspect as kinds

A_NUMBER = "must be a number from -1e15 to 1e15"


def _number(value: Any, _: kinds.FloatType) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError("must be a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number) or abs(number) > 1e15:
        raise ValueError(A_NUMBER)
    return number


def _date(value: Any, _: kinds.DateType) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2999:
        raise ValueError("must be a date such as 2026-11-30, from the year 2000 to 2999")
    return day


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
    kinds.DateType: _date,
    kinds.FloatType: _number,
    kinds.DictType: _object,
}
