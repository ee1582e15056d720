-- Words beside filters by vendor, priority or type of study: these have bits as statuses do (0041), so that what is searched and
-- narrowed is counted, grouped and shown by bits too, and the first by priority, in all or of each status, as on a board.
-- squawk-ignore-file renaming-table, renaming-column, adding-required-field, require-concurrent-index-creation, ban-drop-view
-- squawk-ignore-file ban-drop-function, ban-drop-constraint, constraint-missing-not-valid, adding-serial-primary-key-field, disallowed-unique-constraint

-- Nobody gathers words meanwhile.
SELECT pg_advisory_xact_lock(531900426);
DROP VIEW gathered_bits, kept_bits;
DROP FUNCTION count_with_words(text[], bigint[], boolean),
    page_with_words(text[], bigint[], boolean, boolean, timestamptz, bigint, bigint),
    bits_with_words(text[], bigint[], boolean, integer, integer);
DROP TRIGGER requests_bits ON requests;
DROP TRIGGER requests_bits_anew ON requests;
DROP FUNCTION note_stale_status(), keep_status_bits(bigint[]);

ALTER TABLE status_bits RENAME TO facet_bits;
ALTER TABLE facet_bits RENAME COLUMN status TO value;
TRUNCATE facet_bits;
ALTER TABLE facet_bits ADD COLUMN facet text NOT NULL, DROP CONSTRAINT status_bits_pkey,
    ADD CONSTRAINT facet_bits_pkey PRIMARY KEY (part, facet, value);
-- Numbers of requests: one for each change of what they have bits of.
ALTER TABLE stale_statuses RENAME TO stale_facets;

-- By what a search may be narrowed, as columns of a request are called. Nobody but the owner reads them here.
CREATE VIEW request_facets AS
    SELECT r.number, f.facet, f.value
    FROM requests r
    CROSS JOIN LATERAL (VALUES ('status', r.status), ('vendor', r.vendor), ('priority', r.priority), ('study_type', r.study_type),
        ('assigned_to', CASE WHEN r.assigned_to IS NULL THEN 'none' END)) AS f (facet, value)
    WHERE f.value IS NOT NULL;

CREATE FUNCTION note_stale_facets() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO stale_facets VALUES (OLD.number);
    RETURN NULL;
END
$$;
CREATE TRIGGER requests_bits AFTER DELETE ON requests FOR EACH ROW EXECUTE FUNCTION note_stale_facets();
CREATE TRIGGER requests_bits_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN (
        (OLD.status, OLD.vendor, OLD.priority, OLD.study_type, OLD.assigned_to IS NULL)
        IS DISTINCT FROM (NEW.status, NEW.vendor, NEW.priority, NEW.study_type, NEW.assigned_to IS NULL)
    )
    EXECUTE FUNCTION note_stale_facets();

CREATE OR REPLACE FUNCTION forget_bits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    TRUNCATE word_bits, facet_bits, late_bits, stale_facets;
    RETURN NULL;
END
$$;

-- Makes the bits of these requests what they are now; none of one that is gone.
CREATE FUNCTION keep_facet_bits(numbers bigint[]) RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    WITH parts AS (
        SELECT part_of(number) AS part, bit_or(bit_of(number)) AS bits FROM unnest(numbers) AS number GROUP BY 1
    ), held AS (
        SELECT part_of(f.number) AS part, f.facet, f.value, bit_or(bit_of(f.number)) AS bits
        FROM request_facets f
        WHERE f.number = ANY(numbers)
        GROUP BY 1, 2, 3
    ), others AS (
        SELECT b.part, b.facet, b.value, b.bits & ~p.bits AS bits FROM facet_bits b JOIN parts p USING (part)
    )
    INSERT INTO facet_bits AS kept (part, facet, value, bits)
    SELECT part, facet, value, bit_or(bits) FROM (TABLE held UNION ALL TABLE others) AS now GROUP BY 1, 2, 3
    ON CONFLICT (part, facet, value) DO UPDATE SET bits = excluded.bits WHERE kept.bits <> excluded.bits
$$;

-- As in 0045 but for the facets.
CREATE OR REPLACE FUNCTION keep_all_bits() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    LOCK TABLE requests IN SHARE MODE;
    TRUNCATE frequent_words, word_bits, late_bits;
    PERFORM keep_all_facet_bits();
    PERFORM keep_late_bits(0);
    ANALYZE late_bits;
END
$$;

CREATE FUNCTION keep_all_facet_bits() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    LOCK TABLE requests IN SHARE MODE;
    TRUNCATE facet_bits, stale_facets;
    INSERT INTO facet_bits (part, facet, value, bits)
    SELECT part_of(f.number), f.facet, f.value, bit_or(bit_of(f.number)) FROM request_facets f GROUP BY 1, 2, 3;
    ANALYZE facet_bits;
END
$$;

-- As in 0045 but for the names.
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
        DELETE FROM stale_facets WHERE ctid = ANY(ARRAY(SELECT ctid FROM stale_facets LIMIT most)) RETURNING number
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
    PERFORM keep_facet_bits(moved || ARRAY(SELECT r.number FROM requests r WHERE r.id = ANY(ids)));
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

-- What the bits must come to, for each request that is noted nowhere: its facets, and of its words those that are frequent.
CREATE VIEW gathered_bits AS
    SELECT r.number, (
        SELECT jsonb_object_agg(f.facet, f.value) FROM request_facets f WHERE f.number = r.number
    ) AS facets, ARRAY(
        SELECT f.word FROM request_words w CROSS JOIN LATERAL unnest(w.words) AS said JOIN frequent_words f ON f.word = said
        WHERE w.request_id = r.id
        ORDER BY f.word
    ) AS words
    FROM requests r
    WHERE NOT EXISTS (SELECT FROM stale_words s WHERE s.request_id = r.id)
        AND NOT EXISTS (SELECT FROM stale_facets s WHERE s.number = r.number);

CREATE VIEW kept_bits AS
    SELECT r.number, (
        SELECT jsonb_object_agg(f.facet, f.held) FROM (
            SELECT b.facet, string_agg(b.value, ', ') AS held FROM facet_bits b
            WHERE b.part = part_of(r.number) AND get_bit(b.bits, (r.number & 8191)::integer) = 1
            GROUP BY b.facet
        ) AS f
    ) AS facets, ARRAY(
        SELECT b.word FROM frequent_words f JOIN word_bits b USING (word)
        WHERE b.part = part_of(r.number) AND get_bit(b.bits, (r.number & 8191)::integer) = 1
        ORDER BY b.word
    ) AS words
    FROM requests r;

-- Which requests that the current person may see have all the words and one of the values of each of these facets, as bits and
-- notes tell: `facets` is such as {"vendor": ["ABB", "KUKA"]}. Told are what search_of() says of whom they see, the beginning of a
-- statement with `fresh`, the bits of those that match and are noted nowhere, and what finds the numbers of those that match of what
-- is noted: requests r. All are null where nothing matches, all but the first where bits cannot tell: a typed word is held by more
-- than so many that have no bits, or these are in more than so many requests.
CREATE FUNCTION bits_with_words(words text[], numbers bigint[], forgiving boolean, facets jsonb, most_words integer,
    most_requests integer, OUT visible text, OUT told text, OUT noted text)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    search record := search_of(words, numbers, forgiving);
    asked integer[]; -- the words that hold one that was typed
    often integer[]; -- those of them that have bits
    few bigint[]; -- what has the others
    sets text[] := '{}'; -- of requests: one for each word that was typed, and one for what the person sees
    narrowed text := ''; -- what joins the bits of the facets, the bits themselves, and as a condition of a request r
    among text := 'f.bits';
    chosen text := '';
    facet record;
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
    FOR facet IN
        SELECT e.key AS name, ARRAY(SELECT jsonb_array_elements_text(e.value)) AS held, e.place
        FROM jsonb_each(facets) WITH ORDINALITY AS e (key, value, place)
    LOOP
        narrowed := narrowed || format(
            ' JOIN (SELECT b.part, bit_or(b.bits) AS bits FROM facet_bits b WHERE b.facet = %1$L AND b.value = ANY(%2$L::text[])'
            ' GROUP BY b.part) AS facet%3$s USING (part)',
            facet.name, facet.held, facet.place
        );
        among := among || format(' & facet%s.bits', facet.place);
        chosen := chosen || format(
            ' AND EXISTS (SELECT FROM request_facets h WHERE h.number = r.number AND h.facet = %1$L AND h.value = ANY(%2$L::text[]))',
            facet.name, facet.held
        );
    END LOOP;
    told := format(
        'WITH found AS MATERIALIZED (SELECT part, %1$s AS bits FROM %2$s),'
        ' stale AS MATERIALIZED (SELECT number, bool_or(is_said) AS is_said FROM ('
        'SELECT r.number, true AS is_said FROM stale_words s JOIN requests r ON r.id = s.request_id'
        ' UNION ALL SELECT s.number, false FROM stale_facets s) AS noted GROUP BY number),'
        ' parts AS (SELECT part_of(number) AS part, bit_or(bit_of(number)) AS bits FROM stale GROUP BY 1),'
        ' fresh AS MATERIALIZED ('
        'SELECT part, coalesce(%3$s & ~p.bits, %3$s) AS bits FROM found f%4$s LEFT JOIN parts p USING (part))',
        (SELECT string_agg(substring(one from 'set\d+$') || '.bits', ' & ') FROM unnest(sets) AS one),
        (SELECT string_agg(CASE WHEN at = 1 THEN one ELSE ' JOIN ' || one || ' USING (part)' END, '' ORDER BY at)
            FROM unnest(sets) WITH ORDINALITY AS each (one, at)),
        among, narrowed
    );
    noted := format(
        'SELECT r.number FROM stale s JOIN requests r USING (number) LEFT JOIN found f ON f.part = part_of(r.number)'
        ' WHERE CASE WHEN s.is_said THEN %s AND %s ELSE get_bit(f.bits, (r.number & 8191)::integer) = 1 END%s',
        visible, search.spelt, chosen
    );
END
$$;

-- How many requests that the current person may see have all the words and one of the values of each of these facets, by the
-- values of one. One row without a value where bits cannot tell.
CREATE FUNCTION count_with_words(words text[], numbers bigint[], forgiving boolean, facets jsonb, told_by text)
RETURNS TABLE (value text, count bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 COST 10000
SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off AS $$
DECLARE
    search record := bits_with_words(words, numbers, forgiving, facets, 1000, 20000);
BEGIN
    IF search.visible IS NULL THEN
        RETURN;
    ELSIF search.told IS NULL THEN
        RETURN QUERY SELECT NULL::text, NULL::bigint;
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format(
        '%1$s SELECT value, sum(number)::bigint FROM ('
        'SELECT b.value, bit_count(f.bits & b.bits) AS number FROM fresh f JOIN facet_bits b USING (part) WHERE b.facet = %3$L'
        ' UNION ALL SELECT h.value, 1 FROM (%2$s) AS noted JOIN request_facets h USING (number) WHERE h.facet = %3$L'
        ') AS counted GROUP BY value HAVING sum(number) > 0',
        search.told, search.noted, told_by
    );
END
$$;

-- The numbers of the requests that the current person may see and that have all the words, in no order: not all, but at least
-- the first so many, newest or oldest first, after a moment and a number or from the beginning; the rest as above. One
-- row without a number where bits cannot tell, or where many match that are late.
CREATE FUNCTION page_with_words(words text[], numbers bigint[], forgiving boolean, facets jsonb, newest boolean, after timestamptz,
    after_number bigint, first bigint)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 COST 10000
SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off AS $$
DECLARE
    search record := bits_with_words(words, numbers, forgiving, facets, 100, 5000);
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

-- The same in the order of these priorities, of each the newest or oldest numbers first, after a number of a priority or from the
-- beginning: of all, or the first so many of each of these statuses.
CREATE FUNCTION ranked_with_words(words text[], numbers bigint[], forgiving boolean, facets jsonb, ranked text[], newest boolean,
    after text, after_number bigint, columns text[], first bigint)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 COST 10000
SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off AS $$
DECLARE
    search record := bits_with_words(words, numbers, forgiving, facets, 100, 5000);
    beyond integer := array_position(ranked, after); -- the priority that the page goes on in
    split text := 'SELECT NULL AS status, part, bits FROM fresh';
    rest text := 'bits';
BEGIN
    IF search.visible IS NULL THEN
        RETURN;
    ELSIF search.told IS NULL THEN
        RETURN QUERY SELECT NULL::bigint;
        RETURN;
    END IF;
    IF columns IS NOT NULL THEN
        split := format(
            'SELECT s.value AS status, part, f.bits & s.bits AS bits FROM fresh f JOIN facet_bits s USING (part)'
            ' WHERE s.facet = ''status'' AND s.value = ANY(%L::text[])',
            columns
        );
    END IF;
    IF beyond IS NOT NULL THEN
        rest := format(
            'CASE WHEN rank > %1$s OR part %2$s %3$L THEN bits WHEN part = %3$L THEN bits & (~B''0''::bit(8192) %4$s %5$s)'
            ' ELSE B''0''::bit(8192) END',
            beyond, CASE WHEN newest THEN '<' ELSE '>' END, part_of(after_number), CASE WHEN newest THEN '<<' ELSE '>>' END,
            CASE WHEN newest THEN 8192 - (after_number & 8191) ELSE (after_number & 8191) + 1 END
        );
    END IF;
    RETURN QUERY EXECUTE format(
        '%1$s, split AS (%2$s),'
        -- Each step once for each row: without OFFSET and MATERIALIZED the bits would be joined again for each use.
        ' ranked AS MATERIALIZED (SELECT status, rank, part, bits, bit_count(bits) AS number FROM ('
        'SELECT status, rank, part, %3$s AS bits FROM ('
        'SELECT s.status, array_position($2, b.value) AS rank, part, s.bits & b.bits AS bits'
        ' FROM split s JOIN facet_bits b USING (part) WHERE b.facet = ''priority'' AND b.value = ANY($2)'
        ') AS r WHERE rank >= %4$s OFFSET 0) AS r),'
        ' counted AS (SELECT status, rank, part, bits, sum(number) OVER (PARTITION BY status ORDER BY rank, part %5$s) - number'
        ' AS before FROM ranked WHERE number > 0),'
        ' page AS (SELECT n.number, row_number() OVER (PARTITION BY c.status ORDER BY c.rank, n.number %5$s) AS place'
        ' FROM counted c CROSS JOIN numbers_in(c.part, c.bits) AS n (number) WHERE c.before < $1)'
        ' SELECT number FROM page WHERE place <= $1 UNION ALL %6$s',
        search.told, split, rest, coalesce(beyond, 1), CASE WHEN newest THEN 'DESC' ELSE 'ASC' END, search.noted
    ) USING first, ranked;
END
$$;

REVOKE EXECUTE ON FUNCTION note_stale_facets(), keep_facet_bits(bigint[]), keep_all_facet_bits(),
    bits_with_words(text[], bigint[], boolean, jsonb, integer, integer),
    count_with_words(text[], bigint[], boolean, jsonb, text),
    page_with_words(text[], bigint[], boolean, jsonb, boolean, timestamptz, bigint, bigint),
    ranked_with_words(text[], bigint[], boolean, jsonb, text[], boolean, text, bigint, text[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_with_words(text[], bigint[], boolean, jsonb, text),
    page_with_words(text[], bigint[], boolean, jsonb, boolean, timestamptz, bigint, bigint),
    ranked_with_words(text[], bigint[], boolean, jsonb, text[], boolean, text, bigint, text[], bigint)
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;

SELECT keep_all_facet_bits();
