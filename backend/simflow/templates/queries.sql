-- name: list_all
-- Every template, by name.
SELECT id, name, content::text AS content, created_at, updated_at, version FROM templates ORDER BY lower(name), id;

-- name: get
-- One template.
SELECT id, name, content::text AS content, created_at, updated_at, version FROM templates WHERE id = :id;

-- name: insert
-- A new template.
INSERT INTO templates (name, content) VALUES (:name, :content::text::jsonb)
RETURNING id, name, content::text AS content, created_at, updated_at, version;

-- name: change
-- Writes new values over the version that was read; no row when it is no longer that version.
UPDATE templates SET name = :name, content = :content::text::jsonb, version = version + 1
WHERE id = :id AND version = :version
RETURNING id, name, content::text AS content, created_at, updated_at, version;

-- name: delete
-- Takes a template away, of the version that was read; no row when it is no longer that version.
DELETE FROM templates WHERE id = :id AND version = :version
RETURNING id;
