"""Opaque keyset cursors: the sort values of the last row of a page, as URL-safe text."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, TypeVar

import msgspec

from simflow.errors import FieldError, InvalidFields

T = TypeVar("T")
MAX_BIGINT = 2**63 - 1


def pack(*values: Any) -> str:
    return urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def unpack(cursor: str, kind: type[T]) -> T:
    """The values as a tuple of that kind. Raises `InvalidFields` for a cursor that this API did not give out."""
    try:
        return msgspec.json.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=kind)
    except (ValueError, UnicodeError) as error:
        raise InvalidFields(FieldError("cursor", "is not one of ours; start again without it")) from error
