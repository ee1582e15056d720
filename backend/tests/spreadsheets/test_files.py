"""CSV and XLSX, read back with other tools than they were written with."""

import csv
import io
import zipfile
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from simflow.spreadsheets.cells import Row, harmless
from simflow.spreadsheets.comma_separated import csv_parts
from simflow.spreadsheets.workbook import xlsx_parts

ABOUT = [("Filter", "status: In Progress"), ("Rows", 2)]
HEADER = ["Name", "Hours", "Since", "Day", "Late"]
MOMENT = datetime(2026, 3, 1, 10, 30, tzinfo=timezone(timedelta(hours=2)))
ROWS: list[Row] = [
    ["Zelle 4, „Süd“\nneu", 3, MOMENT, date(2026, 3, 2), True],
    ['=HYPERLINK("http://x")', -1.5, None, None, False],
]
M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


async def batched(rows: Sequence[Row], size: int = 1) -> AsyncIterator[Sequence[Row]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


async def read(parts: AsyncIterator[bytes]) -> bytes:
    return b"".join([part async for part in parts])


def cells(sheet: bytes) -> list[list[Any]]:
    rows = []
    for row in ET.fromstring(sheet).iter(f"{M}row"):  # noqa: S314  (our own)
        values: list[Any] = []
        for cell in row.iter(f"{M}c"):
            assert cell.find(f"{M}f") is None, "a formula"
            text, value = cell.find(f"{M}is/{M}t"), cell.find(f"{M}v")
            assert (cell.get("t") == "inlineStr") == (text is not None)
            values.append(text.text if text is not None else float((value is not None and value.text) or "nan"))
        rows.append(values)
    return rows


async def sheets(**options: Any) -> list[list[list[Any]]]:
    options.setdefault("batches", batched(ROWS))
    book = await read(xlsx_parts(ABOUT, HEADER, **options))
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        names = sorted(name for name in file.namelist() if name.startswith("xl/worksheets/sheet"))
        return [cells(file.read(name)) for name in names]


async def test_csv_says_what_it_is_and_has_every_row() -> None:
    text = (await read(csv_parts(ABOUT, HEADER, batched(ROWS)))).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["Filter", "status: In Progress"],
        ["Rows", "2"],
        [],
        HEADER,
        ["Zelle 4, „Süd“\nneu", "3", "2026-03-01 08:30:00", "2026-03-02", "yes"],
        ['\'=HYPERLINK("http://x")', "-1.5", "", "", "no"],
    ]


async def test_xlsx_says_what_it_is_and_has_every_row_by_its_type() -> None:
    about, rows = await sheets()
    assert about == [["Filter", "status: In Progress"], ["Rows", 2]]
    days = (MOMENT.astimezone(UTC).replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001
    assert rows == [
        HEADER,
        ["Zelle 4, „Süd“\nneu", 3, pytest.approx(days), 46083, 1],
        ['=HYPERLINK("http://x")', -1.5, 0],
    ]


async def test_what_one_sheet_cannot_hold_goes_on_in_the_next() -> None:
    numbers: list[Row] = [[n] for n in range(25)]
    _, *parts = await sheets(batches=batched(numbers, 10), max_rows=11)
    assert [len(part) for part in parts] == [11, 11, 6]
    assert [row[0] for part in parts for row in part[1:]] == list(range(25))
    assert [part[0] for part in parts] == [HEADER] * 3


async def test_text_that_no_xml_can_hold_does_not_break_the_file() -> None:
    _, rows = await sheets(batches=batched([["a\x01b\ufffe", "x" * 40_000]]))
    assert rows[1] == ["a_x0001_b\ufffd", "x" * 32_767]


async def test_nothing_asked_for_is_a_file_too() -> None:
    assert [len(sheet) for sheet in await sheets(batches=batched([]))] == [2, 1]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])  # noqa: RUF001
def test_formulas_are_made_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Reach study", "a=b", "5 - 3", "'=1", "ü"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text
