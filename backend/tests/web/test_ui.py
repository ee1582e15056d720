"""The built UI beside the API."""

import pytest

from tests.conftest import People


@pytest.mark.parametrize(
    ("path", "media_type"),
    [("/", "text/html"), ("/requests/SF-1", "text/html"), ("/scheme.js", "text/javascript")],
)
async def test_files_have_their_type_and_unknown_paths_the_app(people: People, path: str, media_type: str) -> None:
    answer = await people.stranger().get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/../conftest.py", "/..%2fconftest.py", "/%2e%2e/%2e%2e/etc/passwd", "/%00"])
async def test_nothing_outside_its_folder_is_served(people: People, path: str) -> None:
    answer = await people.stranger().get(path)
    assert "<title>Sim-Flow" in answer.text
    assert answer.headers["content-type"].startswith("text/html")
