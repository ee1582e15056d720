-- How long finished requests took, and by weeks how many took about so long: a median is then found by the weeks' cells and
-- read among the few values that are about as long, however many requests there are. Kept as request_moments are (0020).
-- squawk-ignore-file require-concurrent-index-creation

CREATE TABLE request_durations (
    -- No foreign key: the rows of a request that goes go by its trigger, which takes their cells along.
    request_id uuid NOT NULL,
    -- 'cycle', 'lead', or the status in which that time was spent, all visits together.
    measure text NOT NULL,
    completed_at timestamptz NOT NULL,
    microseconds bigint NOT NULL,
    -- About how long that is.
    size smallint NOT NULL,
    -- Of 'cycle' alone: the other times are not told by vendor and priority.
    vendor text,
    priority text
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.02);

CREATE TABLE request_weeks (
    -- Monday, 00:00 UTC.
    week timestamptz NOT NULL,
    -- A measure of request_durations, by the week of finishing. Of vendors and priorities also: 'submitted', and 'closed' by
    -- the week of submitting; 'completed', and 'completed and closed', by the week of finishing.
    what text NOT NULL,
    side text NOT NULL CONSTRAINT request_weeks_side_known CHECK (side IN ('all', 'vendor', 'priority')),
    -- Empty among all.
    value text NOT NULL,
    -- Of a measure, about how long. Of 'completed and closed', how many weeks after the one in which it was submitted.
    size smallint NOT NULL,
    number bigint NOT NULL,
    microseconds bigint NOT NULL,
    -- Not yet made one with the others of its cell.
    fresh boolean NOT NULL DEFAULT true
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);

CREATE FUNCTION week_of(moment timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN date_bin('7 days', moment, '2001-01-01 00:00:00+00');
CREATE FUNCTION microseconds_of(duration interval) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (extract(epoch FROM duration) * 1000000)::bigint;
-- What is longer is at least as large; sixteen sizes from a length to twice that. The first two bytes of a number in
-- floating point are just that, and the same on every machine, as logarithms are not.
CREATE FUNCTION size_of(microseconds bigint) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (get_byte(float8send(greatest(microseconds, 1)::double precision), 0) * 256
        + get_byte(float8send(greatest(microseconds, 1)::double precision), 1) - 16368)::smallint;

CREATE FUNCTION volumes_of(status text, created_at timestamptz, completed_at timestamptz, vendor text, priority text)
RETURNS TABLE (week timestamptz, what text, side text, value text, size smallint) LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT week_of(v.at), v.what, s.side, s.value, v.size::smallint
    FROM (VALUES
        (created_at, 'submitted', 0),
        (CASE WHEN status IN ('Accepted', 'Denied', 'Cancelled') THEN created_at END, 'closed', 0),
        (completed_at, 'completed', 0),
        (CASE WHEN status IN ('Accepted', 'Denied', 'Cancelled') THEN completed_at END, 'completed and closed',
            (extract(epoch FROM week_of(completed_at) - week_of(created_at)) / 604800)::integer)
    ) AS v (at, what, size)
    CROSS JOIN (VALUES ('vendor', vendor), ('priority', priority)) AS s (side, value)
    WHERE v.at IS NOT NULL;
END;

-- What the rows must be, and the cells of these rows and of the requests; nobody but the owner reads them.
CREATE VIEW recounted_durations AS
    SELECT r.id AS request_id, m.measure, r.completed_at, m.microseconds, size_of(m.microseconds) AS size, m.vendor, m.priority
    FROM requests r
    CROSS JOIN LATERAL (VALUES
        ('cycle', microseconds_of(r.completed_at - r.started_at - r.stopped_for), r.vendor, r.priority),
        ('lead', microseconds_of(r.completed_at - r.created_at), NULL, NULL)
    ) AS m (measure, microseconds, vendor, priority)
    WHERE r.completed_at IS NOT NULL AND m.microseconds IS NOT NULL
    UNION ALL
    SELECT s.request_id, s.status, s.completed_at, s.microseconds, size_of(s.microseconds), NULL, NULL
    FROM (
        -- What is not over or not in the record is left out.
        SELECT r.id AS request_id, p.status, r.completed_at, sum(microseconds_of(p.left_at - p.entered_at))::bigint AS microseconds
        FROM requests r
        JOIN status_periods p ON p.request_id = r.id
        WHERE r.completed_at IS NOT NULL AND p.left_at < 'infinity' AND NOT p.assumed
        GROUP BY r.id, r.completed_at, p.status
    ) s;
CREATE VIEW recounted_weeks AS
    SELECT week_of(d.completed_at) AS week, d.measure AS what, s.side, s.value, d.size, count(*) AS number,
        sum(d.microseconds)::bigint AS microseconds
    FROM request_durations d
    CROSS JOIN LATERAL (VALUES ('all', ''), ('vendor', d.vendor), ('priority', d.priority)) AS s (side, value)
    WHERE s.value IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT v.week, v.what, v.side, v.value, v.size, count(*), 0
    FROM requests r CROSS JOIN LATERAL volumes_of(r.status, r.created_at, r.completed_at, r.vendor, r.priority) v
    GROUP BY 1, 2, 3, 4, 5;

-- Makes the rows of these requests what they must be, and their cells with them. The owner's rights: no role that people
-- become may write either. Planned once for a connection: that takes longer than what it does.
CREATE FUNCTION keep_durations(ids uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    WITH changes AS MATERIALIZED (
        SELECT request_id, measure, completed_at, microseconds, size, vendor, priority, sum(number) AS number
        FROM (
            SELECT *, 1 AS number FROM recounted_durations WHERE request_id = ANY (ids)
            UNION ALL
            SELECT *, -1 FROM request_durations WHERE request_id = ANY (ids)
        ) both_of_them
        GROUP BY request_id, measure, completed_at, microseconds, size, vendor, priority
        HAVING sum(number) <> 0
    ), gone AS (
        DELETE FROM request_durations d USING changes c
        WHERE c.number < 0 AND d.request_id = c.request_id AND d.measure = c.measure
    ), made AS (
        INSERT INTO request_durations
        SELECT request_id, measure, completed_at, microseconds, size, vendor, priority FROM changes WHERE number > 0
    )
    INSERT INTO request_weeks (week, what, side, value, size, number, microseconds)
    SELECT week_of(c.completed_at), c.measure, s.side, s.value, c.size, sum(c.number), sum(c.number * c.microseconds)
    FROM changes c
    CROSS JOIN LATERAL (VALUES ('all', ''), ('vendor', c.vendor), ('priority', c.priority)) AS s (side, value)
    WHERE s.value IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
    HAVING sum(c.number) <> 0 OR sum(c.number * c.microseconds) <> 0;
END
$$;

CREATE FUNCTION keep_request_durations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM keep_durations(ARRAY[coalesce(NEW.id, OLD.id)]);
    RETURN NULL;
END
$$;

-- For whoever writes periods alone, as `simflow seed` does.
CREATE FUNCTION keep_period_durations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    ids uuid[];
BEGIN
    -- Written by the trigger of a request: that request's own trigger comes later, and sees all of it.
    IF pg_trigger_depth() > 1 THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
        SELECT array_agg(DISTINCT request_id) INTO ids FROM before;
    ELSE
        SELECT array_agg(DISTINCT request_id) INTO ids FROM after;
    END IF;
    -- One after the other, as changes of the requests themselves.
    SELECT array_agg(id) INTO ids FROM (
        SELECT id FROM requests WHERE id = ANY (ids) AND completed_at IS NOT NULL ORDER BY id FOR NO KEY UPDATE
    ) finished;
    IF ids IS NOT NULL THEN
        PERFORM keep_durations(ids);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION keep_volumes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO request_weeks (week, what, side, value, size, number, microseconds)
    SELECT v.week, v.what, v.side, v.value, v.size, sum(v.number), 0
    FROM (
        SELECT *, -1 AS number FROM volumes_of(OLD.status, OLD.created_at, OLD.completed_at, OLD.vendor, OLD.priority)
        UNION ALL
        SELECT *, 1 FROM volumes_of(NEW.status, NEW.created_at, NEW.completed_at, NEW.vendor, NEW.priority)
    ) v
    GROUP BY 1, 2, 3, 4, 5
    HAVING sum(v.number) <> 0;
    RETURN NULL;
END
$$;

-- At first, and where triggers were off while requests came in.
CREATE FUNCTION recount_durations() RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    LOCK TABLE requests, status_periods IN SHARE MODE;
    DELETE FROM request_durations;
    DELETE FROM request_weeks;
    -- What is read together lies together.
    INSERT INTO request_durations SELECT * FROM recounted_durations ORDER BY completed_at;
    INSERT INTO request_weeks (week, what, side, value, size, number, microseconds, fresh)
    SELECT week, what, side, value, size, number, microseconds, false FROM recounted_weeks ORDER BY side, what, week;
$$;

CREATE OR REPLACE FUNCTION recount_requests() RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    LOCK TABLE requests IN SHARE MODE;
    DELETE FROM request_counts;
    INSERT INTO request_counts (side, person, status, priority, vendor, number, estimated_hours)
    SELECT side, person, status, priority, vendor, number, estimated_hours FROM recounted_requests
    ORDER BY side, person, status; -- what is read together lies together
    SELECT recount_moments();
    SELECT recount_durations();
$$;

-- One row for each cell that has several; how many went. The worker does it each minute.
CREATE FUNCTION fold_request_weeks() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    -- Two at once would fold the same rows twice.
    PERFORM pg_advisory_xact_lock(531900418);
    WITH cells AS (
        SELECT DISTINCT side, what, week, value, size FROM request_weeks WHERE fresh
    ), folded AS (
        DELETE FROM request_weeks w USING cells c
        WHERE (w.side, w.what, w.week, w.value, w.size) = (c.side, c.what, c.week, c.value, c.size)
        RETURNING w.*
    ), made AS (
        INSERT INTO request_weeks (week, what, side, value, size, number, microseconds, fresh)
        SELECT week, what, side, value, size, sum(number), sum(microseconds), false
        FROM folded
        GROUP BY week, what, side, value, size
        HAVING sum(number) <> 0
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM folded) - (SELECT count(*) FROM made) INTO gone;
    RETURN gone;
END
$$;

CREATE FUNCTION forget_request_durations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM request_durations;
    DELETE FROM request_weeks;
    RETURN NULL;
END
$$;

SELECT recount_durations();
-- The values of about one length in a span, by the index alone.
CREATE INDEX idx_request_durations_size ON request_durations (measure, size, completed_at) INCLUDE (microseconds);
CREATE INDEX idx_request_durations_vendor ON request_durations (vendor, size, completed_at) INCLUDE (microseconds)
    WHERE vendor IS NOT NULL;
CREATE INDEX idx_request_durations_priority ON request_durations (priority, size, completed_at) INCLUDE (microseconds)
    WHERE priority IS NOT NULL;
-- All of some moments, for what lies between a bound of a span and a Monday. As another expression than the moment itself: else
-- the planner takes it where the index by size reads far less.
CREATE INDEX idx_request_durations_moment ON request_durations (timezone('UTC', completed_at));
CREATE INDEX idx_request_durations_request_id ON request_durations (request_id);
CREATE INDEX idx_request_weeks_cell ON request_weeks (side, what, week, value, size) INCLUDE (number, microseconds);
CREATE INDEX idx_request_weeks_fresh ON request_weeks (side, what, week) WHERE fresh;
ANALYZE request_durations;
ANALYZE request_weeks;

-- By their names they come after requests_periods, whose periods they read.
CREATE TRIGGER requests_took AFTER INSERT ON requests FOR EACH ROW
    WHEN (NEW.completed_at IS NOT NULL) EXECUTE FUNCTION keep_request_durations();
CREATE TRIGGER requests_took_less AFTER DELETE ON requests FOR EACH ROW
    WHEN (OLD.completed_at IS NOT NULL) EXECUTE FUNCTION keep_request_durations();
CREATE TRIGGER requests_took_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN (
        coalesce(OLD.completed_at, NEW.completed_at) IS NOT NULL
        AND (OLD.status, OLD.created_at, OLD.started_at, OLD.completed_at, OLD.stopped_for, OLD.vendor, OLD.priority)
            IS DISTINCT FROM
            (NEW.status, NEW.created_at, NEW.started_at, NEW.completed_at, NEW.stopped_for, NEW.vendor, NEW.priority)
    )
    EXECUTE FUNCTION keep_request_durations();
CREATE TRIGGER status_periods_took AFTER INSERT ON status_periods REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION keep_period_durations();
CREATE TRIGGER status_periods_took_anew AFTER UPDATE ON status_periods REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION keep_period_durations();
CREATE TRIGGER status_periods_took_less AFTER DELETE ON status_periods REFERENCING OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION keep_period_durations();
CREATE TRIGGER requests_volumes AFTER INSERT OR DELETE ON requests FOR EACH ROW EXECUTE FUNCTION keep_volumes();
CREATE TRIGGER requests_volumes_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN (
        (OLD.status IN ('Accepted', 'Denied', 'Cancelled'), OLD.created_at, OLD.completed_at, OLD.vendor, OLD.priority)
        IS DISTINCT FROM
        (NEW.status IN ('Accepted', 'Denied', 'Cancelled'), NEW.created_at, NEW.completed_at, NEW.vendor, NEW.priority)
    )
    EXECUTE FUNCTION keep_volumes();
CREATE TRIGGER requests_forget_durations AFTER TRUNCATE ON requests EXECUTE FUNCTION forget_request_durations();
REVOKE EXECUTE ON FUNCTION keep_durations(uuid[]), keep_request_durations(), keep_period_durations(), keep_volumes(),
    recount_durations(), fold_request_weeks(), forget_request_durations() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fold_request_weeks() TO simflow_worker;

-- Who sees them: whoever sees all requests.
ALTER TABLE request_durations ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_weeks ENABLE ROW LEVEL SECURITY;
-- The bare login may ask, and no policy gives it a row.
GRANT SELECT ON request_durations, request_weeks TO simflow_user, simflow_manager, simflow_admin;
CREATE POLICY manager_sees ON request_durations FOR SELECT TO simflow_manager, simflow_admin USING (true);
CREATE POLICY manager_sees ON request_weeks FOR SELECT TO simflow_manager, simflow_admin USING (true);
