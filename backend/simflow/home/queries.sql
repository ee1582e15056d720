-- name: count_figures
-- What is open, and how much of it is what a person's home tells; each condition is that of the list behind it.
SELECT count(*) FILTER (WHERE {waiting_for_me}) AS waiting_for_me, count(*) FILTER (WHERE {mine}) AS mine,
    count(*) FILTER (WHERE {unassigned}) AS unassigned, count(*) FILTER (WHERE {inbox}) AS inbox,
    count(*) FILTER (WHERE {stuck}) AS stuck, count(*) FILTER (WHERE {open}) AS open,
    (SELECT count(*) FROM requests r WHERE {completed_lately}) AS completed_lately
FROM requests r
WHERE r.status = ANY(:status::text[]);

-- name: list_load
-- Active engineers, and the open work that is assigned to each.
SELECT u.id, u.name, u.weekly_hours, count(r.id) AS open_requests,
    coalesce(sum(r.estimated_hours), 0)::bigint AS open_hours
FROM users u
LEFT JOIN requests r ON r.assigned_to = u.id AND r.status = ANY(:worked_on::text[])
WHERE u.role = 'ENGINEER' AND u.active
GROUP BY u.id
ORDER BY u.name, u.id;

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
