-- A list by a field read all values of all fields. As sorting.py orders them: a number or a day, and a text. Writes of values wait for
-- it, some seconds for a million requests, as the migration is one transaction.
-- squawk-ignore-file require-concurrent-index-creation
CREATE INDEX idx_request_values_ordered ON request_values (
    field, (coalesce(number_value, date_value - DATE '2000-01-01', 0)::float8), (coalesce(lower(left(text_value, 200)), ''))
) INCLUDE (request_id);
