"""An HTTP call whose JSON body is checked whole: every invalid field is told, not just the first."""

import json
import re
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from litestar import Request
from litestar.datastructures import State
from msgspec import Struct
from msgspec import inspect as kinds

from simflow.errors import FieldError, InvalidFields, NotJson, WrongContentType
from simflow.text import AN_ID, PATTERNS
from simflow.users.models import User
from simflow.web.values import A_NUMBER, CHECKS

S = TypeVar("S", bound=Struct)
MAX_BODY_BYTES = 1_000_000
"""Room for the longest description with every character escaped."""


class Call(Request[User, str, State]):
    """Litestar's request; `json()` gives the Struct that the handler's `data` is declared as."""

    async def body(self) -> bytes:
        """Raises `TooLarge`. Where a body is needed, an empty one goes the way of all others: `json()` refuses it."""
        body = await super().body()
        if not body and self.route_handler.parsed_data_field is not None:
            return b" "
        return body

    async def json(self) -> Any:
        """Raises `WrongContentType`, `TooLarge`, `NotJson` or `InvalidFields`."""
        content_type = self.headers.get("content-type", "").split(";")[0].strip().lower()
        if content_type != "application/json":
            raise WrongContentType
        field = self.route_handler.parsed_data_field
        body = await self.body()
        return read(body, field.annotation) if field is not None else decode(body)


def decode(body: bytes) -> Any:
    """The JSON value. Raises `NotJson`."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _no_json(body) from error


def _no_json(body: bytes) -> Exception:
    """Half a surrogate pair, or a number beyond all bounds, is JSON that cannot be taken; all else is no JSON."""
    try:
        value = json.loads(body.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        return NotJson()
    parts = value if isinstance(value, dict) else {"": value}
    broken = [name for name, part in parts.items() if not _is_unicode([name, part])]
    if not broken:
        return InvalidFields(FieldError("", f"contains a number beyond all bounds; {A_NUMBER}"))
    readable = [name.encode(errors="replace").decode() for name in broken]
    return InvalidFields(*(FieldError(name, "contains half of a character; please type it again") for name in readable))


def _refuse(constant: str) -> None:
    """For NaN and Infinity, which Python reads although they are no JSON."""
    raise ValueError(constant)


def _is_unicode(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def read(body: bytes, struct: type[S]) -> S:
    """The body as that Struct. Raises `NotJson`, or `InvalidFields` with every field that is missing or wrong."""
    return as_struct(decode(body), struct)


def as_struct(value: Any, struct: type[S]) -> S:
    """Raises `InvalidFields` with every field that is missing or wrong."""
    if not isinstance(value, dict):
        raise InvalidFields(FieldError("", "must be a JSON object"))
    errors: list[FieldError] = []
    values: dict[str, Any] = {}
    fields = _fields(struct)
    for name, field in fields.items():
        if name in value:
            try:
                values[field.name] = _checked(value[name], field.type)
            except InvalidFields as inner:
                errors += _within(name, inner)
            except ValueError as error:
                errors.append(FieldError(name, str(error)))
        elif field.required:
            errors.append(FieldError(name, "is missing"))
    unknown = f"is not a known field; there are {', '.join(fields)}"
    errors += [FieldError(str(name), unknown) for name in value if name not in fields]
    if errors:
        raise InvalidFields(*errors)
    return struct(**values)


def _within(name: str, inner: InvalidFields) -> list[FieldError]:
    """The errors inside of a field, by their path: `move.status`, `requests.3`."""
    return [FieldError(f"{name}.{e.field}" if e.field else name, e.message) for e in inner.errors]


@lru_cache
def _fields(struct: type[Struct]) -> dict[str, kinds.Field]:
    info = kinds.type_info(struct)
    assert isinstance(info, kinds.StructType)  # noqa: S101
    return {field.encode_name: field for field in info.fields}


def _checked(value: Any, kind: kinds.Type) -> Any:
    """The value as that kind of type. Raises ValueError with a sentence for people."""
    if isinstance(kind, kinds.Metadata):
        kind = kind.type
    if isinstance(kind, kinds.UnionType):
        if value is None and any(isinstance(t, kinds.NoneType) for t in kind.types):
            return None
        kind = next(t for t in kind.types if not isinstance(t, kinds.NoneType))
    match kind:
        case kinds.StrType():
            return _text(value, kind)
        case kinds.IntType():
            return _whole_number(value, kind)
        case kinds.StructType():
            return as_struct(value, kind.cls)
        case kinds.ListType():
            return _list(value, kind)
    return _plain(value, kind)


def _plain(value: Any, kind: kinds.Type) -> Any:
    match kind:
        case kinds.BoolType():
            if not isinstance(value, bool):
                raise ValueError("must be true or false")
            return value
        case kinds.EnumType():
            names = [str(member.value) for member in kind.cls]
            if value not in names:
                raise ValueError(f"must be one of: {', '.join(names)}")
            return kind.cls(value)
        case kinds.DateTimeType():
            try:
                return msgspec.convert(value, datetime)
            except msgspec.ValidationError:
                raise ValueError("must be a moment with its time zone, like 2026-01-31T08:00:00Z") from None
        case kinds.UUIDType():
            try:
                return msgspec.convert(value, UUID)
            except msgspec.ValidationError:
                raise ValueError(f"must be an id such as {AN_ID}") from None
    return CHECKS[type(kind)](value, kind)


def _list(value: Any, kind: kinds.ListType) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("must be a list")
    if len(value) < (kind.min_length or 0) or (kind.max_length is not None and len(value) > kind.max_length):
        bounds = (
            f"from {kind.min_length or 0} to {kind.max_length}" if kind.max_length else f"{kind.min_length} or more"
        )
        raise ValueError(f"must have {bounds} entries; this has {len(value)}")
    errors: list[FieldError] = []
    checked = []
    for number, item in enumerate(value):
        try:
            checked.append(_checked(item, kind.item_type))
        except InvalidFields as inner:
            errors += _within(str(number), inner)
        except ValueError as error:
            errors.append(FieldError(str(number), str(error)))
    if errors:
        raise InvalidFields(*errors)
    return checked


def _text(value: Any, kind: kinds.StrType) -> str:
    """Bounds hold for the text without the white space around it; it is kept as it was typed all the same."""
    if not isinstance(value, str):
        raise ValueError("must be text")
    if "\x00" in value:
        raise ValueError("must not contain the NUL character")
    length = len(value.strip())
    if length < (kind.min_length or 0):
        raise ValueError("must not be empty")
    if kind.max_length is not None and length > kind.max_length:
        raise ValueError(f"must have at most {kind.max_length} characters; this has {length}")
    if kind.pattern and not re.fullmatch(kind.pattern, value):
        raise ValueError(PATTERNS[kind.pattern])
    return value


def _whole_number(value: Any, kind: kinds.IntType) -> int:
    bounds = f"must be a whole number from {kind.ge} to {kind.le}"
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(bounds)
    if (kind.ge is not None and value < kind.ge) or (kind.le is not None and value > kind.le):
        raise ValueError(bounds)
    return value
