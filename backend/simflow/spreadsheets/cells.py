"""What stands in a cell."""

from collections.abc import AsyncIterable, Sequence
from datetime import date, datetime

Cell = str | int | float | bool | date | datetime | None
Row = Sequence[Cell]
Batches = AsyncIterable[Sequence[Row]]
"""Rows as they are fetched, some at a time."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
"""What spreadsheets take for the start of a formula, of which some look like full-width characters."""


def harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP advises (CSV injection)."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
