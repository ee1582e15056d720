"""What may be sent: content type, size, JSON, and every field's type and bounds, at both edges."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.conftest import Caller

NEW = {"title": "Reach study", "description": "Cell 4", "vendor": "FANUC", "priority": "Low"}
JSON = {"Content-Type": "application/json"}
WHITE_SPACE = [" ", "\n\t\r ", "\u00a0", "\u3000", "\x0b\x0c", "\u2028", "\x85"]
TEXTS = {
    "emoji": "\U0001f916 robot \U0001f469\u200d\U0001f527",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202eabc",
    "markup": "<script>alert('x')</script> &amp; <b>",
    "quotes and backslashes": "\"; DROP TABLE requests; -- \\ \\' $1 %s {x}",
    "combining": "e\u0301 \u1100\u1161 \ufeff \u200b",
    "control characters": "a\x01\x07\x1b\x7fb",
    "beyond the first plane": "\U0010ffff \uffff \ue000",
    "white space within and around": "  two\n\nlines\t ",
}


def fields(answer: httpx.Response) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


@dataclass
class Field:
    """A field of a body, and where it can be sent. `rest` is what else the body needs."""

    method: str
    path: str
    name: str
    longest: int
    rest: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.name}"


TEXT_FIELDS = [
    *(
        Field("POST", "", name, longest, {k: v for k, v in NEW.items() if k != name})
        for name, longest in (("title", 255), ("description", 20_000), ("vendor", 100))
    ),
    *(
        Field("PATCH", "/{id}", name, longest, {})
        for name, longest in (("title", 255), ("description", 20_000), ("vendor", 100))
    ),
    Field("POST", "/{id}/comments", "content", 10_000, {}),
    Field("PATCH", "/{id}/status", "reason", 10_000, {"status": "Cancelled"}),
]
EACH_TEXT = pytest.mark.parametrize("field", TEXT_FIELDS, ids=str)


class Sender:
    """Sends one field to a request of its own."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller

    async def send(self, field: Field, value: Any) -> httpx.Response:
        request = await self.caller.submit() if "{id}" in field.path else {"id": ""}
        path = "/api/requests" + field.path.format(id=request["id"])
        return await self.caller.request(field.method, path, json=field.rest | {field.name: value})

    async def kept(self, field: Field, answer: httpx.Response) -> str:
        """The value as it was stored, read anew."""
        body = answer.json()
        if "comment" in body:
            detail = await self.caller.get(f"/api/requests/{body['comment']['requestId']}")
            return detail.json()["comments"][-1]["content"]
        request_id = body["request"]["id"]
        if field.name == "reason":
            log = await self.caller.get(f"/api/requests/{request_id}/activity")
            return log.json()["activity"][0]["details"]["reason"]
        return (await self.caller.get(f"/api/requests/{request_id}")).json()["request"][field.name]


@pytest.fixture
def sender(requester: Caller) -> Sender:
    return Sender(requester)


@EACH_TEXT
async def test_bounds_hold_after_trimming(sender: Sender, field: Field) -> None:
    full = "x" * field.longest
    taken = ["x", full, "\U0001f916" * field.longest, *(space + full + space for space in WHITE_SPACE)]
    for value in taken:
        answer = await sender.send(field, value)
        assert answer.is_success, (value[:5], answer.text)
        assert await sender.kept(field, answer) == value
    for value in ["", *WHITE_SPACE, full + "x", f" {full}x "]:
        answer = await sender.send(field, value)
        assert (answer.status_code, fields(answer)) == (422, [field.name]), repr(value[:5])


@EACH_TEXT
async def test_text_is_stored_exactly_as_typed(sender: Sender, field: Field) -> None:
    for what, value in TEXTS.items():
        answer = await sender.send(field, value)
        assert answer.is_success, (what, answer.text)
        assert await sender.kept(field, answer) == value, what


@EACH_TEXT
async def test_what_is_no_storable_text_is_refused(sender: Sender, field: Field) -> None:
    for value in (5, 1.5, True, [], {}, ["x"], "a\x00b", "\x00"):
        answer = await sender.send(field, value)
        assert (answer.status_code, fields(answer)) == (422, [field.name]), repr(value)


@EACH_TEXT
async def test_half_a_character_is_refused(sender: Sender, field: Field) -> None:
    request = await sender.caller.submit()
    path = "/api/requests" + field.path.format(id=request["id"])
    for half in ("\\ud800", "\\udc00\\ud800", "x\\udfff"):
        body = json.dumps(field.rest | {field.name: "HALF"}).replace("HALF", half)
        answer = await sender.caller.request(field.method, path, content=body, headers=JSON)
        assert (answer.status_code, fields(answer)) == (422, [field.name]), half


@pytest.mark.parametrize("value", ["low", "Urgent", "", 1, None, True, [], {"Low": 1}])
async def test_priority_is_one_of_three(requester: Caller, value: Any) -> None:
    answer = await requester.post("/api/requests", json=NEW | {"priority": value})
    assert (answer.status_code, fields(answer)) == (422, ["priority"])


@pytest.mark.parametrize("value", ["submitted", "Nonsense", "", None, 3, ["Cancelled"]])
async def test_status_is_one_of_twelve(requester: Caller, value: Any) -> None:
    request = await requester.submit()
    answer = await requester.patch(f"/api/requests/{request['id']}/status", json={"status": value, "reason": "x"})
    assert (answer.status_code, fields(answer)) == (422, ["status"])


@pytest.mark.parametrize("hours", [0, -1, 10_001, 10**30, 8.0, 8.5, "8", True, None, [], {}])
async def test_hours_are_whole_and_within_bounds(
    requester: Caller, manager: Caller, engineer: Caller, hours: Any
) -> None:
    request = await requester.submit()
    body = {"engineerId": engineer.id, "estimatedHours": hours}
    answer = await manager.patch(f"/api/requests/{request['id']}/assign", json=body)
    assert (answer.status_code, fields(answer)) == (422, ["estimatedHours"])


@pytest.mark.parametrize("hours", [1, 10_000])
async def test_hours_reach_their_bounds(requester: Caller, manager: Caller, engineer: Caller, hours: int) -> None:
    answer = await manager.assign(await requester.submit(), engineer, hours)
    assert answer.json()["request"]["estimatedHours"] == hours


@pytest.mark.parametrize("engineer_id", ["", "me", "SF-1", 5, None, [], "0" * 32 + "g"])
async def test_an_engineer_is_named_by_id(requester: Caller, manager: Caller, engineer_id: Any) -> None:
    request = await requester.submit()
    body = {"engineerId": engineer_id, "estimatedHours": 8}
    answer = await manager.patch(f"/api/requests/{request['id']}/assign", json=body)
    assert (answer.status_code, fields(answer)) == (422, ["engineerId"])


@pytest.mark.parametrize("internal", ["true", 1, 0, None, []])
async def test_internal_is_true_or_false(requester: Caller, internal: Any) -> None:
    request = await requester.submit()
    body = {"content": "x", "internal": internal}
    answer = await requester.post(f"/api/requests/{request['id']}/comments", json=body)
    assert (answer.status_code, fields(answer)) == (422, ["internal"])


async def test_every_invalid_field_is_told(requester: Caller) -> None:
    body = {"title": " ", "vendor": "x" * 101, "priority": "Urgent", "status": "Accepted", "createdBy": "me"}
    answer = await requester.post("/api/requests", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(fields(answer)) == {"title", "description", "vendor", "priority", "status", "createdBy"}
    problem = answer.json()
    assert (problem["status"], problem["title"], problem["type"]) == (422, "Invalid fields", "about:blank")
    assert all(error["message"] for error in problem["errors"])


async def test_an_empty_object_misses_everything(requester: Caller) -> None:
    answer = await requester.post("/api/requests", json={})
    assert set(fields(answer)) == {"title", "description", "vendor", "priority"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/requests/{id}", {"title": "x"}),
        ("/api/requests/{id}/status", {"status": "Cancelled", "reason": "x"}),
        ("/api/requests/{id}/assign", {"engineerId": "00000000-0000-0000-0000-000000000000", "estimatedHours": 1}),
    ],
)
async def test_unknown_fields_are_refused(requester: Caller, path: str, body: dict[str, Any]) -> None:
    request = await requester.submit()
    for name in ("assignedTo", "version", "created_by", "", "__proto__", "status\x00", "\U0001f916"):
        answer = await requester.patch(path.format(id=request["id"]), json=body | {name: 1})
        assert (answer.status_code, fields(answer)) == (422, [name])
    assert (await requester.get(f"/api/requests/{request['id']}")).json()["request"]["version"] == 1


@pytest.mark.parametrize("body", ["[]", "null", "5", '"text"', "true", "[{}]"])
async def test_json_that_is_no_object(requester: Caller, body: str) -> None:
    answer = await requester.post("/api/requests", content=body, headers=JSON)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"title=x",
        b"{'title': 'x'}",
        b'{"title": "x",}',
        b'{"title": NaN}',
        b'{"title": Infinity}',
        b'{"title": -Infinity}',
        b'{"title": "a\nb"}',
        b'{"title": "\xff"}',
        b"\xef\xbb\xbf{}",
        '{"title": "x"}'.encode("utf-16"),
        '{"title": "x"}'.encode("utf-16-le"),
        '{"title": "x"}'.encode("utf-32"),
        b'{"title": "\\x41"}',
        b'{"title": 01}',
        b"{} {}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
    ids=lambda body: repr(body[:20]),
)
async def test_what_is_no_json(requester: Caller, body: bytes) -> None:
    answer = await requester.post("/api/requests", content=body, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["title"] == "Not JSON"


@pytest.mark.parametrize(
    "body",
    [
        b'{"\\ud800": 1}',
        b'{"title": {"\\ud800": 1}}',
        b'{"title": [["\\udfff"]]}',
        b'"\\ud800"',
        b'["\\ud800"]',
        b'{"title": 1e999}',
        b'{"title": 1' + b"0" * 4000 + b"}",
        b"[" * 400 + b"]" * 400,
        b'{"title": "x", "title": 5}',
    ],
    ids=lambda body: repr(body[:20]),
)
async def test_json_that_cannot_be_taken(requester: Caller, body: bytes) -> None:
    answer = await requester.post("/api/requests", content=body, headers=JSON)
    assert answer.status_code in {400, 422}, answer.text
    if b"\\ud" not in body:
        assert "half" not in answer.text


@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", "application/x-www-form-urlencoded", "application/xml"]
)
async def test_other_content_types_are_refused(requester: Caller, content_type: str | None) -> None:
    request = await requester.submit()
    headers = {} if content_type is None else {"Content-Type": content_type}
    for method, path in (
        ("POST", "/api/requests"),
        ("PATCH", f"/api/requests/{request['id']}"),
        ("PATCH", f"/api/requests/{request['id']}/status"),
        ("PATCH", f"/api/requests/{request['id']}/assign"),
        ("POST", f"/api/requests/{request['id']}/comments"),
        ("POST", "/api/auth/login"),
    ):
        answer = await requester.request(method, path, content=b"{}", headers=headers)
        assert answer.status_code == 415, path


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "APPLICATION/JSON", "application/json ;x=y"]
)
async def test_json_may_say_more_about_itself(requester: Caller, content_type: str) -> None:
    answer = await requester.post("/api/requests", content=json.dumps(NEW), headers={"Content-Type": content_type})
    assert answer.status_code == 201


async def test_a_body_that_is_too_large(requester: Caller) -> None:
    body = json.dumps(NEW | {"description": "x" * 1_000_000}).encode()
    assert (await requester.post("/api/requests", content=body, headers=JSON)).status_code == 413

    async def in_pieces() -> AsyncIterator[bytes]:
        """Without saying how long it will be."""
        for start in range(0, len(body), 100_000):
            yield body[start : start + 100_000]

    assert (await requester.post("/api/requests", content=in_pieces(), headers=JSON)).status_code == 413


async def test_the_longest_text_fits_even_when_every_character_is_escaped(requester: Caller) -> None:
    longest = "\U0001f916" * 20_000
    body = json.dumps(NEW | {"description": longest})
    assert len(body) > 200_000
    answer = await requester.post("/api/requests", content=body, headers=JSON)
    assert answer.json()["request"]["description"] == longest
