-- Moments, durations and weeks are counted anew in parallel, for who fills a desk. An INSERT never asks in parallel, but a function
-- that it reads from does: all of it is at hand before the first row is written.

-- As 0038 has them. What was entered and what was left are two readings of the periods: that is quicker than two rows for each.
CREATE OR REPLACE VIEW recounted_moments AS
    SELECT m.at, m.what, coalesce(m.vendor, '') AS vendor, coalesce(m.priority, '') AS priority, sum(m.number)::bigint AS number
    FROM (
        -- At first by both: that is a tenth of the rows for the three kinds of cells.
        SELECT b.at, b.what, b.vendor, b.priority, sum(b.number) AS number
        FROM (
            SELECT next_half_hour(p.entered_at) AS at, p.status AS what, r.vendor, r.priority, 1 AS number
            FROM status_periods p JOIN requests r ON r.id = p.request_id
            WHERE p.entered_at < 'infinity'
            UNION ALL
            SELECT next_half_hour(p.left_at), p.status, r.vendor, r.priority, -1
            FROM status_periods p JOIN requests r ON r.id = p.request_id
            WHERE p.left_at < 'infinity'
            UNION ALL
            SELECT half_hour(r.completed_at), w.what, r.vendor, r.priority, 1
            FROM requests r CROSS JOIN LATERAL unnest(finished_as(r.status, r.revisions)) AS w (what)
            WHERE r.completed_at IS NOT NULL
        ) b
        GROUP BY b.at, b.what, b.vendor, b.priority
    ) m
    GROUP BY GROUPING SETS ((m.at, m.what), (m.at, m.what, m.vendor), (m.at, m.what, m.priority))
    HAVING sum(m.number) <> 0
    UNION ALL
    SELECT half_hour(r.status_since), 'moved', '', '', count(*) FROM requests r WHERE is_clock_running(r.status) GROUP BY 1;

-- What is read together comes together.
CREATE FUNCTION moments_in_parallel() RETURNS SETOF recounted_moments LANGUAGE plpgsql SET search_path = public, pg_temp
SET work_mem = '128MB' SET max_parallel_workers_per_gather = 2 SET parallel_setup_cost = 0 SET parallel_tuple_cost = 0 AS $$
BEGIN
    RETURN QUERY SELECT * FROM recounted_moments ORDER BY vendor, priority, at;
END
$$;
CREATE FUNCTION durations_in_parallel() RETURNS SETOF recounted_durations LANGUAGE plpgsql SET search_path = public, pg_temp
SET work_mem = '128MB' SET max_parallel_workers_per_gather = 2 SET parallel_setup_cost = 0 SET parallel_tuple_cost = 0 AS $$
BEGIN
    RETURN QUERY SELECT * FROM recounted_durations ORDER BY completed_at;
END
$$;
CREATE FUNCTION weeks_in_parallel() RETURNS SETOF recounted_weeks LANGUAGE plpgsql SET search_path = public, pg_temp
SET work_mem = '128MB' SET max_parallel_workers_per_gather = 2 SET parallel_setup_cost = 0 SET parallel_tuple_cost = 0 AS $$
BEGIN
    RETURN QUERY SELECT * FROM recounted_weeks ORDER BY side, what, week;
END
$$;
REVOKE EXECUTE ON FUNCTION moments_in_parallel(), durations_in_parallel(), weeks_in_parallel() FROM PUBLIC;

CREATE OR REPLACE FUNCTION recount_moments() RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    LOCK TABLE requests, status_periods IN SHARE MODE;
    DELETE FROM request_moments;
    INSERT INTO request_moments (at, what, vendor, priority, number, fresh)
    SELECT at, what, vendor, priority, number, false FROM moments_in_parallel();
$$;

CREATE OR REPLACE FUNCTION recount_durations() RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    LOCK TABLE requests, status_periods IN SHARE MODE;
    DELETE FROM request_durations;
    DELETE FROM request_weeks;
    INSERT INTO request_durations SELECT * FROM durations_in_parallel();
    INSERT INTO request_weeks (week, what, side, value, size, number, microseconds, estimated_hours, fresh)
    SELECT week, what, side, value, size, number, microseconds, estimated_hours, false FROM weeks_in_parallel();
$$;
