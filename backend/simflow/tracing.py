"""OpenTelemetry traces: one for each call, with its statements. Nothing of it is imported unless an endpoint is set."""

from collections.abc import Callable
from typing import Any

from litestar.types import ASGIApp, Middleware, Receive, Scope, Send

from simflow.errors import CommandError
from simflow.settings import Settings
from simflow.version import VERSION


def tracing(settings: Settings, mark_of: Callable[[Any], str]) -> list[Middleware]:
    """The middleware that traces, or none. Raises `CommandError` where the packages for it are missing."""
    if not settings.otlp_endpoint:
        return []
    try:
        from litestar.plugins.opentelemetry import OpenTelemetryConfig  # noqa: PLC0415
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
        from opentelemetry.sdk.trace.sampling import (  # noqa: PLC0415
            ALWAYS_ON,
            Decision,
            ParentBased,
            Sampler,
            SamplingResult,
        )
        from opentelemetry.trace import SpanKind, get_current_span  # noqa: PLC0415
    except ImportError as error:
        raise CommandError(
            f"OTEL_EXPORTER_OTLP_ENDPOINT is set, but {error.name} is missing: install 'simflow[telemetry]'."
        ) from None

    class OfCalls(Sampler):  # type: ignore[misc]
        """What is asked outside of a call is no trace: the reader of events asks ten times a second."""

        def should_sample(
            self, parent_context: Any, trace_id: int, name: str, kind: Any = None, *args: Any, **more: Any
        ) -> SamplingResult:
            if kind is SpanKind.SERVER:
                return ALWAYS_ON.should_sample(parent_context, trace_id, name, kind, *args, **more)
            return SamplingResult(Decision.DROP)

        def get_description(self) -> str:
            return "OfCalls"

    provider = TracerProvider(
        sampler=ParentBased(OfCalls()),
        resource=Resource.create({"service.name": "simflow", "service.version": VERSION}),
    )
    endpoint = f"{settings.otlp_endpoint.rstrip('/')}/v1/traces"
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    AsyncPGInstrumentor().instrument(tracer_provider=provider)

    def named(app: ASGIApp) -> ASGIApp:
        """Litestar puts the tracing outermost, where the call has no mark yet."""

        async def name(scope: Scope, receive: Receive, send: Send) -> None:
            get_current_span().set_attribute("simflow.request_id", mark_of(scope))
            await app(scope, receive, send)

        return name

    config = OpenTelemetryConfig(tracer_provider=provider, exclude_spans=["receive", "send"])
    return [config.middleware, named]
