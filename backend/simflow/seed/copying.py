"""Rows in the binary format of COPY: made where the rows are made, so that whoever sends them only passes bytes on.

Binary, since the database takes it in several times as fast as text, which it would have to parse.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from io import BytesIO
from struct import Struct
from types import NoneType
from typing import Any
from uuid import UUID

import msgspec

from simflow.db.queries import Connection

Encoded = list[tuple[str, tuple[str, ...], bytes]]
"""Table, columns and rows, in the order in which they go in."""

BEGIN, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
FIRST_DAY = date(2000, 1, 1).toordinal()
FIRST_MOMENT = 946_684_800 * 1_000_000
"""The database counts days and microseconds from 2000 on; this is in Unix microseconds."""
DAY = 86_400 * 1_000_000
TEXT_OID = 25
# A field is its length in bytes, then itself.
_length = Struct("!i").pack
_columns = Struct("!h").pack
_moment = Struct("!iq").pack
_interval = Struct("!iqii").pack
_array = Struct("!iiiiii").pack
NULL = _length(-1)
FALSE, TRUE = _length(1) + b"\0", _length(1) + b"\1"
LENGTH_OF_ID = _length(16)
INFINITY = _moment(8, 2**63 - 1)


def text(value: str) -> bytes:
    data = value.encode()
    return _length(len(data)) + data


def uuid(value: UUID) -> bytes:
    return LENGTH_OF_ID + value.bytes


def jsonb(value: Any) -> bytes:
    data = msgspec.json.encode(value)
    return _length(len(data) + 1) + b"\1" + data


word = cache(text)
"""For those that come again and again."""


def microseconds(seconds: float) -> int:
    return round(seconds * 1_000_000)


def moment(seconds: float) -> bytes:
    """Unix time. As bytes they are in the order of time too, from 2000 on."""
    return _moment(8, round(seconds * 1_000_000) - FIRST_MOMENT)


def interval(length: int) -> bytes:
    """Of microseconds: days and the rest, as the database has it of two moments."""
    days, rest = divmod(length, DAY)
    return _interval(16, rest, days, 0)


def texts(values: Sequence[str]) -> bytes:
    """An array of them."""
    data = b"".join(map(text, values))
    head = _array(1, 0, TEXT_OID, len(values), 1, 0)[:-4] if values else _array(0, 0, TEXT_OID, 0, 0, 0)[:12]
    return _length(len(head) + len(data)) + head + data


number = partial(Struct("!ii").pack, 4)


class Fields(dict[type, Callable[[Any], bytes]]):
    """How a value is written, by its class or the first that it descends from."""

    def __missing__(self, kind: type) -> Callable[[Any], bytes]:
        self[kind] = next(self[base] for base in kind.__mro__[1:] if base in self)
        return self[kind]


FIELDS = Fields(
    {
        bytes: bytes,  # written already
        NoneType: lambda _: NULL,
        str: text,
        bool: lambda value: TRUE if value else FALSE,
        int: number,
        float: partial(Struct("!id").pack, 8),
        date: lambda value: _length(4) + _length(value.toordinal() - FIRST_DAY),
        list: texts,
        UUID: uuid,
    }
)


def row(*values: Any) -> bytes:
    """A whole number is an `integer`, a fraction `double precision`; what is of another type is given as bytes."""
    fields = FIELDS
    return b"".join([fields[value.__class__](value) for value in values])


def table(name: str, columns: tuple[str, ...], rows: Sequence[bytes]) -> tuple[str, tuple[str, ...], bytes]:
    head = _columns(len(columns))
    return name, columns, b"".join((BEGIN, head, head.join(rows), END)) if rows else b""


async def copy(tx: Connection, encoded: Encoded, *, frozen: bool = False) -> None:
    """`frozen`: for tables emptied by TRUNCATE in this transaction. Pages are then never written again to note that the
    rows are there for all, neither when they are first read nor by VACUUM.
    """
    for name, columns, data in encoded:
        if data:
            source = BytesIO(data)
            await tx.copy_to_table(name, columns=columns, source=source, format="binary", freeze=frozen or None)
