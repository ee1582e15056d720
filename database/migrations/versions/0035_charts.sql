-- Charts of what is filtered, and those of engineers and requesters, read indexes and what is kept instead of requests and stays.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion

-- How long it took is for whoever sees the request: they see its stays already.
GRANT SELECT ON request_durations TO simflow_requester, simflow_engineer;
CREATE POLICY readers_see ON request_durations FOR SELECT TO simflow_requester, simflow_engineer
    USING (EXISTS (SELECT FROM requests r WHERE r.id = request_id));

-- What was finished in a span, and how its estimate came out, with all that charts tell of it and are mostly filtered by.
DROP INDEX idx_requests_completed_at;
CREATE INDEX idx_requests_completed_at ON requests (completed_at)
    INCLUDE (id, status, priority, vendor, revisions, created_at, started_at, stopped_for)
    WHERE completed_at IS NOT NULL;
DROP INDEX idx_request_durations_worked;
CREATE INDEX idx_request_durations_worked ON request_durations (size, completed_at)
    INCLUDE (microseconds, estimated_hours, request_id)
    WHERE measure = 'worked';

-- The same of what is open or has moved lately.
DROP INDEX idx_requests_status_since;
CREATE INDEX idx_requests_status_since ON requests (status_since, number)
    INCLUDE (status, id, priority, vendor, created_at, started_at, completed_at, stopped_for);
