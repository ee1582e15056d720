"""Finds the requests in an export of the old browser storage, whichever way it was copied."""

import json
from typing import Any

from simflow.errors import ApiError, NotJson

KEY = "sim-flow-requests"
MAX_DEPTH = 5
"""The array in a string in an object in an object is 4 deep; anything deeper is something else."""
MAX_ENTRIES = 100_000
MAX_COMMENTS = 500_000
"""Browsers keep 10 MB at most, so no true export comes near these."""


class NotAnExport(ApiError):
    """This is no export of the old Sim-Flow: it holds no list of requests under sim-flow-requests."""

    status, title = 422, "Not an export"


def read_export(file: bytes) -> tuple[list[Any], list[str]]:
    """The entries as they are, unchecked, and the names of what else lay in the storage.

    Raises `NotJson` or `NotAnExport`.
    """
    value = _parse(file, "The file")
    found = _find(value, MAX_DEPTH)
    if found is None:
        raise NotAnExport
    comments = sum(len(entry["comments"]) for entry in found if _has_comments(entry))
    if len(found) > MAX_ENTRIES or comments > MAX_COMMENTS:
        raise NotAnExport(
            f"This file is too big for an export: {len(found)} requests with {comments} comments; "
            f"at most {MAX_ENTRIES} with {MAX_COMMENTS} can be taken."
        )
    others = [key for key in value if key != KEY] if isinstance(value, dict) and KEY in value else []
    return found, others


def _parse(text: bytes | str, name: str) -> Any:
    # Not msgspec: it would refuse the whole file for half of a character in one text, which is one entry's problem.
    try:
        return json.loads(text, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise NotJson(f"{name} is not JSON: it is not UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise NotJson(f"{name} is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from None
    except (ValueError, RecursionError):
        raise NotJson(f"{name} is not JSON.") from None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _find(value: Any, depth: int) -> list[Any] | None:
    """The array itself, or what lies under the key, at the top or in an object one or two levels down."""
    if isinstance(value, list):
        return value
    if depth == 0:
        return None
    if isinstance(value, str):
        return _find(_parse(value, f"The text under {KEY}"), depth - 1)
    if not isinstance(value, dict):
        return None
    if KEY in value:
        return _find(value[KEY], depth - 1)
    inner = (_find(other, depth - 1) for other in value.values() if isinstance(other, dict))
    return next((found for found in inner if found is not None), None)


def _has_comments(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("comments"), list)
