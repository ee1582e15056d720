-- name: lock
-- One import at a time: the next one sees what this one brought.
SELECT FROM pg_advisory_xact_lock(5319004118);

-- name: list_people
-- Everybody, for matching names.
SELECT id, name, email, role, active FROM users ORDER BY created_at, id;

-- name: list_known_requests
-- Which of these ids are here already.
SELECT id FROM requests WHERE id = ANY(:ids::uuid[]);

-- name: list_known_comments
-- Which of these comments are here already, and where.
SELECT id, request_id FROM comments WHERE id = ANY(:ids::uuid[]);

-- name: insert_people
-- Inactive accounts without a password for people who are known by name only.
INSERT INTO users (id, name, email, role, active)
SELECT p.id, p.name, p.email, p.role, false
FROM unnest(:ids::uuid[], :names::text[], :emails::text[], :roles::text[]) AS p (id, name, email, role);

-- name: insert_requests
-- Requests as they were, numbered in the order given.
INSERT INTO requests (id, title, description, vendor, status, priority, created_by, created_by_name, assigned_to,
    assigned_to_name, estimated_hours, created_at, updated_at)
SELECT r.id, r.title, r.description, r.vendor, r.status, r.priority, r.created_by, r.created_by_name, r.assigned_to,
    r.assigned_to_name, r.estimated_hours, r.created_at, r.updated_at
FROM unnest(:ids::uuid[], :titles::text[], :descriptions::text[], :vendors::text[], :statuses::text[],
    :priorities::text[], :creators::uuid[], :creator_names::text[], :engineers::uuid[], :engineer_names::text[],
    :hours::integer[], :created::timestamptz[], :updated::timestamptz[]) WITH ORDINALITY
    AS r (id, title, description, vendor, status, priority, created_by, created_by_name, assigned_to,
        assigned_to_name, estimated_hours, created_at, updated_at, position)
ORDER BY r.position;

-- name: insert_comments
-- Their comments. The old application had no internal ones.
INSERT INTO comments (id, request_id, author_id, author_name, author_role, content, created_at)
SELECT c.id, c.request_id, c.author_id, c.author_name, c.author_role, c.content, c.created_at
FROM unnest(:ids::uuid[], :requests::uuid[], :authors::uuid[], :author_names::text[], :author_roles::text[],
    :contents::text[], :created::timestamptz[])
    AS c (id, request_id, author_id, author_name, author_role, content, created_at);

-- name: log_imported
-- One line in the log of each request: who brought it, and from where.
INSERT INTO activity_log (request_id, user_id, user_name, action, details)
SELECT r.id, :person::uuid, :person_name::text, 'imported',
    jsonb_build_object('source', 'localstorage', 'status', r.status, 'oldId', r.old_id)
FROM unnest(:ids::uuid[], :statuses::text[], :old_ids::text[]) WITH ORDINALITY AS r (id, status, old_id, position)
ORDER BY r.position;
