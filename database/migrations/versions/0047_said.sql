-- Charts of what has some words walk the time that they tell of, and ask for each request there whether its bit is set.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion

-- Which requests have all the words and may be seen by the current person, as a bit for each number from 0 on, the first one the
-- highest of its byte; `words` and `numbers` as in 0041. Empty where nothing matches, null of people whose bits cannot tell.
CREATE FUNCTION all_with_words(words text[], numbers bigint[], forgiving boolean) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 10000
SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off AS $$
DECLARE
    search record := bits_with_words(words, numbers, forgiving, '{}', 1000000000, 1000000000);
    every bytea;
BEGIN
    IF search.visible IS NULL THEN
        RETURN '';
    ELSIF search.told IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format(
        '%1$s, matching AS MATERIALIZED (SELECT part, bit_or(bits) AS bits FROM ('
        'SELECT part, bits FROM fresh'
        ' UNION ALL SELECT part_of(number), bit_of(number) FROM (%2$s) AS noted'
        ') AS either GROUP BY part HAVING bit_count(bit_or(bits)) > 0)'
        -- Of what bit_send() gives the first four bytes tell how many bits there are.
        ' SELECT string_agg(substring(bit_send(coalesce(bits, B''0''::bit(8192))) FROM 5), '''' ORDER BY part)'
        ' FROM generate_series(0, (SELECT max(part) FROM matching)) AS part LEFT JOIN matching USING (part)',
        search.told, search.noted
    ) INTO every;
    RETURN coalesce(every, '');
END
$$;
REVOKE EXECUTE ON FUNCTION all_with_words(text[], bigint[], boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION all_with_words(text[], bigint[], boolean)
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;

-- As in 0035, and the number, by which bits are asked.
DROP INDEX idx_requests_completed_at;
CREATE INDEX idx_requests_completed_at ON requests (completed_at)
    INCLUDE (id, number, status, priority, vendor, revisions, created_at, started_at, stopped_for)
    WHERE completed_at IS NOT NULL;
