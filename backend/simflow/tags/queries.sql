-- name: list_visible
-- The tags of the latest 2 000 tagged requests that the person sees, by what they begin with, the most used first.
SELECT tag AS name, count(*) AS count
FROM (SELECT tags FROM requests WHERE tags <> '{}' ORDER BY created_at DESC LIMIT 2000) latest
CROSS JOIN LATERAL unnest(latest.tags) AS tag
WHERE starts_with(tag, :beginning)
GROUP BY tag
ORDER BY count DESC, name
LIMIT 100;
