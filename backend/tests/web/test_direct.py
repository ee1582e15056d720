"""Calls that go straight to their handler are answered just as those that go the framework's way."""

import pytest
from litestar import Litestar

from simflow.auth.middleware import only_reads
from simflow.web.direct import is_told_by_path
from tests.conftest import Caller, People

CHANGING = {"x-request-id", "date"}


def direct_paths(app: Litestar) -> set[str]:
    handlers = [(route, one) for route in app.routes for one in getattr(route, "route_handlers", ())]
    return {route.path_format for route, one in handlers if only_reads(one) and is_told_by_path(one)}


def test_who_goes_straight(app: Litestar) -> None:
    """Details do; what has a query, which must be checked, never does."""
    paths = direct_paths(app)
    assert {"/api/requests/{request_id}", "/api/requests/{request_id}/links", "/api/views"} <= paths
    assert paths.isdisjoint(
        {"/api/requests", "/api/requests/counts", "/api/requests/{request_id}/activity", "/api/home"}
    )


@pytest.mark.parametrize("accepts", ["gzip", "identity"])
async def test_both_ways_answer_alike(app: Litestar, people: People, accepts: str) -> None:
    """The first call of a session goes the framework's way, since nobody knows yet with which role to read."""
    manager = await people.add("MANAGER")
    request = await manager.submit(description="Riser. " * 300)
    await manager.post(f"/api/requests/{request['id']}/comments", json={"content": "Grüße", "internal": True})
    for path in sorted(direct_paths(app)):
        if {part for part in path.split("/") if part.startswith("{")} - {"{request_id}"}:
            continue
        fresh: Caller = await people.add("MANAGER")
        url = path.replace("{request_id}", request["id"])
        answers = [await fresh.get(url, headers={"Accept-Encoding": accepts}) for _ in range(2)]
        (framework, direct) = answers
        assert (framework.status_code, framework.content) == (direct.status_code, direct.content), path
        first, second = (
            {name: value for name, value in one.headers.items() if name not in CHANGING} for one in answers
        )
        assert first == second, path


async def test_errors_are_told_alike(people: People) -> None:
    stranger = await people.add("USER")
    first, second = [await stranger.get("/api/requests/SF-99999999") for _ in range(2)]
    assert first.status_code == second.status_code == 404
    assert first.headers["content-type"] == second.headers["content-type"]
    assert {**first.json(), "requestId": ""} == {**second.json(), "requestId": ""}
