-- A call that only reads looks at the session and says for whom it reads in one statement.

-- The person of a session that has not ended. What follows on this connection sees through their eyes if its role is
-- theirs, and through nobody's otherwise. The owner's rights: no role that people become may read sessions.
CREATE FUNCTION enter(token bytea, mark text) RETURNS TABLE (
    id uuid, name text, email text, role text, avatar_url text, active boolean, weekly_hours integer, expires_at timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own_role text := current_setting('role');
BEGIN
    SELECT u.id, u.name, u.email, u.role, u.avatar_url, u.active, u.weekly_hours, s.expires_at
    INTO id, name, email, role, avatar_url, active, weekly_hours, expires_at
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.token_hash = token AND s.expires_at > now() AND u.active;
    PERFORM set_config('application_name', 'simflow ' || substr(own_role, 9) || ' ' || mark, false),
        set_config('simflow.person', CASE
            WHEN own_role = CASE role WHEN 'USER' THEN 'simflow_requester' ELSE 'simflow_' || lower(role) END THEN id::text
            ELSE ''
        END, false);
    IF id IS NOT NULL THEN
        RETURN NEXT;
    END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION enter(bytea, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enter(bytea, text) TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
