"""Filters by the values of fields: `payload:100..200 kg`, `freeze:2026-01-01..`, `station:40R`.

A number with a unit is compared in the base of what it measures, one without as it was typed.
"""

import re
from datetime import date
from typing import Any, NamedTuple

from simflow.study import units

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
NUMBER = r"[+-]?\d{1,15}(?:\.\d{1,15})?"
SPAN = re.compile(rf"(?P<low>{NUMBER})?(?P<dots>\.\.)?(?P<high>{NUMBER})?\s*(?P<unit>[^\d\s.][^\s]*)?", re.ASCII)
DATE = r"\d{4}-\d{2}-\d{2}"
DATES = re.compile(rf"(?P<low>{DATE})?(?P<dots>\.\.)?(?P<high>{DATE})?", re.ASCII)
NEAR = 1e-9
"""Relative: what converting units may add."""


class Wanted(NamedTuple):
    """A field, and what its value may be: a span in one of the columns, or else a text."""

    name: str
    column: str | None
    low: Any
    high: Any
    text: str


def parse(given: str) -> Wanted:
    """Raises ValueError with a sentence for people."""
    name, colon, value = given.partition(":")
    value = value.strip()
    if not colon or not value or not NAME.fullmatch(name):
        raise ValueError("takes name:value, such as payload:100..200 kg")
    if "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise ValueError("must not contain the NUL character or half of a character")
    if (match := DATES.fullmatch(value)) and (match["low"] or match["high"]):
        low, high = _date(match["low"]), _date(match["high"])
        return _span(name, "date_value", low, high if match["dots"] else low, value)
    match = SPAN.fullmatch(value)
    if match and (match["low"] or match["high"]) and not (match["high"] and not match["dots"]):
        return _numbers(name, match, value)
    if ".." in value and match is not None:
        raise ValueError("takes name:low..high, each of them a number or a date, such as payload:100..200")
    return Wanted(name, None, None, None, value)


def _numbers(name: str, match: re.Match[str], value: str) -> Wanted:
    unit = match["unit"]
    low = float(match["low"]) if match["low"] else None
    high = float(match["high"]) if match["high"] else None
    if unit:
        try:
            low = None if low is None else units.in_base(low, unit)
            high = None if high is None else units.in_base(high, unit)
        except ValueError:
            if match["dots"]:
                raise
            return Wanted(name, None, None, None, value)  # a text that begins with a number, such as 40R
    high = high if match["dots"] else low
    wanted = _span(name, "number_value" if unit else "entered", low, high, value)
    return wanted._replace(
        low=None if low is None else low - NEAR * abs(low), high=None if high is None else high + NEAR * abs(high)
    )


def _span(name: str, column: str, low: Any, high: Any, value: str) -> Wanted:
    if low is not None and high is not None and low > high:
        raise ValueError("ends before it begins; turn it round")
    return Wanted(name, column, low, high, value)


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError("must be a date that there is, such as 2026-11-30") from None


def sql(wanted: Wanted, number: int) -> tuple[list[str], dict[str, Any]]:
    """Conditions on the values v, any of which may hold, and what is bound in them: each has an index of its own."""
    text = f"lower(left(v.text_value, 200)) = lower(left(:field_text{number}::text, 200))"
    values: dict[str, Any] = {f"field_name{number}": wanted.name, f"field_text{number}": wanted.text}
    either = [text]
    if wanted.column:
        kind = "date" if wanted.column == "date_value" else "float8"
        ends = []
        for end, sign in (("low", ">="), ("high", "<=")):
            if (value := getattr(wanted, end)) is not None:
                ends.append(f"v.{wanted.column} {sign} :field_{end}{number}::{kind}")
                values[f"field_{end}{number}"] = value
        either.append("(" + " AND ".join(ends) + ")")
    return [f"(v.field = :field_name{number} AND {one})" for one in either], values
