-- Comments that their author edits or withdraws, mentions, watchers, and the notifications that come of them.

-- Comments ----------------------------------------------------------------------------------------------------

ALTER TABLE comments
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN edited_at timestamptz,
    ADD COLUMN withdrawn_at timestamptz;
-- A withdrawn comment keeps its place and no word: what it said is in comment_versions, for its author alone.
-- squawk-ignore ban-drop-constraint, constraint-missing-not-valid
ALTER TABLE comments DROP CONSTRAINT comments_content_length, ADD CONSTRAINT comments_content_length CHECK (
    CASE WHEN withdrawn_at IS NULL THEN trimmed_length(content) BETWEEN 1 AND 10000 ELSE content = '' END
);

CREATE TABLE comment_versions (
    comment_id uuid NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    version integer NOT NULL,
    content text NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (comment_id, version)
);

-- The owner's rights, so that nobody writes history but this.
CREATE FUNCTION keep_comment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'a withdrawn comment stays withdrawn'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'comments_withdrawn_for_good', TABLE = 'comments';
    END IF;
    INSERT INTO comment_versions (comment_id, version, content, written_at)
    VALUES (OLD.id, OLD.version, OLD.content, coalesce(OLD.edited_at, OLD.created_at));
    NEW.version := OLD.version + 1;
    IF NEW.withdrawn_at IS NULL THEN
        NEW.edited_at := clock_timestamp();
    ELSE
        NEW.withdrawn_at := clock_timestamp();
        NEW.content := '';
    END IF;
    RETURN NEW;
END
$$;
REVOKE EXECUTE ON FUNCTION keep_comment() FROM PUBLIC;
CREATE TRIGGER comments_keep BEFORE UPDATE ON comments FOR EACH ROW EXECUTE FUNCTION keep_comment();
CREATE TRIGGER comments_tell_change AFTER UPDATE ON comments FOR EACH ROW
    WHEN (current_setting('simflow.quiet', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION tell_comment();

ALTER TABLE comment_versions ENABLE ROW LEVEL SECURITY;
GRANT UPDATE (content, withdrawn_at) ON comments TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
GRANT SELECT ON comment_versions TO simflow_user, simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
CREATE POLICY requester_changes ON comments FOR UPDATE TO simflow_requester USING (
    author_id = (SELECT current_person()) AND NOT internal AND EXISTS (SELECT FROM requests r WHERE r.id = request_id)
);
CREATE POLICY engineer_changes ON comments FOR UPDATE TO simflow_engineer USING (
    author_id = (SELECT current_person()) AND EXISTS (SELECT FROM requests r WHERE r.id = request_id)
);
CREATE POLICY manager_changes ON comments FOR UPDATE TO simflow_manager, simflow_admin
    USING (author_id = (SELECT current_person()));
-- The inner query sees the comments that the person sees.
CREATE POLICY readers_see ON comment_versions FOR SELECT
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    USING (EXISTS (
        SELECT FROM comments c
        WHERE c.id = comment_id AND (c.withdrawn_at IS NULL OR c.author_id = (SELECT current_person()))
    ));

-- Mentions ----------------------------------------------------------------------------------------------------
-- A request is mentioned by its number, not its id: whoever writes need not be able to see it, and does not learn
-- whether it is there. Who reads sees the mention of a request that they may see.

CREATE TABLE mentions (
    request_id uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    -- Null: in the description.
    comment_id uuid REFERENCES comments (id) ON DELETE CASCADE,
    user_id uuid REFERENCES users (id),
    -- The person's name as it was then, hence as the text has it.
    name text,
    number bigint,
    CONSTRAINT mentions_one_thing CHECK (num_nonnulls(user_id, number) = 1 AND (user_id IS NULL) = (name IS NULL)),
    CONSTRAINT mentions_unique UNIQUE NULLS NOT DISTINCT (request_id, comment_id, user_id, number)
);
CREATE INDEX idx_mentions_comment_id ON mentions (comment_id);
CREATE INDEX idx_mentions_user_id ON mentions (user_id);
CREATE INDEX idx_mentions_number ON mentions (number);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX idx_users_name ON users (lower(name));

ALTER TABLE mentions ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON mentions TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
GRANT SELECT ON mentions TO simflow_user;
CREATE POLICY readers_see ON mentions FOR SELECT TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    USING (
        EXISTS (SELECT FROM requests r WHERE r.id = request_id)
        AND (comment_id IS NULL OR EXISTS (SELECT FROM comments c WHERE c.id = comment_id))
    );
CREATE POLICY writers_add ON mentions FOR INSERT TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    WITH CHECK (
        EXISTS (SELECT FROM requests r WHERE r.id = request_id)
        AND (comment_id IS NULL OR EXISTS (
            SELECT FROM comments c
            WHERE c.id = comment_id AND c.request_id = mentions.request_id AND c.author_id = (SELECT current_person())
        ))
    );
CREATE POLICY writers_remove ON mentions FOR DELETE
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    USING (
        EXISTS (SELECT FROM requests r WHERE r.id = request_id)
        AND (comment_id IS NULL OR EXISTS (
            SELECT FROM comments c WHERE c.id = comment_id AND c.author_id = (SELECT current_person())
        ))
    );

-- Watchers ----------------------------------------------------------------------------------------------------
-- The requester and the assigned engineer watch without a row here, unless there is one that says no.

CREATE TABLE watchers (
    request_id uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    watching boolean NOT NULL,
    PRIMARY KEY (request_id, user_id)
);
CREATE INDEX idx_watchers_user_id ON watchers (user_id);

ALTER TABLE watchers ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON watchers TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
GRANT UPDATE (watching) ON watchers TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
GRANT SELECT ON watchers TO simflow_user;
CREATE POLICY readers_see ON watchers FOR SELECT TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    USING (EXISTS (SELECT FROM requests r WHERE r.id = request_id));
CREATE POLICY own_wish ON watchers FOR INSERT TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    WITH CHECK (user_id = (SELECT current_person()) AND EXISTS (SELECT FROM requests r WHERE r.id = request_id));
CREATE POLICY other_wish ON watchers FOR UPDATE TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    USING (user_id = (SELECT current_person()) AND EXISTS (SELECT FROM requests r WHERE r.id = request_id));

-- What the policies on requests say, for asking about somebody else; a test holds the two together.
CREATE FUNCTION may_see(role text, person uuid, created_by uuid, status text, assigned_to uuid) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE role
        WHEN 'USER' THEN created_by = person
        WHEN 'ENGINEER' THEN coalesce(assigned_to = person, false) OR status = 'Engineering Review' OR created_by = person
        ELSE role IN ('MANAGER', 'ADMIN')
    END;

-- Notifications -----------------------------------------------------------------------------------------------
-- Only triggers write them. Comments and people are deleted with nothing but their request: no reference, no index.

CREATE TABLE notifications (
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    request_id uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    action text NOT NULL,
    comment_id uuid,
    actor_id uuid,
    actor_name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    read_at timestamptz,
    PRIMARY KEY (user_id, id)
);
CREATE INDEX idx_notifications_request_id ON notifications (request_id);
CREATE UNIQUE INDEX idx_notifications_comment ON notifications (comment_id, user_id) WHERE comment_id IS NOT NULL;

ALTER TABLE notifications ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON notifications TO simflow_user, simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
GRANT UPDATE (read_at) ON notifications TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
-- Who loses sight of a request or comment loses what was told of it.
CREATE POLICY own ON notifications FOR SELECT TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    USING (
        user_id = (SELECT current_person())
        AND EXISTS (SELECT FROM requests r WHERE r.id = request_id)
        AND (comment_id IS NULL OR EXISTS (SELECT FROM comments c WHERE c.id = comment_id))
    );
CREATE POLICY own_reading ON notifications FOR UPDATE
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    USING (user_id = (SELECT current_person()));

CREATE FUNCTION notify_watchers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.action NOT IN ('commented', 'edited') AND NOT EXISTS (SELECT FROM transitions WHERE action = NEW.action) THEN
        RETURN NULL;
    END IF;
    INSERT INTO notifications (user_id, request_id, action, comment_id, actor_id, actor_name)
    SELECT u.id, r.id, NEW.action,
        CASE NEW.action WHEN 'commented' THEN (NEW.details ->> 'commentId')::uuid END, NEW.user_id, NEW.user_name
    FROM requests r
    CROSS JOIN LATERAL (
        SELECT r.created_by AS id
        UNION SELECT r.assigned_to
        UNION SELECT w.user_id FROM watchers w WHERE w.request_id = r.id AND w.watching
    ) watching
    JOIN users u ON u.id = watching.id
    WHERE r.id = NEW.request_id AND u.active AND u.id IS DISTINCT FROM NEW.user_id
        AND may_see(u.role, u.id, r.created_by, r.status, r.assigned_to) AND NOT (NEW.internal AND u.role = 'USER')
        AND NOT EXISTS (SELECT FROM watchers w WHERE w.request_id = r.id AND w.user_id = u.id AND NOT w.watching)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

CREATE FUNCTION notify_mentioned() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    actor uuid := current_person();
BEGIN
    -- Being mentioned tells more than that there is a comment.
    DELETE FROM notifications WHERE comment_id = NEW.comment_id AND user_id = NEW.user_id;
    INSERT INTO notifications (user_id, request_id, action, comment_id, actor_id, actor_name)
    SELECT u.id, r.id, 'mentioned', NEW.comment_id, a.id, a.name
    FROM requests r
    JOIN users u ON u.id = NEW.user_id
    JOIN users a ON a.id = actor
    LEFT JOIN comments c ON c.id = NEW.comment_id
    WHERE r.id = NEW.request_id AND u.active AND u.id <> actor
        AND may_see(u.role, u.id, r.created_by, r.status, r.assigned_to)
        AND NOT (coalesce(c.internal, false) AND u.role = 'USER');
    RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION notify_watchers(), notify_mentioned() FROM PUBLIC;

-- What is imported happened before, and is no news; nor is what `simflow seed` makes up.
CREATE TRIGGER activity_log_notify AFTER INSERT ON activity_log FOR EACH ROW
    WHEN (NEW.created_at = now() AND NEW.action <> 'created' AND current_setting('simflow.quiet', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION notify_watchers();
CREATE TRIGGER mentions_notify AFTER INSERT ON mentions FOR EACH ROW
    WHEN (NEW.user_id IS NOT NULL AND current_setting('simflow.quiet', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION notify_mentioned();
