"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.metrics.models import Activity, ConnectionState, DatabaseFigures, JobState, Replica, Statements, Table

bind = partial(bind_in, __package__)

get_database: Query[DatabaseFigures] = bind("get_database", DatabaseFigures)
list_connections: Query[ConnectionState] = bind("list_connections", ConnectionState)
get_activity: Query[Activity] = bind("get_activity", Activity)
list_tables: Query[Table] = bind("list_tables", Table)
list_replicas: Query[Replica] = bind("list_replicas", Replica)
list_jobs: Query[JobState] = bind("list_jobs", JobState)
count_sessions: Query[int] = bind("count_sessions", int)
get_statements: Query[Statements] = bind("get_statements", Statements)
