-- name: list_visible
-- A page of what the person may see, by the filters and the order that listing.py composes.
SELECT {columns}
FROM requests r
WHERE {where}
ORDER BY {order}
LIMIT :limit;

-- name: list_places
-- The same page by the value of a field: which requests, and where each of them stands.
SELECT r.id, r.number, {value} AS value
FROM requests r
WHERE {where}
ORDER BY {order}
LIMIT :limit;

-- name: list_some
-- These requests, as far as the person may see them.
SELECT {columns}
FROM requests r
WHERE r.id = ANY(:ids::uuid[]);

-- name: list_fields_of
-- In which fields of the simulation data of these requests anything stands.
SELECT DISTINCT v.field FROM requests r JOIN request_values v ON v.request_id = r.id WHERE {where} ORDER BY v.field;

-- name: list_places_apart
-- The same for who sees everything, from the values in the order of their index. Those without one follow in the order of their
-- numbers, as many as the page still needs.
WITH valued AS MATERIALIZED (
    SELECT r.id, r.number, {value} AS value
    FROM request_values v
    JOIN requests r ON r.id = v.request_id
    WHERE v.field = :sort_field AND {valued} AND {where}
    ORDER BY {amount} {direction}, {text} {direction}, r.number {direction}
    LIMIT :limit
), rest AS (
    SELECT r.id, r.number, NULL::record AS value
    FROM requests r
    WHERE NOT EXISTS (SELECT FROM request_values v WHERE v.request_id = r.id AND v.field = :sort_field)
        AND {rest} AND {where}
    ORDER BY r.number {direction}
    LIMIT greatest(:limit::bigint - (SELECT count(*) FROM valued), 0)
)
SELECT p.id, p.number, p.value
FROM (SELECT * FROM valued UNION ALL SELECT * FROM rest) p
ORDER BY p.value {direction} NULLS LAST, p.number {direction};

-- name: list_near
-- The same page, looked for among no more than the next so many.
SELECT {columns}
FROM (SELECT r.* FROM requests r WHERE {among} ORDER BY {order} LIMIT :window) r
WHERE {where}
ORDER BY {order}
LIMIT :limit;

-- name: count_near
-- How many of the next so many match.
SELECT count(*) FROM (SELECT r.* FROM requests r WHERE {among} ORDER BY {order} LIMIT :window) r WHERE {where};

-- name: list_told
-- The same page of words, alone or beside filters by facets, from the bits that are kept; a first row of nothing where these
-- cannot tell.
SELECT {columns}
FROM page_with_words(:patterns::text[], :numbers::bigint[], :forgiving::boolean, :facets::text::jsonb, :newest::boolean,
    :from_moment::timestamptz, :from_number::bigint, :limit::bigint) AS f (number)
LEFT JOIN requests r ON r.number = f.number
WHERE f.number IS NULL OR r.number IS NOT NULL AND ({where})
ORDER BY f.number IS NOT NULL, {order}
LIMIT :limit;

-- name: list_told_ranked
-- The same in an order by priority.
SELECT {columns}
FROM ranked_with_words(:patterns::text[], :numbers::bigint[], :forgiving::boolean, :facets::text::jsonb, :ranked::text[],
    :newest::boolean, :from_priority::text, :from_number::bigint, NULL, :limit::bigint) AS f (number)
LEFT JOIN requests r ON r.number = f.number
WHERE f.number IS NULL OR r.number IS NOT NULL AND ({where})
ORDER BY f.number IS NOT NULL, {order}
LIMIT :limit;

-- name: list_columns
-- The first of each status, by the same filters: one walk down an index for each column of a board.
SELECT c.*
FROM unnest(:columns::text[]) AS wanted (status)
CROSS JOIN LATERAL (
    SELECT {columns}
    FROM requests r
    WHERE r.status = wanted.status AND {where}
    ORDER BY {order}
    LIMIT :limit
) c;

-- name: list_told_columns
-- The same of a search, from the bits that are kept; a first row of nothing where these cannot tell.
WITH told AS MATERIALIZED (
    SELECT number
    FROM ranked_with_words(:patterns::text[], :numbers::bigint[], :forgiving::boolean, :facets::text::jsonb, :ranked::text[],
        :newest::boolean, :from_priority::text, :from_number::bigint, :columns::text[], :limit::bigint) AS number
), first AS (
    SELECT r.id, row_number() OVER (PARTITION BY r.status ORDER BY {order}) AS place
    FROM told JOIN requests r USING (number)
    WHERE r.status = ANY(:columns::text[]) AND {where}
)
SELECT {columns}
FROM (SELECT NULL::uuid AS id, 0 AS place FROM told WHERE number IS NULL UNION ALL SELECT id, place FROM first) f
LEFT JOIN requests r ON r.id = f.id
WHERE f.place <= :limit
ORDER BY f.place;

-- name: list_own_columns
-- The same for who sees less: a walk for each reason to see a request as well, by indexes alone. Then the first are fetched.
WITH first AS MATERIALIZED (
    SELECT f.number
    FROM unnest(:columns::text[]) AS wanted (status)
    CROSS JOIN LATERAL (
        SELECT r.number FROM ({reasons}) r ORDER BY {order} LIMIT :limit
    ) f
)
SELECT {columns}
FROM first
JOIN requests r ON r.number = first.number
ORDER BY {order};

-- name: list_ranked
-- The same in one pass: for a search, which would be made anew for each column, and for who sees few of each status.
WITH every AS MATERIALIZED ( -- else the limit below would have a walk down an index look cheap
    SELECT r.id, row_number() OVER (PARTITION BY r.status ORDER BY {order}) AS place
    FROM requests r
    WHERE r.status = ANY(:columns::text[]) AND {where}
), ranked AS MATERIALIZED (
    SELECT id, place FROM every WHERE place <= :limit
    LIMIT cardinality(:columns::text[]) * :limit -- all that there are: said so that no more are expected
)
SELECT {columns}
FROM ranked
JOIN requests r ON r.id = ranked.id
ORDER BY ranked.place;

-- name: count_values
-- How many values have what is asked for, as far as so many.
SELECT count(*) FROM ({values} LIMIT :most) v;

-- name: count_then
-- How many were in these statuses at a moment; where many were, about. Half hours tell first whether it is worth counting: those
-- that are in them now, less by how many they grew since. Within the half hour of the moment they may be far off.
SELECT CASE WHEN kept.number > :few THEN kept.number ELSE (
    SELECT count(*)
    FROM (
        SELECT FROM status_periods p
        WHERE p.status = ANY(:status_then::text[]) AND p.entered_at <= :as_of AND p.left_at > :as_of
        LIMIT :few + 1
    ) there
) END
FROM (
    SELECT (
        SELECT coalesce(sum(c.number), 0)::bigint FROM request_counts c
        WHERE c.side = 'all' AND c.status = ANY(:status_then::text[])
    ) - (
        SELECT coalesce(sum(m.number), 0)::bigint FROM {moments} m
        WHERE m.what = ANY(:status_then::text[]) AND m.at > :as_of
    ) AS number
) kept;

-- name: count_visible
-- How many there are by status, by the same filters.
SELECT r.status, count(*) AS count
FROM requests r
WHERE {where}
GROUP BY r.status;

-- name: count_with_words
-- The same by the values of a facet, from the bits that are kept; one row without a value where these cannot tell.
SELECT w.value, w.count
FROM count_with_words(:patterns::text[], :numbers::bigint[], :forgiving::boolean, :facets::text::jsonb, :told_by::text) w;

-- name: all_with_words
-- All that have the words, as a bit for each number; null where bits cannot tell.
SELECT all_with_words(:patterns::text[], :numbers::bigint[], :forgiving::boolean);

-- name: count_cells
-- The same from the counts that are kept, by what tally.py composes.
SELECT c.status, sum(c.number)::bigint AS count
FROM ({cells}) c
GROUP BY c.status
HAVING sum(c.number) > 0;

-- name: group_cells
-- How many there are by the value of a column, from the counts that are kept.
SELECT c.{column}::text AS value, c.{column}::text AS label, sum(c.number)::bigint AS count
FROM ({cells}) c
GROUP BY c.{column}
HAVING sum(c.number) > 0;

-- name: group_people
-- The same for people, called as in the newest request of theirs.
SELECT c.person::text AS value, (
        SELECT r.{label} FROM requests r WHERE r.{column} = c.person ORDER BY r.created_at DESC, r.number DESC LIMIT 1
    ) AS label, c.count
FROM (SELECT person, sum(number)::bigint AS count FROM ({cells}) c GROUP BY person HAVING sum(number) > 0) c;

-- name: group_by_column
-- How many there are by the value of a column, by the same filters.
SELECT r.{column}::text AS value, max(r.{label}) AS label, count(*) AS count
FROM requests r
WHERE {where}
GROUP BY r.{column};

-- name: count_vendors
-- The vendors of what the person may see, the commonest first.
SELECT c.vendor, sum(c.number)::bigint AS count
FROM ({cells}) c
GROUP BY c.vendor
HAVING sum(c.number) > 0
ORDER BY count DESC, c.vendor;

-- name: list_busy
-- Who has open work that matches, and how much; how many hours they work, where the person may see all that they have.
SELECT u.id, u.name, {hours} AS weekly_hours, f.matching, {load} AS open_requests, f.found
FROM ({found}) f
JOIN users u ON u.id = f.person;

-- name: list_open
-- The open work of these engineers, as far as the person may see it.
SELECT r.id, r.number, r.assigned_to, r.priority_rank, r.created_at,
    CASE WHEN r.status = 'In Progress' THEN r.started_at END AS started_at, r.stopped_for, r.estimated_hours AS hours
FROM requests r
WHERE r.assigned_to = ANY(:ids::uuid[]) AND r.status = ANY(:open::text[]);

-- name: list_scheduled
-- What a timeline shows of these requests, by the same filters. Nothing else that an index could find: it would be taken
-- instead of the ids.
SELECT r.id, 'SF-' || r.number AS key, r.title, r.vendor, r.status, r.priority, r.created_at, r.estimated_hours
FROM requests r
WHERE r.id = ANY(:laid_out::uuid[]) AND {where};

-- name: name_people
-- What people are called, for filters that name them by id.
SELECT id, name FROM users WHERE id = ANY(:ids::uuid[]);

-- name: is_any_visible
-- Whether the filters let anything through.
SELECT EXISTS (SELECT FROM requests r WHERE {where});

-- name: estimate_share
-- About which share of all requests has all of these patterns, as if they came independently. For who sees them all.
SELECT exp(sum(ln(least(greatest(rough_share(pattern), 1e-9), 1))))
FROM unnest(:patterns::text[]) AS pattern;

-- name: get_visible
-- One request, if the person may see it.
SELECT {columns}
FROM requests r
WHERE {where};

-- name: get_whole
-- A request with what its page needs besides, as whole_request() tells it.
SELECT {columns}, w.codes, w.said AS comments
FROM whole_request(:person, :id, :number, {hindered}) w
CROSS JOIN LATERAL (SELECT (w.request).*) r;

-- name: enter_whole
-- The same in the statement that enters: a round trip costs more than what it asks. Who enters is always there; of a
-- request that there is not, or that they may not see, all is null.
SELECT {columns}, w.codes, w.said AS comments, s AS session
FROM enter(:token_hash, :mark) s
LEFT JOIN LATERAL whole_request(s.id, :id, :number, {hindered}) w ON true
LEFT JOIN LATERAL (SELECT (w.request).*) r ON true;

-- name: list_hindrances
-- What keeps each of these requests from its next step.
SELECT r.id, hindrances(r.id, r.status, r.vendor, r.form_id, r.revisions + 1) AS codes
FROM requests r WHERE r.id = ANY(:ids::uuid[]);

-- name: insert
-- A new request and its first line in the log.
WITH r AS (
    INSERT INTO requests (title, description, vendor, priority, due_date, tags, study_type, form_id, created_by,
        created_by_name)
    VALUES (:title, :description, :vendor, :priority, :due_date, :tags, :study_type, :form_id, :person, :person_name)
    RETURNING *
), logged AS (
    INSERT INTO activity_log (request_id, user_id, user_name, action, details)
    SELECT r.id, :person, :person_name, 'created', jsonb_build_object('to', r.status) FROM r
)
SELECT {columns}
FROM r;

-- name: change
-- Writes new values over the version that was read, with the line in the log; no row when it is no longer that version.
WITH r AS (
    UPDATE requests SET {set}
    WHERE id = :id AND version = :version
    RETURNING *
), logged AS (
    INSERT INTO activity_log (request_id, user_id, user_name, action, details)
    SELECT r.id, :person, :person_name, :action, :details::text::jsonb FROM r
)
SELECT {columns}
FROM r;

-- name: drop_draft
-- The draft that a request was written in, if it is the person's and still there.
DELETE FROM drafts WHERE id = :id;
