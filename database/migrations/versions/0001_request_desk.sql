-- The request desk: people, requests, comments, the log, sessions; who may see and change what.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Bounds hold for a text without the white space around it: all that Unicode counts as such, as the API does.
CREATE FUNCTION trimmed_length(value text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN char_length(btrim(value, E'\t\n\x0b\f\r\x1c\x1d\x1e\x1f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003'
        '\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'));

-- People ------------------------------------------------------------------------------------------------------

CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL CONSTRAINT users_name_length CHECK (trimmed_length(name) BETWEEN 1 AND 255),
    email text NOT NULL CONSTRAINT users_email_length CHECK (char_length(email) BETWEEN 3 AND 255),
    role text NOT NULL CONSTRAINT users_role_known CHECK (role IN ('USER', 'ENGINEER', 'MANAGER', 'ADMIN')),
    avatar_url text CONSTRAINT users_avatar_url_length CHECK (char_length(avatar_url) <= 512),
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email_unique ON users (lower(email));
CREATE INDEX idx_users_role ON users (role, name);

-- Apart from users, so that no role that lists people can read a hash.
CREATE TABLE passwords (
    user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    hash text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY CONSTRAINT sessions_token_hash_length CHECK (octet_length(token_hash) = 32),
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX idx_sessions_user_id ON sessions (user_id);
CREATE INDEX idx_sessions_expires_at ON sessions (expires_at);

-- A browser in which this person has signed in before: strangers' failures do not count against it.
CREATE TABLE known_devices (
    token_hash bytea NOT NULL CONSTRAINT known_devices_token_hash_length CHECK (octet_length(token_hash) = 32),
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (token_hash, user_id)
);
CREATE INDEX idx_known_devices_user_id ON known_devices (user_id);

CREATE TABLE sign_in_failures (
    account text NOT NULL,
    origin text NOT NULL,
    failures integer NOT NULL,
    window_start timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account, origin)
);

-- Requests ----------------------------------------------------------------------------------------------------

-- Filled by `simflow migrate` from backend/simflow/requests/workflow.py, the one place that tells the legal moves.
CREATE TABLE transitions (
    action text NOT NULL,
    from_status text NOT NULL,
    to_status text NOT NULL,
    PRIMARY KEY (action, from_status)
);

CREATE TABLE requests (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    number bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT requests_number_unique UNIQUE,
    title text NOT NULL CONSTRAINT requests_title_length CHECK (trimmed_length(title) BETWEEN 1 AND 255),
    description text NOT NULL
        CONSTRAINT requests_description_length CHECK (trimmed_length(description) BETWEEN 1 AND 20000),
    vendor text NOT NULL CONSTRAINT requests_vendor_length CHECK (trimmed_length(vendor) BETWEEN 1 AND 100),
    status text NOT NULL DEFAULT 'Submitted' CONSTRAINT requests_status_known CHECK (status IN (
        'Submitted', 'Feasibility Review', 'Resource Allocation', 'Engineering Review', 'Discussion', 'In Progress',
        'On Hold', 'Completed', 'Revision Requested', 'Accepted', 'Denied', 'Cancelled'
    )),
    priority text NOT NULL CONSTRAINT requests_priority_known CHECK (priority IN ('Low', 'Medium', 'High')),
    priority_rank smallint NOT NULL GENERATED ALWAYS AS (
        CASE priority WHEN 'High' THEN 3 WHEN 'Medium' THEN 2 ELSE 1 END
    ) STORED,
    created_by uuid NOT NULL REFERENCES users (id),
    created_by_name text NOT NULL,
    assigned_to uuid REFERENCES users (id),
    assigned_to_name text,
    estimated_hours integer CONSTRAINT requests_estimated_hours_bounds CHECK (estimated_hours BETWEEN 1 AND 10000),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT requests_engineer_named CHECK ((assigned_to IS NULL) = (assigned_to_name IS NULL)),
    CONSTRAINT requests_engineer_while_worked_on CHECK (
        assigned_to IS NOT NULL OR status NOT IN ('Engineering Review', 'Discussion', 'In Progress', 'On Hold')
    )
);
CREATE INDEX idx_requests_created_at ON requests (created_at, number);
CREATE INDEX idx_requests_updated_at ON requests (updated_at, number);
CREATE INDEX idx_requests_priority ON requests (priority_rank, number);
CREATE INDEX idx_requests_status ON requests (status, created_at, number);
CREATE INDEX idx_requests_created_by ON requests (created_by, created_at, number);
CREATE INDEX idx_requests_assigned_to ON requests (assigned_to, created_at, number);
CREATE INDEX idx_requests_vendor ON requests (vendor, created_at, number);
CREATE INDEX idx_requests_text ON requests USING gin (title gin_trgm_ops, description gin_trgm_ops);

CREATE TABLE comments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    request_id uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    author_id uuid NOT NULL REFERENCES users (id),
    author_name text NOT NULL,
    author_role text NOT NULL CONSTRAINT comments_author_role_known CHECK (author_role IN ('USER', 'ENGINEER', 'MANAGER', 'ADMIN')),
    content text NOT NULL CONSTRAINT comments_content_length CHECK (trimmed_length(content) BETWEEN 1 AND 10000),
    internal boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_comments_request_id ON comments (request_id, created_at, id);
CREATE INDEX idx_comments_author_id ON comments (author_id);
CREATE INDEX idx_comments_text ON comments USING gin (content gin_trgm_ops);

CREATE TABLE activity_log (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    seq bigint GENERATED ALWAYS AS IDENTITY,
    -- The transaction that wrote the row: sequence numbers alone become visible out of order when transactions overlap.
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    request_id uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    user_id uuid REFERENCES users (id),
    user_name text NOT NULL,
    action text NOT NULL CONSTRAINT activity_log_action_length CHECK (char_length(action) BETWEEN 1 AND 100),
    details jsonb NOT NULL DEFAULT '{}',
    -- True for what only engineers, managers and admins may read.
    internal boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_activity_log_request_id ON activity_log (request_id, seq);
CREATE INDEX idx_activity_log_user_id ON activity_log (user_id);

-- What the database keeps true by itself ----------------------------------------------------------------------

CREATE FUNCTION keep_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := greatest(clock_timestamp(), OLD.updated_at + interval '1 microsecond');
    RETURN NEW;
END
$$;

CREATE FUNCTION guard_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> OLD.status AND NOT EXISTS (
        SELECT FROM transitions WHERE from_status = OLD.status AND to_status = NEW.status
    ) THEN
        RAISE EXCEPTION 'a request cannot go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'requests_legal_move', TABLE = 'requests';
    END IF;
    IF (NEW.id, NEW.number, NEW.created_by, NEW.created_by_name, NEW.created_at)
        IS DISTINCT FROM (OLD.id, OLD.number, OLD.created_by, OLD.created_by_name, OLD.created_at) THEN
        RAISE EXCEPTION 'who created a request, and when, cannot be changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'requests_origin_fixed', TABLE = 'requests';
    END IF;
    NEW.version := OLD.version + 1;
    RETURN NEW;
END
$$;

CREATE TRIGGER users_updated_at BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION keep_updated_at();
CREATE TRIGGER requests_guard BEFORE UPDATE ON requests FOR EACH ROW EXECUTE FUNCTION guard_request();
CREATE TRIGGER requests_updated_at BEFORE UPDATE ON requests FOR EACH ROW EXECUTE FUNCTION keep_updated_at();

-- Who may see and change what ---------------------------------------------------------------------------------
-- One plain policy for each role keeps every role its index; one policy with OR over roles would not.

CREATE FUNCTION current_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('simflow.person', true), '')::uuid;

ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE passwords ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE known_devices ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_failures ENABLE ROW LEVEL SECURITY;
ALTER TABLE requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE comments ENABLE ROW LEVEL SECURITY;
ALTER TABLE activity_log ENABLE ROW LEVEL SECURITY;

-- The bare login may ask, and no policy gives it a row.
GRANT SELECT ON users, requests, comments, activity_log TO simflow_user;

-- Sign-in.
GRANT SELECT ON users TO simflow_auth;
GRANT SELECT, INSERT, UPDATE ON passwords TO simflow_auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, known_devices, sign_in_failures TO simflow_auth;
CREATE POLICY auth ON users FOR SELECT TO simflow_auth USING (true);
CREATE POLICY auth ON passwords TO simflow_auth USING (true);
CREATE POLICY auth ON sessions TO simflow_auth USING (true);
CREATE POLICY auth ON known_devices TO simflow_auth USING (true);
CREATE POLICY auth ON sign_in_failures TO simflow_auth USING (true);

-- People: everybody signed in sees names and roles; a requester no addresses.
GRANT SELECT (id, name, role, avatar_url, active) ON users TO simflow_requester;
GRANT SELECT ON users TO simflow_engineer, simflow_manager;
GRANT SELECT, INSERT, UPDATE ON users TO simflow_admin;
CREATE POLICY people ON users FOR SELECT TO simflow_requester, simflow_engineer, simflow_manager USING (true);
CREATE POLICY admin ON users TO simflow_admin USING (true);
GRANT SELECT ON transitions TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;

-- Requests.
GRANT SELECT ON requests TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
GRANT INSERT (title, description, vendor, priority, created_by, created_by_name) ON requests
    TO simflow_requester, simflow_engineer, simflow_manager;
GRANT UPDATE (title, description, vendor, priority, status) ON requests TO simflow_requester, simflow_engineer;
GRANT UPDATE (title, description, vendor, priority, status, assigned_to, assigned_to_name, estimated_hours) ON requests
    TO simflow_manager, simflow_admin;
GRANT INSERT ON requests TO simflow_admin;

CREATE POLICY requester_sees ON requests FOR SELECT TO simflow_requester USING (created_by = (SELECT current_person()));
CREATE POLICY requester_changes ON requests FOR UPDATE TO simflow_requester USING (created_by = (SELECT current_person()));
CREATE POLICY engineer_sees ON requests FOR SELECT TO simflow_engineer USING (
    assigned_to = (SELECT current_person()) OR status = 'Engineering Review' OR created_by = (SELECT current_person())
);
CREATE POLICY engineer_changes ON requests FOR UPDATE TO simflow_engineer USING (
    assigned_to = (SELECT current_person()) OR created_by = (SELECT current_person())
);
CREATE POLICY manager_sees ON requests FOR SELECT TO simflow_manager, simflow_admin USING (true);
CREATE POLICY manager_changes ON requests FOR UPDATE TO simflow_manager, simflow_admin USING (true);
CREATE POLICY submit ON requests FOR INSERT TO simflow_requester, simflow_engineer, simflow_manager
    WITH CHECK (created_by = (SELECT current_person()) AND status = 'Submitted' AND assigned_to IS NULL);
-- An admin also imports, with the people and statuses of before.
CREATE POLICY admin_inserts ON requests FOR INSERT TO simflow_admin WITH CHECK (true);

-- Comments and the log follow their request: the inner query sees what the person sees.
GRANT SELECT, INSERT ON comments, activity_log TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;

CREATE POLICY requester_sees ON comments FOR SELECT TO simflow_requester
    USING (NOT internal AND EXISTS (SELECT FROM requests r WHERE r.id = request_id));
CREATE POLICY engineer_sees ON comments FOR SELECT TO simflow_engineer
    USING (EXISTS (SELECT FROM requests r WHERE r.id = request_id));
CREATE POLICY manager_sees ON comments FOR SELECT TO simflow_manager, simflow_admin USING (true);
CREATE POLICY requester_adds ON comments FOR INSERT TO simflow_requester WITH CHECK (
    author_id = (SELECT current_person()) AND NOT internal AND EXISTS (SELECT FROM requests r WHERE r.id = request_id)
);
CREATE POLICY team_adds ON comments FOR INSERT TO simflow_engineer, simflow_manager WITH CHECK (
    author_id = (SELECT current_person()) AND EXISTS (SELECT FROM requests r WHERE r.id = request_id)
);
CREATE POLICY admin_adds ON comments FOR INSERT TO simflow_admin WITH CHECK (true);

CREATE POLICY requester_sees ON activity_log FOR SELECT TO simflow_requester
    USING (NOT internal AND EXISTS (SELECT FROM requests r WHERE r.id = request_id));
CREATE POLICY engineer_sees ON activity_log FOR SELECT TO simflow_engineer
    USING (EXISTS (SELECT FROM requests r WHERE r.id = request_id));
CREATE POLICY manager_sees ON activity_log FOR SELECT TO simflow_manager, simflow_admin USING (true);
CREATE POLICY own_deeds ON activity_log FOR INSERT
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    WITH CHECK (
        user_id = (SELECT current_person())
        -- A new request's first row is written by the statement that inserts the request and cannot see it yet.
        AND (action = 'created' OR EXISTS (SELECT FROM requests r WHERE r.id = request_id))
    );

-- Readiness asks which migration the database is at. Alembic makes its table before it runs this file.
GRANT SELECT ON alembic_version TO simflow_auth;
