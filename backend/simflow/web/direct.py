"""Calls that only read, and are told by their path alone, go straight to their handler.

Of a detail's time in the API a sixth was the framework's way to hand a handler its parameters and dependencies, and to
make a response of what it returns (docs/performance.md). What has a query or a body is checked there, and keeps to it.
"""

from functools import cache
from typing import Any

from litestar import Response
from litestar.params import PathParameter
from litestar.serialization import encode_json
from litestar.types import ASGIApp, Receive, Scope, Send

from simflow.auth.middleware import READS_WITH
from simflow.web.call import Call

JSON = (b"content-type", b"application/json")


class Direct:
    """The innermost middleware. What a handler raises goes its usual way."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        values: dict[str, Any] = scope  # type: ignore[assignment]
        handler = values["route_handler"]
        if READS_WITH not in values or not is_told_by_path(handler):
            await self._app(scope, receive, send)
            return
        answer = await handler.fn(**values["path_params"], **_others(handler, values))
        headers = [JSON]
        if isinstance(answer, Response):
            headers += [(name.lower().encode(), value.encode()) for name, value in answer.headers.items()]
            answer = answer.content
        body = encode_json(answer)
        headers.append((b"content-length", b"%d" % len(body)))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})


def _others(handler: Any, values: dict[str, Any]) -> dict[str, Any]:
    others = {"tx": values[READS_WITH]}
    if "request" in handler.parsed_fn_signature.parameters:
        others["request"] = Call(values)  # type: ignore[arg-type]
    return others


@cache
def is_told_by_path(handler: Any) -> bool:
    """Whether it takes only what is in its path, the call and the transaction. Other types than text need reading."""
    return all(
        name in ("request", "tx") or (isinstance(one.kwarg_definition, PathParameter) and one.annotation is str)
        for name, one in handler.parsed_fn_signature.parameters.items()
    )
