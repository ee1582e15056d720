-- name: get_database
-- What the whole database holds and has done since its statistics began.
SELECT pg_database_size(current_database())::float8 AS size_bytes,
    current_setting('max_connections')::integer AS max_connections,
    xact_commit::float8 AS commits, xact_rollback::float8 AS rollbacks,
    blks_hit::float8 AS blocks_hit, blks_read::float8 AS blocks_read,
    deadlocks::float8 AS deadlocks, temp_bytes::float8 AS temporary_bytes
FROM pg_stat_database WHERE datname = current_database();

-- name: list_connections
-- How many connections clients have, by what they are doing.
SELECT coalesce(state, 'unknown') AS state, count(*) AS number
FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
GROUP BY 1;

-- name: get_activity
-- The oldest transaction's age, and how many statements have been running for more than a second.
SELECT coalesce(max(extract(epoch FROM now() - xact_start)), 0)::float8 AS oldest_seconds,
    count(*) FILTER (WHERE state = 'active' AND now() - query_start > interval '1 second') AS slow
FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid();

-- name: list_tables
-- Rows, dead rows, size, and when it was last vacuumed (seconds since 1970; 0 for never).
SELECT relname::text AS name, n_live_tup::float8 AS live, n_dead_tup::float8 AS dead,
    pg_total_relation_size(relid)::float8 AS size_bytes, seq_tup_read::float8 AS read_in_sequence,
    coalesce(extract(epoch FROM greatest(last_vacuum, last_autovacuum)), 0)::float8 AS vacuumed_at
FROM pg_stat_user_tables WHERE schemaname = 'public';

-- name: list_replicas
-- How far each replica is behind, in bytes of the log.
SELECT application_name AS name, coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0)::float8 AS behind_bytes
FROM pg_stat_replication WHERE NOT pg_is_in_recovery();

-- name: list_jobs
-- Jobs by state, and for how long the first of those that are due has been waiting.
SELECT status::text AS status, count(*) AS number,
    coalesce(extract(epoch FROM now() - min(execute_after) FILTER (
        WHERE status = 'queued' AND execute_after <= now()
    )), 0)::float8 AS waiting_seconds
FROM jobs GROUP BY 1;

-- name: count_sessions
-- Sessions that have not ended.
SELECT count(*) FROM sessions WHERE expires_at > now();

-- name: get_statements
-- Of pg_stat_statements, where the server has it: calls, their time, and how many statements are slow on average.
SELECT calls, seconds, slow FROM statement_figures();
