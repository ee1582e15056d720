-- name: list_visible
-- What happened to a request, as far as the person may know, newest first.
SELECT seq, id, action, user_id, user_name, details::text AS details, created_at
FROM activity_log
WHERE request_id = :request_id AND seq < :before
ORDER BY seq DESC
LIMIT :limit;
