-- What is still some work for each engineer, as one cell of request_counts (0015) instead of one for each status, priority and
-- vendor: the load of all engineers is then as many rows as there are engineers. And what is somebody's and moved or was
-- completed lately by an index, instead of all that is theirs.
-- squawk-ignore-file require-concurrent-index-creation, constraint-missing-not-valid, ban-drop-constraint

ALTER TABLE request_counts DROP CONSTRAINT request_counts_side_known;
-- Of 'load' status, priority and vendor are empty.
ALTER TABLE request_counts ADD CONSTRAINT request_counts_side_known
    CHECK (side IN ('all', 'created_by', 'assigned_to', 'load'));

-- As WORKED_ON in workflow.py, which a test compares.
CREATE FUNCTION is_worked_on(status text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN status IN ('Engineering Review', 'Discussion', 'In Progress', 'On Hold', 'Revision Requested');

-- Cells that a change leaves as they were get no rows: another engineer of the same status changes nothing among all.
CREATE OR REPLACE FUNCTION count_request() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO request_counts (side, person, status, priority, vendor, number, estimated_hours)
    SELECT c.side, c.person, c.status, c.priority, c.vendor, sum(c.number), sum(c.number * coalesce(c.hours, 0))
    FROM (VALUES
        ('all', NULL, OLD.status, OLD.priority, OLD.vendor, -1, OLD.estimated_hours),
        ('created_by', OLD.created_by, OLD.status, OLD.priority, OLD.vendor, -1, OLD.estimated_hours),
        ('assigned_to', OLD.assigned_to, OLD.status, OLD.priority, OLD.vendor, -1, OLD.estimated_hours),
        ('load', CASE WHEN is_worked_on(OLD.status) THEN OLD.assigned_to END, '', '', '', -1, OLD.estimated_hours),
        ('all', NULL, NEW.status, NEW.priority, NEW.vendor, 1, NEW.estimated_hours),
        ('created_by', NEW.created_by, NEW.status, NEW.priority, NEW.vendor, 1, NEW.estimated_hours),
        ('assigned_to', NEW.assigned_to, NEW.status, NEW.priority, NEW.vendor, 1, NEW.estimated_hours),
        ('load', CASE WHEN is_worked_on(NEW.status) THEN NEW.assigned_to END, '', '', '', 1, NEW.estimated_hours)
    ) AS c (side, person, status, priority, vendor, number, hours)
    WHERE c.status IS NOT NULL AND (c.side <> 'load' OR c.person IS NOT NULL)
    GROUP BY c.side, c.person, c.status, c.priority, c.vendor
    HAVING sum(c.number) <> 0 OR sum(c.number * coalesce(c.hours, 0)) <> 0;
    RETURN NULL;
END
$$;

CREATE OR REPLACE VIEW recounted_requests AS
    SELECT CASE WHEN grouping(r.created_by) = 0 THEN 'created_by' WHEN grouping(r.assigned_to) = 0 THEN 'assigned_to'
            ELSE 'all' END AS side,
        coalesce(r.created_by, r.assigned_to) AS person, r.status, r.priority, r.vendor, count(*) AS number,
        coalesce(sum(r.estimated_hours), 0)::bigint AS estimated_hours
    FROM requests r
    GROUP BY r.status, r.priority, r.vendor, GROUPING SETS ((), (r.created_by), (r.assigned_to))
    UNION ALL
    SELECT 'load', r.assigned_to, '', '', '', count(*), coalesce(sum(r.estimated_hours), 0)::bigint
    FROM requests r
    WHERE r.assigned_to IS NOT NULL AND is_worked_on(r.status)
    GROUP BY r.assigned_to;

LOCK TABLE requests IN SHARE MODE;
INSERT INTO request_counts (side, person, status, priority, vendor, number, estimated_hours)
SELECT side, person, status, priority, vendor, number, estimated_hours FROM recounted_requests WHERE side = 'load';
ANALYZE request_counts;

-- With all that row-level security looks at, so that the index alone tells how many there are.
CREATE INDEX idx_requests_created_by_moved ON requests (created_by, status_since) INCLUDE (status, assigned_to);
CREATE INDEX idx_requests_assigned_to_moved ON requests (assigned_to, status_since) INCLUDE (status, created_by)
    WHERE assigned_to IS NOT NULL;
CREATE INDEX idx_requests_created_by_completed ON requests (created_by, completed_at) INCLUDE (status, assigned_to)
    WHERE completed_at IS NOT NULL;
CREATE INDEX idx_requests_assigned_to_completed ON requests (assigned_to, completed_at) INCLUDE (status, created_by)
    WHERE assigned_to IS NOT NULL AND completed_at IS NOT NULL;
-- What all engineers see.
CREATE INDEX idx_requests_in_review_moved ON requests (status_since) INCLUDE (status, assigned_to, created_by)
    WHERE status = 'Engineering Review';
-- Nearly none, which no other index tells.
CREATE INDEX idx_requests_in_review_completed ON requests (completed_at) INCLUDE (status, assigned_to, created_by)
    WHERE status = 'Engineering Review' AND completed_at IS NOT NULL;
