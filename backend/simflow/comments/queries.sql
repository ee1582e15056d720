-- name: insert
-- A comment and its line in the log, which is internal when the comment is; no row when the request is out of sight.
WITH c AS (
    INSERT INTO comments (request_id, author_id, author_name, author_role, content, internal)
    SELECT r.id, :person, :person_name, :person_role, :content, :internal FROM requests r WHERE {where}
    RETURNING *
), logged AS (
    INSERT INTO activity_log (request_id, user_id, user_name, action, details, internal)
    SELECT c.request_id, :person, :person_name, 'commented',
        jsonb_build_object('commentId', c.id, 'internal', c.internal), c.internal
    FROM c
)
SELECT id, request_id, author_id, author_name, author_role, content, internal, created_at, version, edited_at, withdrawn_at
FROM c;

-- name: get_visible
-- One comment of a request, if the person may read it.
SELECT id, request_id, author_id, author_name, author_role, content, internal, created_at, version, edited_at, withdrawn_at
FROM comments
WHERE id = :id AND request_id = :request_id;

-- name: change
-- Writes over the version that was read, with the line in the log; no row when it is no longer that version.
WITH c AS (
    UPDATE comments SET {set}
    WHERE id = :id AND version = :version
    RETURNING *
), logged AS (
    INSERT INTO activity_log (request_id, user_id, user_name, action, details, internal)
    SELECT c.request_id, :person, :person_name, :action,
        jsonb_build_object('commentId', c.id, 'internal', c.internal), c.internal
    FROM c
)
SELECT id, request_id, author_id, author_name, author_role, content, internal, created_at, version, edited_at, withdrawn_at
FROM c;

-- name: list_versions
-- What a comment said before, as far as the person may read that, oldest first.
SELECT version, content, written_at FROM comment_versions WHERE comment_id = :comment_id ORDER BY version;
