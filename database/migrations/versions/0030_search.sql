-- Search by the words that are kept, for those who do not see everything. Row-level security lets no index of words serve them,
-- and the lexicon would tell them what others write. So a function looks at both with the owner's rights and tells only
-- which requests it found of those that the current person may see. The index holds who may see a request as well,
-- and which words a requester may not read: whatever it finds is theirs.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion

-- A person as a number beside those of words, which stay below a thousand million; by another of the same number nothing
-- is found that is not theirs, only looked at.
CREATE FUNCTION sight_of(person uuid) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN 1073741824 + ('x' || right(person::text, 7))::bit(28)::integer;

-- The highest number stands for what every engineer sees.
CREATE FUNCTION seen_by(created_by uuid, assigned_to uuid, status text) RETURNS integer[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(
        SELECT DISTINCT number
        FROM (VALUES (sight_of(created_by)), (sight_of(assigned_to)),
            (CASE WHEN status = 'Engineering Review' THEN 2147483647 END)) AS sight (number)
        WHERE number IS NOT NULL
        ORDER BY number
    );

-- What the words of each request come to: those that everybody reads who sees it, those of internal comments alone, and who
-- sees it besides those who see all.
CREATE OR REPLACE VIEW gathered_words AS
    SELECT r.id AS request_id, open.words, CASE
            WHEN said.internally IS NULL THEN '{}'
            ELSE ARRAY(SELECT unnest(words_of(said.internally)) EXCEPT SELECT unnest(open.words) ORDER BY 1)
        END AS hidden,
        seen_by(r.created_by, r.assigned_to, r.status) AS seen_by
    FROM requests r
    CROSS JOIN LATERAL (
        SELECT string_agg(c.content, ' ') FILTER (WHERE NOT c.internal) AS openly,
            string_agg(c.content, ' ') FILTER (WHERE c.internal) AS internally
        FROM comments c WHERE c.request_id = r.id
    ) said
    CROSS JOIN LATERAL (
        SELECT words_of(concat_ws(' ', r.title, r.description, said.openly,
            (SELECT string_agg(v.text_value, ' ') FROM request_values v WHERE v.request_id = r.id)
        )) AS words
        OFFSET 0 -- once, and not wherever it is named
    ) open;

-- Of a hidden word the number is negative.
CREATE OR REPLACE VIEW kept_words AS
    SELECT w.request_id,
        ARRAY(SELECT l.word FROM lexicon l WHERE l.id = ANY(w.words) ORDER BY l.word) AS words,
        ARRAY(SELECT l.word FROM lexicon l WHERE -l.id = ANY(w.words) ORDER BY l.word) AS hidden,
        ARRAY(SELECT number FROM unnest(w.words) AS number WHERE number >= 1073741824 ORDER BY number) AS seen_by
    FROM request_words w;

CREATE FUNCTION numbers_of(words text[], hidden text[], seen_by integer[]) RETURNS integer[] LANGUAGE sql STABLE
    RETURN ARRAY(
        SELECT l.id FROM lexicon l WHERE l.word = ANY(words)
        UNION ALL SELECT -l.id FROM lexicon l WHERE l.word = ANY(hidden)
        UNION ALL SELECT unnest(seen_by)
        ORDER BY 1
    );

CREATE OR REPLACE FUNCTION gather_words(most bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    ids uuid[];
BEGIN
    -- Two at once would write the same rows.
    PERFORM pg_advisory_xact_lock(531900426);
    WITH stale AS (
        SELECT DISTINCT request_id FROM stale_words LIMIT most
    ), gone AS (
        DELETE FROM stale_words w USING stale s WHERE w.request_id = s.request_id
    )
    SELECT array_agg(request_id) INTO ids FROM stale;
    INSERT INTO lexicon (word)
    SELECT DISTINCT said FROM gathered_words g CROSS JOIN LATERAL unnest(g.words || g.hidden) AS said
    WHERE g.request_id = ANY(ids) AND NOT EXISTS (SELECT FROM lexicon l WHERE l.word = said);
    -- A word that has come since the statement before is in a request that stays noted.
    INSERT INTO request_words
    SELECT g.request_id, numbers_of(g.words, g.hidden, g.seen_by) FROM gathered_words g WHERE g.request_id = ANY(ids)
    ON CONFLICT (request_id) DO UPDATE SET words = excluded.words WHERE request_words.words <> excluded.words;
    RETURN coalesce(cardinality(ids), 0);
END
$$;

-- The same for all at once, by lines: for gather_all_words (0029).
CREATE OR REPLACE FUNCTION words_by_lines(part integer, parts integer) RETURNS TABLE (request_id uuid, words integer[])
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000 SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT r.id, ARRAY(
        SELECT CASE WHEN bool_or(said.openly) THEN word ELSE -word END
        FROM (
            SELECT r.title AS content, true AS openly
            UNION ALL
            SELECT r.description, true
            UNION ALL
            SELECT c.content, NOT c.internal FROM comments c WHERE c.request_id = r.id
            UNION ALL
            SELECT v.text_value, true FROM request_values v WHERE v.request_id = r.id
        ) said
        CROSS JOIN LATERAL string_to_table(said.content, E'\n') AS said_line
        JOIN numbered_lines n ON n.line = said_line
        CROSS JOIN LATERAL unnest(n.words) AS word
        GROUP BY word
        UNION ALL SELECT unnest(seen_by(r.created_by, r.assigned_to, r.status))
        ORDER BY 1
    )
    FROM requests r
    WHERE r.number % parts = part;
END
$$;

DROP TRIGGER requests_words_anew ON requests;
CREATE TRIGGER requests_words_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN ((OLD.title, OLD.description, OLD.assigned_to, OLD.status = 'Engineering Review')
        IS DISTINCT FROM (NEW.title, NEW.description, NEW.assigned_to, NEW.status = 'Engineering Review'))
    EXECUTE FUNCTION note_stale_words();
DROP TRIGGER comments_words_anew ON comments;
CREATE TRIGGER comments_words_anew AFTER UPDATE ON comments FOR EACH ROW
    WHEN ((OLD.content, OLD.internal) IS DISTINCT FROM (NEW.content, NEW.internal)) EXECUTE FUNCTION note_stale_words();

SELECT gather_all_words();

-- The search itself. Each of `words` must be in what the person may read of the request: a pattern of LIKE or, forgivingly,
-- a word that is spelt alike; or its key must be the number in the same place.
CREATE FUNCTION requests_with_words(words text[], numbers bigint[], forgiving boolean)
RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 COST 10000
SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off AS $$
DECLARE
    person uuid := current_person();
    own_role text := current_setting('role');
    reads_all boolean := own_role = 'simflow_engineer'; -- as in the policies of comments
    visible text; -- as in those of requests
    kept text; -- conditions for the words that are kept
    spelt text := 'true'; -- and for texts, where those are stale
    ids integer[];
BEGIN
    IF person IS NULL THEN
        RETURN;
    ELSIF own_role = 'simflow_requester' THEN
        visible := format('r.created_by = %L', person);
        kept := format('w.words && ARRAY[%s]', sight_of(person));
    ELSIF own_role = 'simflow_engineer' THEN
        visible := format('(r.assigned_to = %1$L OR r.status = ''Engineering Review'' OR r.created_by = %1$L)', person);
        kept := format('w.words && ARRAY[%s, 2147483647]', sight_of(person));
    ELSE
        RETURN;
    END IF;

    FOR i IN 1..cardinality(words) LOOP
        IF forgiving THEN
            SELECT array_agg(l.id) INTO ids FROM lexicon l WHERE l.word %> words[i];
        ELSE
            SELECT array_agg(l.id) INTO ids FROM lexicon l WHERE l.word LIKE lower(words[i]);
        END IF;
        IF reads_all THEN
            ids := ids || ARRAY(SELECT -id FROM unnest(ids) AS id);
        END IF;
        kept := kept || format(
            -- Few are looked up in the index. Many would have it look through as many lists, and && compare each with each.
            CASE WHEN cardinality(ids) > 100 THEN ' AND (EXISTS (SELECT FROM unnest(w.words) AS said WHERE said = ANY (%L::integer[]))'
                ELSE ' AND (w.words && %L::integer[]' END
            || CASE WHEN numbers[i] IS NULL THEN ')'
                ELSE ' OR w.request_id = (SELECT n.id FROM requests n WHERE n.number = %L))' END,
            coalesce(ids, '{}'), numbers[i]
        );
        -- Not as a constant: the planner would try it on all texts in its statistics, which takes longer than the search.
        spelt := spelt || format(
            ' AND (r.title %1$s (SELECT %2$L) OR r.description %1$s (SELECT %2$L) OR r.number = %3$L'
            ' OR EXISTS (SELECT FROM comments c WHERE c.request_id = r.id AND %4$s AND c.content %1$s (SELECT %2$L) OFFSET 0)'
            ' OR EXISTS (SELECT FROM request_values v WHERE v.request_id = r.id AND v.text_value %1$s (SELECT %2$L) OFFSET 0))',
            CASE WHEN forgiving THEN '%>' ELSE 'ILIKE' END, words[i], numbers[i],
            CASE WHEN reads_all THEN 'true' ELSE 'NOT c.internal' END
        );
    END LOOP;

    RETURN QUERY EXECUTE format(
        'SELECT r.id FROM request_words w JOIN requests r ON r.id = w.request_id'
        ' WHERE %1$s AND w.request_id NOT IN (SELECT s.request_id FROM stale_words s) AND %2$s'
        ' UNION ALL SELECT r.id FROM requests r'
        ' WHERE r.id IN (SELECT s.request_id FROM stale_words s) AND %2$s AND %3$s',
        kept, visible, spelt
    );
END
$$;
REVOKE EXECUTE ON FUNCTION requests_with_words(text[], bigint[], boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION requests_with_words(text[], bigint[], boolean) TO simflow_requester, simflow_engineer;
