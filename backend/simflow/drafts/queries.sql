-- name: list_own
-- The person's drafts, the last changed first.
SELECT id, content::text AS content, created_at, updated_at, version
FROM drafts
ORDER BY updated_at DESC, id;

-- name: get_own
-- One draft, if it is the person's.
SELECT id, content::text AS content, created_at, updated_at, version FROM drafts WHERE id = :id;

-- name: insert
-- A new draft; no row where the person has as many as there may be.
INSERT INTO drafts (owner_id, content)
SELECT :person::uuid, :content::text::jsonb
WHERE (SELECT count(*) FROM drafts) < :most::bigint
RETURNING id, content::text AS content, created_at, updated_at, version;

-- name: change
-- Writes the content over the version that was read; no row when it is no longer that version.
UPDATE drafts SET content = :content::text::jsonb, version = version + 1
WHERE id = :id AND version = :version
RETURNING id, content::text AS content, created_at, updated_at, version;

-- name: delete
-- Takes a draft away, of the version that was read; no row when it is no longer that version.
DELETE FROM drafts WHERE id = :id AND version = :version
RETURNING id;
