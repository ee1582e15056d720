-- Requests like the one that somebody is writing: by the letters of the title, and by the words that tell something.
-- squawk-ignore-file require-concurrent-index-creation

-- The nearest titles first, however many there are: a GIN index finds, and cannot order.
CREATE INDEX idx_requests_title_near ON requests USING gist (title gist_trgm_ops(siglen = 128));
-- Without a language: requests come in several. How common each word is PostgreSQL learns by itself, for its planner.
CREATE INDEX idx_requests_words ON requests USING gin (to_tsvector('simple', title || ' ' || description));

-- The words of a text, the rarest first: `share` is the part of all requests that has the word, `weight` what it tells.
-- With the owner's rights, since statistics are about everybody's requests; it gives back words that the caller brought.
CREATE FUNCTION telling_words(said text) RETURNS TABLE (word text, share double precision, weight double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH known AS (
        SELECT w.word, s.shares[w.place::integer] AS share
        FROM (
            SELECT most_common_elems::text::text[] AS words, most_common_elem_freqs AS shares
            FROM pg_stats WHERE schemaname = 'public' AND tablename = 'idx_requests_words'
        ) s
        CROSS JOIN LATERAL unnest(s.words) WITH ORDINALITY AS w (word, place)
    ), asked AS (
        SELECT a.lexeme, greatest(coalesce(k.share, 0), 0.0002)::double precision AS share
        FROM unnest(to_tsvector('simple', said)) a
        LEFT JOIN known k ON k.word = a.lexeme
        WHERE char_length(a.lexeme) BETWEEN 2 AND 60
    )
    SELECT lexeme, share, least(ln(1 / share), 7) + 0.1 FROM asked ORDER BY share, lexeme LIMIT 30
$$;
REVOKE EXECUTE ON FUNCTION telling_words(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION telling_words(text) TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
