-- A request with what its page needs is read in the same statement that looks at the session: one round trip.

-- The request by its id or else by its number, what hinders it where its status is one of `hindered`, and its comments as
-- JSON. Nothing unless the connection reads for this person: so a statement that has the person from enter() can't ask
-- before it has entered, whatever its plan. The caller's rights: row-level security holds as for any statement of theirs.
CREATE FUNCTION whole_request(person uuid, by_id uuid, by_number bigint, hindered text[])
RETURNS TABLE (request requests, codes text[], said text) LANGUAGE plpgsql AS $$
BEGIN
    IF (person = current_person()) IS NOT TRUE THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT r, CASE WHEN r.status = ANY(hindered) THEN
        hindrances(r.id, r.status, r.vendor, r.form_id, r.revisions + 1)
    END, (
        SELECT json_agg(json_build_object(
            'id', c.id, 'requestId', c.request_id, 'authorId', c.author_id, 'authorName', c.author_name,
            'authorRole', c.author_role, 'content', c.content, 'internal', c.internal, 'createdAt', c.created_at,
            'version', c.version, 'editedAt', c.edited_at, 'withdrawnAt', c.withdrawn_at
        ) ORDER BY c.created_at, c.id)::text
        FROM comments c WHERE c.request_id = r.id
    )
    FROM requests r
    WHERE r.id = coalesce(by_id, (SELECT n.id FROM requests n WHERE n.number = by_number));
END
$$;
REVOKE EXECUTE ON FUNCTION whole_request(uuid, uuid, bigint, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION whole_request(uuid, uuid, bigint, text[])
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
