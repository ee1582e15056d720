-- What clients hear live, and what a client may send twice.

-- Live events -------------------------------------------------------------------------------------------------
-- A short-lived outbox, written by triggers, so that every change is heard whatever made it. The order of events is
-- (xid, seq): a reader that takes only rows below the oldest running transaction can gain none before what it read.

CREATE TABLE events (
    seq bigint GENERATED ALWAYS AS IDENTITY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    kind text NOT NULL CONSTRAINT events_kind_known CHECK (kind IN ('created', 'changed', 'commented')),
    request_id uuid NOT NULL,
    number bigint NOT NULL,
    version integer NOT NULL,
    internal boolean NOT NULL DEFAULT false,
    created_by uuid NOT NULL,
    -- Who could see the request before and after: what decides visibility, as it was at that moment.
    status text NOT NULL,
    assigned_to uuid,
    old_status text,
    old_assigned_to uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (xid, seq)
);
CREATE INDEX idx_events_created_at ON events (created_at);

-- The owner's rights, so that no role that people become can write or read events.
CREATE FUNCTION tell_request() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO events (kind, request_id, number, version, created_by, status, assigned_to, old_status, old_assigned_to)
    VALUES (
        CASE TG_OP WHEN 'INSERT' THEN 'created' ELSE 'changed' END,
        NEW.id, NEW.number, NEW.version, NEW.created_by, NEW.status, NEW.assigned_to,
        CASE TG_OP WHEN 'UPDATE' THEN OLD.status END, CASE TG_OP WHEN 'UPDATE' THEN OLD.assigned_to END
    );
    RETURN NULL;
END
$$;

CREATE FUNCTION tell_comment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO events (kind, request_id, number, version, internal, created_by, status, assigned_to)
    SELECT 'commented', r.id, r.number, r.version, NEW.internal, r.created_by, r.status, r.assigned_to
    FROM requests r WHERE r.id = NEW.request_id;
    RETURN NULL;
END
$$;

REVOKE EXECUTE ON FUNCTION tell_request(), tell_comment() FROM PUBLIC;

-- `simflow seed` sets simflow.quiet: a million made-up requests are no news.
CREATE TRIGGER requests_tell AFTER INSERT OR UPDATE ON requests FOR EACH ROW
    WHEN (current_setting('simflow.quiet', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION tell_request();
CREATE TRIGGER comments_tell AFTER INSERT ON comments FOR EACH ROW
    WHEN (current_setting('simflow.quiet', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION tell_comment();

-- Exactly once ------------------------------------------------------------------------------------------------

CREATE TABLE idempotency_keys (
    person uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key text NOT NULL CONSTRAINT idempotency_keys_key_length CHECK (char_length(key) BETWEEN 1 AND 255),
    -- SHA-256 of method, path and body.
    fingerprint bytea NOT NULL CONSTRAINT idempotency_keys_fingerprint_length CHECK (octet_length(fingerprint) = 32),
    status integer,
    headers jsonb,
    body bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person, key)
);
CREATE INDEX idx_idempotency_keys_created_at ON idempotency_keys (created_at);

ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON idempotency_keys
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
CREATE POLICY own_keys ON idempotency_keys TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin
    USING (person = (SELECT current_person()));

-- The reader of events in each process of the API. It reads no texts.
GRANT SELECT ON events TO simflow_auth;
CREATE POLICY auth ON events FOR SELECT TO simflow_auth USING (true);

-- Up to which transaction events have been pruned: who resumes from before it must read everything anew.
CREATE TABLE event_horizon (
    single boolean PRIMARY KEY DEFAULT true CONSTRAINT event_horizon_single CHECK (single),
    xid xid8 NOT NULL
);
INSERT INTO event_horizon (xid) VALUES ('0');
ALTER TABLE event_horizon ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON event_horizon TO simflow_auth;
CREATE POLICY auth ON event_horizon FOR SELECT TO simflow_auth USING (true);
