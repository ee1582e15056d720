"""The mark of the call that is being answered: in log lines, error answers and the database, and the proxy's too."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Empty outside of a call. Letters, digits, dots, dashes and underscores, at most 36: it goes into SQL as it is."""
