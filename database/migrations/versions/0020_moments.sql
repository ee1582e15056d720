-- When requests came into a status, and when they were finished, counted by half hours: what is open at the end of each
-- week and what was finished in it cost the same however many requests there are. Kept as request_counts are (0015).
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion

CREATE TABLE request_moments (
    -- Of 'finished', 'accepted' and 'first time right' the beginning of the half hour in which it was finished; of a status
    -- the end of that in which it was entered or left: what had happened by a moment is then what lies up to it.
    at timestamptz NOT NULL,
    what text NOT NULL,
    -- Of a status: how many more entered it than left it.
    number bigint NOT NULL,
    -- Not yet made one with the others of its cell.
    fresh boolean NOT NULL DEFAULT true
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
CREATE INDEX idx_request_moments_at ON request_moments (at, what) INCLUDE (number);
CREATE INDEX idx_request_moments_fresh ON request_moments (at, what) WHERE fresh;

CREATE FUNCTION half_hour(moment timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN date_bin('30 minutes', moment, '2000-01-01 00:00:00+00');
CREATE FUNCTION next_half_hour(moment timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN date_bin('30 minutes', moment - interval '1 microsecond', '2000-01-01 00:00:00+00') + interval '30 minutes';

-- The owner's rights: no role that people become may write counts.
CREATE FUNCTION keep_status_moments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO request_moments (at, what, number)
    SELECT next_half_hour(m.at), m.status, sum(m.number)
    FROM (VALUES (OLD.entered_at, OLD.status, -1), (OLD.left_at, OLD.status, 1),
        (NEW.entered_at, NEW.status, 1), (NEW.left_at, NEW.status, -1)) AS m (at, status, number)
    WHERE m.at < 'infinity'
    GROUP BY 1, 2
    HAVING sum(m.number) <> 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION finished_as(status text, revisions integer) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN status <> 'Accepted' THEN ARRAY['finished']
        WHEN revisions = 0 THEN ARRAY['finished', 'accepted', 'first time right']
        ELSE ARRAY['finished', 'accepted']
    END;

CREATE FUNCTION keep_finished_moments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO request_moments (at, what, number)
    SELECT half_hour(m.at), w.what, sum(m.number)
    FROM (VALUES (OLD.completed_at, OLD.status, OLD.revisions, -1), (NEW.completed_at, NEW.status, NEW.revisions, 1))
        AS m (at, status, revisions, number)
    CROSS JOIN LATERAL unnest(finished_as(m.status, m.revisions)) AS w (what)
    WHERE m.at IS NOT NULL
    GROUP BY 1, 2
    HAVING sum(m.number) <> 0;
    RETURN NULL;
END
$$;

-- What the cells must come to; nobody but the owner reads it.
CREATE VIEW recounted_moments AS
    SELECT m.at, m.what, sum(m.number)::bigint AS number
    FROM (
        SELECT next_half_hour(p.entered_at) AS at, p.status AS what, 1 AS number FROM status_periods p
        UNION ALL
        SELECT next_half_hour(p.left_at), p.status, -1 FROM status_periods p WHERE p.left_at < 'infinity'
        UNION ALL
        SELECT half_hour(r.completed_at), w.what, 1
        FROM requests r CROSS JOIN LATERAL unnest(finished_as(r.status, r.revisions)) AS w (what)
        WHERE r.completed_at IS NOT NULL
    ) m
    GROUP BY m.at, m.what
    HAVING sum(m.number) <> 0;

-- At first, and where triggers were off while requests came in.
CREATE FUNCTION recount_moments() RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    LOCK TABLE requests, status_periods IN SHARE MODE;
    DELETE FROM request_moments;
    INSERT INTO request_moments (at, what, number, fresh) SELECT at, what, number, false FROM recounted_moments ORDER BY at;
$$;

CREATE OR REPLACE FUNCTION recount_requests() RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    LOCK TABLE requests IN SHARE MODE;
    DELETE FROM request_counts;
    INSERT INTO request_counts (side, person, status, priority, vendor, number, estimated_hours)
    SELECT side, person, status, priority, vendor, number, estimated_hours FROM recounted_requests
    ORDER BY side, person, status; -- what is read together lies together
    SELECT recount_moments();
$$;

-- One row for each cell that has several; how many went. The worker does it each minute.
CREATE FUNCTION fold_request_moments() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    -- Two at once would fold the same rows twice.
    PERFORM pg_advisory_xact_lock(531900417);
    WITH cells AS (
        SELECT DISTINCT at, what FROM request_moments WHERE fresh
    ), folded AS (
        DELETE FROM request_moments m USING cells c WHERE m.at = c.at AND m.what = c.what RETURNING m.*
    ), made AS (
        INSERT INTO request_moments (at, what, number, fresh)
        SELECT at, what, sum(number), false FROM folded GROUP BY at, what HAVING sum(number) <> 0
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM folded) - (SELECT count(*) FROM made) INTO gone;
    RETURN gone;
END
$$;

CREATE FUNCTION forget_request_moments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM request_moments;
    RETURN NULL;
END
$$;

CREATE TRIGGER status_periods_moments AFTER INSERT OR UPDATE OR DELETE ON status_periods
    FOR EACH ROW EXECUTE FUNCTION keep_status_moments();
CREATE TRIGGER requests_finished AFTER INSERT OR DELETE ON requests FOR EACH ROW EXECUTE FUNCTION keep_finished_moments();
CREATE TRIGGER requests_finished_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN (
        coalesce(OLD.completed_at, NEW.completed_at) IS NOT NULL
        AND (OLD.completed_at, OLD.status, OLD.revisions) IS DISTINCT FROM (NEW.completed_at, NEW.status, NEW.revisions)
    )
    EXECUTE FUNCTION keep_finished_moments();
-- Requests are never emptied without their periods, which refer to them.
CREATE TRIGGER status_periods_forget_moments AFTER TRUNCATE ON status_periods EXECUTE FUNCTION forget_request_moments();
REVOKE EXECUTE ON FUNCTION keep_status_moments(), keep_finished_moments(), recount_moments(), fold_request_moments(),
    forget_request_moments() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fold_request_moments() TO simflow_worker;
SELECT recount_moments();

-- Who sees them: whoever sees all requests.
ALTER TABLE request_moments ENABLE ROW LEVEL SECURITY;
-- The bare login may ask, and no policy gives it a row.
GRANT SELECT ON request_moments TO simflow_user, simflow_manager, simflow_admin;
CREATE POLICY manager_sees ON request_moments FOR SELECT TO simflow_manager, simflow_admin USING (true);

-- What is stuck is what is open less what moved lately, which is told by the index alone.
DROP INDEX idx_requests_status_since;
CREATE INDEX idx_requests_status_since ON requests (status_since, number) INCLUDE (status);
