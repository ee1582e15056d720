"""Turns every exception into problem details; nothing that a client sends ends in a 500."""

import re
from enum import Enum
from typing import Any, get_args
from urllib.parse import unquote

import asyncpg
import structlog
from litestar import Response
from litestar.exceptions import HTTPException, ValidationException
from msgspec import to_builtins

from simflow.errors import ApiError, DatabaseAway, FieldError, InvalidFields, NotFound, Problem, TooLarge
from simflow.reporting import report
from simflow.text import PATTERNS
from simflow.web.call import Call
from simflow.web.openapi import PROBLEM_JSON
from simflow.web.watch import mark_of

log = structlog.get_logger()

# Constraint names say the column after the table: requests_title_length. A second wall, behind the checks of `Call`.
UNSTORABLE = (
    asyncpg.CheckViolationError,
    asyncpg.StringDataRightTruncationError,
    asyncpg.NumericValueOutOfRangeError,
    asyncpg.CharacterNotInRepertoireError,
    asyncpg.UntranslatableCharacterError,
    asyncpg.DataError,
)
AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    OSError,
    TimeoutError,
)


def problem(call: Call, error: ApiError) -> Response[Any]:
    """The answer to an error, RFC 9457."""
    body = Problem(
        type="about:blank",
        title=error.title,
        status=error.status,
        detail=error.detail,
        request_id=mark_of(call.scope),
        errors=error.errors or None,
    )
    return Response(
        {**to_builtins(body), **error.extra},
        status_code=error.status,
        media_type=PROBLEM_JSON,
        headers=error.headers,
    )


def on_api_error(call: Call, error: ApiError) -> Response[Any]:
    return problem(call, error)


def on_validation(call: Call, error: ValidationException) -> Response[Any]:
    """Query and path parameters that Litestar could not take."""
    details = error.extra if isinstance(error.extra, list) else []
    missing = re.match(r"Missing required \w+ parameter '([^']+)'", error.detail)
    fields = [FieldError(missing[1], "is missing")] if missing else []
    for told in details:
        name = str(told.get("key", ""))
        fields.append(FieldError(_camel(name), _sentence(str(told.get("message", "")), _choices(call, name))))
    return problem(call, InvalidFields(*fields))


def _choices(call: Call, name: str) -> list[str]:
    """What an enumerated parameter may be."""
    parameter = call.route_handler.parsed_fn_signature.parameters.get(name)
    parts = [parameter.annotation] if parameter else []
    while parts:
        part = parts.pop()
        if isinstance(part, type) and issubclass(part, Enum):
            return [str(member.value) for member in part]
        parts += get_args(part)
    return []


A_MOMENT = "must be a moment with its time zone, like 2026-01-31T08:00:00Z"
WORDS = {
    "Expected `int": "must be a whole number",
    "RFC3339 encoded datetime": A_MOMENT,
    "RFC3339 encoded date": "must be a date such as 2026-11-30",
    "Expected `datetime": A_MOMENT,
    "Expected `bool": "must be true or false",
}
"""By a part of the framework's message."""


def _sentence(message: str, choices: list[str]) -> str:
    """The framework's words for a wrong parameter, in ours."""
    if choices:
        return f"must be one of: {', '.join(choices)}"
    for pattern, words in PATTERNS.items():
        if f"matching regex {pattern!r}" in message:
            return words
    if found := re.fullmatch(r"Expected `str` of length <= (\d+)", message):
        return f"must have at most {found[1]} characters"
    if found := re.fullmatch(r"Expected `int` ([<>]=) (\d+)", message):
        return f"must be at {'most' if found[1] == '<=' else 'least'} {found[2]}"
    return next((words for part, words in WORDS.items() if part in message), "cannot be taken like this")


def on_http_error(call: Call, error: HTTPException) -> Response[Any]:
    """What the framework refuses by itself: unknown paths, wrong methods, bodies that are too large."""
    if error.status_code == NotFound.status:
        return problem(call, NotFound())
    if error.status_code == TooLarge.status:
        return problem(call, TooLarge())
    refused = ApiError(error.detail)
    refused.status, refused.title = error.status_code, error.detail  # type: ignore[misc]
    refused.headers = dict(error.headers or {})
    return problem(call, refused)


def on_unstorable(call: Call, error: asyncpg.PostgresError) -> Response[Any]:
    return problem(call, unstorable(error))


def unstorable(error: asyncpg.PostgresError) -> InvalidFields:
    """What the database refuses to store, as a refusal of the field."""
    constraint = getattr(error, "constraint_name", None) or ""
    log.warning("refused by the database", constraint=constraint, error=str(error))
    field = _camel("_".join(constraint.split("_")[1:-1]))
    return InvalidFields(FieldError(field, "cannot be stored like this; make it shorter or simpler"))


def _camel(name: str) -> str:
    """The name on the wire of one of our own names; one that is a word of Python ends in an underscore."""
    return re.sub(r"_(.)", lambda match: match[1].upper(), name.rstrip("_"))


def on_database_away(call: Call, error: Exception) -> Response[Any]:
    log.error("database away", error=repr(error))
    return problem(call, DatabaseAway())


def on_anything(call: Call, error: Exception) -> Response[Any]:
    """Ours to mend: logged whole, told in one sentence."""
    log.error("unexpected error", method=call.method, path=unquote(call.url.path), exc_info=error)
    report(error, route=call.scope.get("path_template", ""))
    return problem(call, ApiError("This should not have happened. It was recorded; please try again."))


HANDLERS: dict[Any, Any] = {
    ApiError: on_api_error,
    ValidationException: on_validation,
    HTTPException: on_http_error,
    **dict.fromkeys(UNSTORABLE, on_unstorable),
    **dict.fromkeys(AWAY, on_database_away),
    Exception: on_anything,
}
