"""Checks of single values. Each raises ValueError with a sentence for people, and guesses nothing."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from msgspec import inspect as kinds

from simflow.errors import FieldError

T = TypeVar("T")

# `&` was escaped first and always, so whatever else looks like an entity was typed by a person and stays.
ENTITY = re.compile("&(amp|lt|gt);")
CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}
TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
CLOCK_SKEW = timedelta(days=1)
"""A browser's clock may go wrong; a time later than this from now is a mistake."""


def unescape(text: str) -> str:
    """Undoes the old application's escaping, once: `&amp;lt;` becomes `&lt;`."""
    return ENTITY.sub(lambda match: CHARACTERS[match[1]], text)


def is_storable(text: str) -> bool:
    """False for a NUL and for half of a surrogate pair, which PostgreSQL cannot keep."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def bounds(annotated: Any) -> tuple[int, int]:
    """The lengths or numbers that one of the API's annotated types allows, so that the same hold here."""
    kind = kinds.type_info(annotated)
    if isinstance(kind, kinds.StrType):
        return kind.min_length or 0, kind.max_length or 0
    assert isinstance(kind, kinds.IntType)  # noqa: S101
    return kind.ge or 0, kind.le or 0


def text(value: Any, longest: int) -> str:
    """Unescaped, else exactly as it was; bounds hold without the white space around it."""
    if not isinstance(value, str):
        raise ValueError("must be text")
    if not is_storable(value):
        raise ValueError("contains a character that cannot be stored")
    plain = unescape(value)
    length = len(plain.strip())
    if not length:
        raise ValueError("must not be empty")
    if length > longest:
        raise ValueError(f"must have at most {longest} characters; this has {length}")
    return plain


def time(value: Any, now: datetime) -> datetime:
    """RFC 3339 with its zone, from 2000 until now."""
    if not isinstance(value, str) or not TIME.fullmatch(value):
        raise ValueError("must be a date and time with its zone, such as 2025-09-19T05:18:24Z")
    try:
        moment = datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("is a date or a time that does not exist") from None
    if moment < EARLIEST:
        raise ValueError("lies before the year 2000")
    if moment > now + CLOCK_SKEW:
        raise ValueError("lies in the future")
    return moment


def whole_number(value: Any, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        written = ", not text" if isinstance(value, str) else ""
        raise ValueError(f"must be a whole number from {least} to {most}{written}")
    return value


def one_of(value: Any, known: Mapping[str, T]) -> T:
    if not isinstance(value, str) or value not in known:
        found = f"is {value[:40]!r}, which is unknown; it " if isinstance(value, str) else ""
        raise ValueError(f"{found}must be one of: {', '.join(known)}")
    return known[value]


class Checked:
    """One object of the file while its fields are checked; collects what is wrong instead of stopping at it."""

    def __init__(self, values: dict[str, Any], path: str = "") -> None:
        self._values = values
        self._path = path
        self.errors: list[FieldError] = []
        self.seen: set[str] = set()

    def refuse(self, name: str, message: str) -> None:
        self.errors.append(FieldError(self._path + name, message))

    def need(self, name: str, check: Callable[..., T], *arguments: Any) -> T | None:
        """The checked value; None once something is wrong with it."""
        return self._take(name, check, arguments, needed=True)

    def take(self, name: str, check: Callable[..., T], *arguments: Any) -> T | None:
        """The same for a field that may be missing or null."""
        return self._take(name, check, arguments, needed=False)

    def _take(self, name: str, check: Callable[..., T], arguments: tuple[Any, ...], needed: bool) -> T | None:
        self.seen.add(name)
        if name not in self._values:
            if needed:
                self.refuse(name, "is missing")
            return None
        if self._values[name] is None and not needed:
            return None
        try:
            return check(self._values[name], *arguments)
        except ValueError as error:
            self.refuse(name, str(error))
            return None

    def unknown(self) -> list[str]:
        """Fields that nobody asked for."""
        return [name for name in self._values if name not in self.seen]
