-- name: count_figures
-- What a person's home tells, each counted by the condition of the list behind it. What is stuck is what is open, with
-- its clock running, and did not move lately: few moved, however much is open.
SELECT {waiting_for_me} AS waiting_for_me, {mine} AS mine, {unassigned} AS unassigned, {inbox} AS inbox,
    {stuck} - {moved} AS stuck,
    {open} AS open, {completed_lately} AS completed_lately;

-- name: list_load
-- Active engineers, or one of them, and the open work that is assigned to each: who has most weeks of it comes first, and work
-- for somebody without hours before all. With how many there are in all.
SELECT u.id, u.name, u.weekly_hours, coalesce(sum(c.number), 0)::bigint AS open_requests,
    coalesce(sum(c.estimated_hours), 0)::bigint AS open_hours, u.version, count(*) OVER () AS engineers
FROM users u
LEFT JOIN request_counts c ON c.side = 'load' AND c.person = u.id
WHERE u.role = 'ENGINEER' AND u.active AND (:engineer_id::uuid IS NULL OR u.id = :engineer_id)
GROUP BY u.id
ORDER BY CASE
    WHEN coalesce(sum(c.estimated_hours), 0) = 0 THEN 0
    WHEN u.weekly_hours = 0 THEN 'infinity'
    ELSE sum(c.estimated_hours)::float8 / u.weekly_hours
END DESC, u.name, u.id
LIMIT :limit;

-- name: count_people
-- How many there are of each role, and how many have left.
SELECT role, count(*) FILTER (WHERE active) AS active, count(*) FILTER (WHERE NOT active) AS inactive
FROM users
GROUP BY role;

-- name: get_machinery
-- Jobs that are due, jobs that failed for good, bytes on disk, and the migration that the database is at.
SELECT j.waiting AS jobs_waiting, j.failed AS jobs_failed, pg_database_size(current_database()) AS database_bytes,
    (SELECT version_num::text FROM alembic_version) AS revision
FROM count_jobs() j;
