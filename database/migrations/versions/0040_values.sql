-- Which requests have a number or a date in a span, their indexes tell alone: a value more lies on a page of its own.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion

DROP INDEX idx_request_values_number, idx_request_values_entered, idx_request_values_date;
CREATE INDEX idx_request_values_number ON request_values (field, number_value) INCLUDE (request_id)
    WHERE number_value IS NOT NULL;
CREATE INDEX idx_request_values_entered ON request_values (field, entered) INCLUDE (request_id) WHERE entered IS NOT NULL;
CREATE INDEX idx_request_values_date ON request_values (field, date_value) INCLUDE (request_id) WHERE date_value IS NOT NULL;
