-- name: list_criteria
-- The criteria of a request, in the order in which they were added.
SELECT id, name, comparison, target, upper, unit, required, version
FROM criteria WHERE request_id = :request_id ORDER BY seq;

-- name: list_measurements
-- Every result of a request, oldest first.
SELECT id, criterion_id, criterion_version, round, value, unit, passed, evidence, measured_by, measured_by_name, measured_at
FROM measurements WHERE request_id = :request_id ORDER BY seq;

-- name: list_agreements
-- Who agreed to the criteria as they stand.
SELECT side, person_id, person_name, agreed_at FROM criteria_agreements WHERE request_id = :request_id;

-- name: insert_many
-- New criteria, in their order.
INSERT INTO criteria (request_id, name, comparison, target, upper, unit, required)
SELECT :request_id::uuid, c.* FROM unnest(:names::text[], :comparisons::text[], :targets::float8[], :uppers::float8[],
    :units::text[], :required::boolean[]) AS c;

-- name: update
-- True when it is still there; the trigger counts its version and takes the agreements back.
WITH changed AS (
    UPDATE criteria SET name = :name, comparison = :comparison, target = :target, upper = :upper, unit = :unit,
        required = :required
    WHERE id = :id AND version = :version
    RETURNING 1
)
SELECT EXISTS (SELECT FROM changed);

-- name: delete
-- True when it was there, in this version.
WITH gone AS (
    DELETE FROM criteria WHERE id = :id AND version = :version RETURNING 1
)
SELECT EXISTS (SELECT FROM gone);

-- name: insert_measurement
-- A result of this round; the trigger tells the round and the version of the criterion.
INSERT INTO measurements (criterion_id, request_id, criterion_version, round, value, unit, passed, evidence, measured_by,
    measured_by_name)
VALUES (:criterion_id, :request_id, 1, 1, :value, :unit, :passed, :evidence, :person, :person_name);

-- name: agree
-- Somebody agrees for these sides, where nobody has yet.
INSERT INTO criteria_agreements (request_id, side, person_id, person_name)
SELECT :request_id::uuid, side, :person::uuid, :person_name FROM unnest(:sides::text[]) AS side
ON CONFLICT (request_id, side) DO NOTHING;

-- name: log
-- A line in the log of a request.
INSERT INTO activity_log (request_id, user_id, user_name, action, details)
VALUES (:request_id, :person, :person_name, :action, :details::text::jsonb);
