-- What was in a status at a moment: it was left later, or is there yet. The index alone tells it; all else that moved since then
-- is passed over in it.
-- squawk-ignore-file require-concurrent-index-creation

CREATE INDEX idx_status_periods_left ON status_periods (status, left_at) INCLUDE (entered_at, request_id);
