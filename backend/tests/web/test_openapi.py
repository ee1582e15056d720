"""OpenAPI says neither less nor more than what happens. That no answer is undeclared is checked in every other test."""

import re
from typing import Any

from tests.conftest import People
from tests.web.declared import contract

BODY = {400, 403, 413, 415, 422}
CHANGE = BODY | {200, 401, 404, 409, 412, 503}
DECLARED = {
    "GET /api/auth/demo": {200, 404},
    "POST /api/auth/login": BODY | {200, 401, 429, 503},
    "POST /api/auth/logout": {204, 403, 503},
    "GET /api/auth/session": {200, 401, 503},
    "GET /api/requests": {200, 401, 422, 503},
    "POST /api/requests": BODY | {201, 401, 503},
    "GET /api/requests/counts": {200, 401, 422, 503},
    "GET /api/requests/groups": {200, 401, 422, 503},
    "GET /api/requests/vendors": {200, 401, 503},
    "GET /api/requests/export": {200, 401, 422, 429, 503},
    "GET /api/requests/timeline": {200, 401, 422, 503},
    "GET /api/requests/board": {200, 401, 422, 503},
    "POST /api/requests/bulk": BODY | {200, 401, 503},
    "GET /api/requests/{request_id}": {200, 401, 404, 503},
    "PATCH /api/requests/{request_id}": CHANGE,
    "PATCH /api/requests/{request_id}/status": CHANGE,
    "PATCH /api/requests/{request_id}/assign": CHANGE,
    "POST /api/requests/{request_id}/comments": BODY | {201, 401, 404, 503},
    "GET /api/requests/{request_id}/activity": {200, 401, 404, 422, 503},
    "GET /api/views": {200, 401, 503},
    "POST /api/views": BODY | {201, 401, 503},
    "GET /api/views/{view_id}": {200, 401, 404, 503},
    "PATCH /api/views/{view_id}": BODY | {200, 401, 404, 412, 503},
    "DELETE /api/views/{view_id}": {204, 401, 403, 404, 412, 503},
    "GET /api/users": {200, 401, 422, 503},
    "GET /health": {200},
    "GET /ready": {200, 503},
}


def operations() -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, by_method in contract()["paths"].items()
        for method, operation in by_method.items()
    }


def test_statuses_are_declared_exactly() -> None:
    found = {name: {int(status) for status in operation["responses"]} for name, operation in operations().items()}
    assert {name: found.get(name) for name in DECLARED} == DECLARED


def test_every_refusal_is_declared_as_problem_details() -> None:
    for name, operation in operations().items():
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], (name, status)


def test_every_field_of_an_answer_is_required() -> None:
    """A field that may be missing would be optional for every client."""
    schemas = contract()["components"]["schemas"]
    for name in (
        "Request",
        "RequestDetail",
        "Comment",
        "Entry",
        "User",
        "Action",
        "RequestPage",
        "Counts",
        "ActivityPage",
    ):
        if name in schemas:
            assert set(schemas[name]["required"]) == set(schemas[name]["properties"]), name


def test_the_contracts_fields_are_there() -> None:
    schemas = contract()["components"]["schemas"]
    request = "id key title description vendor status priority createdBy createdByName assignedTo assignedToName"
    times = "createdAt updatedAt version statusSince startedAt completedAt revisions waitsFor dueDate tags studyType"
    request_fields = set(f"{request} estimatedHours overdue clockStopped {times}".split())
    assert set(schemas["Request"]["properties"]) == request_fields
    assert set(schemas["RequestDetail"]["properties"]) >= {*request_fields, "actions"}
    assert set(schemas["Action"]["properties"]) >= {"name", "to", "needsReason", "allowed", "why"}
    comment = ["id", "requestId", "authorId", "authorName", "authorRole", "content", "internal", "createdAt"]
    comment += ["version", "editedAt", "withdrawnAt"]
    assert set(schemas["Comment"]["properties"]) == set(comment)
    assert set(schemas["Entry"]["properties"]) >= {"id", "action", "userId", "userName", "details", "createdAt"}
    assert set(schemas["User"]["properties"]) >= {"id", "name", "email", "role", "avatarUrl"}


def test_no_operation_shares_its_name() -> None:
    names = [operation["operationId"] for operation in operations().values()]
    assert len(names) == len(set(names))


async def test_it_is_served_to_everybody_as_it_is_committed(people: People) -> None:
    answer = await people.stranger().get("/api/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json() == contract()


def test_made_up_text_is_not_part_of_the_contract() -> None:
    """Examples that a generator invents differ from one run to the next."""
    assert "example" not in {key for schema in contract()["components"]["schemas"].values() for key in schema}


def test_orders_and_columns_are_told_with_those_by_fields() -> None:
    paths = contract()["paths"]

    def schema(path: str, name: str) -> Any:
        return next(p["schema"] for p in paths[path]["get"]["parameters"] if p["name"] == name)

    for path in ("/api/requests", "/api/requests/export"):
        known, field = schema(path, "sort")["oneOf"]
        assert {"-createdAt", "dueDate", "urgency"} < set(known["enum"])
        assert re.search(field["pattern"], "-field:payload")
        assert not re.search(field["pattern"], "field:Payload")
    known, field = schema("/api/requests/export", "columns")["oneOf"][0]["items"]["oneOf"]
    assert {"key", "data"} < set(known["enum"])
    assert re.search(field["pattern"], "field:payload")
    assert re.search(schema("/api/requests", "fields")["oneOf"][0]["items"]["pattern"], "payload")
