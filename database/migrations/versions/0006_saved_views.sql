-- Saved views: a name for a query of the list, with its layout. And what boards and new orders walk along.
-- squawk-ignore-file require-concurrent-index-creation

CREATE TABLE saved_views (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL CONSTRAINT saved_views_name_length CHECK (trimmed_length(name) BETWEEN 1 AND 100),
    layout text NOT NULL CONSTRAINT saved_views_layout_known CHECK (layout IN ('list', 'board', 'timeline')),
    -- The list's query parameters as they are sent, with sort, group and columns.
    query jsonb NOT NULL,
    shared boolean NOT NULL DEFAULT false,
    owner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    owner_name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1
);
CREATE INDEX idx_saved_views_owner_id ON saved_views (owner_id);
CREATE INDEX idx_saved_views_shared ON saved_views (id) WHERE shared;
CREATE TRIGGER saved_views_updated_at BEFORE UPDATE ON saved_views FOR EACH ROW EXECUTE FUNCTION keep_updated_at();

ALTER TABLE saved_views ENABLE ROW LEVEL SECURITY;
-- The bare login may ask, and no policy gives it a row.
GRANT SELECT ON saved_views TO simflow_user;
GRANT SELECT, DELETE, INSERT (name, layout, query, shared, owner_id, owner_name),
    UPDATE (name, layout, query, shared, version)
    ON saved_views TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;

-- A private view is its owner's alone. Words in a shared one may tell of what a requester must not read.
CREATE POLICY requester_owns ON saved_views TO simflow_requester
    USING (owner_id = (SELECT current_person()))
    WITH CHECK (owner_id = (SELECT current_person()) AND NOT shared);
CREATE POLICY team_owns ON saved_views TO simflow_engineer, simflow_manager
    USING (owner_id = (SELECT current_person()));
CREATE POLICY team_sees ON saved_views FOR SELECT TO simflow_engineer, simflow_manager USING (shared);
CREATE POLICY admin_owns ON saved_views TO simflow_admin
    USING (owner_id = (SELECT current_person()) OR shared)
    WITH CHECK (owner_id = (SELECT current_person()) OR shared);

-- A board asks for the first of each status by priority, and what waits longest is asked for by its time there.
CREATE INDEX idx_requests_board ON requests (status, priority_rank, number);
CREATE INDEX idx_requests_status_since ON requests (status_since, number);
