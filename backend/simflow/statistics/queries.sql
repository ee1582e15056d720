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
-- How many were in an open status from the sample `first` on to the one before `past`, counted from 0.
SELECT p.status, width_bucket(p.entered_at - interval '1 microsecond', :samples::timestamptz[]) AS first,
    width_bucket(p.left_at - interval '1 microsecond', :samples::timestamptz[]) AS past, count(*) AS count
FROM status_periods p
JOIN requests r ON r.id = p.request_id
WHERE {where} AND p.status IN {open} AND p.entered_at <= :last_sample AND p.left_at > :first_sample
GROUP BY 1, 2, 3;

-- name: list_kept_finished
-- What was finished in each week, as what, from what is kept by half hours.
SELECT m.what, width_bucket(m.at, :bounds::timestamptz[]) AS bucket, sum(m.number)::bigint AS count
FROM request_moments m
WHERE m.what IN ('finished', 'accepted', 'first time right') AND m.at >= :start AND m.at < :stop
GROUP BY 1, 2;

-- name: list_kept_open
-- How many are in each open status now, and by how many that grew up to each sample, counted from 0, since the one before.
SELECT c.status, NULL::integer AS bucket, sum(c.number)::bigint AS count
FROM request_counts c
WHERE c.side = 'all' AND c.status IN {open}
GROUP BY 1
UNION ALL
SELECT m.what, width_bucket(m.at - interval '1 microsecond', :samples::timestamptz[]), sum(m.number)::bigint
FROM request_moments m
WHERE m.what IN {open} AND m.at > :first_sample
GROUP BY 1, 2;

-- name: measure_statuses
-- Seconds in each status, of requests completed in the span. What is not over or not in the record is left out.
WITH spent AS (
    SELECT p.request_id, p.status, sum(extract(epoch FROM p.left_at - p.entered_at))::float8 AS seconds
    FROM requests r
    JOIN status_periods p ON p.request_id = r.id
    WHERE {where} AND r.completed_at >= :start AND r.completed_at < :stop AND p.left_at < 'infinity' AND NOT p.assumed
    GROUP BY p.request_id, p.status
)
SELECT status, count(*) AS visited, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median, sum(seconds) AS sum
FROM spent
GROUP BY status;

-- name: count_by_column
-- Submitted and completed in the span, and open now, by vendor or priority.
SELECT r.{column} AS value,
    count(*) FILTER (WHERE r.created_at >= :start AND r.created_at < :stop) AS submitted,
    count(*) FILTER (WHERE r.status IN {open}) AS open,
    count(*) FILTER (WHERE r.completed_at >= :start AND r.completed_at < :stop) AS completed,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM r.completed_at - r.started_at - r.stopped_for)::float8)
        FILTER (WHERE r.completed_at >= :start AND r.completed_at < :stop) AS cycle_median,
    count(*) AS count
FROM requests r
WHERE {where} AND (
    r.created_at >= :start AND r.created_at < :stop OR r.completed_at >= :start AND r.completed_at < :stop
    OR r.status IN {open}
)
GROUP BY value;

-- name: measure_estimates
-- Estimate against working hours in In Progress, by week of completion; null is the whole span.
WITH worked AS (
    SELECT r.completed_at, r.estimated_hours AS estimated,
        sum(working_hours(p.left_at, :zone) - working_hours(p.entered_at, :zone)) AS actual
    FROM requests r
    JOIN status_periods p ON p.request_id = r.id AND p.status = 'In Progress'
    WHERE {where} AND r.completed_at >= :start AND r.completed_at < :stop AND r.estimated_hours IS NOT NULL
    GROUP BY r.id
    HAVING NOT bool_or(p.assumed)
)
SELECT width_bucket(completed_at, :bounds::timestamptz[]) AS bucket, count(*) AS measured,
    coalesce(sum(estimated), 0)::bigint AS estimated, coalesce(sum(actual), 0) AS actual,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY actual / estimated) AS ratio_median,
    percentile_cont(0.85) WITHIN GROUP (ORDER BY actual / estimated) AS ratio_p85
FROM worked
GROUP BY GROUPING SETS ((bucket), ());

-- name: list_estimates
-- The latest of them, each for itself.
SELECT r.id, 'SF-' || r.number AS key, r.title, r.estimated_hours AS estimated,
    sum(working_hours(p.left_at, :zone) - working_hours(p.entered_at, :zone)) AS actual, r.completed_at
FROM requests r
JOIN status_periods p ON p.request_id = r.id AND p.status = 'In Progress'
WHERE {where} AND r.completed_at >= :start AND r.completed_at < :stop AND r.estimated_hours IS NOT NULL
GROUP BY r.id
HAVING NOT bool_or(p.assumed)
ORDER BY r.completed_at DESC, r.number DESC
LIMIT :limit;
