"""Logs on standard error: lines for people, or JSON for machines."""

import logging
import sys

import structlog
from structlog.typing import EventDict, WrappedLogger

from simflow.correlation import request_id


def _add_request_id(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    if mark := request_id.get():
        event["request_id"] = mark
    return event


def configure(*, as_json: bool) -> None:
    renderer = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _add_request_id,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([structlog.processors.format_exc_info] if as_json else []),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
