-- name: list_visible
-- Who watches a request and may see it: requester and engineer unless they said no, and whoever said yes.
SELECT u.id, u.name, u.role
FROM requests r
CROSS JOIN LATERAL (
    SELECT r.created_by AS id
    UNION SELECT r.assigned_to
    UNION SELECT w.user_id FROM watchers w WHERE w.request_id = r.id AND w.watching
) watching
JOIN users u ON u.id = watching.id
WHERE r.id = :request_id AND u.active AND may_see(u.role, u.id, r.created_by, r.status, r.assigned_to)
    AND NOT EXISTS (SELECT FROM watchers w WHERE w.request_id = r.id AND w.user_id = u.id AND NOT w.watching)
ORDER BY u.name, u.id;

-- name: wish
-- Somebody's own wish to be told, or not to be.
INSERT INTO watchers (request_id, user_id, watching) VALUES (:request_id, :person, :watching)
ON CONFLICT (request_id, user_id) DO UPDATE SET watching = excluded.watching;
