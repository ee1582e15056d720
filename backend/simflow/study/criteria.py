"""What an acceptance criterion may be, and whether a measured value meets it. Pure functions."""

from simflow.study import units
from simflow.study.models import Comparison

TOLERANCE = 1e-9
"""Relative: what converting units may add."""
UPPER = "has an upper end, which belongs to between; leave it out"


def check(comparison: Comparison, target: float | None, upper: float | None, unit: str | None) -> None:
    """Raises ValueError with a sentence for people."""
    if (target is None) != (comparison == Comparison.JUDGED):
        raise ValueError("needs a target" if target is None else "is judged; leave the target out")
    if (upper is None) != (comparison != Comparison.BETWEEN):
        raise ValueError("needs both ends, target and upper" if upper is None else UPPER)
    if target is not None and upper is not None and upper < target:
        raise ValueError("has its upper end below its lower one; turn them round")
    if unit is not None:
        if target is None:
            raise ValueError("is judged; leave the unit out")
        units.check(unit)


def is_met(comparison: Comparison, value: float, target: float, upper: float | None) -> bool:
    """Value and target in the same unit."""
    slack = TOLERANCE * max(abs(value), abs(target), abs(upper or 0.0))
    match comparison:
        case Comparison.AT_MOST:
            return value <= target + slack
        case Comparison.AT_LEAST:
            return value >= target - slack
        case Comparison.EQUAL:
            return abs(value - target) <= slack
        case Comparison.BETWEEN:
            return upper is not None and target - slack <= value <= upper + slack
        case Comparison.JUDGED:
            return False
