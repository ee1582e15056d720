"""Rows in the text format of COPY: made where the rows are made, so that whoever sends them only passes bytes on."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from io import BytesIO
from types import NoneType
from typing import Any
from uuid import UUID

from simflow.db.queries import Connection

SPECIAL = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

Encoded = list[tuple[str, tuple[str, ...], bytes]]
"""Table, columns and rows, in the order in which they go in."""


def _text(value: str) -> str:
    return value if value.isprintable() and "\\" not in value else value.translate(SPECIAL)


class Fields(dict[type, Callable[[Any], str]]):
    """How a value is written, by its class or the first that it descends from."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        self[kind] = next(self[base] for base in kind.__mro__[1:] if base in self)
        return self[kind]


FIELDS = Fields(
    {
        NoneType: lambda _: "\\N",
        str: _text,
        bool: lambda value: "t" if value else "f",
        int: str,
        float: repr,
        datetime: datetime.isoformat,
        date: date.isoformat,
        timedelta: lambda value: f"{value.days} days {value.seconds}.{value.microseconds:06} seconds",
        list: lambda value: "{" + ",".join(f'"{_text(part)}"' for part in value) + "}",
        UUID: lambda value: value.hex,
    }
)


def lines(rows: Iterable[tuple[Any, ...]]) -> bytes:
    """One line for each row."""
    fields = FIELDS
    return "".join(["\t".join([fields[value.__class__](value) for value in row]) + "\n" for row in rows]).encode()


async def copy(tx: Connection, encoded: Encoded) -> None:
    for table, columns, data in encoded:
        if data:
            await tx.copy_to_table(table, columns=columns, source=BytesIO(data))
