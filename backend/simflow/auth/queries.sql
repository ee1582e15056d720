-- name: get_account
-- The person with this address and their password hash.
SELECT u.id, u.name, u.email, u.role, u.avatar_url, u.active, u.weekly_hours, p.hash
FROM users u
LEFT JOIN passwords p ON p.user_id = u.id
WHERE lower(u.email) = lower(:email);

-- name: get_session
-- The active person of a session that has not ended.
SELECT u.id, u.name, u.email, u.role, u.avatar_url, u.active, u.weekly_hours, s.expires_at
FROM sessions s
JOIN users u ON u.id = s.user_id
WHERE s.token_hash = :token_hash AND s.expires_at > now() AND u.active;

-- name: enter
-- The same, and what follows on this connection reads for them if it has their role. Hence one round trip, not two.
SELECT id, name, email, role, avatar_url, active, weekly_hours, expires_at FROM enter(:token_hash, :mark);

-- name: insert_session
-- A new session, which ends when it has not been used for so many days.
INSERT INTO sessions (token_hash, user_id, expires_at)
VALUES (:token_hash, :user_id, now() + make_interval(days => :days));

-- name: extend_session
-- Used again: its end moves on, at most to 90 days after it began.
UPDATE sessions SET expires_at = least(now() + make_interval(days => :days), created_at + interval '90 days')
WHERE token_hash = :token_hash;

-- name: delete_session
-- Signed out, in every replica.
DELETE FROM sessions WHERE token_hash = :token_hash;

-- name: set_password
-- A new or stronger hash for a person's password.
INSERT INTO passwords (user_id, hash) VALUES (:user_id, :hash)
ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed_at = now();

-- name: is_known_device
-- Whether this person has signed in from this browser before.
SELECT EXISTS (
    SELECT FROM known_devices d JOIN users u ON u.id = d.user_id
    WHERE d.token_hash = :token_hash AND lower(u.email) = :account
);

-- name: insert_known_device
-- From now on this browser is known as one of this person's.
INSERT INTO known_devices (token_hash, user_id) VALUES (:token_hash, :user_id) ON CONFLICT DO NOTHING;

-- name: seconds_locked
-- For how many seconds this origin may not try again for this account; 0 when it may.
SELECT coalesce((
    SELECT ceil(extract(epoch FROM window_start + make_interval(secs => :window) - now()))::integer
    FROM sign_in_failures
    WHERE account = :account AND origin = :origin AND failures >= :allowed
        AND window_start > now() - make_interval(secs => :window)
), 0);

-- name: count_failure
-- One more failure of this origin for this account; an old window starts anew.
INSERT INTO sign_in_failures (account, origin, failures) VALUES (:account, :origin, 1)
ON CONFLICT (account, origin) DO UPDATE SET
    failures = CASE WHEN sign_in_failures.window_start > now() - make_interval(secs => :window)
        THEN sign_in_failures.failures + 1 ELSE 1 END,
    window_start = CASE WHEN sign_in_failures.window_start > now() - make_interval(secs => :window)
        THEN sign_in_failures.window_start ELSE now() END;

-- name: forget_failures
-- The right password: the failures before it no longer count.
DELETE FROM sign_in_failures WHERE account = :account AND origin = :origin;

-- name: delete_sessions_of
-- Signed out everywhere.
DELETE FROM sessions WHERE user_id = :user_id;
