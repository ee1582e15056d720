"""XLSX. XlsxWriter writes each row to disk as it comes, so memory stays small; the file is sent once it is whole."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from simflow.spreadsheets.cells import Batches, Cell, Row

MAX_ROWS = 1_048_576
"""In a sheet, the header included; the format has no more. What is beyond goes on in the next sheet."""
MAX_TEXT = 32_767
"""Characters in a cell."""
PART = 1 << 18
UNSTORABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
WIDTH_BOUNDS = 8, 40


async def xlsx_parts(
    about: Sequence[Row], header: Sequence[str], batches: Batches, max_rows: int = MAX_ROWS
) -> AsyncIterator[bytes]:
    """The rows in as many sheets as they need, and before them a sheet that tells what they are."""
    with TemporaryDirectory(prefix="simflow-") as folder:
        path = Path(folder, "table.xlsx")
        book = await asyncio.to_thread(_Book, path, about, header, max_rows)
        try:
            async for rows in batches:
                await asyncio.to_thread(book.write, rows)
        finally:
            await asyncio.to_thread(book.close)
        with await asyncio.to_thread(path.open, "rb") as file:
            while part := await asyncio.to_thread(file.read, PART):
                yield part


class _Book:
    def __init__(self, path: Path, about: Sequence[Row], header: Sequence[str], max_rows: int) -> None:
        options = {"constant_memory": True, "tmpdir": str(path.parent), "in_memory": False}
        self._book = Workbook(str(path), options)
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._header, self._max_rows = header, max_rows
        sheet = self._book.add_worksheet("About")
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 80)
        for number, line in enumerate(about):
            self._row(sheet, number, line)
        self._sheets = 0
        self._next_sheet()

    def _next_sheet(self) -> None:
        self._sheets += 1
        self._sheet = self._book.add_worksheet("Rows" if self._sheets == 1 else f"Rows {self._sheets}")
        low, high = WIDTH_BOUNDS
        for column, title in enumerate(self._header):
            self._sheet.set_column(column, column, min(max(len(title) + 3, low), high))
        self._sheet.freeze_panes(1, 0)
        self._row(self._sheet, 0, self._header, self._head)
        self._next = 1
        if self._sheets == 1:
            self._sheet.activate()

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if self._next == self._max_rows:
                self._next_sheet()
            self._row(self._sheet, self._next, row)
            self._next += 1

    def _row(self, sheet: Worksheet, number: int, row: Row, style: Format | None = None) -> None:
        for column, cell in enumerate(row):
            self._write(sheet, number, column, cell, style)

    def _write(self, sheet: Worksheet, number: int, column: int, cell: Cell, style: Format | None) -> None:
        # By its type and never by its content: what is written as text is never run as a formula or followed as a link.
        match cell:
            case str():
                sheet.write_string(number, column, UNSTORABLE.sub("\ufffd", cell)[:MAX_TEXT], style)
            case bool():
                sheet.write_boolean(number, column, cell, style)
            case int() | float():
                sheet.write_number(number, column, cell, style)
            case datetime():
                naive = cell.astimezone(UTC).replace(tzinfo=None)
                sheet.write_datetime(number, column, naive, self._moment)
            case date():
                sheet.write_datetime(number, column, cell, self._day)

    def close(self) -> None:
        self._book.close()
