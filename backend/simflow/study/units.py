"""Units, by pint: which there are, what fits what, and one base in which numbers are compared."""

import re
from functools import cache
from typing import Any

PLAIN = re.compile(r"[A-Za-zµ°%Ω]+(?:[²³]|\^-?[1-4])?(?:[/*·][A-Za-zµ°%Ω]+(?:[²³]|\^-?[1-4])?){0,3}")
MAX_LENGTH = 30
NO_UNIT = "is no unit: {!r}; take one such as kg, mm, s or m/s²"


@cache
def _registry() -> Any:
    # Here, because reading the definitions takes a noticeable time that not every process needs to spend.
    import pint  # noqa: PLC0415

    return pint.UnitRegistry(cache_folder=None, autoconvert_offset_to_baseunit=True)


@cache
def _quantity(unit: str) -> Any:
    """One of that unit. Raises ValueError for what is none."""
    if len(unit) > MAX_LENGTH or not PLAIN.fullmatch(unit):
        raise ValueError(NO_UNIT.format(unit[:40]))
    try:
        return _registry().Quantity(1.0, _registry().parse_units(unit.replace("·", "*")))
    except Exception as error:  # pint's parser raises many kinds, its tokenizer's included
        raise ValueError(NO_UNIT.format(unit)) from error


def check(unit: str) -> None:
    """Raises ValueError with a sentence for people unless it is a unit."""
    _quantity(unit)


def fits(unit: str, other: str) -> bool:
    """Whether the two measure the same. Raises ValueError for what is no unit."""
    return bool(_quantity(unit).is_compatible_with(_quantity(other)))


def in_base(value: float, unit: str | None) -> float:
    """The number in the base unit of what it measures; itself without a unit. Raises ValueError."""
    if unit is None:
        return value
    return float(_registry().Quantity(value, _quantity(unit).units).to_base_units().magnitude)


def convert(value: float, unit: str, to: str) -> float:
    """Raises ValueError where the units do not fit."""
    if not fits(unit, to):
        raise ValueError(f"{unit} cannot be told in {to}; take a unit of the same kind")
    return float(_registry().Quantity(value, _quantity(unit).units).to(_quantity(to).units).magnitude)


def number(value: float) -> str:
    """As people write it: no needless zeros."""
    return f"{value:.10g}"
