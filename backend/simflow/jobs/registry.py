"""Which jobs there are, and which of them are due by the clock. A further one is one more line here."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from simflow.db.pool import Database
from simflow.jobs import cleaning

Handler = Callable[[Database, dict[str, Any]], Awaitable[None]]
"""Does a job, given its payload. May be called again for a job that it has done; fails by raising anything."""

HANDLERS: Mapping[str, Handler] = {
    "clean_idempotency_keys": cleaning.clean_idempotency_keys,
    "clean_sessions": cleaning.clean_sessions,
    "clean_sign_in_failures": cleaning.clean_sign_in_failures,
    "clean_events": cleaning.clean_events,
    "clean_job_log": cleaning.clean_job_log,
    "fold_request_counts": cleaning.fold_request_counts,
    "gather_words": cleaning.gather_words,
    "keep_frequent_words": cleaning.keep_frequent_words,
    "clean_drafts": cleaning.clean_drafts,
}

SCHEDULES: Mapping[str, str] = {
    "clean_idempotency_keys": "7 * * * *",
    "clean_sessions": "17 * * * *",
    "clean_sign_in_failures": "27 * * * *",
    "clean_events": "37 * * * *",
    "clean_job_log": "47 * * * *",
    "fold_request_counts": "* * * * *",
    "gather_words": "* * * * *",
    "keep_frequent_words": "*/10 * * * *",
    "clean_drafts": "57 * * * *",
}
"""Job → when it is queued: minute, hour, day of month, month, day of week, in UTC."""
