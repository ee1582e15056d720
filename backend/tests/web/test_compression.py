"""What is compressed on its way, and what is not."""

import gzip
from collections.abc import AsyncIterator

import httpx
import pytest

from simflow.web.compression import LEAST_BYTES, Compression
from tests.conftest import Caller


async def answered(pieces: list[bytes], accepts: str, path: str = "/api/requests") -> httpx.Response:
    """A bare application's answer in these pieces, through the middleware; nothing is unpacked."""

    async def application(scope: object, receive: object, send: object) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % sum(map(len, pieces)))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})  # type: ignore[operator]
        for number, piece in enumerate(pieces):
            more = number + 1 < len(pieces)
            await send({"type": "http.response.body", "body": piece, "more_body": more})  # type: ignore[operator]

    async with (
        httpx.AsyncClient(
            transport=httpx.ASGITransport(Compression(application)),
            base_url="http://x",  # type: ignore[arg-type]
        ) as client,
        client.stream("GET", path, headers={"Accept-Encoding": accepts}) as answer,
    ):
        answer._content = b"".join([piece async for piece in raw(answer)])
        return answer


def raw(answer: httpx.Response) -> AsyncIterator[bytes]:
    return answer.aiter_raw()


LONG = [b"riser " * 1000]


@pytest.mark.parametrize("accepts", ["gzip", "br, gzip;q=0.8", "gzip, deflate, br, zstd"])
@pytest.mark.parametrize("words", [1000, 10_000], ids=["short", "long"])
async def test_who_takes_gzip_gets_it(accepts: str, words: int) -> None:
    body = b"riser " * words
    answer = await answered([body], accepts)
    assert gzip.decompress(answer._content) == body
    assert len(answer._content) < len(body) / 20
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-length"] == str(len(answer._content))


async def test_in_pieces_it_has_no_length() -> None:
    answer = await answered([b"one ", b"two " * 900, b"three"], "gzip")
    assert gzip.decompress(answer._content) == b"one " + b"two " * 900 + b"three"
    assert "content-length" not in answer.headers


@pytest.mark.parametrize(
    ("pieces", "accepts", "path"),
    [
        ([b"x" * (LEAST_BYTES - 1)], "gzip", "/api/requests"),
        (LONG, "identity", "/api/requests"),
        (LONG, "br", "/api/requests"),
        (LONG, "gzip", "/api/events"),
        (LONG, "gzip", "/api/requests/export"),
        (LONG, "gzip", "/api/statistics/estimates/export"),
    ],
)
async def test_what_is_left_as_it_is(pieces: list[bytes], accepts: str, path: str) -> None:
    answer = await answered(pieces, accepts, path)
    assert answer._content == b"".join(pieces)
    assert "content-encoding" not in answer.headers


async def test_an_answer_of_the_api(requester: Caller) -> None:
    made = await requester.submit(description="Which riser does it take? " * 100)
    answer = await requester.get(f"/api/requests/{made['id']}")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json()["request"]["description"] == made["description"]
