"""Named queries: SQL in `queries.sql` beside its domain, bound here to the Struct that its rows become.

In the file, `-- name: get_visible` starts a query and the next comment line tells its purpose. Parameters are named,
`:status`; places that a whitelist fills, `{where}`.
"""

import re
from collections.abc import AsyncIterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

import asyncpg
from msgspec import Struct

Row = TypeVar("Row")
Connection = asyncpg.Connection

NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
PARAMETER = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")
PLACE = re.compile(r"\{\w+\}")
ALL: "list[Query[Any]]" = []
"""Every query bound so far, for the test that prepares them all."""


@lru_cache
def _statements(package: str) -> dict[str, str]:
    text = (files(package) / "queries.sql").read_text()
    parts = NAME.split(text)[1:]
    return dict(zip(parts[::2], (part.strip() for part in parts[1::2]), strict=True))


class Nothing(Struct):
    """For statements that return no rows."""


class Query(Generic[Row]):
    """One statement and the type of its rows: a Struct whose fields without a default are the columns in order,
    or a single value.
    """

    def __init__(self, name: str, sql: str, row: type[Row]) -> None:
        self.name = name
        self.row = row
        self.template = sql
        self.parameters: list[str] = []
        self.sql = PARAMETER.sub(self._position, sql)
        self._is_struct = issubclass(row, Struct)
        self._filled: dict[tuple[str, ...], Query[Row]] = {}

    def _position(self, match: re.Match[str]) -> str:
        if match[1] not in self.parameters:
            self.parameters.append(match[1])
        return f"${self.parameters.index(match[1]) + 1}"

    def filled(self, **fragments: str) -> "Query[Row]":
        """The same query with its `{places}` filled. Fragments are our own text, never what a client sent."""
        key = tuple(fragments.values())
        if key not in self._filled:
            self._filled[key] = Query(self.name, self.template.format_map(fragments), self.row)
        return self._filled[key]

    @property
    def variants(self) -> "list[Query[Row]]":
        """What can be run: the query itself or, when it has places, what they were filled with so far."""
        return list(self._filled.values()) if PLACE.search(self.template) else [self]

    def _arguments(self, values: dict[str, Any]) -> list[Any]:
        return [values[name] for name in self.parameters]

    def _make(self, record: asyncpg.Record) -> Row:
        return self.row(*record) if self._is_struct else record[0]

    async def all(self, connection: Connection, **values: Any) -> list[Row]:
        """Every row."""
        return [self._make(record) for record in await connection.fetch(self.sql, *self._arguments(values))]

    async def batches(self, connection: Connection, size: int, **values: Any) -> AsyncIterator[list[Row]]:
        """Every row, some at a time, never all in memory; for a transaction of asyncpg's own."""
        cursor = await connection.cursor(self.sql, *self._arguments(values))
        while records := await cursor.fetch(size):
            yield [self._make(record) for record in records]

    async def first(self, connection: Connection, **values: Any) -> Row | None:
        """The first row, or None."""
        record = await connection.fetchrow(self.sql, *self._arguments(values))
        return None if record is None else self._make(record)

    async def one(self, connection: Connection, **values: Any) -> Row:
        """The row of a query that always gives one."""
        record = await connection.fetchrow(self.sql, *self._arguments(values))
        assert record is not None, self.name  # noqa: S101
        return self._make(record)

    async def run(self, connection: Connection, **values: Any) -> None:
        """For what it does, not for what it returns."""
        await connection.execute(self.sql, *self._arguments(values))


def bind(package: str, name: str, row: type[Row]) -> Query[Row]:
    """The query of that name in the package's `queries.sql`. Raises KeyError at import when there is none."""
    query = Query(name, _statements(package)[name], row)
    ALL.append(query)
    return query
