-- name: list_visible
-- One's own views and the shared ones, by name.
SELECT id, name, layout, query::text AS query, shared, owner_id, owner_name, created_at, updated_at, version
FROM saved_views
ORDER BY lower(name), id;

-- name: get_visible
-- One view, if the person may see it.
SELECT id, name, layout, query::text AS query, shared, owner_id, owner_name, created_at, updated_at, version
FROM saved_views
WHERE id = :id;

-- name: insert
-- A new view of the person's.
INSERT INTO saved_views (name, layout, query, shared, owner_id, owner_name)
VALUES (:name, :layout, :query::text::jsonb, :shared, :person, :person_name)
RETURNING id, name, layout, query::text AS query, shared, owner_id, owner_name, created_at, updated_at, version;

-- name: change
-- Writes new values over the version that was read; no row when it is no longer that version.
UPDATE saved_views
SET name = :name, layout = :layout, query = :query::text::jsonb, shared = :shared, version = version + 1
WHERE id = :id AND version = :version
RETURNING id, name, layout, query::text AS query, shared, owner_id, owner_name, created_at, updated_at, version;

-- name: delete
-- Takes a view away, of the version that was read; no row when it is no longer that version.
DELETE FROM saved_views WHERE id = :id AND version = :version
RETURNING id;
