-- name: list_namesakes
-- Active people by their names.
SELECT id, name, lower(name) AS lower_name FROM users WHERE active AND lower(name) = ANY(:names::text[]);

-- name: replace
-- What a text mentions now, instead of before. What it goes on mentioning is no news.
WITH wanted AS (
    SELECT user_id, name, NULL::bigint AS number FROM unnest(:people::uuid[], :names::text[]) AS p (user_id, name)
    UNION SELECT NULL, NULL, number FROM unnest(:numbers::bigint[]) AS n (number)
), gone AS (
    DELETE FROM mentions m
    WHERE m.request_id = :request_id::uuid AND m.comment_id IS NOT DISTINCT FROM :comment_id::uuid
        AND NOT EXISTS (SELECT FROM wanted w WHERE w.user_id = m.user_id OR w.number = m.number)
)
INSERT INTO mentions (request_id, comment_id, user_id, name, number)
SELECT :request_id::uuid, :comment_id::uuid, user_id, name, number FROM wanted
ON CONFLICT ON CONSTRAINT mentions_unique DO NOTHING;

-- name: list_visible
-- Whom and what a request's texts mention, and what mentions it, as far as the person may see both ends.
(
    SELECT DISTINCT 'person' AS kind, m.user_id AS id, m.name, u.role, NULL AS key, NULL AS title, NULL AS status
    FROM mentions m
    JOIN users u ON u.id = m.user_id
    WHERE m.request_id = :request_id AND m.user_id IS NOT NULL
    LIMIT 500
) UNION ALL (
    SELECT DISTINCT 'request', r.id, NULL, NULL, 'SF-' || r.number, r.title, r.status
    FROM mentions m
    JOIN requests r ON r.number = m.number
    WHERE m.request_id = :request_id
    LIMIT 500
) UNION ALL (
    SELECT DISTINCT 'source', r.id, NULL, NULL, 'SF-' || r.number, r.title, r.status
    FROM mentions m
    JOIN requests r ON r.id = m.request_id
    WHERE m.number = :number AND m.request_id <> :request_id
    LIMIT 100
);
