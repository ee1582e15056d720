"""Exactly once: a call that is sent again with the same `Idempotency-Key` gets the first answer and does nothing.

The key is claimed in the call's own transaction. What is not committed claims nothing, so a crash before the answer
leaves either the row and its answer, or neither.
"""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Response
from litestar.params import HeaderParameter

from simflow.db.queries import Connection
from simflow.errors import FieldError, InvalidFields
from simflow.idempotency import queries
from simflow.web.call import Call

T = TypeVar("T")
HEADER = "Idempotency-Key"
IdempotencyKey = Annotated[
    str | None,
    HeaderParameter(
        name=HEADER,
        description="A call that is sent again with the same key and body does nothing more; kept for 24 hours.",
    ),
]


async def once(tx: Connection, call: Call, key: str | None, work: Callable[[], Awaitable[Response[T]]]) -> Response[T]:
    """The work's answer, or the one it gave the first time. Raises `InvalidFields` for a key used otherwise."""
    if key is None:
        return await work()
    if not 1 <= len(key) <= 255 or not key.isprintable():
        raise InvalidFields(FieldError(HEADER, "must have 1 to 255 printable characters"))
    person = call.user.id
    fingerprint = await _fingerprint(call)
    if not await queries.claim.one(tx, person=person, key=key, fingerprint=fingerprint):
        answer = await queries.get_answer.one(tx, person=person, key=key)
        if answer.fingerprint != fingerprint:
            raise InvalidFields(FieldError(HEADER, "was used before for something else; take a new key"))
        return _response(answer.status, msgspec.json.decode(answer.headers), answer.body)
    first = await work()
    body = msgspec.json.encode(first.content)
    status = first.status_code or 201
    headers = dict(first.headers)
    await queries.keep_answer.run(
        tx, person=person, key=key, status=status, headers=msgspec.json.encode(headers).decode(), body=body
    )
    return _response(status, headers, body)


def _response(status: int, headers: dict[str, str], body: bytes) -> Response[Any]:
    return Response(body, status_code=status, headers=headers, media_type="application/json")


async def _fingerprint(call: Call) -> bytes:
    what = f"{call.method} {call.url.path}\n".encode() + await call.body()
    return hashlib.sha256(what).digest()
