-- name: list_people
-- The people of the desk, by role when one is given and by a part of their name. {email} is NULL for those who may not
-- read addresses.
SELECT id, name, {email} AS email, role, avatar_url, active
FROM users
WHERE (:role::text IS NULL OR role = :role) AND (active OR :with_inactive) AND strpos(lower(name), lower(:part)) > 0
ORDER BY name, id
LIMIT :limit;

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
