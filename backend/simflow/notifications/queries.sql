-- name: list_visible
-- What the person was told, newest first, as far as they may still see what it is about.
SELECT n.id, n.action, n.request_id, 'SF-' || r.number AS key, r.title, n.comment_id, n.actor_id, n.actor_name,
    n.created_at, n.read_at
FROM notifications n
JOIN requests r ON r.id = n.request_id
WHERE n.user_id = :person AND n.id < :before AND (n.read_at IS NULL OR NOT :unread::boolean)
ORDER BY n.id DESC
LIMIT :limit;

-- name: count_unread
-- How many are unread; counting stops at 100.
SELECT count(*) FROM (
    SELECT FROM notifications n WHERE n.user_id = :person AND n.read_at IS NULL ORDER BY n.id DESC LIMIT 100
) unread;

-- name: read_one
-- True when there is such a notification of this person's; it is read from now on, if it was not before.
WITH read AS (
    UPDATE notifications SET read_at = coalesce(read_at, now()) WHERE user_id = :person AND id = :id RETURNING 1
)
SELECT EXISTS (SELECT FROM read);

-- name: read_all
-- Everything that the person was told is read.
UPDATE notifications SET read_at = now() WHERE user_id = :person AND read_at IS NULL;
