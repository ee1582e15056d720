-- A page of the newest requests with some words, told by the bits that count them (0041): joined they say which requests match.
-- Numbers are in the order of creation but for few, as two people who create at once, or what was brought from elsewhere.
-- Those have a bit of their own; the others that come first on a page are those of the highest or lowest numbers.
-- squawk-ignore-file require-concurrent-index-creation, adding-required-field

-- The requests of a part that are of an earlier moment than one of a lower number.
CREATE TABLE late_bits (part integer PRIMARY KEY, bits bit(8192) NOT NULL);
-- Nobody but the functions here, which have the owner's rights, reads or writes it.
ALTER TABLE late_bits ENABLE ROW LEVEL SECURITY;

-- The numbers of those from a number on.
CREATE FUNCTION late_since(since bigint) RETURNS SETOF bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT n.number
    FROM (
        SELECT r.number, r.created_at, max(r.created_at) OVER (ORDER BY r.number) AS latest FROM requests r WHERE r.number >= since
    ) n
    WHERE n.created_at < greatest(n.latest, (
        SELECT b.created_at FROM requests b WHERE b.number < since ORDER BY b.created_at DESC, b.number DESC LIMIT 1
    ))
$$;

-- Their bits: a new request may be late, or make others late that were numbered after it.
CREATE FUNCTION keep_late_bits(since bigint) RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    INSERT INTO late_bits AS kept (part, bits)
    SELECT part_of(number), bit_or(bit_of(number)) FROM late_since(since) AS number GROUP BY 1
    ON CONFLICT (part) DO UPDATE SET bits = kept.bits | excluded.bits WHERE kept.bits <> kept.bits | excluded.bits
$$;

CREATE OR REPLACE FUNCTION forget_bits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    TRUNCATE word_bits, status_bits, late_bits, stale_statuses;
    RETURN NULL;
END
$$;

-- As in 0041 but for what is late.
CREATE OR REPLACE FUNCTION keep_all_bits() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    LOCK TABLE requests IN SHARE MODE;
    TRUNCATE frequent_words, word_bits, status_bits, late_bits, stale_statuses;
    INSERT INTO status_bits (part, status, bits)
    SELECT part_of(r.number), r.status, bit_or(bit_of(r.number)) FROM requests r GROUP BY 1, 2;
    PERFORM keep_late_bits(0);
    ANALYZE status_bits, late_bits;
END
$$;

-- As in 0041 but for what is late.
CREATE OR REPLACE FUNCTION gather_words(most bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    ids uuid[];
    moved bigint[];
    noted bigint;
    first_new bigint;
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
    SELECT min(r.number) INTO first_new FROM requests r
    WHERE r.id = ANY(ids) AND NOT EXISTS (SELECT FROM request_words w WHERE w.request_id = r.id);
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
    IF first_new IS NOT NULL THEN
        PERFORM keep_late_bits(first_new);
    END IF;
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

-- Which requests that the current person may see have all the words, as bits and notes tell: what search_of() says of whom they
-- see, the beginning of a statement with `fresh`, the bits of those that match and are noted nowhere, and what finds the
-- numbers of those that match of what is noted: requests r. All are null where nothing matches, all but the first where bits
-- cannot tell: a typed word is held by more than so many that have no bits, or these are in more than so many requests.
CREATE FUNCTION bits_with_words(words text[], numbers bigint[], forgiving boolean, most_words integer, most_requests integer,
    OUT visible text, OUT told text, OUT noted text)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    search record := search_of(words, numbers, forgiving);
    asked integer[]; -- the words that hold one that was typed
    often integer[]; -- those of them that have bits
    few bigint[]; -- what has the others
    sets text[] := '{}'; -- of requests: one for each word that was typed, and one for what the person sees
BEGIN
    visible := search.visible;
    IF visible IS NULL THEN
        RETURN;
    -- The bits of a person are of all who share the number, and of both sides; a requester sees one.
    ELSIF search.sights IS NOT NULL AND (
        (SELECT count(*) FROM users u WHERE sight_of(u.id) = search.sights[1]) <> 1
        OR NOT search.reads_all AND EXISTS (SELECT FROM requests r WHERE r.assigned_to = current_person())
    ) THEN
        RETURN;
    END IF;
    FOR i IN CASE WHEN search.sights IS NULL THEN 1 ELSE 0 END..cardinality(words) LOOP
        asked := CASE WHEN i = 0 THEN search.sights ELSE words_like(words[i], forgiving, search.reads_all) END;
        often := ARRAY(SELECT f.word FROM frequent_words f WHERE f.word = ANY(asked));
        asked := ARRAY(SELECT unnest(asked) EXCEPT SELECT unnest(often));
        IF cardinality(asked) > most_words THEN
            RETURN;
        END IF;
        few := ARRAY(
            SELECT w.number FROM unnest(asked) AS said JOIN request_words w ON w.words @> ARRAY[said] LIMIT most_requests + 1
        );
        IF cardinality(few) > most_requests THEN
            RETURN;
        ELSIF often = '{}' AND few = '{}' AND numbers[nullif(i, 0)] IS NULL AND NOT EXISTS (SELECT FROM stale_words) THEN
            visible := NULL;
            RETURN;
        END IF;
        sets := sets || format(
            '(SELECT part, bit_or(bits) AS bits FROM ('
            'SELECT b.part, b.bits FROM word_bits b WHERE b.word = ANY(%1$L::integer[])'
            ' UNION ALL SELECT part_of(number), bit_of(number) FROM unnest(%2$L::bigint[]) AS number'
            ') AS had GROUP BY part) AS set%3$s',
            often, few || numbers[nullif(i, 0)], i
        );
    END LOOP;
    told := format(
        'WITH found AS MATERIALIZED (SELECT part, %1$s AS bits FROM %2$s),'
        ' stale AS MATERIALIZED (SELECT number, bool_or(is_said) AS is_said FROM ('
        'SELECT r.number, true AS is_said FROM stale_words s JOIN requests r ON r.id = s.request_id'
        ' UNION ALL SELECT s.number, false FROM stale_statuses s) AS noted GROUP BY number),'
        ' parts AS (SELECT part_of(number) AS part, bit_or(bit_of(number)) AS bits FROM stale GROUP BY 1),'
        ' fresh AS MATERIALIZED ('
        'SELECT part, coalesce(f.bits & ~p.bits, f.bits) AS bits FROM found f LEFT JOIN parts p USING (part))',
        (SELECT string_agg(substring(one from 'set\d+$') || '.bits', ' & ') FROM unnest(sets) AS one),
        (SELECT string_agg(CASE WHEN at = 1 THEN one ELSE ' JOIN ' || one || ' USING (part)' END, '' ORDER BY at)
            FROM unnest(sets) WITH ORDINALITY AS each (one, at))
    );
    noted := format(
        'SELECT r.number FROM stale s JOIN requests r USING (number) LEFT JOIN found f ON f.part = part_of(r.number)'
        ' WHERE CASE WHEN s.is_said THEN %s AND %s ELSE get_bit(f.bits, (r.number & 8191)::integer) = 1 END',
        visible, search.spelt
    );
END
$$;

-- As in 0041.
CREATE OR REPLACE FUNCTION count_with_words(words text[], numbers bigint[], forgiving boolean)
RETURNS TABLE (status text, count bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 COST 10000
SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off AS $$
DECLARE
    search record := bits_with_words(words, numbers, forgiving, 1000, 20000);
BEGIN
    IF search.visible IS NULL THEN
        RETURN;
    ELSIF search.told IS NULL THEN
        RETURN QUERY SELECT NULL::text, NULL::bigint;
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format(
        '%1$s SELECT status, sum(number)::bigint FROM ('
        'SELECT s.status, bit_count(f.bits & s.bits) AS number FROM fresh f JOIN status_bits s USING (part)'
        ' UNION ALL SELECT r.status, 1 FROM (%2$s) AS noted JOIN requests r USING (number)'
        ') AS counted GROUP BY status HAVING sum(number) > 0',
        search.told, search.noted
    );
END
$$;

-- The numbers of requests whose bits are set in a part: most of its pieces are empty.
CREATE FUNCTION numbers_in(part integer, bits bit) RETURNS SETOF bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 50
BEGIN ATOMIC
    SELECT (part::bigint << 13) + 512 * piece + 32 * slice + at
    FROM (
        SELECT piece, slice, substring(long FROM 32 * slice + 1 FOR 32) AS short
        FROM (
            SELECT piece, substring(bits FROM 512 * piece + 1 FOR 512) AS long FROM generate_series(0, 15) AS piece OFFSET 0
        ) AS pieces
        CROSS JOIN generate_series(0, 15) AS slice
        WHERE bit_count(long) > 0
        OFFSET 0
    ) AS slices
    CROSS JOIN generate_series(0, 31) AS at
    WHERE bit_count(short) > 0 AND get_bit(short, at) = 1;
END;

-- The numbers of the requests that the current person may see and that have all the words, in no order: not all, but at least
-- the first so many, newest or oldest first, after a moment and a number or from the beginning; `words` and `numbers` as above. One
-- row without a number where bits cannot tell, or where many match that are late.
CREATE FUNCTION page_with_words(words text[], numbers bigint[], forgiving boolean, newest boolean, after timestamptz,
    after_number bigint, first bigint)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 COST 10000
SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off AS $$
DECLARE
    search record := bits_with_words(words, numbers, forgiving, 100, 5000);
    direction text := CASE WHEN newest THEN 'DESC' ELSE 'ASC' END;
    bound bigint;
    beyond text := 'true'; -- which parts come after the moment
    mask text := ''; -- which requests of the first of them
BEGIN
    IF search.visible IS NULL THEN
        RETURN;
    ELSIF search.told IS NULL THEN
        RETURN QUERY SELECT NULL::bigint;
        RETURN;
    ELSIF after IS NOT NULL THEN
        -- The next one whose number tells where it stands: all of lower numbers come after it, or all of higher ones.
        EXECUTE format(
            'SELECT r.number FROM requests r WHERE (r.created_at, r.number) %1$s ($1, $2)'
            ' AND NOT EXISTS (SELECT FROM late_bits l'
            ' WHERE l.part = part_of(r.number) AND get_bit(l.bits, (r.number & 8191)::integer) = 1)'
            ' AND NOT EXISTS (SELECT FROM stale_words s WHERE s.request_id = r.id)'
            ' ORDER BY r.created_at %2$s, r.number %2$s LIMIT 1',
            CASE WHEN newest THEN '<' ELSE '>' END, direction
        ) INTO bound USING after, after_number;
        beyond := CASE WHEN bound IS NULL THEN 'false' ELSE
            format(CASE WHEN newest THEN 'part <= %L' ELSE 'part >= %L' END, part_of(bound)) END;
        mask := format(
            CASE WHEN newest THEN ' & CASE WHEN part = %L THEN ~B''0''::bit(8192) << 8191 - %L ELSE ~B''0''::bit(8192) END'
                ELSE ' & CASE WHEN part = %L THEN ~B''0''::bit(8192) >> %L ELSE ~B''0''::bit(8192) END' END,
            part_of(bound), bound & 8191
        );
    END IF;
    RETURN QUERY EXECUTE format(
        '%1$s, late AS MATERIALIZED (SELECT part, f.bits & l.bits AS bits FROM fresh f JOIN late_bits l USING (part)),'
        ' ordered AS (SELECT part, coalesce(f.bits & ~l.bits, f.bits)%2$s AS bits FROM fresh f LEFT JOIN late l USING (part)),'
        ' counted AS (SELECT part, bits, sum(bit_count(bits)) OVER (ORDER BY part %3$s) - bit_count(bits) AS before'
        ' FROM ordered WHERE %4$s),'
        ' page AS MATERIALIZED (SELECT n.number FROM counted c CROSS JOIN numbers_in(c.part, c.bits) AS n (number)'
        ' WHERE c.before < $1 ORDER BY n.number %3$s LIMIT $1),'
        ' last AS MATERIALIZED (SELECT r.created_at, r.number FROM requests r WHERE r.number = ('
        'SELECT CASE WHEN count(*) = $1 THEN %5$s(number) END FROM page))'
        ' SELECT number FROM page'
        ' UNION ALL SELECT n.number FROM late l CROSS JOIN numbers_in(l.part, l.bits) AS n (number)'
        -- No text is read of what comes before the page, or after a whole one.
        ' UNION ALL %6$s AND ((r.created_at, r.number) %7$s (SELECT created_at, number FROM last)) IS NOT FALSE'
        ' AND ((r.created_at, r.number) %8$s ($2, $3)) IS NOT FALSE'
        ' UNION ALL SELECT NULL FROM late HAVING sum(bit_count(bits)) > 2000',
        search.told, mask, direction, beyond, CASE WHEN newest THEN 'min' ELSE 'max' END, search.noted,
        CASE WHEN newest THEN '>' ELSE '<' END, CASE WHEN newest THEN '<' ELSE '>' END
    ) USING first, after, after_number;
END
$$;
REVOKE EXECUTE ON FUNCTION late_since(bigint), keep_late_bits(bigint), numbers_in(integer, bit),
    bits_with_words(text[], bigint[], boolean, integer, integer),
    page_with_words(text[], bigint[], boolean, boolean, timestamptz, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION page_with_words(text[], bigint[], boolean, boolean, timestamptz, bigint, bigint)
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;

-- Nobody gathers words meanwhile.
SELECT pg_advisory_xact_lock(531900426);
SELECT keep_late_bits(0);
