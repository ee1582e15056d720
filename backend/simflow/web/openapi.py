"""The machine-readable contract: what each route answers, its refusals included."""

from collections.abc import Mapping

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import OpenAPI, OpenAPIFormat, OpenAPIMediaType, OpenAPIResponse, OpenAPIType, Schema

from simflow.errors import (
    ApiError,
    CrossSite,
    DatabaseAway,
    InvalidFields,
    NotJson,
    NotSignedIn,
    Problem,
    TooLarge,
    WrongContentType,
)

PROBLEM_JSON = "application/problem+json"
DOWNLOAD = "text/csv"
"""The media type that routes name whose answer is a file, CSV or XLSX."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BODY: tuple[type[ApiError], ...] = (NotJson, CrossSite, TooLarge, WrongContentType, InvalidFields)
"""How a call with a JSON body can fail before anything is decided."""


def refusals(
    *errors: type[ApiError],
    body: bool = False,
    signed_in: bool = True,
    database: bool = True,
    shapes: Mapping[int, type[Problem]] | None = None,
) -> dict[int, ResponseSpec]:
    """The error answers of a route, for its `responses`; 401 and 503 come by themselves.

    `shapes` names those whose body says more than a plain `Problem`.
    """
    shapes = shapes or {}
    every = [*errors]
    if database:
        every.append(DatabaseAway)
    if body:
        every.extend(BODY)
    if signed_in:
        every.append(NotSignedIn)
    texts: dict[int, list[str]] = {}
    for error in every:
        text = (error.__doc__ or "").strip()
        if text not in texts.setdefault(error.status, []):
            texts[error.status].append(text)
    return {
        status: ResponseSpec(
            shapes.get(status, Problem),
            generate_examples=False,
            description=" ".join(parts),
            media_type=PROBLEM_JSON,
        )
        for status, parts in sorted(texts.items())
    }


def a_list_of(items: dict[str, object]) -> dict[str, object]:
    """The schema of a parameter that may be missing: of a list's items Litestar tells only their type."""
    return {"oneOf": [{"type": "array", "items": items}, {"type": "null"}]}


def leave_out_framework_errors(contract: OpenAPI) -> None:
    """Litestar declares a 400 of its own for every route with parameters; we answer those with 422."""
    for path in (contract.paths or {}).values():
        for operation in (path.get, path.post, path.patch, path.put, path.delete):
            responses = (operation and operation.responses) or {}
            if "400" in responses and PROBLEM_JSON not in (getattr(responses["400"], "content", None) or {}):
                del responses["400"]


def declare_workbooks(contract: OpenAPI) -> None:
    """Litestar knows one media type for each answer; those that are files come as workbooks too."""
    for path in (contract.paths or {}).values():
        for response in ((path.get and path.get.responses) or {}).values():
            if isinstance(response, OpenAPIResponse) and DOWNLOAD in (response.content or {}):
                binary = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
                response.content = {kind: OpenAPIMediaType(schema=binary) for kind in (DOWNLOAD, WORKBOOK)}
