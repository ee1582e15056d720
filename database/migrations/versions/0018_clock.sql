-- The clock of a request stands while it waits for an answer: cycle times leave that out, and whoever asked is told.
-- Filled with the triggers off: versions and times of what is there must stay as they are.
-- squawk-ignore-file adding-not-nullable-field

ALTER TABLE requests
    -- How long it was Information Needed since it first was In Progress.
    ADD COLUMN stopped_for interval NOT NULL DEFAULT '0';

ALTER TABLE requests DISABLE TRIGGER USER;
UPDATE requests SET stopped_for = stopped.duration
FROM (
    SELECT p.request_id, sum(p.left_at - p.entered_at) AS duration
    FROM status_periods p
    JOIN requests r ON r.id = p.request_id
    WHERE p.status = 'Information Needed' AND p.entered_at >= r.started_at AND p.left_at < 'infinity' AND NOT p.assumed
    GROUP BY p.request_id
) stopped
WHERE stopped.request_id = requests.id;
ALTER TABLE requests ENABLE TRIGGER USER;

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
    NEW.stopped_for := OLD.stopped_for;
    IF NEW.status <> OLD.status THEN
        -- The log's time, unless a transaction that began later was quicker.
        NEW.status_since := greatest(now(), OLD.status_since);
        IF OLD.status = 'Information Needed' AND OLD.started_at IS NOT NULL THEN
            NEW.stopped_for := OLD.stopped_for + (NEW.status_since - OLD.status_since);
        END IF;
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

CREATE OR REPLACE FUNCTION notify_watchers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
        -- Whoever asked last waits for the answer.
        UNION (
            SELECT l.user_id FROM activity_log l
            WHERE NEW.action = 'give_information' AND l.request_id = r.id AND l.action = 'ask_information'
            ORDER BY l.seq DESC
            LIMIT 1
        )
    ) watching
    JOIN users u ON u.id = watching.id
    WHERE r.id = NEW.request_id AND u.active AND u.id IS DISTINCT FROM NEW.user_id
        AND may_see(u.role, u.id, r.created_by, r.status, r.assigned_to) AND NOT (NEW.internal AND u.role = 'USER')
        AND NOT EXISTS (SELECT FROM watchers w WHERE w.request_id = r.id AND w.user_id = u.id AND NOT w.watching)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
