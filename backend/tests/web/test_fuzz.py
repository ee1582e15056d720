"""Whatever is sent to whatever route, by whomever: it is answered as declared, and never with a 5xx.

The client checks every answer against OpenAPI, so a status or body that is not declared fails too.
"""

import json
import re
from functools import cache
from typing import Any
from urllib.parse import quote_from_bytes

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import Caller, People
from tests.requests.arrange import put
from tests.web.declared import contract

OPERATIONS = sorted(
    (method.upper(), path)
    for path, operations in contract()["paths"].items()
    for method in operations
    if path != "/api/events"  # an answer without an end
)
PLACE = re.compile(r"\{\w+\}")
WORDS = [
    "title", "description", "vendor", "priority", "status", "reason", "suggestedHours", "engineerId",
    "estimatedHours", "content", "internal", "email", "password", "Low", "High", "Submitted", "Cancelled",
    "In Progress", "Engineering Review", "me", "none", "createdAt", "-title", "SF-1", "q", "sort", "limit", "cursor",
    "createdBy", "assignedTo", "by", "requests", "move", "assign", "role", "ENGINEER", "withInactive",
    "true", "1", "200",
    "format", "columns", "waitsFor", "createdFrom", "createdTo", "statusThen", "asOf", "2026-01-01T00:00:00Z",
]  # fmt: skip
ANY_TEXT = st.one_of(st.sampled_from(WORDS), st.text(max_size=30), st.text(st.characters(codec=None), max_size=5))
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(1, 10_000), st.floats(), ANY_TEXT, st.uuids().map(str)
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(ANY_TEXT, inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip
BODIES = st.one_of(
    st.dictionaries(st.one_of(st.sampled_from(WORDS), ANY_TEXT), st.one_of(LEAVES, VALUES), max_size=6)
    .map(json.dumps)
    .map(str.encode),
    VALUES.map(json.dumps).map(str.encode),
    st.binary(max_size=60),
)
QUERIES = st.one_of(
    st.lists(st.tuples(st.sampled_from(WORDS), ANY_TEXT), max_size=4).map(
        lambda pairs: "&".join(f"{k}={quote_from_bytes(v.encode(errors='surrogatepass'))}" for k, v in pairs)
    ),
    st.binary(max_size=30).map(quote_from_bytes),
)
SEGMENTS = st.one_of(
    st.none(),
    st.uuids().map(str),
    st.integers(0, 10**30).map("SF-{}".format),
    st.binary(min_size=1, max_size=20).filter(lambda raw: b"/" not in raw and raw.strip(b".")).map(quote_from_bytes),
)
"""The part of a path that names a request; None stands for one that exists."""
RAW = st.binary(max_size=20).filter(lambda raw: not set(raw) & {0, 10, 13})
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "If-Match": st.one_of(st.just(b'"1"'), RAW),
        "Origin": RAW,
        "Cookie": RAW,
        "Content-Type": st.sampled_from([b"text/plain", b"application/json; charset=latin-1"]),
    },
)
CALLS = st.tuples(st.sampled_from(["USER", "ENGINEER", "MANAGER", "ADMIN", None]), SEGMENTS, QUERIES, BODIES, HEADERS)


def examples(strategy: st.SearchStrategy[Any], how_many: int) -> list[Any]:
    """The same ones in every run."""
    found = []

    @settings(
        max_examples=how_many,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: Any) -> None:
        found.append(example)

    collect()
    return found


@cache
def calls() -> list[Any]:
    return examples(CALLS, 50)


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself instead of a reference to it, and without the choice of null."""
    while "$ref" in schema or "oneOf" in schema:
        schema = schema["oneOf"][0] if "oneOf" in schema else contract()["components"]["schemas"][schema["$ref"][21:]]
    return schema


def fitting(schema: dict[str, Any], engineer_id: str) -> st.SearchStrategy[Any]:
    """Values as a field wants them, and some of any kind."""
    schema = resolved(schema)
    if "enum" in schema:
        good: st.SearchStrategy[Any] = st.sampled_from(schema["enum"])
    elif schema.get("format") == "uuid":
        good = st.just(engineer_id)
    elif schema.get("type") == "boolean":
        good = st.booleans()
    elif schema.get("type") == "integer":
        good = st.integers(1, 10_000)
    elif schema.get("type") == "array":
        good = st.lists(fitting(schema["items"], engineer_id), max_size=3)
    elif "properties" in schema:
        inner = {name: fitting(field, engineer_id) for name, field in schema["properties"].items()}
        good = st.fixed_dictionaries({}, optional=inner)
    else:
        good = st.one_of(st.text(min_size=1, max_size=20), st.sampled_from(WORDS))
    return st.one_of(good, good, good, LEAVES)


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=str)
async def test_nothing_that_is_sent_breaks_anything(
    people: People, owner: asyncpg.Connection, engineer: Caller, method: str, path: str
) -> None:
    callers = {role: await people.add(role) for role in ("USER", "ENGINEER", "MANAGER", "ADMIN")}
    stranger = people.stranger()
    known = await put(owner, callers["USER"], "Engineering Review", engineer)
    for role, segment, query, body, headers in calls():
        caller = callers[role] if role else stranger
        where = PLACE.sub((segment or known["id"]).replace("\\", ""), path) + f"?{query}"
        sent = {"Content-Type": b"application/json"} | headers
        answer = await caller.request(method, where, content=body, headers=sent)
        assert answer.status_code < 500, (role, where, body, sent, answer.text)


@pytest.mark.parametrize(("method", "path"), [pair for pair in OPERATIONS if pair[0] != "GET"], ids=str)
async def test_what_nearly_fits_breaks_nothing_either(
    people: People, owner: asyncpg.Connection, engineer: Caller, method: str, path: str
) -> None:
    callers = [await people.add("USER"), engineer, await people.add("MANAGER"), await people.add("ADMIN")]
    operation = contract()["paths"][path][method.lower()]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    fields = resolved(body).get("properties", {})
    bodies = st.fixed_dictionaries({}, optional={name: fitting(field, engineer.id) for name, field in fields.items()})
    for number, example in enumerate(examples(bodies, 25)):
        known = await put(owner, callers[0], "Engineering Review", engineer)
        caller = callers[number % 4]
        sent = {"Content-Type": "application/json"}
        where = PLACE.sub("1", path.replace("{request_id}", known["key"]))
        answer = await caller.request(method, where, content=json.dumps(example), headers=sent)
        assert answer.status_code < 500, (caller.user["role"], where, example, answer.text)
