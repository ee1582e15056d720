-- name: list_people
-- The people of the desk, by role when one is given and by a part of their name. Their address and hours are NULL for those
-- who may not read them.
SELECT id, name, {email} AS email, role, avatar_url, active, {weekly_hours} AS weekly_hours, version
FROM users
WHERE (:role::text IS NULL OR role = :role) AND (active OR :with_inactive) AND strpos(lower(name), lower(:part)) > 0
ORDER BY name, id
LIMIT :limit;

-- name: get_person
-- Somebody, with their address and hours as in the list.
SELECT id, name, {email} AS email, role, avatar_url, active, {weekly_hours} AS weekly_hours, version
FROM users WHERE id = :id;

-- name: set_weekly_hours
-- How many hours somebody works in a week; no row when the version is no longer current. The trigger counts it.
UPDATE users SET weekly_hours = :weekly_hours WHERE id = :id AND version = :version
RETURNING id, name, email, role, avatar_url, active, weekly_hours, version;

-- name: get_active_engineer
-- Somebody who can be assigned.
SELECT id, name FROM users WHERE id = :id AND role = 'ENGINEER' AND active;

-- name: insert
-- A new account, active and without a password; no row when somebody has the address.
INSERT INTO users (name, email, role) VALUES (:name, :email, :role)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: set_active
-- Lets somebody in again, or no longer.
UPDATE users SET active = :active WHERE id = :id AND active <> :active;
