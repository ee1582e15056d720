"""Whether an answer is one that OpenAPI declares: every answer that a test gets is checked on its way."""

import copy
import json
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import fastjsonschema
import httpx

from simflow.app import openapi_json


@cache
def contract() -> dict[str, Any]:
    return json.loads(openapi_json())


@cache
def _operations() -> list[tuple[str, re.Pattern[str], str]]:
    """Method, pattern of the path and the path as declared; those without a placeholder first."""
    paths = sorted(contract()["paths"], key=lambda path: path.count("{"))
    return [
        (method.upper(), re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + "/?"), path)
        for path in paths
        for method in contract()["paths"][path]
    ]


@lru_cache(maxsize=10_000)
def operation(method: str, path: str) -> str | None:
    """The declared path that a call goes to."""
    return next((name for verb, pattern, name in _operations() if verb == method and pattern.fullmatch(path)), None)


@cache
def _schemas() -> dict[str, Any]:
    """The declared schemas; where they do not say what else an object may hold, nothing else may be there."""
    schemas = copy.deepcopy(contract()["components"]["schemas"])
    for schema in schemas.values():
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
    return schemas


@cache
def _validator(path: str, method: str, status: str, media_type: str) -> Callable[[Any], None]:
    schema = contract()["paths"][path][method]["responses"][status]["content"][media_type]["schema"]
    return fastjsonschema.compile({"allOf": [schema], "components": {"schemas": _schemas()}}, use_default=False)


async def check(response: httpx.Response) -> None:
    """An event hook for httpx. Fails for an undeclared status or media type, and for a body that is not as declared."""
    await response.aread()
    call = response.request
    path = operation(call.method, call.url.raw_path.decode().partition("?")[0])
    if path is None:
        return
    method, status = call.method.lower(), str(response.status_code)
    declared = contract()["paths"][path][method]["responses"]
    assert status in declared, f"{call.method} {path} answers {status}, which is not declared: {response.text}"
    if response.status_code == 204:
        assert response.content == b""
        return
    media_type = response.headers["content-type"].partition(";")[0]
    assert media_type in declared[status]["content"], f"{call.method} {path} {status} answers {media_type}"
    if not media_type.endswith("json"):
        return
    try:
        _validator(path, method, status, media_type)(response.json())
    except fastjsonschema.JsonSchemaException as error:
        raise AssertionError(f"{call.method} {path} {status}: {error.message}: {response.text}") from error
