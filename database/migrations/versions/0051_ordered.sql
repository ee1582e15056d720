-- A list by a field read all values of all fields. As sorting.py orders them: a number or a day, and a text.
CREATE INDEX idx_request_values_ordered ON request_values (
    field, (coalesce(number_value, date_value - DATE '2000-01-01', 0)::float8), (coalesce(lower(left(text_value, 200)), ''))
) INCLUDE (request_id);
