-- The words of all requests, as gathered_words has them (0027), several times as fast: what is said is said again and again, so
-- each line is cut into words once, and a request has the words of its lines.

-- Of one of so many parts of all requests, their words by number; for gather_all_words, which makes numbered_lines. A function,
-- since a subquery that hangs on its row is never run in parallel, and several calls of a function are.
CREATE OR REPLACE FUNCTION words_by_lines(part integer, parts integer) RETURNS TABLE (request_id uuid, words integer[])
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000 SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT r.id, ARRAY(
        SELECT DISTINCT word
        FROM (
            SELECT r.title AS content
            UNION ALL
            SELECT r.description
            UNION ALL
            SELECT c.content FROM comments c WHERE c.request_id = r.id
            UNION ALL
            SELECT v.text_value FROM request_values v WHERE v.request_id = r.id
        ) said
        CROSS JOIN LATERAL string_to_table(said.content, E'\n') AS said_line
        JOIN numbered_lines n ON n.line = said_line
        CROSS JOIN LATERAL unnest(n.words) AS word
        ORDER BY word
    )
    FROM requests r
    WHERE r.number % parts = part;
END
$$;

CREATE OR REPLACE FUNCTION gather_all_words() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp
SET work_mem = '128MB' SET maintenance_work_mem = '512MB' SET max_parallel_maintenance_workers = 2
SET max_parallel_workers_per_gather = 2 SET parallel_setup_cost = 0 SET parallel_tuple_cost = 0 AS $$
BEGIN
    LOCK TABLE requests, comments, request_values IN SHARE MODE;
    TRUNCATE request_words, lexicon, stale_words;
    DROP INDEX IF EXISTS idx_request_words, idx_lexicon_letters;
    ALTER TABLE request_words DROP CONSTRAINT IF EXISTS request_words_pkey;
    -- Not temporary: those are not read in parallel. Nobody else sees them before they are gone.
    CREATE UNLOGGED TABLE cut_lines AS
    SELECT line, words_of(line) AS words
    FROM (
        SELECT DISTINCT line
        FROM (
            SELECT title AS content FROM requests
            UNION ALL
            SELECT description FROM requests
            UNION ALL
            SELECT content FROM comments
            UNION ALL
            SELECT text_value FROM request_values
        ) said
        CROSS JOIN LATERAL string_to_table(said.content, E'\n') AS line
    ) lines;
    INSERT INTO lexicon (word) SELECT DISTINCT word FROM cut_lines CROSS JOIN LATERAL unnest(words) AS word;
    ANALYZE lexicon;
    CREATE UNLOGGED TABLE numbered_lines AS
    SELECT c.line, ARRAY(SELECT l.id FROM lexicon l WHERE l.word = ANY(c.words)) AS words FROM cut_lines c;
    -- Lines may be longer than the keys of any other kind.
    CREATE INDEX ON numbered_lines USING hash (line);
    ANALYZE numbered_lines;
    CREATE UNLOGGED TABLE gathered_requests AS
    SELECT request_id, words FROM words_by_lines(0, 4)
    UNION ALL
    SELECT request_id, words FROM words_by_lines(1, 4)
    UNION ALL
    SELECT request_id, words FROM words_by_lines(2, 4)
    UNION ALL
    SELECT request_id, words FROM words_by_lines(3, 4);
    INSERT INTO request_words SELECT request_id, words FROM gathered_requests;
    DROP TABLE cut_lines, numbered_lines, gathered_requests;
    ALTER TABLE request_words ADD CONSTRAINT request_words_pkey PRIMARY KEY (request_id);
    CREATE INDEX idx_request_words ON request_words USING gin (words);
    CREATE INDEX idx_lexicon_letters ON lexicon USING gin (word gin_trgm_ops);
    ANALYZE request_words;
END
$$;
REVOKE EXECUTE ON FUNCTION words_by_lines(integer, integer) FROM PUBLIC;
