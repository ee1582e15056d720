-- name: get_horizon
-- Below which transaction every event can be read now, since none of them is still running; and where pruning has got to.
SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS below,
    (SELECT xid::text FROM event_horizon) AS pruned;

-- name: list_after
-- The next events in commit order, of transactions below which none is still running, with who could see them.
-- The arrays say for engineers what the policy engineer_sees on requests says; a test holds the two together.
SELECT xid::text AS xid, seq, kind, request_id, 'SF-' || number AS key, version, internal, created_by,
    CASE WHEN status <> 'Engineering Review' THEN array_remove(ARRAY[created_by, assigned_to], NULL) END AS engineers,
    CASE WHEN old_status IS NULL THEN '{}'
        WHEN old_status <> 'Engineering Review' THEN array_remove(ARRAY[created_by, old_assigned_to], NULL)
    END AS engineers_before
FROM events
WHERE (xid, seq) > (:xid::text::xid8, :seq::bigint) AND xid < :below::text::xid8
ORDER BY events.xid, events.seq
LIMIT :limit;

-- name: list_living
-- Which of these sessions are still alive, and as what.
SELECT s.token_hash, u.role
FROM sessions s
JOIN users u ON u.id = s.user_id
WHERE s.token_hash = ANY(:token_hashes::bytea[]) AND s.expires_at > now() AND u.active;
