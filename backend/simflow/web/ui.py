"""Serves the built UI beside the API: hashed assets for ever, the page itself always fresh."""

from mimetypes import guess_type
from pathlib import Path
from typing import Any

from litestar import HttpMethod, Request, Response, get, route
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import File

from simflow.auth.middleware import OPEN
from simflow.errors import NotFound

NOT_BUILT = "The UI is not built yet: run `make run`, or `npm run build` in frontend/.\n"


def ui_handlers(ui_dir: Path) -> list[Any]:
    """Route handlers for everything that is not the API. Unknown paths get the app, which knows its own routes."""
    handlers: list[Any] = [_page_handler(ui_dir)]
    if (ui_dir / "assets").is_dir():
        handlers.append(_asset_handler(ui_dir / "assets"))
    return handlers


def _asset_handler(folder: Path) -> HTTPRouteHandler:
    @route(
        "/assets/{name:str}",
        http_method=[HttpMethod.GET, HttpMethod.HEAD],
        include_in_schema=False,
        sync_to_thread=False,
        opt={OPEN: True},
    )
    def asset(name: FromPath[str], request: Request[Any, Any, Any]) -> File:
        """As the build has packed it where a browser takes that: a fifth smaller than what is packed for each call."""
        # Looked for with each call: a build that is made anew has other names. Never outside the folder.
        plain = folder / Path(name).name
        if not plain.is_file():
            raise NotFound
        takes = {one.split(";")[0].strip() for one in request.headers.get("accept-encoding", "").split(",")}
        packed = plain.with_name(f"{plain.name}.br")
        is_packed = "br" in takes and packed.is_file()
        encoding = {"Content-Encoding": "br", "Vary": "Accept-Encoding"} if is_packed else {}
        return File(
            packed if is_packed else plain,
            filename=plain.name,
            media_type=guess_type(plain)[0] or "application/octet-stream",
            content_disposition_type="inline",
            headers={"Cache-Control": "public, max-age=31536000, immutable", **encoding},
        )

    return asset


def _page_handler(ui_dir: Path) -> HTTPRouteHandler:
    root = ui_dir.resolve()

    @get(["/", "/{path:path}"], include_in_schema=False, sync_to_thread=False, opt={OPEN: True})
    def page(path: FromPath[str] = "") -> Response[Any]:
        relative = path.lstrip("/")
        if relative.startswith(("api/", "assets/")) or relative == "api":
            raise NotFound
        wanted = (root / relative).resolve() if "\x00" not in relative else root
        if wanted.is_relative_to(root) and wanted.is_file():
            return File(
                wanted,
                media_type=guess_type(wanted.name)[0] or "application/octet-stream",
                content_disposition_type="inline",
                headers={"Cache-Control": "no-cache"},
            )
        if not (root / "index.html").is_file():
            return Response(NOT_BUILT, media_type="text/plain", status_code=503)
        return File(
            root / "index.html",
            media_type="text/html",
            content_disposition_type="inline",
            headers={"Cache-Control": "no-cache"},
        )

    return page
