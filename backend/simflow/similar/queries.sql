-- name: find_among_all
-- Candidates for who sees everything: the nearest titles by their index, and what shares words that few others have.
WITH words AS MATERIALIZED (
    SELECT plainto_tsquery('simple', word)::text AS query, row_number() OVER w AS place, sum(share) OVER w * greatest(
        (SELECT reltuples FROM pg_class WHERE oid = 'requests'::regclass), 1
    ) AS reached
    FROM telling_words(:text)
    WINDOW w AS (ORDER BY share, word)
), rare AS (
    -- So many words as few requests have, and of the next ones any two together.
    SELECT nullif(concat_ws(' | ',
        (SELECT string_agg(query, ' | ') FROM words WHERE reached <= 300),
        (SELECT string_agg(format('(%s & %s)', a.query, b.query), ' | ') FROM words a JOIN words b ON a.place < b.place
        WHERE a.reached > 300 AND b.place <= 4 + (SELECT count(*) FROM words WHERE reached <= 300))
    ), '')::tsquery AS query
)
(SELECT r.id FROM requests r ORDER BY r.title <-> :title LIMIT 40)
UNION
(SELECT r.id FROM requests r
WHERE to_tsvector('simple', r.title || ' ' || r.description) @@ (SELECT query FROM rare) LIMIT 120);

-- name: find_among_own
-- Candidates for who sees some: the nearest titles, and the newest, of which each has its words compared.
WITH seen AS MATERIALIZED (SELECT r.id, r.title, r.created_at FROM requests r)
(SELECT id FROM seen ORDER BY similarity(title, :title) DESC, created_at DESC LIMIT 40)
UNION
(SELECT id FROM seen ORDER BY created_at DESC LIMIT 200);

-- name: rank
-- The best of the candidates, with the words that both have and, where it was turned down, why.
WITH words AS MATERIALIZED (
    SELECT plainto_tsquery('simple', word) AS query, word, weight, sum(weight) OVER () AS total
    FROM telling_words(:text)
), compared AS (
    SELECT r.id, r.number, r.title, r.vendor, r.status, r.created_at, r.completed_at,
        (similarity(r.title, :title) + word_similarity(:title, r.title)) / 2 AS alike, shared.words,
        coalesce(shared.part, 0) AS part
    FROM requests r
    CROSS JOIN to_tsvector('simple', r.title || ' ' || r.description) AS content
    CROSS JOIN LATERAL (
        SELECT array_agg(w.word ORDER BY w.weight DESC, w.word) AS words, sum(w.weight) / min(w.total) AS part
        FROM words w WHERE content @@ w.query
    ) shared
    WHERE r.id = ANY(:ids::uuid[])
), best AS (
    SELECT c.*, 0.5 * c.alike + 0.5 * c.part AS score
    FROM compared c
    WHERE 0.5 * c.alike + 0.5 * c.part >= :least::float8
    ORDER BY score DESC, c.number DESC
    LIMIT :limit
)
SELECT b.id, 'SF-' || b.number AS key, b.title, b.vendor, b.status, b.created_at, b.completed_at, b.score,
    b.alike >= 0.5 AS title_alike, coalesce(b.words[1:6], '{}') AS words, (
        SELECT l.details ->> 'reason' FROM activity_log l
        WHERE b.status IN ('Denied', 'Cancelled') AND l.request_id = b.id AND l.details ->> 'to' = b.status
        ORDER BY l.seq DESC LIMIT 1
    ) AS reason
FROM best b
ORDER BY b.score DESC, b.number DESC;
