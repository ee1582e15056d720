"""CSV (RFC 4180) in UTF-8. The mark at the start makes Excel read it as such."""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

from simflow.spreadsheets.cells import Batches, Cell, Row, harmless

BYTE_ORDER_MARK = "\ufeff"


async def csv_parts(about: Sequence[Row], header: Sequence[str], batches: Batches) -> AsyncIterator[bytes]:
    """What the file is about, an empty line, the header, the rows; a part for each batch."""
    yield (BYTE_ORDER_MARK + _lines([*about, (), header])).encode()
    async for rows in batches:
        yield _lines(rows).encode()


def _lines(rows: Sequence[Row]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([_value(cell) for cell in row] for row in rows)
    return text.getvalue()


def _value(cell: Cell) -> Cell:
    match cell:
        case str():
            return harmless(cell)
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return cell.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return cell
