-- A request that waits for its requester's answer: one more status. Which moves lead there and back is in `transitions`.

-- It lets through all that was let through before: no row can be wrong.
-- squawk-ignore ban-drop-constraint
ALTER TABLE requests DROP CONSTRAINT requests_status_known;
ALTER TABLE requests ADD CONSTRAINT requests_status_known CHECK (status IN (
    'Submitted', 'Feasibility Review', 'Information Needed', 'Resource Allocation', 'Engineering Review', 'Discussion',
    'In Progress', 'On Hold', 'Completed', 'Revision Requested', 'Accepted', 'Denied', 'Cancelled'
)) NOT VALID;
