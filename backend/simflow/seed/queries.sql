-- name: lock
-- One seeding at a time: the next one sees what this one brought. Nobody hears live of what is made up.
SELECT FROM pg_advisory_xact_lock(5319004119), set_config('simflow.quiet', 'on', true);

-- name: count_requests
-- How many there are; a later seeding continues from there.
SELECT count(*) FROM requests;

-- name: insert_people
-- Accounts without a password; who has one of the addresses already stays as they are.
INSERT INTO users (name, email, role)
SELECT p.name, p.email, p.role
FROM unnest(:names::text[], :emails::text[], :roles::text[]) AS p (name, email, role)
ON CONFLICT DO NOTHING;

-- name: list_people
-- The active people behind these addresses, in that order.
SELECT u.id, u.name, u.role
FROM unnest(:emails::text[]) WITH ORDINALITY AS p (email, position)
JOIN users u ON lower(u.email) = p.email
WHERE u.active
ORDER BY p.position;

-- name: list_constraints
-- Keys of these tables, then references from and to them.
SELECT c.conrelid::regclass::text AS "table", quote_ident(c.conname) AS name, c.contype = 'f' AS is_reference,
    pg_get_constraintdef(c.oid) AS definition
FROM pg_constraint c
WHERE c.contype IN ('p', 'u', 'f')
    AND (c.conrelid = ANY(:tables::text[]::regclass[]) OR c.confrelid = ANY(:tables::text[]::regclass[]))
ORDER BY is_reference, c.conrelid::regclass::text, c.conname;

-- name: list_indexes
-- The other indexes of these tables.
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
FROM pg_index i
WHERE i.indrelid = ANY(:tables::text[]::regclass[])
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
ORDER BY name;
