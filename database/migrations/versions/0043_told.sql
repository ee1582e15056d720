-- Comments come as the answer has them, so that nobody has to read and write them again on the way. As rows whose columns
-- have the answer's names: of `json_build_object` the types of all values are looked up for each comment.

CREATE OR REPLACE FUNCTION whole_request(person uuid, by_id uuid, by_number bigint, hindered text[])
RETURNS TABLE (request requests, codes text[], said text) LANGUAGE plpgsql AS $$
DECLARE
    moment CONSTANT text := 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';
BEGIN
    IF (person = current_person()) IS NOT TRUE THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT r, CASE WHEN r.status = ANY(hindered) THEN
        hindrances(r.id, r.status, r.vendor, r.form_id, r.revisions + 1)
    END, (
        SELECT json_agg(t)::text
        FROM (
            SELECT c.id, c.request_id AS "requestId", c.author_id AS "authorId", c.author_name AS "authorName",
                c.author_role AS "authorRole", c.content, c.internal,
                to_char(c.created_at AT TIME ZONE 'UTC', moment) AS "createdAt", c.version,
                to_char(c.edited_at AT TIME ZONE 'UTC', moment) AS "editedAt",
                to_char(c.withdrawn_at AT TIME ZONE 'UTC', moment) AS "withdrawnAt"
            FROM comments c WHERE c.request_id = r.id ORDER BY c.created_at, c.id
        ) t
    )
    FROM requests r
    WHERE r.id = coalesce(by_id, (SELECT n.id FROM requests n WHERE n.number = by_number));
END
$$;
