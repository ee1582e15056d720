"""Tables as files for spreadsheets: streamed, of any length, and harmless."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from litestar.response import Stream

from simflow.spreadsheets.cells import Batches, Row
from simflow.spreadsheets.comma_separated import csv_parts
from simflow.spreadsheets.workbook import xlsx_parts

__all__ = ["Batches", "Format", "Row", "Table", "answer", "download", "one_batch", "parts"]


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Table(NamedTuple):
    """What goes into the file. `about` is what was asked for and how many rows there are, each with its name.

    A value of a row is text, a number, true or false, a day, a moment, or None. Moments are written in UTC.
    """

    name: str
    about: Sequence[tuple[str, str | int]]
    header: Sequence[str]
    rows: Batches


async def one_batch(rows: Sequence[Row]) -> AsyncIterator[Sequence[Row]]:
    """For rows that are there already."""
    yield rows


def parts(table: Table, file_format: Format) -> AsyncIterator[bytes]:
    """The file, as it is made."""
    about = [("Sim-Flow", table.name), *table.about, ("Made at", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")]
    make = csv_parts if file_format == Format.CSV else xlsx_parts
    return make(about, table.header, table.rows)


def answer(name: str, content: AsyncIterator[bytes], file_format: Format) -> Stream:
    """The answer that sends a file of that name."""
    file_name = f"sim-flow-{name.lower().replace(' ', '-')}-{date.today()}.{file_format}"  # noqa: DTZ011
    # As a header: a stream's own media type yields to that of its route, which can name only one of them.
    return Stream(
        content,
        headers={
            "Content-Type": MEDIA_TYPES[file_format],
            "Content-Disposition": f'attachment; filename="{file_name}"',
            "Cache-Control": "no-store",
        },
    )


def download(table: Table, file_format: Format) -> Stream:
    """The answer that sends the file. Rows are read while it is sent, so they must not need the call's transaction."""
    return answer(table.name, parts(table, file_format), file_format)
