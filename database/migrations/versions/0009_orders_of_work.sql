-- The beginnings of columns and lists in the order in which work is taken.
-- squawk-ignore-file require-concurrent-index-creation

CREATE INDEX idx_requests_urgency ON requests (status, (4 - priority_rank), number);
