-- How many working hours finished requests took beside their estimates, kept and counted by weeks as other durations are (0026).
-- Working hours follow the desk's own clocks from now on: an engineer's day is the same whoever looks at it.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion

-- One row. `simflow migrate` writes SIMFLOW_TIME_ZONE into it.
CREATE TABLE desk (
    only_one boolean PRIMARY KEY DEFAULT true CONSTRAINT desk_only_one CHECK (only_one),
    time_zone text NOT NULL
);
INSERT INTO desk (time_zone) VALUES ('UTC');
ALTER TABLE desk ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON desk TO simflow_user, simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
CREATE POLICY everybody_sees ON desk FOR SELECT
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin USING (true);

-- Of the measure 'worked' alone: the working hours in In Progress, beside their estimate.
ALTER TABLE request_durations ADD COLUMN estimated_hours integer;
ALTER TABLE request_weeks ADD COLUMN estimated_hours bigint NOT NULL DEFAULT 0;

CREATE OR REPLACE VIEW recounted_durations AS
    SELECT r.id AS request_id, m.measure, r.completed_at, m.microseconds, size_of(m.microseconds) AS size, m.vendor, m.priority,
        NULL::integer AS estimated_hours
    FROM requests r
    CROSS JOIN LATERAL (VALUES
        ('cycle', microseconds_of(r.completed_at - r.started_at - r.stopped_for), r.vendor, r.priority),
        ('lead', microseconds_of(r.completed_at - r.created_at), NULL, NULL)
    ) AS m (measure, microseconds, vendor, priority)
    WHERE r.completed_at IS NOT NULL AND m.microseconds IS NOT NULL
    UNION ALL
    SELECT s.request_id, s.status, s.completed_at, s.microseconds, size_of(s.microseconds), NULL, NULL, NULL
    FROM (
        -- What is not over or not in the record is left out.
        SELECT r.id AS request_id, p.status, r.completed_at, sum(microseconds_of(p.left_at - p.entered_at))::bigint AS microseconds
        FROM requests r
        JOIN status_periods p ON p.request_id = r.id
        WHERE r.completed_at IS NOT NULL AND p.left_at < 'infinity' AND NOT p.assumed
        GROUP BY r.id, r.completed_at, p.status
    ) s
    UNION ALL
    -- About how long it took for each hour of the estimate.
    SELECT w.request_id, 'worked', w.completed_at, w.microseconds, size_of(w.microseconds / w.estimated_hours), NULL, NULL,
        w.estimated_hours
    FROM (
        SELECT r.id AS request_id, r.completed_at, r.estimated_hours, round(3600000000 * sum(
            working_hours(p.left_at, d.time_zone) - working_hours(p.entered_at, d.time_zone)
        ))::bigint AS microseconds
        FROM requests r
        JOIN status_periods p ON p.request_id = r.id AND p.status = 'In Progress' AND p.left_at < 'infinity'
        CROSS JOIN desk d
        WHERE r.completed_at IS NOT NULL AND r.estimated_hours IS NOT NULL
        GROUP BY r.id, r.completed_at, r.estimated_hours
        HAVING NOT bool_or(p.assumed)
    ) w;
CREATE OR REPLACE VIEW recounted_weeks AS
    SELECT week_of(d.completed_at) AS week, d.measure AS what, s.side, s.value, d.size, count(*) AS number,
        sum(d.microseconds)::bigint AS microseconds, coalesce(sum(d.estimated_hours), 0)::bigint AS estimated_hours
    FROM request_durations d
    CROSS JOIN LATERAL (VALUES ('all', ''), ('vendor', d.vendor), ('priority', d.priority)) AS s (side, value)
    WHERE s.value IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT v.week, v.what, v.side, v.value, v.size, count(*), 0, 0
    FROM requests r CROSS JOIN LATERAL volumes_of(r.status, r.created_at, r.completed_at, r.vendor, r.priority) v
    GROUP BY 1, 2, 3, 4, 5;

CREATE OR REPLACE FUNCTION keep_durations(ids uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    WITH changes AS MATERIALIZED (
        SELECT request_id, measure, completed_at, microseconds, size, vendor, priority, estimated_hours, sum(number) AS number
        FROM (
            SELECT *, 1 AS number FROM recounted_durations WHERE request_id = ANY (ids)
            UNION ALL
            SELECT *, -1 FROM request_durations WHERE request_id = ANY (ids)
        ) both_of_them
        GROUP BY request_id, measure, completed_at, microseconds, size, vendor, priority, estimated_hours
        HAVING sum(number) <> 0
    ), gone AS (
        DELETE FROM request_durations d USING changes c
        WHERE c.number < 0 AND d.request_id = c.request_id AND d.measure = c.measure
    ), made AS (
        INSERT INTO request_durations
        SELECT request_id, measure, completed_at, microseconds, size, vendor, priority, estimated_hours FROM changes WHERE number > 0
    )
    INSERT INTO request_weeks (week, what, side, value, size, number, microseconds, estimated_hours)
    SELECT week_of(c.completed_at), c.measure, s.side, s.value, c.size, sum(c.number), sum(c.number * c.microseconds),
        coalesce(sum(c.number * c.estimated_hours), 0)
    FROM changes c
    CROSS JOIN LATERAL (VALUES ('all', ''), ('vendor', c.vendor), ('priority', c.priority)) AS s (side, value)
    WHERE s.value IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
    HAVING sum(c.number) <> 0 OR sum(c.number * c.microseconds) <> 0
        OR coalesce(sum(c.number * c.estimated_hours), 0) <> 0;
END
$$;

CREATE OR REPLACE FUNCTION recount_durations() RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    LOCK TABLE requests, status_periods IN SHARE MODE;
    DELETE FROM request_durations;
    DELETE FROM request_weeks;
    -- What is read together lies together.
    INSERT INTO request_durations SELECT * FROM recounted_durations ORDER BY completed_at;
    INSERT INTO request_weeks (week, what, side, value, size, number, microseconds, estimated_hours, fresh)
    SELECT week, what, side, value, size, number, microseconds, estimated_hours, false FROM recounted_weeks ORDER BY side, what, week;
$$;

CREATE OR REPLACE FUNCTION fold_request_weeks() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
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
        INSERT INTO request_weeks (week, what, side, value, size, number, microseconds, estimated_hours, fresh)
        SELECT week, what, side, value, size, sum(number), sum(microseconds), sum(estimated_hours), false
        FROM folded
        GROUP BY week, what, side, value, size
        HAVING sum(number) <> 0
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM folded) - (SELECT count(*) FROM made) INTO gone;
    RETURN gone;
END
$$;

-- Moves the desk to other clocks and counts anew; whether that was needed. Raises invalid_parameter_value for unknown ones.
CREATE FUNCTION move_desk(zone text) RETURNS boolean LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM timezone(zone, now());
    UPDATE desk SET time_zone = zone WHERE time_zone <> zone;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM recount_durations();
    RETURN true;
END
$$;
REVOKE EXECUTE ON FUNCTION move_desk(text) FROM PUBLIC;

DROP TRIGGER requests_took_anew ON requests;
CREATE TRIGGER requests_took_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN (
        coalesce(OLD.completed_at, NEW.completed_at) IS NOT NULL
        AND (OLD.status, OLD.created_at, OLD.started_at, OLD.completed_at, OLD.stopped_for, OLD.vendor, OLD.priority,
                OLD.estimated_hours)
            IS DISTINCT FROM
            (NEW.status, NEW.created_at, NEW.started_at, NEW.completed_at, NEW.stopped_for, NEW.vendor, NEW.priority,
                NEW.estimated_hours)
    )
    EXECUTE FUNCTION keep_request_durations();

INSERT INTO request_durations SELECT * FROM recounted_durations WHERE measure = 'worked' ORDER BY completed_at;
INSERT INTO request_weeks (week, what, side, value, size, number, microseconds, estimated_hours, fresh)
SELECT week, what, side, value, size, number, microseconds, estimated_hours, false FROM recounted_weeks
WHERE what = 'worked' ORDER BY week;
-- The values of about one ratio in a span, by the index alone, as those of one length.
CREATE INDEX idx_request_durations_worked ON request_durations (size, completed_at) INCLUDE (microseconds, estimated_hours)
    WHERE measure = 'worked';
DROP INDEX idx_request_weeks_cell;
CREATE INDEX idx_request_weeks_cell ON request_weeks (side, what, week, value, size)
    INCLUDE (number, microseconds, estimated_hours);
ANALYZE request_durations;
ANALYZE request_weeks;
