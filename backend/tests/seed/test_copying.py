"""What is written for COPY is what the database then has."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import asyncpg
import msgspec
import pytest

from simflow.seed.copying import FALSE, INFINITY, NULL, TRUE, copy, interval, jsonb, moment, row, table
from simflow.seed.ids import new_id, new_id_bytes

AN_ID = UUID("0f9b4a4e-5a5e-4c59-8f1a-3f0b6f3d2c11")


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("text", "a\tb\\c\nd\r\x01 é 日本 🤖 'x' \\N", "a\tb\\c\nd\r\x01 é 日本 🤖 'x' \\N"),
        ("text", "", ""),
        ("text", None, None),
        ("boolean", True, True),
        ("boolean", FALSE, False),
        ("boolean", TRUE, True),
        ("integer", -7, -7),
        ("integer", 2**31 - 1, 2**31 - 1),
        ("double precision", 0.1, 0.1),
        ("double precision", NULL, None),
        ("date", date(2026, 6, 30), date(2026, 6, 30)),
        ("date", date(1999, 12, 31), date(1999, 12, 31)),
        ("uuid", AN_ID, AN_ID),
        ("text[]", [], []),
        ("text[]", ["one", 'with "quotes", {braces} and NULL', ""], ["one", 'with "quotes", {braces} and NULL', ""]),
        ("timestamptz", moment(1_780_000_000.123456), datetime(2026, 5, 28, 20, 26, 40, 123456, UTC)),
        ("timestamptz", moment(-0.25), datetime(1969, 12, 31, 23, 59, 59, 750_000, UTC)),
        ("interval", interval(0), timedelta()),
        ("interval", interval(3 * 86_400_000_000 + 5), timedelta(days=3, microseconds=5)),
    ],
)
async def test_each_type_comes_back_as_it_was(
    empty: asyncpg.Connection, kind: str, written: object, read: object
) -> None:
    await empty.execute(f"CREATE TEMPORARY TABLE things (before integer, thing {kind}, after text)")
    await copy(empty, [table("things", ("before", "thing", "after"), [row(1, written, "x"), row(2, written, "y")])])
    assert [tuple(line) for line in await empty.fetch("SELECT * FROM things")] == [(1, read, "x"), (2, read, "y")]


async def test_what_is_no_value_of_python_comes_too(empty: asyncpg.Connection) -> None:
    await empty.execute("CREATE TEMPORARY TABLE things (details jsonb, left_at timestamptz, lasted interval)")
    details = {"commentId": AN_ID, "internal": False, "reason": '日本 \\ "x"'}
    await copy(
        empty,
        [table("things", ("details", "left_at", "lasted"), [row(jsonb(details), INFINITY, interval(86_400_000_001))])],
    )
    [line] = await empty.fetch("SELECT details, left_at = 'infinity' AS never, lasted::text FROM things")
    assert msgspec.json.decode(line["details"]) == {**details, "commentId": str(AN_ID)}
    assert (line["never"], line["lasted"]) == (True, "1 day 00:00:00.000001")


async def test_a_table_without_rows_is_left_out(empty: asyncpg.Connection) -> None:
    await copy(empty, [table("there_is_none", ("a",), [])])


def test_moments_are_in_order_as_bytes() -> None:
    written = [moment(1_600_000_000 + step) for step in (0, 1e-6, 0.000255, 0.000256, 1, 255, 256, 10**9)]
    assert sorted(written) == written


def test_ids_are_of_version_4_and_the_same_either_way() -> None:
    ids = [new_id(Random(n)) for n in range(200)]
    assert ids == [UUID(bytes=new_id_bytes(Random(n))) for n in range(200)]
    assert {(one.version, one.variant) for one in ids} == {(4, UUID(int=0x8000_0000_0000_0000).variant)}
    assert len(set(ids)) == 200
