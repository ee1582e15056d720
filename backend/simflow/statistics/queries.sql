-- name: measure_completed
-- How many were completed in each week (bucket n ends at bounds[n + 1]; null is the whole span), and how long they took.
SELECT width_bucket(r.completed_at, :bounds::timestamptz[]) AS bucket, count(*) AS completed,
    count(r.started_at) AS measured,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM r.completed_at - r.started_at - r.stopped_for)::float8) AS cycle_median,
    percentile_cont(0.85) WITHIN GROUP (ORDER BY extract(epoch FROM r.completed_at - r.started_at - r.stopped_for)::float8) AS cycle_p85,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM r.completed_at - r.created_at)::float8) AS lead_median,
    percentile_cont(0.85) WITHIN GROUP (ORDER BY extract(epoch FROM r.completed_at - r.created_at)::float8) AS lead_p85
FROM requests r
WHERE {where} AND r.completed_at >= :start AND r.completed_at < :stop
GROUP BY GROUPING SETS ((bucket), ());

-- name: count_completed
-- How many were completed in each week.
SELECT width_bucket(r.completed_at, :bounds::timestamptz[]) AS bucket, count(*) AS count
FROM requests r
WHERE {where} AND r.completed_at >= :start AND r.completed_at < :stop
GROUP BY bucket;

-- name: count_accepted
-- Of those completed in each week: how many are accepted, and how many without a revision.
SELECT width_bucket(r.completed_at, :bounds::timestamptz[]) AS bucket, count(*) AS accepted,
    count(*) FILTER (WHERE r.revisions = 0) AS right
FROM requests r
WHERE {where} AND r.status = 'Accepted' AND r.completed_at >= :start AND r.completed_at < :stop
GROUP BY bucket;

-- name: count_open
-- How many were in an open status from the sample `first` on to the one before `past`, counted from 0. A request tells its
-- present stay itself; only those that moved since the first sample were in others then.
SELECT s.status, width_bucket(s.entered_at - interval '1 microsecond', :samples::timestamptz[]) AS first,
    width_bucket(s.left_at - interval '1 microsecond', :samples::timestamptz[]) AS past, count(*) AS count
FROM (
    SELECT r.status, r.status_since AS entered_at, 'infinity'::timestamptz AS left_at
    FROM requests r
    WHERE {where} AND r.status IN {open} AND r.status_since <= :last_sample
    UNION ALL
    SELECT p.status, p.entered_at, p.left_at
    FROM requests r
    JOIN status_periods p ON p.request_id = r.id
    WHERE {where} AND r.status_since > :first_sample
        AND p.status IN {open} AND p.entered_at <= :last_sample AND p.left_at > :first_sample AND p.left_at < 'infinity'
        AND width_bucket(p.entered_at - interval '1 microsecond', :samples::timestamptz[])
            < width_bucket(p.left_at - interval '1 microsecond', :samples::timestamptz[]) -- most lie between two samples
) s
GROUP BY 1, 2, 3;

-- name: count_open_among_cells
-- The same where kept counts tell what is open now: that is as if it had been in its status from the first sample on, and what
-- has moved since then takes away again what lies before. So only what has moved is read.
SELECT s.status, s.first, s.past, sum(s.number)::bigint AS count
FROM (
    SELECT c.status, 0 AS first, cardinality(:samples::timestamptz[]) AS past, c.number
    FROM ({cells}) c
    WHERE c.status IN {open}
    UNION ALL
    -- No condition on the status: the planner would find what is open, of which most has not moved, instead of what has.
    SELECT r.status, 0, width_bucket(r.status_since - interval '1 microsecond', :samples::timestamptz[]),
        CASE WHEN r.status IN {open} THEN -1 ELSE 0 END
    FROM requests r
    WHERE {where} AND r.status_since > :first_sample
    UNION ALL
    SELECT p.status, width_bucket(p.entered_at - interval '1 microsecond', :samples::timestamptz[]),
        width_bucket(p.left_at - interval '1 microsecond', :samples::timestamptz[]), 1
    FROM requests r
    JOIN status_periods p ON p.request_id = r.id
    WHERE {where} AND r.status_since > :first_sample
        AND p.status IN {open} AND p.entered_at <= :last_sample AND p.left_at > :first_sample AND p.left_at < 'infinity'
        AND width_bucket(p.entered_at - interval '1 microsecond', :samples::timestamptz[])
            < width_bucket(p.left_at - interval '1 microsecond', :samples::timestamptz[]) -- most lie between two samples
) s
GROUP BY 1, 2, 3
HAVING sum(s.number) <> 0;

-- name: list_kept_finished
-- What was finished in each week, as what, from what is kept by half hours.
SELECT m.what, width_bucket(m.at, :bounds::timestamptz[]) AS bucket, sum(m.number)::bigint AS count
FROM {moments} m
WHERE m.what IN ('finished', 'accepted', 'first time right') AND m.at >= :start AND m.at < :stop
GROUP BY 1, 2;

-- name: list_kept_open
-- How many are in each open status now, and by how many that grew up to each sample, counted from 0, since the one before.
SELECT c.status, NULL::integer AS bucket, sum(c.number)::bigint AS count
FROM request_counts c
WHERE c.side = '{counts}' AND {counted} AND c.status IN {open}
GROUP BY 1
UNION ALL
SELECT m.what, width_bucket(m.at - interval '1 microsecond', :samples::timestamptz[]), sum(m.number)::bigint
FROM {moments} m
WHERE m.what IN {open} AND m.at > :first_sample
GROUP BY 1, 2;

-- name: measure_statuses
-- Seconds in each status, of requests completed in the span. What is not over or not in the record is left out.
SELECT d.measure AS status, count(*) AS visited,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY d.microseconds) / 1000000 AS median,
    sum(d.microseconds)::float8 / 1000000 AS sum
FROM requests r
JOIN request_durations d ON d.request_id = r.id
WHERE {where} AND r.completed_at >= :start AND r.completed_at < :stop AND d.measure NOT IN ('cycle', 'lead', 'worked')
    AND {moment}
GROUP BY d.measure;

-- name: count_by_column
-- Submitted and completed in the span, and open now, by vendor or priority. What is one of these is open, or has moved since the
-- span began: by the index of that, no other is looked at.
SELECT r.{column} AS value,
    count(*) FILTER (WHERE r.created_at >= :start AND r.created_at < :stop) AS submitted,
    count(*) FILTER (WHERE r.status IN {open}) AS open,
    count(*) FILTER (WHERE r.completed_at >= :start AND r.completed_at < :stop) AS completed,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM r.completed_at - r.started_at - r.stopped_for)::float8)
        FILTER (WHERE r.completed_at >= :start AND r.completed_at < :stop) AS cycle_median,
    count(*) AS count
FROM requests r
WHERE {where} AND (r.status IN {open} OR r.status_since >= :start) AND (
    r.created_at >= :start AND r.created_at < :stop OR r.completed_at >= :start AND r.completed_at < :stop
    OR r.status IN {open}
)
GROUP BY value;

-- name: count_by_column_among_cells
-- The same where kept counts tell what is open: only what has moved since the span began is read.
SELECT s.value,
    count(*) FILTER (WHERE s.created_at >= :start AND s.created_at < :stop) AS submitted,
    sum(s.open)::bigint AS open,
    count(*) FILTER (WHERE s.completed_at >= :start AND s.completed_at < :stop) AS completed,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM s.completed_at - s.started_at - s.stopped_for)::float8)
        FILTER (WHERE s.completed_at >= :start AND s.completed_at < :stop) AS cycle_median,
    sum(s.open + s.closed)::bigint AS count
FROM (
    SELECT c.{column} AS value, c.number AS open, 0 AS closed, NULL::timestamptz AS created_at, NULL::timestamptz AS started_at,
        NULL::timestamptz AS completed_at, NULL::interval AS stopped_for
    FROM ({cells}) c
    WHERE c.status IN {open}
    UNION ALL
    SELECT r.{column}, 0, CASE WHEN r.status IN {open} THEN 0 ELSE 1 END, r.created_at, r.started_at, r.completed_at, r.stopped_for
    FROM requests r
    WHERE {where} AND r.status_since >= :start
        AND (r.created_at >= :start AND r.created_at < :stop OR r.completed_at >= :start AND r.completed_at < :stop)
) s
GROUP BY s.value
HAVING sum(s.open + s.closed) > 0;

-- name: measure_kept
-- How many requests took how long in each interval (null is the whole), and percentiles: whole weeks from their cells, what lies
-- between a bound and its Monday by row. The cells tell about how long the values of these ranks are, and only such are read.
WITH bounds AS (
    SELECT b.place::integer AS place, least(b.bound, b.monday) AS since, greatest(b.bound, b.monday) AS until,
        CASE WHEN b.bound > b.monday THEN 1 ELSE -1 END AS sign
    FROM unnest(:bounds::timestamptz[], :mondays::timestamptz[]) WITH ORDINALITY AS b (bound, monday, place)
), parts AS (
    SELECT w.what, {value} AS value, width_bucket(w.week, :mondays::timestamptz[]) AS bucket, w.size, w.number::integer AS number,
        w.microseconds::float8 AS microseconds, w.estimated_hours
    FROM request_weeks w
    WHERE w.side IN ('{side}', 'fresh') AND {cells} AND w.what = ANY(:measures::text[]) AND w.week >= :first_monday AND w.week < :last_monday
    UNION ALL
    -- What comes to one interval goes from its neighbour.
    SELECT d.measure, {value}, b.place - s.back, d.size, s.sign * b.sign, s.sign * b.sign * d.microseconds::float8,
        s.sign * b.sign * d.estimated_hours
    FROM bounds b
    CROSS JOIN LATERAL (
        -- By the index of these moments alone, which is not one of completed_at: see 0026. The planner knows neither bound, and
        -- without the OFFSET takes what lies between them for so much that all would be read, or compiled.
        SELECT *
        FROM request_durations
        WHERE timezone('UTC', completed_at) >= timezone('UTC', b.since)
            AND timezone('UTC', completed_at) < timezone('UTC', b.until)
        OFFSET 0
    ) d
    CROSS JOIN (VALUES (1, 1), (0, -1)) AS s (back, sign)
    WHERE d.measure = ANY(:measures::text[]) AND {rows} AND b.place - s.back BETWEEN 1 AND cardinality(:bounds::timestamptz[]) - 1
), sizes AS (
    SELECT what, value, bucket, size, sum(number)::float8 AS number, sum(microseconds) AS microseconds,
        sum(estimated_hours) AS estimated_hours
    FROM parts
    GROUP BY GROUPING SETS {sets}
    HAVING sum(number) <> 0
), ranks AS (
    SELECT what, value, bucket, size, sum(number) OVER (series ORDER BY size) - number AS before, number,
        sum(number) OVER series AS total, sum(microseconds) OVER series AS microseconds,
        sum(estimated_hours) OVER series AS estimated_hours
    FROM sizes
    WINDOW series AS (PARTITION BY what, value, bucket)
), wanted AS (
    SELECT r.what, r.value, r.bucket, r.total, r.microseconds, r.estimated_hours, s.share, s.share * (r.total - 1) AS rank,
        min(r.before) AS before, array_agg(r.size) AS sizes
    FROM ranks r
    CROSS JOIN unnest(:shares::float8[]) AS s (share)
    WHERE r.before <= ceil(s.share * (r.total - 1)) AND r.before + r.number > floor(s.share * (r.total - 1))
    GROUP BY r.what, r.value, r.bucket, r.total, r.microseconds, r.estimated_hours, s.share
)
SELECT w.what, w.value, w.bucket, w.total::bigint AS count, w.microseconds / 1000000 AS sum,
    coalesce(w.estimated_hours, 0)::bigint AS estimated,
    array_agg((v.low + (v.high - v.low) * (w.rank - floor(w.rank))) / 1000000 ORDER BY w.share) AS percentiles
FROM wanted w
CROSS JOIN LATERAL (
    SELECT min(n.length) AS low, max(n.length) AS high
    FROM (
        SELECT {length} AS length
        FROM request_durations d
        WHERE {same} AND {rows} AND d.size = ANY(w.sizes)
            AND d.completed_at >= coalesce((:bounds::timestamptz[])[w.bucket], :start)
            AND d.completed_at < coalesce((:bounds::timestamptz[])[w.bucket + 1], :stop)
        ORDER BY length
        OFFSET (floor(w.rank) - w.before)::bigint
        LIMIT 2
    ) n
) v
GROUP BY w.what, w.value, w.bucket, w.total, w.microseconds, w.estimated_hours;

-- name: list_kept_volumes
-- The numbers of count_by_column from the cells of whole weeks, and by row what lies between a bound and its Monday.
SELECT v.value, sum(v.submitted)::bigint AS submitted, sum(v.open)::bigint AS open, sum(v.completed)::bigint AS completed,
    sum(v.count)::bigint AS count
FROM (
    SELECT c.{column} AS value, 0 AS submitted, c.number AS open, 0 AS completed, c.number AS count
    FROM request_counts c
    WHERE c.side = '{counts}' AND {counted} AND c.status IN {open}
    UNION ALL
    -- What is open is counted above; of what is closed, that which was submitted in these weeks, or only finished in them.
    SELECT w.{column}, CASE WHEN w.what = 'submitted' THEN w.number ELSE 0 END, 0,
        CASE WHEN w.what = 'completed' THEN w.number ELSE 0 END,
        CASE WHEN w.what = 'closed' OR w.what = 'completed and closed' AND NOT (
            w.week - w.size * interval '168 hours' >= :first_monday AND w.week - w.size * interval '168 hours' < :last_monday
        ) THEN w.number ELSE 0 END
    FROM request_weeks w
    WHERE w.side IN ('{side}', 'fresh') AND {cells} AND w.what IN ('submitted', 'closed', 'completed', 'completed and closed')
        AND w.week >= :first_monday AND w.week < :last_monday
    UNION ALL
    SELECT r.{column}, i.submitted::integer - m.submitted::integer, 0, i.completed::integer - m.completed::integer,
        CASE WHEN r.status NOT IN {open} THEN (i.submitted OR i.completed)::integer - (m.submitted OR m.completed)::integer
            ELSE 0 END
    FROM requests r
    CROSS JOIN LATERAL (
        SELECT r.created_at >= :start AND r.created_at < :stop AS submitted,
            coalesce(r.completed_at >= :start AND r.completed_at < :stop, false) AS completed
    ) i
    CROSS JOIN LATERAL (
        SELECT r.created_at >= :first_monday AND r.created_at < :last_monday AS submitted,
            coalesce(r.completed_at >= :first_monday AND r.completed_at < :last_monday, false) AS completed
    ) m
    WHERE {where} AND (
        r.created_at >= least(:start, :first_monday) AND r.created_at < greatest(:start, :first_monday)
        OR r.created_at >= least(:stop, :last_monday) AND r.created_at < greatest(:stop, :last_monday)
        OR r.completed_at >= least(:start, :first_monday) AND r.completed_at < greatest(:start, :first_monday)
        OR r.completed_at >= least(:stop, :last_monday) AND r.completed_at < greatest(:stop, :last_monday)
    )
) v
GROUP BY v.value
HAVING sum(v.count) > 0;

-- name: measure_estimates
-- Estimate against working hours in In Progress by the desk's clocks, by week of completion; null is the whole span.
SELECT width_bucket(r.completed_at, :bounds::timestamptz[]) AS bucket, count(*) AS measured,
    coalesce(sum(d.estimated_hours), 0)::bigint AS estimated,
    coalesce(sum(d.microseconds), 0)::float8 / 3600000000 AS actual,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY d.microseconds / d.estimated_hours::float8) / 3600000000 AS ratio_median,
    percentile_cont(0.85) WITHIN GROUP (ORDER BY d.microseconds / d.estimated_hours::float8) / 3600000000 AS ratio_p85
FROM requests r
JOIN request_durations d ON d.request_id = r.id
WHERE {where} AND r.completed_at >= :start AND r.completed_at < :stop AND d.measure = 'worked'
    AND d.completed_at >= :start AND d.completed_at < :stop -- the same moment: of others, none need be read
GROUP BY GROUPING SETS ((bucket), ());

-- name: list_estimates
-- The latest of them, found by an index alone: only of these the titles are read.
SELECT r.id, 'SF-' || r.number AS key, r.title, l.estimated, l.actual, r.completed_at
FROM (
    SELECT r.id, w.estimated, w.actual
    FROM requests r
    CROSS JOIN LATERAL (
        -- Looked up for each of the latest: the OFFSET keeps all from being read.
        SELECT d.estimated_hours AS estimated, d.microseconds::float8 / 3600000000 AS actual
        FROM request_durations d
        WHERE d.request_id = r.id AND d.measure = 'worked'
        OFFSET 0
    ) w
    WHERE {where} AND r.completed_at >= :start AND r.completed_at < :stop
    ORDER BY r.completed_at DESC, r.number DESC
    LIMIT :limit
) l
JOIN requests r USING (id)
ORDER BY r.completed_at DESC, r.number DESC;
