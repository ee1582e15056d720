-- How many requests there are, kept in the transaction of each change, so that counting costs the same however many there
-- are. The number of a cell is the sum of its rows: a change only adds rows, so that no two transactions wait for each
-- other, and fold_request_counts() makes one row of them from time to time.
-- squawk-ignore-file require-concurrent-index-creation

CREATE TABLE request_counts (
    -- Each request is counted three times: among all, by who created it, and by whom it is assigned to.
    side text NOT NULL CONSTRAINT request_counts_side_known CHECK (side IN ('all', 'created_by', 'assigned_to')),
    -- Null among all, and for what is assigned to nobody.
    person uuid,
    status text NOT NULL,
    priority text NOT NULL,
    vendor text NOT NULL,
    number bigint NOT NULL,
    estimated_hours bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
CREATE INDEX idx_request_counts_side ON request_counts (side, person, status);

-- The owner's rights: no role that people become may write counts.
CREATE FUNCTION count_request() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO request_counts (side, person, status, priority, vendor, number, estimated_hours)
        SELECT c.side, c.person, OLD.status, OLD.priority, OLD.vendor, -1, -coalesce(OLD.estimated_hours, 0)
        FROM (VALUES ('all', NULL), ('created_by', OLD.created_by), ('assigned_to', OLD.assigned_to)) AS c (side, person);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO request_counts (side, person, status, priority, vendor, number, estimated_hours)
        SELECT c.side, c.person, NEW.status, NEW.priority, NEW.vendor, 1, coalesce(NEW.estimated_hours, 0)
        FROM (VALUES ('all', NULL), ('created_by', NEW.created_by), ('assigned_to', NEW.assigned_to)) AS c (side, person);
    END IF;
    RETURN NULL;
END
$$;

-- What the counts must come to; nobody but the owner reads it.
CREATE VIEW recounted_requests AS
    SELECT CASE WHEN grouping(r.created_by) = 0 THEN 'created_by' WHEN grouping(r.assigned_to) = 0 THEN 'assigned_to'
            ELSE 'all' END AS side,
        coalesce(r.created_by, r.assigned_to) AS person, r.status, r.priority, r.vendor, count(*) AS number,
        coalesce(sum(r.estimated_hours), 0)::bigint AS estimated_hours
    FROM requests r
    GROUP BY r.status, r.priority, r.vendor, GROUPING SETS ((), (r.created_by), (r.assigned_to));

-- At first, and where triggers were off while requests came in.
CREATE FUNCTION recount_requests() RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    LOCK TABLE requests IN SHARE MODE;
    DELETE FROM request_counts;
    INSERT INTO request_counts (side, person, status, priority, vendor, number, estimated_hours)
    SELECT side, person, status, priority, vendor, number, estimated_hours FROM recounted_requests
    ORDER BY side, person, status; -- what is read together lies together
$$;

-- One row for each cell that has several; how many went. The worker does it each minute.
CREATE FUNCTION fold_request_counts() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    -- Two at once would fold the same rows twice.
    PERFORM pg_advisory_xact_lock(531900416);
    WITH several AS (
        SELECT side, person, status, priority, vendor, array_agg(ctid) AS rows
        FROM request_counts
        GROUP BY side, person, status, priority, vendor
        HAVING count(*) > 1 OR sum(number) = 0
    ), folded AS (
        DELETE FROM request_counts c USING several s WHERE c.ctid = ANY(s.rows) RETURNING c.*
    ), made AS (
        INSERT INTO request_counts (side, person, status, priority, vendor, number, estimated_hours)
        SELECT side, person, status, priority, vendor, sum(number), sum(estimated_hours)
        FROM folded
        GROUP BY side, person, status, priority, vendor
        HAVING sum(number) <> 0
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM folded) - (SELECT count(*) FROM made) INTO gone;
    RETURN gone;
END
$$;

CREATE FUNCTION forget_request_counts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM request_counts;
    RETURN NULL;
END
$$;

CREATE TRIGGER requests_count AFTER INSERT OR DELETE ON requests FOR EACH ROW EXECUTE FUNCTION count_request();
CREATE TRIGGER requests_count_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN ((OLD.status, OLD.priority, OLD.vendor, OLD.created_by, OLD.assigned_to, OLD.estimated_hours)
        IS DISTINCT FROM (NEW.status, NEW.priority, NEW.vendor, NEW.created_by, NEW.assigned_to, NEW.estimated_hours))
    EXECUTE FUNCTION count_request();
CREATE TRIGGER requests_forget_counts AFTER TRUNCATE ON requests EXECUTE FUNCTION forget_request_counts();
REVOKE EXECUTE ON FUNCTION count_request(), recount_requests(), fold_request_counts(), forget_request_counts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fold_request_counts() TO simflow_worker;
SELECT recount_requests();

-- Who sees them: whoever sees all that a row counts, as the policies of requests say.
ALTER TABLE request_counts ENABLE ROW LEVEL SECURITY;
-- The bare login may ask, and no policy gives it a row.
GRANT SELECT ON request_counts TO simflow_user, simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
CREATE POLICY requester_sees ON request_counts FOR SELECT TO simflow_requester
    USING (side = 'created_by' AND person = (SELECT current_person()));
CREATE POLICY engineer_sees ON request_counts FOR SELECT TO simflow_engineer
    USING (person = (SELECT current_person()) OR (side = 'all' AND status = 'Engineering Review'));
CREATE POLICY manager_sees ON request_counts FOR SELECT TO simflow_manager, simflow_admin USING (true);
