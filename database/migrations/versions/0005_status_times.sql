-- When a request entered which status: what statistics count and lists show. And how much an engineer works.
-- Filled once from the log, with the triggers off: versions and times of what is there must stay as they are.
-- squawk-ignore-file adding-not-nullable-field, require-concurrent-index-creation

-- The times of each request -----------------------------------------------------------------------------------

ALTER TABLE requests
    -- When it entered its present status.
    ADD COLUMN status_since timestamptz,
    -- The first time it was In Progress.
    ADD COLUMN started_at timestamptz,
    -- The last time it became Completed, while it is Completed or Accepted.
    ADD COLUMN completed_at timestamptz,
    -- How often a revision was requested.
    ADD COLUMN revisions integer NOT NULL DEFAULT 0 CONSTRAINT requests_revisions_bounds CHECK (revisions >= 0);

CREATE TABLE status_periods (
    request_id uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    -- From 1, in the order in which they followed each other.
    seq integer NOT NULL,
    status text NOT NULL,
    entered_at timestamptz NOT NULL,
    -- Infinity for the present status. At the moment in which it is left a request has the next status already.
    left_at timestamptz NOT NULL DEFAULT 'infinity',
    -- True where the record does not tell when it began or ended, as for what was imported.
    assumed boolean NOT NULL DEFAULT false,
    PRIMARY KEY (request_id, seq),
    CONSTRAINT status_periods_forward CHECK (entered_at <= left_at)
);

-- From the log, by the order of its rows. A request begins as Submitted when it was created and ends in the status that
-- it has, whatever the log lacks; what had to be added is marked as assumed. The import told the status at its time, which
-- is taken to be that of the last comment that it brought.
WITH imported AS (
    SELECT l.request_id, l.seq, l.details ->> 'status' AS status, greatest(r.created_at, (
        SELECT max(c.created_at) FROM comments c WHERE c.request_id = r.id AND c.created_at < l.created_at
    )) AS at
    FROM activity_log l
    JOIN requests r ON r.id = l.request_id
    WHERE l.action = 'imported' AND l.details ? 'status'
), logged AS (
    SELECT request_id, seq, status, at, status <> 'Submitted' AS assumed FROM imported
    UNION ALL
    SELECT request_id, seq, details ->> 'to', created_at, false
    FROM activity_log
    WHERE action NOT IN ('imported', 'edited', 'commented') AND jsonb_typeof(details -> 'to') = 'string'
), every AS (
    SELECT request_id, seq, status, at, assumed FROM logged
    UNION ALL
    SELECT id, 0, 'Submitted', created_at, (
        SELECT l.status FROM logged l WHERE l.request_id = requests.id ORDER BY l.seq LIMIT 1
    ) IS DISTINCT FROM 'Submitted'
    FROM requests
    UNION ALL
    SELECT id, 9223372036854775807, status, updated_at, true FROM requests
), changed AS (
    SELECT every.*, max(at) OVER w AS moment, lag(status) OVER w IS DISTINCT FROM status AS entered
    FROM every
    WINDOW w AS (PARTITION BY request_id ORDER BY seq)
)
INSERT INTO status_periods (request_id, seq, status, entered_at, left_at, assumed)
SELECT request_id, row_number() OVER w, status, moment, coalesce(lead(moment) OVER w, 'infinity'),
    assumed OR coalesce(lead(assumed) OVER w, false)
FROM changed
WHERE entered
WINDOW w AS (PARTITION BY request_id ORDER BY seq);

ALTER TABLE requests DISABLE TRIGGER USER;
UPDATE requests r SET
    status_since = p.status_since,
    started_at = p.started_at,
    completed_at = CASE WHEN r.status IN ('Completed', 'Accepted') THEN coalesce(p.completed_at, p.status_since) END,
    revisions = p.revisions
FROM (
    SELECT request_id, max(entered_at) AS status_since,
        min(entered_at) FILTER (WHERE status = 'In Progress') AS started_at,
        max(entered_at) FILTER (WHERE status = 'Completed') AS completed_at,
        count(*) FILTER (WHERE status = 'Revision Requested') AS revisions
    FROM status_periods
    GROUP BY request_id
) p
WHERE p.request_id = r.id;
ALTER TABLE requests ENABLE TRIGGER USER;
ALTER TABLE requests ALTER COLUMN status_since SET NOT NULL;

-- Throughput and cycle times ask for what was completed in a span.
CREATE INDEX idx_requests_completed_at ON requests (completed_at) WHERE completed_at IS NOT NULL;

-- Kept by the database, in the transaction of the move ----------------------------------------------------------

-- A new request of which more is not told: imported ones come with a status, and updated_at is the last that is known.
CREATE FUNCTION begin_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.status_since := coalesce(
        NEW.status_since,
        CASE NEW.status WHEN 'Submitted' THEN NEW.created_at ELSE greatest(NEW.created_at, NEW.updated_at) END
    );
    IF NEW.status = 'In Progress' THEN
        NEW.started_at := coalesce(NEW.started_at, NEW.status_since);
    ELSIF NEW.status IN ('Completed', 'Accepted') THEN
        NEW.completed_at := coalesce(NEW.completed_at, NEW.status_since);
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION guard_request() RETURNS trigger LANGUAGE plpgsql AS $$
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
    NEW.status_since := OLD.status_since;
    NEW.started_at := OLD.started_at;
    NEW.completed_at := OLD.completed_at;
    NEW.revisions := OLD.revisions;
    IF NEW.status <> OLD.status THEN
        -- The log's time, unless a transaction that began later was quicker.
        NEW.status_since := greatest(now(), OLD.status_since);
        CASE NEW.status
            WHEN 'In Progress' THEN NEW.started_at := coalesce(OLD.started_at, NEW.status_since);
            WHEN 'Completed' THEN NEW.completed_at := NEW.status_since;
            WHEN 'Revision Requested' THEN NEW.revisions := OLD.revisions + 1;
            ELSE NULL;
        END CASE;
        IF NEW.status NOT IN ('Completed', 'Accepted') THEN
            NEW.completed_at := NULL;
        END IF;
    END IF;
    RETURN NEW;
END
$$;

-- The owner's rights: no role that people become may write periods.
CREATE FUNCTION keep_periods() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last integer := 0;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        UPDATE status_periods SET left_at = NEW.status_since
        WHERE request_id = NEW.id AND left_at = 'infinity'
        RETURNING seq INTO last;
    ELSIF current_setting('simflow.quiet', true) = 'on' AND pg_has_role(session_user, current_user, 'USAGE') THEN
        -- `simflow seed`, as the owner, brings the periods itself. The setting alone lets nobody leave them out.
        RETURN NULL;
    ELSIF NEW.status <> 'Submitted' THEN
        last := 1;
        INSERT INTO status_periods (request_id, seq, status, entered_at, left_at, assumed)
        VALUES (NEW.id, last, 'Submitted', NEW.created_at, greatest(NEW.created_at, NEW.status_since), true);
    END IF;
    INSERT INTO status_periods (request_id, seq, status, entered_at, assumed)
    VALUES (NEW.id, last + 1, NEW.status, NEW.status_since, TG_OP = 'INSERT' AND NEW.status <> 'Submitted');
    RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION keep_periods() FROM PUBLIC;

CREATE TRIGGER requests_begin BEFORE INSERT ON requests FOR EACH ROW EXECUTE FUNCTION begin_request();
CREATE TRIGGER requests_periods_begin AFTER INSERT ON requests FOR EACH ROW EXECUTE FUNCTION keep_periods();
CREATE TRIGGER requests_periods AFTER UPDATE ON requests FOR EACH ROW
    WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION keep_periods();

-- Who sees them: whoever sees the request ------------------------------------------------------------------------

ALTER TABLE status_periods ENABLE ROW LEVEL SECURITY;
-- The bare login may ask, and no policy gives it a row.
GRANT SELECT ON status_periods TO simflow_user, simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
CREATE POLICY requester_sees ON status_periods FOR SELECT TO simflow_requester
    USING (EXISTS (SELECT FROM requests r WHERE r.id = request_id));
CREATE POLICY engineer_sees ON status_periods FOR SELECT TO simflow_engineer
    USING (EXISTS (SELECT FROM requests r WHERE r.id = request_id));
CREATE POLICY manager_sees ON status_periods FOR SELECT TO simflow_manager, simflow_admin USING (true);

-- An admin's import says what was; the times of statuses are told by the database, for an admin too.
REVOKE INSERT ON requests FROM simflow_admin;
GRANT INSERT (id, title, description, vendor, status, priority, created_by, created_by_name, assigned_to,
    assigned_to_name, estimated_hours, created_at, updated_at) ON requests TO simflow_admin;

-- How much an engineer works in a week, which a manager may set ---------------------------------------------------

ALTER TABLE users ADD COLUMN weekly_hours integer NOT NULL DEFAULT 40
    CONSTRAINT users_weekly_hours_bounds CHECK (weekly_hours BETWEEN 0 AND 80);
GRANT UPDATE (weekly_hours) ON users TO simflow_manager;
CREATE POLICY manager_sets_hours ON users FOR UPDATE TO simflow_manager USING (true);
