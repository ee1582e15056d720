"""The composition root: every router, dependency, middleware and error handler, once."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import msgspec
from granian.utils.proxies import wrap_asgi_with_proxy_headers
from litestar import Litestar, MediaType, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import Middleware

from simflow import health, logs, reporting
from simflow.activity.routes import router as activity
from simflow.auth.middleware import OPEN, READS_WITH, SessionMiddleware
from simflow.auth.routes import router as auth
from simflow.comments.routes import router as comments
from simflow.criteria.routes import router as criteria
from simflow.db.pool import Database
from simflow.db.queries import Connection
from simflow.drafts.routes import copy_router
from simflow.drafts.routes import router as drafts
from simflow.errors import CommandError
from simflow.events.hub import Hub
from simflow.events.routes import router as events
from simflow.home.routes import router as home
from simflow.imports.routes import router as imports
from simflow.jobs.routes import router as jobs
from simflow.links.routes import router as links
from simflow.mentions.routes import router as mentions
from simflow.metrics.process import forget_this_process, sample
from simflow.metrics.routes import get_metrics
from simflow.notifications.routes import router as notifications
from simflow.requests.routes import router as requests
from simflow.running.drain import DRAIN_SIGNAL, let_nobody_in
from simflow.settings import Settings
from simflow.similar.routes import router as similar
from simflow.statistics.routes import router as statistics
from simflow.study.routes import form_router
from simflow.study.routes import router as study_types
from simflow.tags.routes import router as tags
from simflow.templates.routes import router as templates
from simflow.tracing import tracing
from simflow.users.routes import router as users
from simflow.version import VERSION
from simflow.views.routes import router as views
from simflow.watchers.routes import router as watchers
from simflow.web import problems
from simflow.web.call import MAX_BODY_BYTES, Call
from simflow.web.compression import Compression
from simflow.web.direct import Direct
from simflow.web.injected import Db
from simflow.web.openapi import declare_workbooks, leave_out_framework_errors
from simflow.web.origin import SameSite
from simflow.web.ui import ui_handlers
from simflow.web.watch import Outcome, Watch, mark_of


async def provide_tx(request: Call, db: Db) -> AsyncGenerator[Connection, None]:
    """The request is the transaction: Litestar ends this before it answers, so an answer means it is committed.

    A call that only reads has its connection already, and nothing to commit.
    """
    reader: Connection | None = request.scope.get(READS_WITH)  # type: ignore[assignment]
    if reader is not None:
        yield reader
        return
    async with db.transaction(request.user, mark_of(request.scope)) as tx:
        yield tx


def provide_db(state: State) -> Database:
    db: Database = state.db
    return db


def provide_hub(state: State) -> Hub:
    hub: Hub = state.hub
    return hub


def provide_settings(state: State) -> Settings:
    settings: Settings = state.settings
    return settings


def create_app(settings: Settings | None = None) -> Litestar:
    """The ASGI application. Raises `CommandError` when no database is named."""
    settings = settings or Settings.from_env()
    if settings.database_url is None:
        raise CommandError("No database: set DATABASE_URL, or use `simflow up`.")
    reporting.configure(settings)
    db = Database(settings.database_url, settings.pool_size)
    hub = Hub(db)

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        logs.configure(as_json=settings.log_json)
        await db.open()
        tasks = [asyncio.create_task(hub.run()), asyncio.create_task(sample(db, hub))]

        def drain() -> None:
            let_nobody_in()
            hub.close()

        loop = asyncio.get_running_loop()
        loop.add_signal_handler(DRAIN_SIGNAL, drain)
        yield
        loop.remove_signal_handler(DRAIN_SIGNAL)
        for task in tasks:
            task.cancel()
        hub.close()
        await db.close()
        forget_this_process()
        reporting.flush()

    app = Litestar(
        route_handlers=[
            Router(
                "/api",
                route_handlers=[
                    auth,
                    requests,
                    comments,
                    activity,
                    users,
                    imports,
                    events,
                    statistics,
                    home,
                    jobs,
                    views,
                    mentions,
                    notifications,
                    tags,
                    watchers,
                    links,
                    study_types,
                    form_router,
                    criteria,
                    drafts,
                    similar,
                    copy_router,
                    templates,
                ],
            ),
            health.get_health,
            health.get_readiness,
            get_metrics,
            *ui_handlers(settings.ui_dir),
        ],
        request_class=Call,
        lifespan=[lifespan],
        state=State({"db": db, "hub": hub, "settings": settings}),
        dependencies={
            "db": Provide(provide_db, sync_to_thread=False),
            "hub": Provide(provide_hub, sync_to_thread=False),
            "settings": Provide(provide_settings, sync_to_thread=False),
            "tx": Provide(provide_tx),
        },
        middleware=middleware(settings),
        exception_handlers=problems.HANDLERS,
        before_send=[Outcome(settings)],
        request_max_body_size=MAX_BODY_BYTES,
        openapi_config=openapi_config(),
        logging_config=None,
    )
    leave_out_framework_errors(app.openapi_schema)
    declare_workbooks(app.openapi_schema)
    return app


def middleware(settings: Settings) -> list[Middleware]:
    """From the outside in: the call's mark, whom it is from when a trusted proxy passed it on, who is signed in."""
    layers: list[Middleware] = [DefineMiddleware(Watch, settings=settings), *tracing(settings, mark_of)]
    if settings.trusted_proxies:
        layers.append(partial(wrap_asgi_with_proxy_headers, trusted_hosts=list(settings.trusted_proxies)))
    layers.append(DefineMiddleware(SessionMiddleware, session_days=settings.session_days, roles={}))
    layers += [DefineMiddleware(SameSite), DefineMiddleware(Compression), DefineMiddleware(Direct)]
    return layers


def openapi_config() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Sim-Flow",
        version=VERSION,
        description="The request desk of engineering simulation teams.",
        openapi_router=Router("/api/openapi.json", route_handlers=[], opt={OPEN: True}, include_in_schema=False),
        render_plugins=[JsonRenderPlugin(path="/", media_type=MediaType.JSON)],
        use_handler_docstrings=True,
    )


def openapi_json() -> bytes:
    """The contract as JSON, made without a database."""
    app = create_app(Settings.from_env({"DATABASE_URL": "postgresql:///"}))
    schema = msgspec.to_builtins(app.openapi_schema.to_schema())
    return msgspec.json.format(msgspec.json.encode(schema, order="deterministic"), indent=1) + b"\n"
