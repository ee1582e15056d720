"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.jobs.models import DeadRow

bind = partial(bind_in, __package__)

enqueue: Query[int] = bind("enqueue", int)
times_lost: Query[int] = bind("times_lost", int)
list_dead: Query[DeadRow] = bind("list_dead", DeadRow)
retry_dead: Query[bool] = bind("retry_dead", bool)
drop_dead: Query[bool] = bind("drop_dead", bool)
clean_idempotency_keys: Query[int] = bind("clean_idempotency_keys", int)
clean_sessions: Query[int] = bind("clean_sessions", int)
clean_sign_in_failures: Query[int] = bind("clean_sign_in_failures", int)
clean_events: Query[int] = bind("clean_events", int)
clean_job_log: Query[int] = bind("clean_job_log", int)
fold_request_counts: Query[int] = bind("fold_request_counts", int)
keep_frequent_word: Query[bool] = bind("keep_frequent_word", bool)
gather_words: Query[int] = bind("gather_words", int)
clean_drafts: Query[int] = bind("clean_drafts", int)
