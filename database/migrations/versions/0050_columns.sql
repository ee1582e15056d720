-- A board of a search had its bits by each priority and status sorted with the counts, 5 MB of them for a million requests.

-- As in 0046: numbers in the order of these priorities, of each the newest or oldest first, after a number of a priority or from
-- the beginning: of all, or the first so many of each of these statuses.
CREATE OR REPLACE FUNCTION ranked_with_words(words text[], numbers bigint[], forgiving boolean, facets jsonb, ranked text[],
    newest boolean, after text, after_number bigint, columns text[], first bigint)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 COST 10000
SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off AS $$
DECLARE
    search record := bits_with_words(words, numbers, forgiving, facets, 100, 5000);
    direction text := CASE WHEN newest THEN 'DESC' ELSE 'ASC' END;
    beyond integer := array_position(ranked, after); -- the priority that the page goes on in
    rest text := 'bits';
    status text := '''all'''; -- of a column, where these are asked for
    those text := 'r.bits'; -- which of a part are of the column
    by_column text := ''; -- what joins a part with all columns, and with one
    of_column text := '';
BEGIN
    IF search.visible IS NULL THEN
        RETURN;
    ELSIF search.told IS NULL THEN
        RETURN QUERY SELECT NULL::bigint;
        RETURN;
    END IF;
    IF columns IS NOT NULL THEN
        status := 's.value';
        those := 'r.bits & s.bits';
        by_column := ' JOIN facet_bits s ON s.part = r.part AND s.facet = ''status'' AND s.value = ANY($3)';
        of_column := ' JOIN facet_bits s ON s.part = r.part AND s.facet = ''status'' AND s.value = c.status';
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
        '%1$s, ranked AS MATERIALIZED (SELECT rank, part, %2$s AS bits FROM ('
        'SELECT array_position($2, b.value) AS rank, part, f.bits & b.bits AS bits'
        ' FROM fresh f JOIN facet_bits b USING (part) WHERE b.facet = ''priority'' AND b.value = ANY($2)'
        ') AS b WHERE rank >= %3$s),'
        -- Most columns are filled by the first priority of the nearest parts: the others alone are looked for in all.
        ' near AS MATERIALIZED (SELECT part FROM fresh ORDER BY part %8$s LIMIT 16),'
        ' filled AS MATERIALIZED (SELECT %4$s AS status FROM ranked r%6$s WHERE r.rank = %3$s AND r.part IN (SELECT part FROM near)'
        ' GROUP BY 1 HAVING sum(bit_count(%5$s)) >= $1),'
        -- Without the bits, which were more than fits into memory: those of the few parts that the first lie in are made once more.
        ' split AS MATERIALIZED (SELECT %4$s AS status, r.rank, r.part, bit_count(%5$s) AS number FROM ranked r%6$s'
        ' WHERE r.rank = %3$s AND r.part IN (SELECT part FROM near) OR %4$s NOT IN (SELECT status FROM filled)),'
        ' counted AS (SELECT status, rank, part, sum(number) OVER (PARTITION BY status ORDER BY rank, part %8$s) - number'
        ' AS before FROM split WHERE number > 0),'
        -- Without MATERIALIZED the numbers in them may be listed for each pair of what is joined.
        ' few AS MATERIALIZED (SELECT c.status, c.rank, c.part, %5$s AS bits FROM counted c JOIN ranked r USING (rank, part)%7$s'
        ' WHERE c.before < $1),'
        ' page AS (SELECT n.number, row_number() OVER (PARTITION BY f.status ORDER BY f.rank, n.number %8$s) AS place'
        ' FROM few f CROSS JOIN numbers_in(f.part, f.bits) AS n (number))'
        ' SELECT number FROM page WHERE place <= $1 UNION ALL %9$s',
        search.told, rest, coalesce(beyond, 1), status, those, by_column, of_column, direction, search.noted
    ) USING first, ranked, columns;
END
$$;
