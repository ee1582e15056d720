"""The machine-readable contract: what each route answers, its refusals included."""

from litestar.openapi import ResponseSpec

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
BODY: tuple[type[ApiError], ...] = (NotJson, CrossSite, TooLarge, WrongContentType, InvalidFields)
"""How a call with a JSON body can fail before anything is decided."""


def refusals(*errors: type[ApiError], body: bool = False, signed_in: bool = True) -> dict[int, ResponseSpec]:
    """The error answers of a route, for its `responses`; 401 and 503 come by themselves."""
    every = (*errors, DatabaseAway, *(BODY if body else ()), *((NotSignedIn,) if signed_in else ()))
    texts: dict[int, list[str]] = {}
    for error in every:
        text = (error.__doc__ or "").strip()
        if text not in texts.setdefault(error.status, []):
            texts[error.status].append(text)
    return {
        status: ResponseSpec(Problem, generate_examples=False, description=" ".join(parts), media_type=PROBLEM_JSON)
        for status, parts in sorted(texts.items())
    }
