-- What is not a request yet: drafts, which are their owner's alone, and templates that managers define for everybody.

-- Whatever the API takes; it is checked as a request when it is submitted.
CREATE TABLE drafts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    owner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    content jsonb NOT NULL CONSTRAINT drafts_content_object
        CHECK (jsonb_typeof(content) = 'object' AND octet_length(content::text) <= 400000),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1
);
CREATE INDEX idx_drafts_owner_id ON drafts (owner_id, updated_at);
CREATE INDEX idx_drafts_updated_at ON drafts (updated_at);
CREATE TRIGGER drafts_updated_at BEFORE UPDATE ON drafts FOR EACH ROW EXECUTE FUNCTION keep_updated_at();

CREATE TABLE templates (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL CONSTRAINT templates_name_length CHECK (trimmed_length(name) BETWEEN 1 AND 100),
    content jsonb NOT NULL CONSTRAINT templates_content_object
        CHECK (jsonb_typeof(content) = 'object' AND octet_length(content::text) <= 400000),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1
);
CREATE TRIGGER templates_updated_at BEFORE UPDATE ON templates FOR EACH ROW EXECUTE FUNCTION keep_updated_at();

ALTER TABLE drafts ENABLE ROW LEVEL SECURITY;
ALTER TABLE templates ENABLE ROW LEVEL SECURITY;
-- The bare login may ask, and no policy gives it a row.
GRANT SELECT ON drafts, templates TO simflow_user;
GRANT SELECT, DELETE, INSERT (owner_id, content), UPDATE (content, version) ON drafts
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
CREATE POLICY own ON drafts TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    USING (owner_id = (SELECT current_person()));
-- The worker finds what is old by its age, and reads nothing of what it says.
GRANT SELECT (id, updated_at), DELETE ON drafts TO simflow_worker;
CREATE POLICY worker_reads ON drafts FOR SELECT TO simflow_worker USING (true);
CREATE POLICY worker_cleans ON drafts FOR DELETE TO simflow_worker USING (true);

GRANT SELECT ON templates TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
GRANT DELETE, INSERT (name, content), UPDATE (name, content, version) ON templates TO simflow_manager, simflow_admin;
CREATE POLICY everybody_reads ON templates FOR SELECT TO simflow_requester, simflow_engineer USING (true);
CREATE POLICY managers ON templates TO simflow_manager, simflow_admin USING (true);
