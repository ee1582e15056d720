-- name: enqueue
-- A new job, in the caller's transaction; null when one of its mark waits or runs already.
SELECT enqueue_job(:name, :payload, :delay, :once_as);

-- name: times_lost
-- How often this attempt at a job was begun before and never ended, since its worker or its connection was lost.
SELECT count(*) - 1 FROM job_log
WHERE job_id = :job_id AND status = 'picked'
    AND id > coalesce((SELECT max(id) FROM job_log WHERE job_id = :job_id AND status = 'queued'), 0);

-- name: list_dead
-- Jobs that have failed for good, the latest first.
SELECT id, name, attempts, created_at, died_at, error_type, error_message
FROM dead_jobs
WHERE (died_at, id) < (:died_before, :id_before)
ORDER BY died_at DESC, id DESC
LIMIT :limit;

-- name: retry_dead
-- From its first attempt again; false when there is no such dead job.
SELECT retry_dead_job(:id);

-- name: drop_dead
-- Gives it up; false when there is no such dead job.
SELECT drop_dead_job(:id);

-- name: clean_idempotency_keys
-- Some of the answers that were kept for their 24 hours; how many.
WITH gone AS (
    DELETE FROM idempotency_keys
    WHERE created_at < now() - interval '24 hours' AND (person, key) IN (
        SELECT person, key FROM idempotency_keys WHERE created_at < now() - interval '24 hours' LIMIT :limit
    )
    RETURNING 1
)
SELECT count(*) FROM gone;

-- name: clean_sessions
-- Some of the sessions that have ended; how many.
WITH gone AS (
    DELETE FROM sessions
    WHERE expires_at < now() AND token_hash IN (SELECT token_hash FROM sessions WHERE expires_at < now() LIMIT :limit)
    RETURNING 1
)
SELECT count(*) FROM gone;

-- name: clean_sign_in_failures
-- Some of the failures that have long ceased to count; how many.
WITH gone AS (
    DELETE FROM sign_in_failures
    WHERE window_start < now() - interval '24 hours' AND (account, origin) IN (
        SELECT account, origin FROM sign_in_failures WHERE window_start < now() - interval '24 hours' LIMIT :limit
    )
    RETURNING 1
)
SELECT count(*) FROM gone;

-- name: clean_events
-- Some of the oldest events, and the horizon behind them, in one statement; how many. Only a prefix of the order of
-- events goes: up to the first that is younger than 24 hours, and never one above a transaction that still runs.
WITH oldest AS MATERIALIZED (
    SELECT xid, seq, created_at FROM events
    WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY events.xid, events.seq
    LIMIT :limit
), fresh AS (
    SELECT min(xid) AS xid FROM oldest WHERE created_at >= now() - interval '24 hours'
), doomed AS (
    SELECT o.xid, o.seq FROM oldest o, fresh f WHERE f.xid IS NULL OR o.xid < f.xid
), gone AS (
    DELETE FROM events e USING doomed d WHERE (e.xid, e.seq) = (d.xid, d.seq) RETURNING 1
), moved AS (
    -- A large transaction may be deleted in parts: who had read only some of it is told to start anew as well.
    UPDATE event_horizon h SET xid = greatest(h.xid, (d.last + 1)::text::xid8)
    FROM (SELECT max(xid)::text::numeric AS last FROM doomed) d
    WHERE d.last IS NOT NULL
)
SELECT count(*) FROM gone;

-- name: clean_job_log
-- Some of what happened to jobs more than a week ago, except what tells why a job is dead; how many.
WITH gone AS (
    DELETE FROM job_log
    WHERE id IN (
        SELECT l.id FROM job_log l
        WHERE l.created < now() - interval '7 days' AND NOT EXISTS (SELECT FROM jobs j WHERE j.id = l.job_id)
        LIMIT :limit
    )
    RETURNING 1
)
SELECT count(*) FROM gone;

-- name: fold_request_counts
-- One row for each count that is kept in several; how many went.
SELECT fold_request_counts() + fold_request_moments() + fold_request_weeks();

-- name: gather_words
-- The words of some of the requests whose texts have changed; of how many.
SELECT gather_words(:limit);

-- name: keep_frequent_word
-- The bits of a word that has become frequent; whether there was one.
SELECT keep_frequent_word();

-- name: clean_drafts
-- Some of the drafts that nobody has changed for 90 days; how many.
WITH gone AS (
    DELETE FROM drafts
    WHERE updated_at < now() - interval '90 days'
        AND id IN (SELECT id FROM drafts WHERE updated_at < now() - interval '90 days' LIMIT :limit)
    RETURNING 1
)
SELECT count(*) FROM gone;
