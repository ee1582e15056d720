-- Each order of a list has an index, so that a page costs a page. What may be absent comes last in both directions: the index
-- of each direction holds something beyond all values in its place, and a cursor is one range of it.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion

CREATE INDEX idx_requests_title ON requests (left(title, 200), number);
CREATE INDEX idx_requests_life ON requests (array_position(ARRAY['Submitted', 'Feasibility Review', 'Information Needed',
    'Resource Allocation', 'Engineering Review', 'Discussion', 'In Progress', 'On Hold', 'Completed', 'Revision Requested',
    'Accepted', 'Denied', 'Cancelled']::text[], status), number);
CREATE INDEX idx_requests_most_urgent ON requests ((4 - priority_rank), number);
CREATE INDEX idx_requests_due ON requests (coalesce(due_date, 'infinity'::date), number);
CREATE INDEX idx_requests_due_down ON requests (coalesce(due_date, '-infinity'::date), number);
DROP INDEX idx_requests_due_date;
CREATE INDEX idx_requests_hours ON requests (coalesce(estimated_hours, 2147483647), number);
CREATE INDEX idx_requests_hours_down ON requests (coalesce(estimated_hours, '-1'::integer), number);
CREATE INDEX idx_requests_completed ON requests (coalesce(completed_at, 'infinity'::timestamptz), number);
CREATE INDEX idx_requests_completed_down ON requests (coalesce(completed_at, '-infinity'::timestamptz), number);
-- What an expression holds is known once it has been looked at.
ANALYZE requests;
