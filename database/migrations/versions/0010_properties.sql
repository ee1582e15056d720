-- What a request has besides its texts: a due date, tags, and links to other requests.

CREATE FUNCTION are_tags(tags text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN cardinality(tags) <= 20 AND (SELECT coalesce(bool_and(
        tag IS NOT NULL AND tag = lower(tag) AND char_length(tag) <= 40 AND trimmed_length(tag) = char_length(tag)
        AND tag <> ''
    ), true) FROM unnest(tags) AS tag);

ALTER TABLE requests
    ADD COLUMN due_date date,
    ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
-- Both are new: no row can be wrong.
ALTER TABLE requests
    ADD CONSTRAINT requests_due_date_bounds CHECK (due_date BETWEEN '2000-01-01' AND '2999-12-31') NOT VALID,
    ADD CONSTRAINT requests_tags_fit CHECK (tags = '{}' OR are_tags(tags)) NOT VALID;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX idx_requests_tags ON requests USING gin (tags);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX idx_requests_tagged ON requests (created_at) WHERE tags <> '{}';
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX idx_requests_due_date ON requests (due_date, number);

GRANT INSERT (due_date, tags), UPDATE (due_date, tags) ON requests
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;

-- Links -------------------------------------------------------------------------------------------------------

CREATE TABLE links (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- The first duplicates, blocks or follows from the second.
    from_id uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    kind text NOT NULL CONSTRAINT links_kind_known CHECK (kind IN ('duplicates', 'blocks', 'follows')),
    to_id uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    created_by uuid NOT NULL REFERENCES users (id),
    created_by_name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT links_not_to_itself CHECK (from_id <> to_id),
    CONSTRAINT links_unique UNIQUE (from_id, kind, to_id)
);
CREATE INDEX idx_links_to_id ON links (to_id);
CREATE INDEX idx_links_created_by ON links (created_by);

-- The owner's rights: a circle is one also where it leads through requests that this person does not see. Links of one
-- kind are made one after the other, so that two at once cannot close a circle that neither sees.
CREATE FUNCTION refuse_circle() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(531900412, hashtext(NEW.kind));
    IF EXISTS (
        WITH RECURSIVE reached (id) AS (
            SELECT NEW.to_id
            UNION
            SELECT l.to_id FROM links l JOIN reached ON l.from_id = reached.id WHERE l.kind = NEW.kind
        )
        SELECT FROM reached WHERE id = NEW.from_id
    ) THEN
        RAISE EXCEPTION 'this link would close a circle'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'links_no_circle', TABLE = 'links';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER links_no_circle BEFORE INSERT ON links FOR EACH ROW EXECUTE FUNCTION refuse_circle();

-- What belongs to a request without being in its row is heard like a comment: read its parts anew.
CREATE FUNCTION tell_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    link links := coalesce(NEW, OLD);
BEGIN
    INSERT INTO events (kind, request_id, number, version, created_by, status, assigned_to)
    SELECT 'commented', r.id, r.number, r.version, r.created_by, r.status, r.assigned_to
    FROM requests r WHERE r.id IN (link.from_id, link.to_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER links_tell AFTER INSERT OR DELETE ON links FOR EACH ROW
    WHEN (current_setting('simflow.quiet', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION tell_link();
REVOKE EXECUTE ON FUNCTION refuse_circle(), tell_link() FROM PUBLIC;

ALTER TABLE links ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON links TO simflow_user;
GRANT SELECT, INSERT, DELETE ON links TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
-- The inner queries see what the person sees.
CREATE POLICY both_ends ON links FOR SELECT TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    USING (
        EXISTS (SELECT FROM requests r WHERE r.id = from_id) AND EXISTS (SELECT FROM requests r WHERE r.id = to_id)
    );
CREATE POLICY makers_add ON links FOR INSERT TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    WITH CHECK (
        created_by = (SELECT current_person())
        AND EXISTS (SELECT FROM requests r WHERE r.id = from_id) AND EXISTS (SELECT FROM requests r WHERE r.id = to_id)
    );
CREATE POLICY makers_remove ON links FOR DELETE TO simflow_requester, simflow_engineer
    USING (created_by = (SELECT current_person()));
CREATE POLICY managers_remove ON links FOR DELETE TO simflow_manager, simflow_admin USING (true);

-- A line of the log that tells of another request is read by those who may see both. No reference: where the other one
-- is gone, nobody reads it.
ALTER TABLE activity_log ADD COLUMN other_request_id uuid;
ALTER POLICY requester_sees ON activity_log USING (
    NOT internal AND EXISTS (SELECT FROM requests r WHERE r.id = request_id)
    AND (other_request_id IS NULL OR EXISTS (SELECT FROM requests o WHERE o.id = other_request_id))
);
ALTER POLICY engineer_sees ON activity_log USING (
    EXISTS (SELECT FROM requests r WHERE r.id = request_id)
    AND (other_request_id IS NULL OR EXISTS (SELECT FROM requests o WHERE o.id = other_request_id))
);
