-- What is kept for charts (0015, 0020, 0026) answers also who asks for some vendors, priorities or types of study: whatever is
-- measured is kept on each of these sides. A change writes one row with all three, and what makes one row of many makes of it a part
-- of the cells of each side, as 0038 does with moments.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion, ban-drop-view, ban-drop-table
-- squawk-ignore-file ban-drop-constraint, constraint-missing-not-valid, ban-drop-function, adding-required-field, adding-not-nullable-field

-- As who writes takes them: a request, its stays, and then what is counted.
LOCK TABLE requests, status_periods IN SHARE ROW EXCLUSIVE MODE;

-- How many there are now -----------------------------------------------------------------------------------------

ALTER TABLE request_counts
    -- Of that side alone; what has no type of study is not on it.
    ADD COLUMN study_type text NOT NULL DEFAULT '',
    DROP CONSTRAINT request_counts_side_known,
    ADD CONSTRAINT request_counts_side_known CHECK (side IN ('all', 'created_by', 'assigned_to', 'load', 'study_type'));

-- As in 0036 but for that side.
CREATE OR REPLACE FUNCTION count_request() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO request_counts (side, person, status, priority, vendor, study_type, number, estimated_hours)
    SELECT c.side, c.person, c.status, c.priority, c.vendor, c.study_type, sum(c.number), sum(c.number * coalesce(c.hours, 0))
    FROM (
        SELECT s.side, s.person, r.number, r.estimated_hours AS hours,
            CASE WHEN s.side = 'load' THEN '' ELSE r.status END AS status,
            CASE WHEN s.side = 'load' THEN '' ELSE r.priority END AS priority,
            CASE WHEN s.side = 'load' THEN '' ELSE r.vendor END AS vendor,
            CASE WHEN s.side = 'study_type' THEN r.study_type ELSE '' END AS study_type
        FROM (VALUES
            (OLD.status, OLD.priority, OLD.vendor, OLD.study_type, OLD.created_by, OLD.assigned_to, OLD.estimated_hours, -1),
            (NEW.status, NEW.priority, NEW.vendor, NEW.study_type, NEW.created_by, NEW.assigned_to, NEW.estimated_hours, 1)
        ) AS r (status, priority, vendor, study_type, created_by, assigned_to, estimated_hours, number)
        CROSS JOIN LATERAL (VALUES ('all', NULL, true), ('created_by', r.created_by, true), ('assigned_to', r.assigned_to, true),
            ('load', r.assigned_to, r.assigned_to IS NOT NULL AND is_worked_on(r.status)),
            ('study_type', NULL, r.study_type IS NOT NULL)) AS s (side, person, is_one)
        WHERE r.status IS NOT NULL AND s.is_one
    ) c
    GROUP BY c.side, c.person, c.status, c.priority, c.vendor, c.study_type
    HAVING sum(c.number) <> 0 OR sum(c.number * coalesce(c.hours, 0)) <> 0;
    RETURN NULL;
END
$$;
DROP TRIGGER requests_count_anew ON requests;
CREATE TRIGGER requests_count_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN (
        (OLD.status, OLD.priority, OLD.vendor, OLD.study_type, OLD.created_by, OLD.assigned_to, OLD.estimated_hours)
        IS DISTINCT FROM
        (NEW.status, NEW.priority, NEW.vendor, NEW.study_type, NEW.created_by, NEW.assigned_to, NEW.estimated_hours)
    )
    EXECUTE FUNCTION count_request();

DROP VIEW recounted_requests;
CREATE VIEW recounted_requests AS
    SELECT CASE WHEN grouping(r.created_by) = 0 THEN 'created_by' WHEN grouping(r.assigned_to) = 0 THEN 'assigned_to'
            WHEN grouping(r.study_type) = 0 THEN 'study_type' ELSE 'all' END AS side,
        coalesce(r.created_by, r.assigned_to) AS person, r.status, r.priority, r.vendor, coalesce(r.study_type, '') AS study_type,
        count(*) AS number, coalesce(sum(r.estimated_hours), 0)::bigint AS estimated_hours
    FROM requests r
    GROUP BY r.status, r.priority, r.vendor, GROUPING SETS ((), (r.created_by), (r.assigned_to), (r.study_type))
    HAVING grouping(r.study_type) = 1 OR r.study_type IS NOT NULL
    UNION ALL
    SELECT 'load', r.assigned_to, '', '', '', '', count(*), coalesce(sum(r.estimated_hours), 0)::bigint
    FROM requests r
    WHERE r.assigned_to IS NOT NULL AND is_worked_on(r.status)
    GROUP BY r.assigned_to;

CREATE OR REPLACE FUNCTION recount_requests() RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    LOCK TABLE requests IN SHARE MODE;
    DELETE FROM request_counts;
    INSERT INTO request_counts (side, person, status, priority, vendor, study_type, number, estimated_hours)
    SELECT side, person, status, priority, vendor, study_type, number, estimated_hours FROM recounted_requests
    ORDER BY side, person, status; -- what is read together lies together
    SELECT recount_moments();
    SELECT recount_durations();
$$;

CREATE OR REPLACE FUNCTION fold_request_counts() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    -- Two at once would fold the same rows twice.
    PERFORM pg_advisory_xact_lock(531900416);
    WITH several AS (
        SELECT side, person, status, priority, vendor, study_type, array_agg(ctid) AS rows
        FROM request_counts
        GROUP BY side, person, status, priority, vendor, study_type
        HAVING count(*) > 1 OR sum(number) = 0
    ), folded AS (
        DELETE FROM request_counts c USING several s WHERE c.ctid = ANY(s.rows) RETURNING c.*
    ), made AS (
        INSERT INTO request_counts (side, person, status, priority, vendor, study_type, number, estimated_hours)
        SELECT side, person, status, priority, vendor, study_type, sum(number), sum(estimated_hours)
        FROM folded
        GROUP BY side, person, status, priority, vendor, study_type
        HAVING sum(number) <> 0
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM folded) - (SELECT count(*) FROM made) INTO gone;
    RETURN gone;
END
$$;

-- By half hours (0038) -------------------------------------------------------------------------------------------

-- Of a folded row at most one of vendor, priority and type of study is not empty. What has no type of study is in no cell of it.
ALTER TABLE request_moments ADD COLUMN study_type text NOT NULL DEFAULT '';
DROP INDEX idx_request_moments_cell;
DROP INDEX idx_request_moments_fresh;

DROP FUNCTION moments_in_parallel();
DROP VIEW recounted_moments;
CREATE VIEW recounted_moments AS
    SELECT m.at, m.what, coalesce(m.vendor, '') AS vendor, coalesce(m.priority, '') AS priority,
        coalesce(m.study_type, '') AS study_type, sum(m.number)::bigint AS number
    FROM (
        -- At first by all three: that is a part of the rows for the four kinds of cells.
        SELECT b.at, b.what, b.vendor, b.priority, b.study_type, sum(b.number) AS number
        FROM (
            SELECT next_half_hour(p.entered_at) AS at, p.status AS what, r.vendor, r.priority, r.study_type, 1 AS number
            FROM status_periods p JOIN requests r ON r.id = p.request_id
            WHERE p.entered_at < 'infinity'
            UNION ALL
            SELECT next_half_hour(p.left_at), p.status, r.vendor, r.priority, r.study_type, -1
            FROM status_periods p JOIN requests r ON r.id = p.request_id
            WHERE p.left_at < 'infinity'
            UNION ALL
            SELECT half_hour(r.completed_at), w.what, r.vendor, r.priority, r.study_type, 1
            FROM requests r CROSS JOIN LATERAL unnest(finished_as(r.status, r.revisions)) AS w (what)
            WHERE r.completed_at IS NOT NULL
        ) b
        GROUP BY b.at, b.what, b.vendor, b.priority, b.study_type
    ) m
    GROUP BY GROUPING SETS ((m.at, m.what), (m.at, m.what, m.vendor), (m.at, m.what, m.priority), (m.at, m.what, m.study_type))
    HAVING sum(m.number) <> 0 AND (grouping(m.study_type) = 1 OR m.study_type IS NOT NULL)
    UNION ALL
    SELECT half_hour(r.status_since), 'moved', '', '', '', count(*) FROM requests r WHERE is_clock_running(r.status) GROUP BY 1;
DROP VIEW kept_moments;
CREATE VIEW kept_moments AS
    SELECT m.at, m.what, c.vendor, c.priority, c.study_type, sum(m.number)::bigint AS number
    FROM request_moments m
    CROSS JOIN LATERAL (
        SELECT v.vendor, v.priority, v.study_type
        FROM (VALUES (m.vendor, m.priority, m.study_type, NOT m.fresh), ('', '', '', m.fresh),
            (m.vendor, '', '', m.fresh AND m.vendor <> ''), ('', m.priority, '', m.fresh AND m.priority <> ''),
            ('', '', m.study_type, m.fresh AND m.study_type <> '')) AS v (vendor, priority, study_type, is_one)
        WHERE v.is_one
    ) c
    GROUP BY m.at, m.what, c.vendor, c.priority, c.study_type
    HAVING sum(m.number) <> 0;

CREATE OR REPLACE FUNCTION keep_status_moments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    request record;
BEGIN
    -- By hand, and not by the trigger of a request that is locked already: nobody may change its vendor meanwhile.
    IF pg_trigger_depth() = 1 THEN
        PERFORM FROM requests WHERE id = coalesce(NEW.request_id, OLD.request_id) FOR NO KEY UPDATE;
    END IF;
    SELECT vendor, priority, coalesce(study_type, '') AS study_type INTO request
    FROM requests WHERE id = coalesce(NEW.request_id, OLD.request_id);
    INSERT INTO request_moments (at, what, vendor, priority, study_type, number)
    SELECT next_half_hour(m.at), m.status, request.vendor, request.priority, request.study_type, sum(m.number)
    FROM (VALUES (OLD.entered_at, OLD.status, -1), (OLD.left_at, OLD.status, 1),
        (NEW.entered_at, NEW.status, 1), (NEW.left_at, NEW.status, -1)) AS m (at, status, number)
    WHERE m.at < 'infinity'
    GROUP BY 1, 2
    HAVING sum(m.number) <> 0;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION keep_finished_moments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO request_moments (at, what, vendor, priority, study_type, number)
    SELECT half_hour(m.at), w.what, m.vendor, m.priority, coalesce(m.study_type, ''), sum(m.number)
    FROM (VALUES (OLD.completed_at, OLD.status, OLD.revisions, OLD.vendor, OLD.priority, OLD.study_type, -1),
        (NEW.completed_at, NEW.status, NEW.revisions, NEW.vendor, NEW.priority, NEW.study_type, 1))
        AS m (at, status, revisions, vendor, priority, study_type, number)
    CROSS JOIN LATERAL unnest(finished_as(m.status, m.revisions)) AS w (what)
    WHERE m.at IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
    HAVING sum(m.number) <> 0;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION move_status_moments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO request_moments (at, what, vendor, priority, study_type, number)
    SELECT next_half_hour(m.at), p.status, s.vendor, s.priority, coalesce(s.study_type, ''), sum(s.sign * m.sign)
    FROM status_periods p
    CROSS JOIN LATERAL (VALUES (p.entered_at, 1), (p.left_at, -1)) AS m (at, sign)
    CROSS JOIN (VALUES (OLD.vendor, OLD.priority, OLD.study_type, -1), (NEW.vendor, NEW.priority, NEW.study_type, 1))
        AS s (vendor, priority, study_type, sign)
    WHERE p.request_id = NEW.id AND m.at < 'infinity'
    GROUP BY 1, 2, 3, 4, 5
    HAVING sum(s.sign * m.sign) <> 0;
    RETURN NULL;
END
$$;

DROP TRIGGER requests_moments_anew ON requests;
-- By its name before requests_periods, which then writes what is new under the new vendor.
CREATE TRIGGER requests_moments_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN ((OLD.vendor, OLD.priority, OLD.study_type) IS DISTINCT FROM (NEW.vendor, NEW.priority, NEW.study_type))
    EXECUTE FUNCTION move_status_moments();
DROP TRIGGER requests_finished_anew ON requests;
CREATE TRIGGER requests_finished_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN (
        coalesce(OLD.completed_at, NEW.completed_at) IS NOT NULL
        AND (OLD.completed_at, OLD.status, OLD.revisions, OLD.vendor, OLD.priority, OLD.study_type)
            IS DISTINCT FROM (NEW.completed_at, NEW.status, NEW.revisions, NEW.vendor, NEW.priority, NEW.study_type)
    )
    EXECUTE FUNCTION keep_finished_moments();

-- What is read together comes together.
CREATE FUNCTION moments_in_parallel() RETURNS SETOF recounted_moments LANGUAGE plpgsql SET search_path = public, pg_temp
SET work_mem = '128MB' SET max_parallel_workers_per_gather = 2 SET parallel_setup_cost = 0 SET parallel_tuple_cost = 0 AS $$
BEGIN
    RETURN QUERY SELECT * FROM recounted_moments ORDER BY vendor, priority, study_type, at;
END
$$;
CREATE OR REPLACE FUNCTION recount_moments() RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    LOCK TABLE requests, status_periods IN SHARE MODE;
    DELETE FROM request_moments;
    INSERT INTO request_moments (at, what, vendor, priority, study_type, number, fresh)
    SELECT at, what, vendor, priority, study_type, number, false FROM moments_in_parallel();
$$;

CREATE OR REPLACE FUNCTION fold_request_moments() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    -- Two at once would fold the same rows twice.
    PERFORM pg_advisory_xact_lock(531900417);
    WITH folded AS (
        DELETE FROM request_moments WHERE fresh RETURNING at, what, vendor, priority, study_type, number
    ), cells AS (
        SELECT f.at, f.what, c.vendor, c.priority, c.study_type, sum(f.number) AS number
        FROM folded f
        CROSS JOIN LATERAL (VALUES ('', '', '', true), (f.vendor, '', '', f.vendor <> ''), ('', f.priority, '', f.priority <> ''),
            ('', '', f.study_type, f.study_type <> '')) AS c (vendor, priority, study_type, is_one)
        WHERE c.is_one
        GROUP BY f.at, f.what, c.vendor, c.priority, c.study_type
    ), before AS (
        DELETE FROM request_moments m USING cells c
        WHERE NOT m.fresh
            AND (m.vendor, m.priority, m.study_type, m.what, m.at) = (c.vendor, c.priority, c.study_type, c.what, c.at)
        RETURNING m.at, m.what, m.vendor, m.priority, m.study_type, m.number
    ), made AS (
        INSERT INTO request_moments (at, what, vendor, priority, study_type, number, fresh)
        SELECT at, what, vendor, priority, study_type, sum(number), false
        FROM (TABLE cells UNION ALL TABLE before) both_of_them
        GROUP BY at, what, vendor, priority, study_type
        HAVING sum(number) <> 0
    )
    SELECT count(*) FROM folded INTO gone;
    RETURN gone;
END
$$;

-- By weeks and sizes (0026, 0028) --------------------------------------------------------------------------------

DROP FUNCTION weeks_in_parallel(), durations_in_parallel();
DROP VIEW recounted_weeks, recounted_durations;
DROP INDEX idx_request_durations_size, idx_request_durations_vendor, idx_request_durations_priority, idx_request_durations_worked,
    idx_request_durations_moment, idx_request_durations_request_id;
TRUNCATE request_durations;
-- Of each measure now, not of 'cycle' alone. The type of study is empty where there is none.
ALTER TABLE request_durations
    ADD COLUMN study_type text NOT NULL,
    ALTER COLUMN vendor SET NOT NULL,
    ALTER COLUMN priority SET NOT NULL;
DROP TABLE request_weeks;
CREATE TABLE request_weeks (
    -- Monday, 00:00 UTC.
    week timestamptz NOT NULL,
    -- A measure of request_durations, by the week of finishing. Also: 'submitted', and 'closed' by the week of submitting;
    -- 'completed', and 'completed and closed', by the week of finishing.
    what text NOT NULL,
    -- By which of the three it is counted; the others are empty. 'fresh': not yet counted by any, with all three.
    side text NOT NULL DEFAULT 'fresh' CONSTRAINT request_weeks_side_known CHECK (side IN ('fresh', 'all', 'vendor', 'priority',
        'study_type', 'vendor and priority', 'vendor and study_type', 'priority and study_type')),
    vendor text NOT NULL,
    priority text NOT NULL,
    study_type text NOT NULL,
    -- Of a measure, about how long. Of 'completed and closed', how many weeks after the one in which it was submitted.
    size smallint NOT NULL,
    number bigint NOT NULL,
    microseconds bigint NOT NULL DEFAULT 0,
    estimated_hours bigint NOT NULL DEFAULT 0
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);

-- The cells that something belongs to: among all, and on each side that it has. By two sides at once only where a chart tells one
-- for some of the other: what is counted, and the cycle time. Of all measures those would be nearly as many as there are values.
CREATE FUNCTION sides_of(what text, vendor text, priority text, study_type text)
RETURNS TABLE (side text, of_vendor text, of_priority text, of_study_type text) LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5
BEGIN ATOMIC
    SELECT s.side, s.vendor, s.priority, s.study_type
    FROM (SELECT what IN ('cycle', 'submitted', 'closed', 'completed', 'completed and closed')) AS k (in_pairs)
    CROSS JOIN LATERAL (VALUES
        ('all', '', '', '', true),
        ('vendor', vendor, '', '', true),
        ('priority', '', priority, '', true),
        ('study_type', '', '', study_type, study_type <> ''),
        ('vendor and priority', vendor, priority, '', in_pairs),
        ('vendor and study_type', vendor, '', study_type, in_pairs AND study_type <> ''),
        ('priority and study_type', '', priority, study_type, in_pairs AND study_type <> '')
    ) AS s (side, vendor, priority, study_type, is_one)
    WHERE s.is_one;
END;

DROP FUNCTION volumes_of(text, timestamptz, timestamptz, text, text);
CREATE FUNCTION volumes_of(status text, created_at timestamptz, completed_at timestamptz)
RETURNS TABLE (week timestamptz, what text, size smallint) LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT week_of(v.at), v.what, v.size::smallint
    FROM (VALUES
        (created_at, 'submitted', 0),
        (CASE WHEN status IN ('Accepted', 'Denied', 'Cancelled') THEN created_at END, 'closed', 0),
        (completed_at, 'completed', 0),
        (CASE WHEN status IN ('Accepted', 'Denied', 'Cancelled') THEN completed_at END, 'completed and closed',
            (extract(epoch FROM week_of(completed_at) - week_of(created_at)) / 604800)::integer)
    ) AS v (at, what, size)
    WHERE v.at IS NOT NULL;
END;

-- What the rows must be, and the cells of these rows and of the requests; nobody but the owner reads them.
CREATE VIEW recounted_durations AS
    SELECT r.id AS request_id, m.measure, r.completed_at, m.microseconds, size_of(m.microseconds) AS size, r.vendor, r.priority,
        NULL::integer AS estimated_hours, coalesce(r.study_type, '') AS study_type
    FROM requests r
    CROSS JOIN LATERAL (VALUES
        ('cycle', microseconds_of(r.completed_at - r.started_at - r.stopped_for)),
        ('lead', microseconds_of(r.completed_at - r.created_at))
    ) AS m (measure, microseconds)
    WHERE r.completed_at IS NOT NULL AND m.microseconds IS NOT NULL
    UNION ALL
    SELECT s.request_id, s.status, s.completed_at, s.microseconds, size_of(s.microseconds), s.vendor, s.priority, NULL, s.study_type
    FROM (
        -- What is not over or not in the record is left out.
        SELECT r.id AS request_id, p.status, r.completed_at, r.vendor, r.priority, coalesce(r.study_type, '') AS study_type,
            sum(microseconds_of(p.left_at - p.entered_at))::bigint AS microseconds
        FROM requests r
        JOIN status_periods p ON p.request_id = r.id
        WHERE r.completed_at IS NOT NULL AND p.left_at < 'infinity' AND NOT p.assumed
        GROUP BY r.id, r.completed_at, r.vendor, r.priority, r.study_type, p.status
    ) s
    UNION ALL
    -- About how long it took for each hour of the estimate.
    SELECT w.request_id, 'worked', w.completed_at, w.microseconds, size_of(w.microseconds / w.estimated_hours), w.vendor, w.priority,
        w.estimated_hours, w.study_type
    FROM (
        SELECT r.id AS request_id, r.completed_at, r.estimated_hours, r.vendor, r.priority, coalesce(r.study_type, '') AS study_type,
            round(3600000000 * sum(
                working_hours(p.left_at, d.time_zone) - working_hours(p.entered_at, d.time_zone)
            ))::bigint AS microseconds
        FROM requests r
        JOIN status_periods p ON p.request_id = r.id AND p.status = 'In Progress' AND p.left_at < 'infinity'
        CROSS JOIN desk d
        WHERE r.completed_at IS NOT NULL AND r.estimated_hours IS NOT NULL
        GROUP BY r.id, r.completed_at, r.estimated_hours, r.vendor, r.priority, r.study_type
        HAVING NOT bool_or(p.assumed)
    ) w;
CREATE VIEW recounted_weeks AS
    SELECT m.week, m.what, s.side, s.of_vendor AS vendor, s.of_priority AS priority, s.of_study_type AS study_type, m.size,
        sum(m.number)::bigint AS number, sum(m.microseconds)::bigint AS microseconds,
        sum(m.estimated_hours)::bigint AS estimated_hours
    FROM (
        -- At first by all three: that is less than half of the rows.
        SELECT week_of(completed_at) AS week, measure AS what, vendor, priority, study_type, size, count(*) AS number,
            sum(microseconds)::bigint AS microseconds, coalesce(sum(estimated_hours), 0)::bigint AS estimated_hours
        FROM request_durations
        GROUP BY 1, 2, 3, 4, 5, 6
        UNION ALL
        SELECT v.week, v.what, r.vendor, r.priority, coalesce(r.study_type, ''), v.size, count(*), 0, 0
        FROM requests r CROSS JOIN LATERAL volumes_of(r.status, r.created_at, r.completed_at) v
        GROUP BY 1, 2, 3, 4, 5, 6
    ) m
    CROSS JOIN LATERAL sides_of(m.what, m.vendor, m.priority, m.study_type) s
    GROUP BY 1, 2, 3, 4, 5, 6, 7;
CREATE VIEW kept_weeks AS
    SELECT w.week, w.what, s.side, s.of_vendor AS vendor, s.of_priority AS priority, s.of_study_type AS study_type, w.size,
        sum(w.number)::bigint AS number, sum(w.microseconds)::bigint AS microseconds,
        sum(w.estimated_hours)::bigint AS estimated_hours
    FROM request_weeks w
    CROSS JOIN LATERAL (
        SELECT * FROM sides_of(w.what, w.vendor, w.priority, w.study_type) WHERE w.side = 'fresh'
        UNION ALL
        SELECT w.side, w.vendor, w.priority, w.study_type WHERE w.side <> 'fresh'
    ) s
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    HAVING sum(w.number) <> 0 OR sum(w.microseconds) <> 0 OR sum(w.estimated_hours) <> 0;

CREATE OR REPLACE FUNCTION keep_durations(ids uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    WITH changes AS MATERIALIZED (
        SELECT request_id, measure, completed_at, microseconds, size, vendor, priority, estimated_hours, study_type,
            sum(number) AS number
        FROM (
            SELECT *, 1 AS number FROM recounted_durations WHERE request_id = ANY (ids)
            UNION ALL
            SELECT *, -1 FROM request_durations WHERE request_id = ANY (ids)
        ) both_of_them
        GROUP BY request_id, measure, completed_at, microseconds, size, vendor, priority, estimated_hours, study_type
        HAVING sum(number) <> 0
    ), gone AS (
        DELETE FROM request_durations d USING changes c
        WHERE c.number < 0 AND d.request_id = c.request_id AND d.measure = c.measure
    ), made AS (
        INSERT INTO request_durations
        SELECT request_id, measure, completed_at, microseconds, size, vendor, priority, estimated_hours, study_type
        FROM changes WHERE number > 0
    )
    INSERT INTO request_weeks (week, what, vendor, priority, study_type, size, number, microseconds, estimated_hours)
    SELECT week_of(c.completed_at), c.measure, c.vendor, c.priority, c.study_type, c.size, sum(c.number),
        sum(c.number * c.microseconds), coalesce(sum(c.number * c.estimated_hours), 0)
    FROM changes c
    GROUP BY 1, 2, 3, 4, 5, 6
    HAVING sum(c.number) <> 0 OR sum(c.number * c.microseconds) <> 0
        OR coalesce(sum(c.number * c.estimated_hours), 0) <> 0;
END
$$;

CREATE OR REPLACE FUNCTION keep_volumes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO request_weeks (week, what, vendor, priority, study_type, size, number)
    SELECT v.week, v.what, r.vendor, r.priority, coalesce(r.study_type, ''), v.size, sum(r.number)
    FROM (VALUES
        (OLD.status, OLD.created_at, OLD.completed_at, OLD.vendor, OLD.priority, OLD.study_type, -1),
        (NEW.status, NEW.created_at, NEW.completed_at, NEW.vendor, NEW.priority, NEW.study_type, 1)
    ) AS r (status, created_at, completed_at, vendor, priority, study_type, number)
    CROSS JOIN LATERAL volumes_of(r.status, r.created_at, r.completed_at) v
    GROUP BY 1, 2, 3, 4, 5, 6
    HAVING sum(r.number) <> 0;
    RETURN NULL;
END
$$;
DROP TRIGGER requests_volumes_anew ON requests;
CREATE TRIGGER requests_volumes_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN (
        (OLD.status IN ('Accepted', 'Denied', 'Cancelled'), OLD.created_at, OLD.completed_at, OLD.vendor, OLD.priority,
            OLD.study_type)
        IS DISTINCT FROM
        (NEW.status IN ('Accepted', 'Denied', 'Cancelled'), NEW.created_at, NEW.completed_at, NEW.vendor, NEW.priority,
            NEW.study_type)
    )
    EXECUTE FUNCTION keep_volumes();
DROP TRIGGER requests_took_anew ON requests;
CREATE TRIGGER requests_took_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN (
        coalesce(OLD.completed_at, NEW.completed_at) IS NOT NULL
        AND (OLD.status, OLD.created_at, OLD.started_at, OLD.completed_at, OLD.stopped_for, OLD.vendor, OLD.priority,
                OLD.estimated_hours, OLD.study_type)
            IS DISTINCT FROM
            (NEW.status, NEW.created_at, NEW.started_at, NEW.completed_at, NEW.stopped_for, NEW.vendor, NEW.priority,
                NEW.estimated_hours, NEW.study_type)
    )
    EXECUTE FUNCTION keep_request_durations();

CREATE FUNCTION durations_in_parallel() RETURNS SETOF recounted_durations LANGUAGE plpgsql SET search_path = public, pg_temp
SET work_mem = '128MB' SET max_parallel_workers_per_gather = 2 SET parallel_setup_cost = 0 SET parallel_tuple_cost = 0 AS $$
BEGIN
    RETURN QUERY SELECT * FROM recounted_durations ORDER BY completed_at;
END
$$;
CREATE FUNCTION weeks_in_parallel() RETURNS SETOF recounted_weeks LANGUAGE plpgsql SET search_path = public, pg_temp
SET work_mem = '128MB' SET max_parallel_workers_per_gather = 2 SET parallel_setup_cost = 0 SET parallel_tuple_cost = 0 AS $$
BEGIN
    RETURN QUERY SELECT * FROM recounted_weeks ORDER BY side, what, week;
END
$$;
CREATE OR REPLACE FUNCTION recount_durations() RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    LOCK TABLE requests, status_periods IN SHARE MODE;
    DELETE FROM request_durations;
    DELETE FROM request_weeks;
    INSERT INTO request_durations SELECT * FROM durations_in_parallel();
    INSERT INTO request_weeks (week, what, side, vendor, priority, study_type, size, number, microseconds, estimated_hours)
    SELECT week, what, side, vendor, priority, study_type, size, number, microseconds, estimated_hours FROM weeks_in_parallel();
$$;

-- The fresh rows become a part of their cells; how many there were. The worker does it each minute.
CREATE OR REPLACE FUNCTION fold_request_weeks() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    -- Two at once would fold the same rows twice.
    PERFORM pg_advisory_xact_lock(531900418);
    WITH folded AS (
        DELETE FROM request_weeks WHERE side = 'fresh' RETURNING *
    ), cells AS (
        SELECT f.week, f.what, s.side, s.of_vendor AS vendor, s.of_priority AS priority, s.of_study_type AS study_type, f.size,
            sum(f.number) AS number, sum(f.microseconds) AS microseconds, sum(f.estimated_hours) AS estimated_hours
        FROM folded f
        CROSS JOIN LATERAL sides_of(f.what, f.vendor, f.priority, f.study_type) s
        GROUP BY 1, 2, 3, 4, 5, 6, 7
    ), before AS (
        DELETE FROM request_weeks w USING cells c
        WHERE (w.side, w.what, w.week, w.vendor, w.priority, w.study_type, w.size)
            = (c.side, c.what, c.week, c.vendor, c.priority, c.study_type, c.size)
        RETURNING w.week, w.what, w.side, w.vendor, w.priority, w.study_type, w.size, w.number, w.microseconds, w.estimated_hours
    ), made AS (
        INSERT INTO request_weeks (week, what, side, vendor, priority, study_type, size, number, microseconds, estimated_hours)
        SELECT week, what, side, vendor, priority, study_type, size, sum(number), sum(microseconds), sum(estimated_hours)
        FROM (TABLE cells UNION ALL TABLE before) both_of_them
        GROUP BY 1, 2, 3, 4, 5, 6, 7
        HAVING sum(number) <> 0
    )
    SELECT count(*) FROM folded INTO gone;
    RETURN gone;
END
$$;
REVOKE EXECUTE ON FUNCTION moments_in_parallel(), durations_in_parallel(), weeks_in_parallel() FROM PUBLIC;

SELECT recount_requests();
CREATE INDEX idx_request_moments_cell ON request_moments (vendor, priority, study_type, what, at) INCLUDE (number) WHERE NOT fresh;
CREATE INDEX idx_request_moments_fresh ON request_moments (what, at) INCLUDE (vendor, priority, study_type, number) WHERE fresh;
-- The values of about one length in a span, by the index alone, whichever side is asked for.
CREATE INDEX idx_request_durations_size ON request_durations (measure, size, completed_at)
    INCLUDE (microseconds, vendor, priority, study_type);
-- Of one vendor after the other, of which there may be many.
CREATE INDEX idx_request_durations_vendor ON request_durations (vendor, size, completed_at)
    INCLUDE (microseconds, priority, study_type) WHERE measure = 'cycle';
-- The values of about one ratio in a span, by the index alone, as those of one length.
CREATE INDEX idx_request_durations_worked ON request_durations (size, completed_at)
    INCLUDE (microseconds, estimated_hours, request_id, vendor, priority, study_type) WHERE measure = 'worked';
-- All of some moments, for what lies between a bound of a span and a Monday. As another expression than the moment itself: else
-- the planner takes it where the index by size reads far less.
CREATE INDEX idx_request_durations_moment ON request_durations (timezone('UTC', completed_at));
CREATE INDEX idx_request_durations_request_id ON request_durations (request_id);
CREATE INDEX idx_request_weeks_cell ON request_weeks (side, what, week, vendor, priority, study_type, size)
    INCLUDE (number, microseconds, estimated_hours);
ANALYZE request_counts;
ANALYZE request_moments;
ANALYZE request_durations;
ANALYZE request_weeks;

-- Who sees the cells: whoever sees all requests.
ALTER TABLE request_weeks ENABLE ROW LEVEL SECURITY;
-- The bare login may ask, and no policy gives it a row.
GRANT SELECT ON request_weeks TO simflow_user, simflow_manager, simflow_admin;
CREATE POLICY manager_sees ON request_weeks FOR SELECT TO simflow_manager, simflow_admin USING (true);
