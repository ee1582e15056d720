"""Serves the built UI beside the API: hashed assets for ever, the page itself always fresh."""

from mimetypes import guess_type
from pathlib import Path
from typing import Any

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import File
from litestar.static_files import create_static_files_router

from simflow.auth.middleware import OPEN
from simflow.errors import NotFound

NOT_BUILT = "The UI is not built yet: run `make run`, or `npm run build` in frontend/.\n"


def ui_handlers(ui_dir: Path) -> list[Any]:
    """Route handlers for everything that is not the API. Unknown paths get the app, which knows its own routes."""
    handlers: list[Any] = [_page_handler(ui_dir)]
    if (ui_dir / "assets").is_dir():
        assets = create_static_files_router(
            path="/assets",
            directories=[ui_dir / "assets"],
            cache_control=None,
            opt={OPEN: True},
            include_in_schema=False,
            after_request=_cache_for_ever,
        )
        handlers.append(assets)
    return handlers


def _cache_for_ever(response: Response[Any]) -> Response[Any]:
    if response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


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
