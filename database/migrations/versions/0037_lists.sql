-- Boards of engineers and requesters take the first of each status by indexes alone. A manager's Home counts what moved and what was
-- completed lately by half hours (0020).
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion

-- What is whose, in the order of a board, with what row-level security and the filters of kept counts look at.
CREATE INDEX idx_requests_assigned_to_board ON requests (assigned_to, status, priority_rank, number)
    INCLUDE (created_by, priority, vendor) WHERE assigned_to IS NOT NULL;
CREATE INDEX idx_requests_created_by_board ON requests (created_by, status, priority_rank, number)
    INCLUDE (assigned_to, priority, vendor);
-- What all engineers see.
CREATE INDEX idx_requests_in_review_board ON requests (priority_rank, number)
    INCLUDE (status, assigned_to, created_by, priority, vendor) WHERE status = 'Engineering Review';

-- As CLOCK_RUNS in workflow.py, which a test compares.
CREATE FUNCTION is_clock_running(status text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN status IN ('Submitted', 'Feasibility Review', 'Resource Allocation', 'Engineering Review', 'Discussion',
        'In Progress', 'On Hold', 'Completed', 'Revision Requested');

-- Of 'moved' the cell is that of the half hour since which an open request with its clock running has its status.
CREATE FUNCTION keep_moved_moments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO request_moments (at, what, number)
    SELECT half_hour(m.at), 'moved', sum(m.number)
    FROM (VALUES (OLD.status, OLD.status_since, -1), (NEW.status, NEW.status_since, 1)) AS m (status, at, number)
    WHERE is_clock_running(m.status)
    GROUP BY 1
    HAVING sum(m.number) <> 0;
    RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION keep_moved_moments() FROM PUBLIC;

CREATE OR REPLACE VIEW recounted_moments AS
    SELECT m.at, m.what, sum(m.number)::bigint AS number
    FROM (
        SELECT next_half_hour(p.entered_at) AS at, p.status AS what, 1 AS number FROM status_periods p
        UNION ALL
        SELECT next_half_hour(p.left_at), p.status, -1 FROM status_periods p WHERE p.left_at < 'infinity'
        UNION ALL
        SELECT half_hour(r.completed_at), w.what, 1
        FROM requests r CROSS JOIN LATERAL unnest(finished_as(r.status, r.revisions)) AS w (what)
        WHERE r.completed_at IS NOT NULL
        UNION ALL
        SELECT half_hour(r.status_since), 'moved', 1 FROM requests r WHERE is_clock_running(r.status)
    ) m
    GROUP BY m.at, m.what
    HAVING sum(m.number) <> 0;

LOCK TABLE requests IN SHARE MODE;
INSERT INTO request_moments (at, what, number, fresh)
SELECT half_hour(status_since), 'moved', count(*), false FROM requests WHERE is_clock_running(status) GROUP BY 1;
CREATE TRIGGER requests_moved AFTER INSERT OR DELETE ON requests FOR EACH ROW EXECUTE FUNCTION keep_moved_moments();
CREATE TRIGGER requests_moved_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN ((OLD.status, OLD.status_since) IS DISTINCT FROM (NEW.status, NEW.status_since))
    EXECUTE FUNCTION keep_moved_moments();

-- What is asked for first: of seven days only the cells of one kind are read.
DROP INDEX idx_request_moments_at;
CREATE INDEX idx_request_moments_at ON request_moments (what, at) INCLUDE (number);
ANALYZE request_moments;
