"""An HTTP call whose JSON body is checked whole: every invalid field is told, not just the first."""

import json
from functools import lru_cache
from typing import Any

import msgspec
from litestar import Request
from litestar.datastructures import State
from msgspec import Struct
from msgspec import inspect as kinds

from simflow.errors import FieldError, InvalidFields, NotJson, WrongContentType
from simflow.users.models import User
from simflow.web.values import checked

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
        return InvalidFields(FieldError("", "contains a number that is too large"))
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


def read(body: bytes, struct: type[Struct]) -> Struct:
    """The body as that Struct. Raises `NotJson`, or `InvalidFields` with every field that is missing or wrong."""
    value = decode(body)
    if not isinstance(value, dict):
        raise InvalidFields(FieldError("", "must be a JSON object"))
    errors: list[FieldError] = []
    values: dict[str, Any] = {}
    fields = _fields(struct)
    for name, field in fields.items():
        if name in value:
            try:
                values[field.name] = checked(value[name], field.type)
            except ValueError as error:
                errors.append(FieldError(name, str(error)))
        elif field.required:
            errors.append(FieldError(name, "is missing"))
    errors += [FieldError(str(name), "is not a known field") for name in value if name not in fields]
    if errors:
        raise InvalidFields(*errors)
    return struct(**values)


@lru_cache
def _fields(struct: type[Struct]) -> dict[str, kinds.Field]:
    info = kinds.type_info(struct)
    assert isinstance(info, kinds.StructType)  # noqa: S101
    return {field.encode_name: field for field in info.fields}
