-- What was counted row by row and is common enough to be asked for at any size: who has what is in review, for engineers; what was
-- accepted without a revision or after one, and other filters that have bits, without words; what is overdue; and charts of a
-- type of study beside others.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion

-- Engineers see all that is in review, and so may know how much of it each has.
ALTER POLICY engineer_sees ON request_counts
    USING (person = (SELECT current_person()) OR (side IN ('all', 'assigned_to') AND status = 'Engineering Review'));

-- As in 0046, and by what the filter `firstTimeRight` asks for.
SELECT pg_advisory_xact_lock(531900426);
CREATE OR REPLACE VIEW request_facets AS
    SELECT r.number, f.facet, f.value
    FROM requests r
    CROSS JOIN LATERAL (VALUES ('status', r.status), ('vendor', r.vendor), ('priority', r.priority), ('study_type', r.study_type),
        ('assigned_to', CASE WHEN r.assigned_to IS NULL THEN 'none' END),
        ('first_time_right', CASE WHEN r.status = 'Accepted' THEN (r.revisions = 0)::text END)) AS f (facet, value)
    WHERE f.value IS NOT NULL;
DROP TRIGGER requests_bits_anew ON requests;
CREATE TRIGGER requests_bits_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN (
        (OLD.status, OLD.vendor, OLD.priority, OLD.study_type, OLD.assigned_to IS NULL, OLD.revisions)
        IS DISTINCT FROM (NEW.status, NEW.vendor, NEW.priority, NEW.study_type, NEW.assigned_to IS NULL, NEW.revisions)
    )
    EXECUTE FUNCTION note_stale_facets();

-- As in 0046, and without any words what every request is, as far as all may be seen.
CREATE OR REPLACE FUNCTION bits_with_words(words text[], numbers bigint[], forgiving boolean, facets jsonb, most_words integer,
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
    IF sets = '{}' THEN
        -- Each request has a status.
        sets := ARRAY['(SELECT part, bit_or(bits) AS bits FROM facet_bits WHERE facet = ''status'' GROUP BY part) AS set0'];
    END IF;
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
            -- With OFFSET each is looked up: joined, two of them are so many tables that the planner takes them as they stand, and
            -- reads all requests for what is noted.
            ' AND EXISTS (SELECT FROM request_facets h WHERE h.number = r.number AND h.facet = %1$L AND h.value = ANY(%2$L::text[])'
            ' OFFSET 0)',
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
SELECT keep_all_facet_bits();

-- By the filter and the status alone, which tell what is counted: nearly all that was due was delivered since.
CREATE INDEX idx_requests_undelivered ON requests (coalesce(due_date, 'infinity'::date), number) INCLUDE (due_date, status)
    WHERE status IN ('Submitted', 'Feasibility Review', 'Information Needed', 'Resource Allocation', 'Engineering Review', 'Discussion',
    'In Progress', 'On Hold', 'Revision Requested');

-- As in 0035 and 0047, and the type of study, by which charts are filtered as by vendor and priority.
DROP INDEX idx_requests_completed_at;
CREATE INDEX idx_requests_completed_at ON requests (completed_at)
    INCLUDE (id, number, status, priority, vendor, study_type, revisions, created_at, started_at, stopped_for)
    WHERE completed_at IS NOT NULL;
DROP INDEX idx_requests_status_since;
CREATE INDEX idx_requests_status_since ON requests (status_since, number)
    INCLUDE (status, id, priority, vendor, study_type, created_at, started_at, completed_at, stopped_for);
