-- name: list_people
-- The people of the desk, by role when one is given. {email} is NULL for those who may not read addresses.
SELECT id, name, {email} AS email, role, avatar_url, active
FROM users
WHERE (:role::text IS NULL OR role = :role) AND (active OR :with_inactive)
ORDER BY name, id;

-- name: get_active_engineer
-- Somebody who can be assigned.
SELECT id, name FROM users WHERE id = :id AND role = 'ENGINEER' AND active;
