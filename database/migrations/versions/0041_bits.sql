-- How many requests have some words, by status, told by bits: for each word that many requests have one bit for each request,
-- and for each status. Both are kept in parts of 8 192 requests by their number. A count joins a few hundred such rows however
-- many requests it counts. Who moves a request or changes a text only notes it: what is noted is counted for itself until the
-- worker has brought its bits up to date, as with the words that are kept (0027).
-- squawk-ignore-file require-concurrent-index-creation, adding-required-field

-- The words whose bits are kept: numbers of request_words, so hidden ones and people are among them (0030).
CREATE TABLE frequent_words (word integer PRIMARY KEY);
CREATE TABLE word_bits (word integer, part integer, bits bit(8192) NOT NULL, PRIMARY KEY (word, part));
CREATE TABLE status_bits (part integer, status text, bits bit(8192) NOT NULL, PRIMARY KEY (part, status));
-- By which a request is found among bits.
TRUNCATE request_words;
ALTER TABLE request_words ADD COLUMN number bigint NOT NULL;
-- Numbers of requests: one for each move.
CREATE TABLE stale_statuses (number bigint NOT NULL)
    WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
-- Nobody but the functions here, which have the owner's rights, reads or writes these.
ALTER TABLE frequent_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE word_bits ENABLE ROW LEVEL SECURITY;
ALTER TABLE status_bits ENABLE ROW LEVEL SECURITY;
ALTER TABLE stale_statuses ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION part_of(number bigint) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (number >> 13)::integer;
CREATE FUNCTION bit_of(number bigint) RETURNS bit LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN set_bit(B'0'::bit(8192), (number & 8191)::integer, 1);

CREATE FUNCTION note_stale_status() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO stale_statuses VALUES (OLD.number);
    RETURN NULL;
END
$$;
CREATE TRIGGER requests_bits AFTER DELETE ON requests FOR EACH ROW EXECUTE FUNCTION note_stale_status();
CREATE TRIGGER requests_bits_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION note_stale_status();

CREATE FUNCTION forget_bits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    TRUNCATE word_bits, status_bits, stale_statuses;
    RETURN NULL;
END
$$;
CREATE TRIGGER requests_forget_bits AFTER TRUNCATE ON requests EXECUTE FUNCTION forget_bits();

-- Makes the bits of these requests what their status is now; none of one that is gone.
CREATE FUNCTION keep_status_bits(numbers bigint[]) RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    WITH parts AS (
        SELECT part_of(number) AS part, bit_or(bit_of(number)) AS bits FROM unnest(numbers) AS number GROUP BY 1
    ), held AS (
        SELECT part_of(r.number) AS part, r.status, bit_or(bit_of(r.number)) AS bits
        FROM requests r
        WHERE r.number = ANY(numbers)
        GROUP BY 1, 2
    ), others AS (
        SELECT s.part, s.status, s.bits & ~p.bits AS bits FROM status_bits s JOIN parts p USING (part)
    )
    INSERT INTO status_bits AS kept (part, status, bits)
    SELECT part, status, bit_or(bits) FROM (TABLE held UNION ALL TABLE others) AS now GROUP BY 1, 2
    ON CONFLICT (part, status) DO UPDATE SET bits = excluded.bits WHERE kept.bits <> excluded.bits
$$;

-- Makes the bits of one word that has become frequent, if there is one: by the statistics of the planner a hundred requests
-- have it, and one in 256. One that has become half as frequent loses its bits.
CREATE FUNCTION keep_frequent_word() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    total double precision := (SELECT reltuples FROM pg_class WHERE oid = 'request_words'::regclass);
    many double precision := greatest(100, total / 256);
    fresh integer;
BEGIN
    -- gather_words() writes the same rows.
    PERFORM pg_advisory_xact_lock(531900426);
    WITH shares AS (
        SELECT c.word, c.share * total AS requests
        FROM pg_stats s
        CROSS JOIN LATERAL unnest(s.most_common_elems::text::integer[], s.most_common_elem_freqs) AS c (word, share)
        WHERE s.schemaname = 'public' AND s.tablename = 'request_words' AND s.attname = 'words' AND c.word IS NOT NULL
    ), gone AS (
        DELETE FROM frequent_words f
        WHERE NOT EXISTS (SELECT FROM shares s WHERE s.word = f.word AND s.requests >= many / 2)
        RETURNING f.word
    ), forgotten AS (
        DELETE FROM word_bits b USING gone WHERE b.word = gone.word
    )
    INSERT INTO frequent_words
    SELECT s.word FROM shares s
    WHERE s.requests >= many AND NOT EXISTS (SELECT FROM frequent_words f WHERE f.word = s.word)
    ORDER BY s.requests DESC
    LIMIT 1
    RETURNING word INTO fresh;
    INSERT INTO word_bits (word, part, bits)
    SELECT fresh, part_of(number), bit_or(bit_of(number)) FROM request_words WHERE words @> ARRAY[fresh] GROUP BY 2;
    RETURN fresh IS NOT NULL;
END
$$;

-- The bits of all statuses anew. Those of words go; the worker makes them again.
CREATE FUNCTION keep_all_bits() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    LOCK TABLE requests IN SHARE MODE;
    TRUNCATE frequent_words, word_bits, status_bits, stale_statuses;
    INSERT INTO status_bits (part, status, bits)
    SELECT part_of(r.number), r.status, bit_or(bit_of(r.number)) FROM requests r GROUP BY 1, 2;
    ANALYZE status_bits;
END
$$;

-- Words and bits of some of what is noted; how many notes there were at most of a kind. As in 0030 but for the bits.
CREATE OR REPLACE FUNCTION gather_words(most bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    ids uuid[];
    moved bigint[];
    noted bigint;
BEGIN
    -- Two at once would write the same rows.
    PERFORM pg_advisory_xact_lock(531900426);
    WITH stale AS (
        SELECT DISTINCT request_id FROM stale_words LIMIT most
    ), gone AS (
        DELETE FROM stale_words w USING stale s WHERE w.request_id = s.request_id
    )
    SELECT array_agg(request_id) INTO ids FROM stale;
    WITH gone AS (
        DELETE FROM stale_statuses WHERE ctid = ANY(ARRAY(SELECT ctid FROM stale_statuses LIMIT most)) RETURNING number
    )
    SELECT array_agg(number), count(*) INTO moved, noted FROM gone;
    INSERT INTO lexicon (word)
    SELECT DISTINCT said FROM gathered_words g CROSS JOIN LATERAL unnest(g.words || g.hidden) AS said
    WHERE g.request_id = ANY(ids) AND NOT EXISTS (SELECT FROM lexicon l WHERE l.word = said);
    -- A word that has come since the statement before is in a request that stays noted.
    -- A word that has come to a request or gone from it flips its bit.
    WITH was AS (
        SELECT w.number, w.words FROM request_words w WHERE w.request_id = ANY(ids)
    ), kept AS (
        INSERT INTO request_words (request_id, number, words)
        SELECT g.request_id, r.number, numbers_of(g.words, g.hidden, g.seen_by)
        FROM gathered_words g JOIN requests r ON r.id = g.request_id
        WHERE g.request_id = ANY(ids)
        ON CONFLICT (request_id) DO UPDATE SET words = excluded.words WHERE request_words.words <> excluded.words
        RETURNING number, words
    ), flips AS (
        SELECT number, word
        FROM (
            SELECT k.number, unnest(k.words) AS word FROM kept k
            UNION ALL
            SELECT w.number, unnest(w.words) FROM was w JOIN kept k USING (number)
        ) AS both_times
        GROUP BY number, word
        HAVING count(*) = 1
    )
    INSERT INTO word_bits AS b (word, part, bits)
    SELECT f.word, part_of(number), bit_or(bit_of(number)) FROM flips JOIN frequent_words f USING (word) GROUP BY 1, 2
    ON CONFLICT (word, part) DO UPDATE SET bits = b.bits # excluded.bits;
    -- What moves meanwhile has a note of its own, which stays.
    PERFORM keep_status_bits(moved || ARRAY(SELECT r.number FROM requests r WHERE r.id = ANY(ids)));
    -- The words of what is gone went with it.
    moved := ARRAY(SELECT unnest(moved) EXCEPT SELECT r.number FROM requests r WHERE r.number = ANY(moved));
    IF moved <> '{}' THEN
        UPDATE word_bits b SET bits = b.bits & ~gone.bits
        FROM (SELECT part_of(number) AS part, bit_or(bit_of(number)) AS bits FROM unnest(moved) AS number GROUP BY 1) AS gone
        WHERE b.part = gone.part AND b.bits & gone.bits <> B'0'::bit(8192);
    END IF;
    RETURN greatest(cardinality(ids), noted, 0);
END
$$;

-- As in 0029 but for the bits.
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
    INSERT INTO request_words (request_id, number, words)
    SELECT g.request_id, r.number, g.words FROM gathered_requests g JOIN requests r ON r.id = g.request_id;
    DROP TABLE cut_lines, numbered_lines, gathered_requests;
    ALTER TABLE request_words ADD CONSTRAINT request_words_pkey PRIMARY KEY (request_id);
    CREATE INDEX idx_request_words ON request_words USING gin (words);
    CREATE INDEX idx_lexicon_letters ON lexicon USING gin (word gin_trgm_ops);
    ANALYZE request_words;
    PERFORM keep_all_bits();
END
$$;

-- What the bits must come to, for each request that is noted nowhere: its status, and of its words those that are frequent.
CREATE VIEW gathered_bits AS
    SELECT r.number, r.status, ARRAY(
        SELECT f.word FROM request_words w CROSS JOIN LATERAL unnest(w.words) AS said JOIN frequent_words f ON f.word = said
        WHERE w.request_id = r.id
        ORDER BY f.word
    ) AS words
    FROM requests r
    WHERE NOT EXISTS (SELECT FROM stale_words s WHERE s.request_id = r.id)
        AND NOT EXISTS (SELECT FROM stale_statuses s WHERE s.number = r.number);

CREATE VIEW kept_bits AS
    SELECT r.number, (
        SELECT string_agg(s.status, ', ') FROM status_bits s
        WHERE s.part = part_of(r.number) AND get_bit(s.bits, (r.number & 8191)::integer) = 1
    ) AS status, ARRAY(
        SELECT b.word FROM frequent_words f JOIN word_bits b USING (word)
        WHERE b.part = part_of(r.number) AND get_bit(b.bits, (r.number & 8191)::integer) = 1
        ORDER BY b.word
    ) AS words
    FROM requests r;

-- Whose requests a number stands for, for those few who share it (0030): no bits tell these apart.
CREATE INDEX idx_users_sight ON users (sight_of(id));

-- What a search by words comes to for the current person, for the functions that search with the owner's rights: which numbers
-- of request_words mark what they see (null: they see all), whether they read internal comments, and as conditions of a request
-- r whether they see it (null: they may not search) and whether its texts have the words.
CREATE FUNCTION search_of(words text[], numbers bigint[], forgiving boolean,
    OUT sights integer[], OUT reads_all boolean, OUT visible text, OUT spelt text)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    person uuid := current_person();
    own_role text := current_setting('role');
BEGIN
    reads_all := own_role <> 'simflow_requester'; -- as in the policies of comments
    IF person IS NULL THEN
        RETURN;
    ELSIF own_role = 'simflow_requester' THEN -- as in those of requests
        visible := format('r.created_by = %L', person);
        sights := ARRAY[sight_of(person)];
    ELSIF own_role = 'simflow_engineer' THEN
        visible := format('(r.assigned_to = %1$L OR r.status = ''Engineering Review'' OR r.created_by = %1$L)', person);
        sights := ARRAY[sight_of(person), 2147483647];
    ELSIF own_role IN ('simflow_manager', 'simflow_admin') THEN
        visible := 'true';
    END IF;
    spelt := 'true';
    FOR i IN 1..cardinality(words) LOOP
        -- Not as a constant: the planner would try it on all texts in its statistics, which takes longer than the search.
        spelt := spelt || format(
            ' AND (r.title %1$s (SELECT %2$L) OR r.description %1$s (SELECT %2$L) OR r.number = %3$L'
            ' OR EXISTS (SELECT FROM comments c WHERE c.request_id = r.id AND %4$s AND c.content %1$s (SELECT %2$L) OFFSET 0)'
            ' OR EXISTS (SELECT FROM request_values v WHERE v.request_id = r.id AND v.text_value %1$s (SELECT %2$L) OFFSET 0))',
            CASE WHEN forgiving THEN '%>' ELSE 'ILIKE' END, words[i], numbers[i],
            CASE WHEN reads_all THEN 'true' ELSE 'NOT c.internal' END
        );
    END LOOP;
END
$$;

-- The numbers of the words that hold a pattern or are spelt like it; of what internal comments alone hold for who reads these.
CREATE FUNCTION words_like(word text, forgiving boolean, reads_all boolean) RETURNS integer[] LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $$
DECLARE
    ids integer[];
BEGIN
    IF forgiving THEN
        SELECT array_agg(l.id) INTO ids FROM lexicon l WHERE l.word %> words_like.word;
    ELSE
        SELECT array_agg(l.id) INTO ids FROM lexicon l WHERE l.word LIKE lower(words_like.word);
    END IF;
    IF reads_all THEN
        ids := ids || ARRAY(SELECT -id FROM unnest(ids) AS id);
    END IF;
    RETURN coalesce(ids, '{}');
END
$$;

-- As in 0030.
CREATE OR REPLACE FUNCTION requests_with_words(words text[], numbers bigint[], forgiving boolean)
RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 COST 10000
SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off AS $$
DECLARE
    search record := search_of(words, numbers, forgiving);
    kept text := format('w.words && %L::integer[]', search.sights);
    ids integer[];
BEGIN
    IF search.sights IS NULL THEN
        RETURN;
    END IF;
    FOR i IN 1..cardinality(words) LOOP
        ids := words_like(words[i], forgiving, search.reads_all);
        kept := kept || format(
            -- Few are looked up in the index. Many would have it look through as many lists, and && compare each with each.
            CASE WHEN cardinality(ids) > 100 THEN ' AND (EXISTS (SELECT FROM unnest(w.words) AS said WHERE said = ANY (%L::integer[]))'
                ELSE ' AND (w.words && %L::integer[]' END
            || CASE WHEN numbers[i] IS NULL THEN ')'
                ELSE ' OR w.request_id = (SELECT n.id FROM requests n WHERE n.number = %L))' END,
            ids, numbers[i]
        );
    END LOOP;
    RETURN QUERY EXECUTE format(
        'SELECT r.id FROM request_words w JOIN requests r ON r.id = w.request_id'
        ' WHERE %1$s AND w.request_id NOT IN (SELECT s.request_id FROM stale_words s) AND %2$s'
        ' UNION ALL SELECT r.id FROM requests r'
        ' WHERE r.id IN (SELECT s.request_id FROM stale_words s) AND %2$s AND %3$s',
        kept, search.visible, search.spelt
    );
END
$$;

-- How many requests that the current person may see have all the words, by status; `words` and `numbers` as above. One row
-- without a status where bits cannot tell: too many requests have words that hold a typed one and have no bits.
CREATE FUNCTION count_with_words(words text[], numbers bigint[], forgiving boolean)
RETURNS TABLE (status text, count bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 COST 10000
SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off AS $$
DECLARE
    search record := search_of(words, numbers, forgiving);
    asked integer[]; -- the words that hold one that was typed
    often integer[]; -- those of them that have bits
    few bigint[]; -- what has the others
    sets text[] := '{}'; -- of requests: one for each word that was typed, and one for what the person sees
    is_told boolean := true;
BEGIN
    IF search.visible IS NULL THEN
        RETURN;
    ELSIF search.sights IS NOT NULL THEN
        -- The bits of a person are of all who share the number, and of both sides; a requester sees one.
        is_told := (SELECT count(*) FROM users u WHERE sight_of(u.id) = search.sights[1]) = 1
            AND (search.reads_all OR NOT EXISTS (SELECT FROM requests r WHERE r.assigned_to = current_person()));
    END IF;
    FOR i IN CASE WHEN search.sights IS NULL THEN 1 ELSE 0 END..cardinality(words) LOOP
        asked := CASE WHEN i = 0 THEN search.sights ELSE words_like(words[i], forgiving, search.reads_all) END;
        often := ARRAY(SELECT f.word FROM frequent_words f WHERE f.word = ANY(asked));
        asked := ARRAY(SELECT unnest(asked) EXCEPT SELECT unnest(often));
        few := CASE WHEN cardinality(asked) <= 1000 THEN ARRAY(
            SELECT w.number FROM unnest(asked) AS said JOIN request_words w ON w.words @> ARRAY[said] LIMIT 20001
        ) END;
        is_told := is_told AND coalesce(cardinality(few) <= 20000, false);
        sets := sets || format(
            '(SELECT part, bit_or(bits) AS bits FROM ('
            'SELECT b.part, b.bits FROM word_bits b WHERE b.word = ANY(%1$L::integer[])'
            ' UNION ALL SELECT part_of(number), bit_of(number) FROM unnest(%2$L::bigint[]) AS number'
            ') AS had GROUP BY part) AS set%3$s',
            often, few || numbers[nullif(i, 0)], i
        );
    END LOOP;
    IF NOT is_told THEN
        RETURN QUERY SELECT NULL::text, NULL::bigint;
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format(
        'WITH found AS MATERIALIZED (SELECT part, %1$s AS bits FROM %2$s),'
        ' stale AS MATERIALIZED (SELECT number, bool_or(is_said) AS is_said FROM ('
        'SELECT r.number, true AS is_said FROM stale_words s JOIN requests r ON r.id = s.request_id'
        ' UNION ALL SELECT s.number, false FROM stale_statuses s) AS noted GROUP BY number),'
        ' parts AS (SELECT part_of(number) AS part, bit_or(bit_of(number)) AS bits FROM stale GROUP BY 1),'
        ' fresh AS MATERIALIZED (SELECT part, coalesce(f.bits & ~p.bits, f.bits) AS bits FROM found f LEFT JOIN parts p USING (part))'
        ' SELECT status, sum(number)::bigint FROM ('
        'SELECT s.status, bit_count(f.bits & s.bits) AS number FROM fresh f JOIN status_bits s USING (part)'
        ' UNION ALL SELECT r.status, 1 FROM stale s JOIN requests r USING (number) JOIN found f ON f.part = part_of(r.number)'
        ' WHERE NOT s.is_said AND get_bit(f.bits, (r.number & 8191)::integer) = 1'
        ' UNION ALL SELECT r.status, 1 FROM stale s JOIN requests r USING (number) WHERE s.is_said AND %3$s AND %4$s'
        ') AS counted GROUP BY status HAVING sum(number) > 0',
        (SELECT string_agg(substring(one from 'set\d+$') || '.bits', ' & ') FROM unnest(sets) AS one),
        (SELECT string_agg(CASE WHEN at = 1 THEN one ELSE ' JOIN ' || one || ' USING (part)' END, '' ORDER BY at)
            FROM unnest(sets) WITH ORDINALITY AS each (one, at)),
        search.visible, search.spelt
    );
END
$$;
REVOKE EXECUTE ON FUNCTION note_stale_status(), forget_bits(), keep_status_bits(bigint[]), keep_frequent_word(), keep_all_bits(),
    search_of(text[], bigint[], boolean), words_like(text, boolean, boolean), count_with_words(text[], bigint[], boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_with_words(text[], bigint[], boolean)
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
GRANT EXECUTE ON FUNCTION keep_frequent_word() TO simflow_worker;

SELECT gather_all_words();
