-- name: list_types
-- The types of study with their present forms.
SELECT t.id, t.name, t.description, t.active, t.position, f.id AS form_id, f.version, f.fields::text AS fields,
    t.criteria::text AS criteria
FROM study_types t
CROSS JOIN LATERAL (SELECT * FROM forms f WHERE f.study_type = t.id ORDER BY f.version DESC LIMIT 1) f
WHERE t.id = coalesce(:id::text, t.id)
ORDER BY t.position, t.name, t.id;

-- name: lock_type
-- Whoever changes this type next waits, so that nobody writes over what was not seen.
SELECT FROM pg_advisory_xact_lock(hashtextextended('study type ' || :id::text, 0));

-- name: put_type
-- Makes a type of study, or says anew what it is.
INSERT INTO study_types (id, name, description, active, position, criteria)
VALUES (:id, :name, :description, :active, :position, :criteria::text::jsonb)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description, active = excluded.active,
    position = excluded.position, criteria = excluded.criteria;

-- name: insert_form
-- The next version of a type's form.
INSERT INTO forms (study_type, version, fields)
SELECT :study_type, coalesce(max(version), 0) + 1, :fields::text::jsonb FROM forms WHERE study_type = :study_type;

-- name: get_form
-- The form of a request; its fields are JSON text.
SELECT f.id, f.fields::text AS fields FROM requests r JOIN forms f ON f.id = r.form_id WHERE r.id = :request_id;

-- name: list_values
-- The values of a request.
SELECT field, text_value, number_value, entered, unit, date_value, person_id
FROM request_values WHERE request_id = :request_id ORDER BY field;

-- name: list_values_of
-- These fields of these requests.
SELECT field, text_value, number_value, entered, unit, date_value, person_id, request_id
FROM request_values WHERE request_id = ANY(:ids::uuid[]) AND field = ANY(:fields::text[]);

-- name: list_forms
-- Every form that there is or was, in the order of the types; of each type the present one first.
SELECT f.study_type, f.version = max(f.version) OVER (PARTITION BY f.study_type) AS is_present, f.fields::text AS fields
FROM forms f JOIN study_types t ON t.id = f.study_type
ORDER BY t.position, t.name, t.id, f.version DESC;

-- name: tell_values
-- The values of each of these requests in one line.
SELECT request_id, string_agg(
    replace(field, '_', ' ') || ': ' || coalesce(text_value, date_value::text, concat_ws(' ', entered::text, unit)),
    '; ' ORDER BY field
) AS data
FROM request_values WHERE request_id = ANY(:ids::uuid[]) GROUP BY request_id;

-- name: replace_values
-- Writes these values in place of those of the named fields.
WITH gone AS (
    DELETE FROM request_values WHERE request_id = :request_id AND field = ANY(:fields::text[])
        AND NOT field = ANY(:new_fields::text[])
)
INSERT INTO request_values (request_id, field, text_value, number_value, entered, unit, date_value, person_id)
SELECT :request_id, v.* FROM unnest(:new_fields::text[], :texts::text[], :numbers::float8[], :entered::float8[],
    :units::text[], :dates::date[], :people::uuid[])
    AS v (field, text_value, number_value, entered, unit, date_value, person_id)
ON CONFLICT (request_id, field) DO UPDATE SET text_value = excluded.text_value, number_value = excluded.number_value,
    entered = excluded.entered, unit = excluded.unit, date_value = excluded.date_value, person_id = excluded.person_id;

-- name: get_person
-- The name of an active person.
SELECT name FROM users WHERE id = :id AND active;
