-- The beginnings of lists that Home and the board show: by urgency and by the time in the present status.
-- squawk-ignore-file require-concurrent-index-creation

CREATE INDEX idx_requests_urgency ON requests (status, (4 - priority_rank), number);
CREATE INDEX idx_requests_status_since ON requests (status, status_since, number);
