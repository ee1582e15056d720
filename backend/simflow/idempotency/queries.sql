-- name: claim
-- True when this key is new. When another call with it is still running, this waits until that one has ended.
WITH claimed AS (
    INSERT INTO idempotency_keys (person, key, fingerprint) VALUES (:person, :key, :fingerprint)
    ON CONFLICT (person, key) DO NOTHING
    RETURNING 1
)
SELECT EXISTS (SELECT FROM claimed);

-- name: get_answer
-- What was answered the first time.
SELECT fingerprint, status, headers::text AS headers, body FROM idempotency_keys WHERE person = :person AND key = :key;

-- name: keep_answer
-- Keeps the answer for whoever sends the same again.
UPDATE idempotency_keys SET status = :status, headers = :headers::text::jsonb, body = :body
WHERE person = :person AND key = :key;
