-- name: list_visible
-- The links of a request whose other end the person may see too, in the order in which they were made.
SELECT l.id, l.kind, l.from_id = :request_id AS is_forward, o.id AS other_id, 'SF-' || o.number AS other_key,
    o.title AS other_title, o.status AS other_status, l.created_by, l.created_by_name, l.created_at
FROM links l
JOIN requests o ON o.id = CASE WHEN l.from_id = :request_id THEN l.to_id ELSE l.from_id END
WHERE l.from_id = :request_id OR l.to_id = :request_id
ORDER BY l.created_at, l.id;

-- name: insert
-- True when the link is new; with a line in the log of both its ends, which those read who may see both.
WITH l AS (
    INSERT INTO links (from_id, kind, to_id, created_by, created_by_name)
    VALUES (:from_id, :kind, :to_id, :person::uuid, :person_name)
    ON CONFLICT ON CONSTRAINT links_unique DO NOTHING
    RETURNING *
), logged AS (
    INSERT INTO activity_log (request_id, other_request_id, user_id, user_name, action, details)
    SELECT l.from_id, l.to_id, :person::uuid, :person_name, 'linked', :from_details::text::jsonb FROM l
    UNION ALL SELECT l.to_id, l.from_id, :person::uuid, :person_name, 'linked', :to_details::text::jsonb FROM l
)
SELECT EXISTS (SELECT FROM l);

-- name: delete
-- True when the link was there and this person may remove it; with a line in the log of both its ends.
WITH l AS (
    DELETE FROM links WHERE id = :id RETURNING *
), logged AS (
    INSERT INTO activity_log (request_id, other_request_id, user_id, user_name, action, details)
    SELECT l.from_id, l.to_id, :person::uuid, :person_name, 'unlinked', :from_details::text::jsonb FROM l
    UNION ALL SELECT l.to_id, l.from_id, :person::uuid, :person_name, 'unlinked', :to_details::text::jsonb FROM l
)
SELECT EXISTS (SELECT FROM l);
