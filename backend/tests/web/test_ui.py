"""The built UI beside the API."""

import pytest

from simflow.settings import Settings
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


@pytest.mark.parametrize(
    ("name", "accepts", "encoding"),
    [
        ("page-1.js", "gzip, deflate, br, zstd", "br"),
        ("page-1.js", "br;q=1.0", "br"),
        ("page-1.js", "gzip", "gzip"),
        ("page-1.js", "identity", None),
        ("plain-1.js", "gzip, br", "gzip"),
    ],
)
async def test_who_takes_what_the_build_has_packed_gets_it(
    people: People, name: str, accepts: str, encoding: str | None
) -> None:
    answer = await people.stranger().get(f"/assets/{name}", headers={"Accept-Encoding": accepts})
    assert answer.status_code == 200
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    if encoding == "br":
        assert answer.headers["content-length"] == str(len(b"as the build has packed it"))
    else:
        assert answer.text == "document.body;" * 200
    assert (answer.headers.get("vary") == "Accept-Encoding") == (encoding is not None)


async def test_what_a_later_build_brings_is_there_at_once(people: People, settings: Settings) -> None:
    later = settings.ui_dir / "assets" / "later-1.js"
    assert (await people.stranger().get("/assets/later-1.js")).status_code == 404
    later.write_text("document.head")
    try:
        assert (await people.stranger().get("/assets/later-1.js")).text == "document.head"
    finally:
        later.unlink()


async def test_an_asset_is_asked_about_without_its_content(people: People) -> None:
    answer = await people.stranger().head("/assets/page-1.js", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "br"


@pytest.mark.parametrize("name", ["gone-1.js", "..%2findex.html", "%2e%2e/index.html", "%00"])
async def test_what_is_no_asset_is_not_found(people: People, name: str) -> None:
    assert (await people.stranger().get(f"/assets/{name}")).status_code == 404


@pytest.mark.parametrize("path", ["/../conftest.py", "/..%2fconftest.py", "/%2e%2e/%2e%2e/etc/passwd", "/%00"])
async def test_nothing_outside_its_folder_is_served(people: People, path: str) -> None:
    answer = await people.stranger().get(path)
    assert "<title>Sim-Flow" in answer.text
    assert answer.headers["content-type"].startswith("text/html")
