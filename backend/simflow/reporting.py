"""Errors that nobody foresaw, reported to Sentry or what speaks as it does. Nothing is imported unless a DSN is set."""

from typing import Any

from simflow.correlation import request_id
from simflow.errors import CommandError
from simflow.settings import Settings
from simflow.version import VERSION

_sentry: Any = None


def configure(settings: Settings) -> None:
    """Raises `CommandError` where the package is missing, or the DSN is none."""
    global _sentry  # noqa: PLW0603  (one process reports to one place)
    if not settings.sentry_dsn:
        _sentry = None
        return
    try:
        import sentry_sdk  # noqa: PLC0415
        from sentry_sdk.utils import BadDsn  # noqa: PLC0415
    except ImportError:
        raise CommandError("SENTRY_DSN is set, but sentry-sdk is missing: install 'simflow[telemetry]'.") from None
    try:
        sentry_sdk.init(
            settings.sentry_dsn,
            release=f"simflow@{VERSION}",
            environment=settings.environment.value,
            auto_enabling_integrations=False,
            # Values of variables may be what people wrote, or their passwords.
            include_local_variables=False,
            max_request_body_size="never",
        )
    except BadDsn as error:
        raise CommandError(f"SENTRY_DSN cannot be used: {error}.") from None
    _sentry = sentry_sdk


def report(error: BaseException, **tags: str) -> None:
    """Sends it in the background, with the mark of the call; does nothing where no DSN is set."""
    if _sentry is None:
        return
    with _sentry.new_scope() as scope:
        for name, value in {"request_id": request_id.get(), **tags}.items():
            if value:
                scope.set_tag(name, value)
        scope.capture_exception(error)


def flush() -> None:
    """Before the process ends: what is on its way gets two seconds."""
    if _sentry is not None:
        _sentry.flush(timeout=2)
