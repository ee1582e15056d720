-- What a simulation needs, and what "done" means: types of study with their forms, values, acceptance criteria.
-- squawk-ignore-file require-concurrent-index-creation, adding-foreign-key-constraint

-- Types of study and their forms ------------------------------------------------------------------------------
-- A form is never changed: another definition is another version, and a request keeps the one that it was given.

CREATE TABLE study_types (
    id text PRIMARY KEY CONSTRAINT study_types_id_slug CHECK (id ~ '^[a-z][a-z0-9-]{0,39}$'),
    name text NOT NULL CONSTRAINT study_types_name_length CHECK (trimmed_length(name) BETWEEN 1 AND 100),
    description text NOT NULL DEFAULT '' CONSTRAINT study_types_description_length CHECK (char_length(description) <= 1000),
    position integer NOT NULL DEFAULT 0,
    active boolean NOT NULL DEFAULT true,
    -- Proposed for each new request of this type.
    criteria jsonb NOT NULL DEFAULT '[]'
);
CREATE TABLE forms (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    study_type text NOT NULL REFERENCES study_types (id),
    version integer NOT NULL,
    fields jsonb NOT NULL CONSTRAINT forms_fields_list CHECK (jsonb_typeof(fields) = 'array'),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT forms_version_unique UNIQUE (study_type, version)
);

ALTER TABLE requests
    ADD COLUMN study_type text REFERENCES study_types (id),
    ADD COLUMN form_id uuid REFERENCES forms (id);
ALTER TABLE requests ADD CONSTRAINT requests_study_type_with_form
    CHECK ((study_type IS NULL) = (form_id IS NULL)) NOT VALID;
CREATE INDEX idx_requests_study_type ON requests (study_type, created_at, number);
CREATE INDEX idx_requests_form_id ON requests (form_id);
GRANT INSERT (study_type, form_id), UPDATE (study_type, form_id) ON requests
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;

ALTER TABLE study_types ENABLE ROW LEVEL SECURITY;
ALTER TABLE forms ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON study_types, forms TO simflow_user, simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
GRANT INSERT ON study_types, forms TO simflow_admin;
GRANT UPDATE (name, description, position, active, criteria) ON study_types TO simflow_admin;
CREATE POLICY everybody_reads ON study_types FOR SELECT TO simflow_requester, simflow_engineer, simflow_manager USING (true);
CREATE POLICY admin ON study_types TO simflow_admin USING (true);
CREATE POLICY everybody_reads ON forms FOR SELECT TO simflow_requester, simflow_engineer, simflow_manager USING (true);
CREATE POLICY admin ON forms TO simflow_admin USING (true);

-- Values: each in the column of its kind, so that ranges have an index. A number is kept as it was typed, and in the
-- base unit of what it measures, by which it is compared.

CREATE TABLE request_values (
    request_id uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    field text NOT NULL CONSTRAINT request_values_field_slug CHECK (field ~ '^[a-z][a-z0-9_]{0,39}$'),
    text_value text CONSTRAINT request_values_text_value_length CHECK (char_length(text_value) BETWEEN 1 AND 2000),
    number_value double precision,
    entered double precision,
    unit text,
    date_value date,
    person_id uuid REFERENCES users (id),
    PRIMARY KEY (request_id, field),
    CONSTRAINT request_values_one_value CHECK (num_nonnulls(text_value, number_value, date_value) = 1),
    CONSTRAINT request_values_number_whole CHECK ((number_value IS NULL) = (entered IS NULL))
);
CREATE INDEX idx_request_values_number ON request_values (field, number_value) WHERE number_value IS NOT NULL;
CREATE INDEX idx_request_values_entered ON request_values (field, entered) WHERE entered IS NOT NULL;
CREATE INDEX idx_request_values_date ON request_values (field, date_value) WHERE date_value IS NOT NULL;
CREATE INDEX idx_request_values_text ON request_values (field, lower(left(text_value, 200))) WHERE text_value IS NOT NULL;
CREATE INDEX idx_request_values_words ON request_values USING gin (text_value gin_trgm_ops);
CREATE INDEX idx_request_values_person_id ON request_values (person_id);

ALTER TABLE request_values ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON request_values TO simflow_user;
GRANT SELECT, INSERT, DELETE ON request_values TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
GRANT UPDATE (text_value, number_value, entered, unit, date_value, person_id) ON request_values
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
CREATE POLICY own_change ON request_values FOR UPDATE TO simflow_requester, simflow_engineer USING (EXISTS (
    SELECT FROM requests r WHERE r.id = request_id AND (SELECT current_person()) IN (r.created_by, r.assigned_to)
));
CREATE POLICY readers_see ON request_values FOR SELECT
    TO simflow_requester, simflow_engineer USING (EXISTS (SELECT FROM requests r WHERE r.id = request_id));
CREATE POLICY own_add ON request_values FOR INSERT TO simflow_requester, simflow_engineer WITH CHECK (EXISTS (
    SELECT FROM requests r WHERE r.id = request_id AND (SELECT current_person()) IN (r.created_by, r.assigned_to)
));
CREATE POLICY own_remove ON request_values FOR DELETE TO simflow_requester, simflow_engineer USING (EXISTS (
    SELECT FROM requests r WHERE r.id = request_id AND (SELECT current_person()) IN (r.created_by, r.assigned_to)
));
CREATE POLICY managers ON request_values TO simflow_manager, simflow_admin USING (true);

-- Acceptance criteria -----------------------------------------------------------------------------------------

CREATE TABLE criteria (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    request_id uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL CONSTRAINT criteria_name_length CHECK (trimmed_length(name) BETWEEN 1 AND 255),
    comparison text NOT NULL CONSTRAINT criteria_comparison_known
        CHECK (comparison IN ('<=', '>=', '=', 'between', 'judged')),
    target double precision,
    upper double precision,
    unit text,
    required boolean NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT criteria_target_fits CHECK (
        (target IS NULL) = (comparison = 'judged') AND (upper IS NOT NULL) = (comparison = 'between')
        AND (upper IS NULL OR upper >= target) AND (unit IS NULL OR target IS NOT NULL)
    )
);
CREATE INDEX idx_criteria_request_id ON criteria (request_id, seq);

-- One for each time that a criterion was measured; never changed. Round 1 is the first work, 2 the first revision.
CREATE TABLE measurements (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    criterion_id uuid NOT NULL REFERENCES criteria (id),
    request_id uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    -- The definition that it was measured against: a changed criterion is open again.
    criterion_version integer NOT NULL,
    round integer NOT NULL CONSTRAINT measurements_round_bounds CHECK (round >= 1),
    value double precision,
    unit text,
    passed boolean NOT NULL,
    evidence text CONSTRAINT measurements_evidence_length CHECK (trimmed_length(evidence) BETWEEN 1 AND 10000),
    measured_by uuid NOT NULL REFERENCES users (id),
    measured_by_name text NOT NULL,
    measured_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_measurements_criterion_id ON measurements (criterion_id, seq);
CREATE INDEX idx_measurements_request_id ON measurements (request_id);
CREATE INDEX idx_measurements_measured_by ON measurements (measured_by);

-- Who agreed to the criteria as they stand, for which side. Any change of them takes both back.
CREATE TABLE criteria_agreements (
    request_id uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    side text NOT NULL CONSTRAINT criteria_agreements_side_known CHECK (side IN ('requester', 'team')),
    person_id uuid NOT NULL REFERENCES users (id),
    person_name text NOT NULL,
    agreed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (request_id, side)
);
CREATE INDEX idx_criteria_agreements_person_id ON criteria_agreements (person_id);

-- What keeps a request from its next step: from In Progress in Engineering Review, from Completed in In Progress.
CREATE FUNCTION hindrances(request_id uuid, status text, vendor text, form_id uuid, round integer) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(h.code ORDER BY h.place, h.seq), '{}') FROM (
        SELECT 1 AS place, f.position AS seq, 'field:' || (f.field ->> 'label') AS code
        FROM forms
        CROSS JOIN LATERAL jsonb_array_elements(forms.fields) WITH ORDINALITY AS f (field, position)
        WHERE hindrances.status = 'In Progress' AND forms.id = hindrances.form_id AND f.field ->> 'required' <> 'never'
            AND (f.field ->> 'vendor' IS NULL OR f.field ->> 'vendor' = hindrances.vendor)
            AND NOT EXISTS (
                SELECT FROM request_values v
                WHERE v.request_id = hindrances.request_id AND v.field = f.field ->> 'name'
            )
        UNION ALL
        SELECT 2, c.seq, 'criterion:' || c.name
        FROM criteria c
        WHERE hindrances.status = 'In Progress' AND c.request_id = hindrances.request_id AND c.required AND NOT coalesce((
            SELECT m.passed FROM measurements m
            WHERE m.criterion_id = c.id AND m.round = hindrances.round AND m.criterion_version = c.version
            ORDER BY m.seq DESC LIMIT 1
        ), false)
        UNION ALL
        SELECT 3, side.seq, 'agreement:' || side.name
        FROM (VALUES (1, 'requester'), (2, 'team')) AS side (seq, name)
        WHERE EXISTS (SELECT FROM criteria c WHERE c.request_id = hindrances.request_id)
            AND (side.name = 'requester' OR hindrances.status = 'In Progress')
            AND NOT EXISTS (
                SELECT FROM criteria_agreements a
                WHERE a.request_id = hindrances.request_id AND a.side = side.name
            )
    ) h
$$;

CREATE FUNCTION refuse_hindered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF hindrances(OLD.id, OLD.status, NEW.vendor, NEW.form_id, OLD.revisions + 1) <> '{}' THEN
        RAISE EXCEPTION 'something is still open on the way to %', NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'requests_hindered', TABLE = 'requests';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER requests_hindered BEFORE UPDATE ON requests FOR EACH ROW
    WHEN (
        (OLD.status = 'Engineering Review' AND NEW.status = 'In Progress')
        OR (OLD.status = 'In Progress' AND NEW.status = 'Completed')
    )
    EXECUTE FUNCTION refuse_hindered();

-- Who accepts the work agrees to its criteria for the team.
CREATE FUNCTION agree_by_accepting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO criteria_agreements (request_id, side, person_id, person_name)
    SELECT NEW.id, 'team', NEW.assigned_to, NEW.assigned_to_name
    WHERE EXISTS (SELECT FROM criteria c WHERE c.request_id = NEW.id)
    ON CONFLICT (request_id, side) DO UPDATE
        SET person_id = excluded.person_id, person_name = excluded.person_name, agreed_at = excluded.agreed_at;
    RETURN NULL;
END
$$;
CREATE TRIGGER requests_agree AFTER UPDATE ON requests FOR EACH ROW
    WHEN (OLD.status = 'Engineering Review' AND NEW.status = 'In Progress') EXECUTE FUNCTION agree_by_accepting();

-- The owner's rights: the request is locked first, so that it cannot be completed while its criteria change.
CREATE FUNCTION guard_criterion() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    request uuid := coalesce(NEW.request_id, OLD.request_id);
    stands text;
BEGIN
    IF current_setting('simflow.quiet', true) = 'on' AND pg_has_role(session_user, current_user, 'USAGE') THEN
        RETURN coalesce(NEW, OLD); -- `simflow seed`, as the owner, brings what was
    END IF;
    SELECT status INTO stands FROM requests WHERE id = request FOR UPDATE;
    IF stands IN ('Completed', 'Accepted', 'Denied', 'Cancelled') THEN
        RAISE EXCEPTION 'criteria do not change in the status %', stands
            USING ERRCODE = 'check_violation', CONSTRAINT = 'criteria_closed', TABLE = 'criteria';
    END IF;
    DELETE FROM criteria_agreements WHERE request_id = request;
    IF TG_OP = 'UPDATE' THEN
        NEW.version := OLD.version + 1;
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;
CREATE TRIGGER criteria_guard BEFORE INSERT OR UPDATE OR DELETE ON criteria FOR EACH ROW EXECUTE FUNCTION guard_criterion();

CREATE FUNCTION guard_measurement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('simflow.quiet', true) = 'on' AND pg_has_role(session_user, current_user, 'USAGE') THEN
        RETURN NEW;
    END IF;
    SELECT r.revisions + 1, c.version, c.request_id INTO NEW.round, NEW.criterion_version, NEW.request_id
    FROM criteria c JOIN requests r ON r.id = c.request_id
    WHERE c.id = NEW.criterion_id AND r.status IN ('In Progress', 'On Hold')
    FOR UPDATE OF r;
    IF NEW.round IS NULL THEN
        RAISE EXCEPTION 'results are recorded while the work is on'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'measurements_closed', TABLE = 'measurements';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER measurements_guard BEFORE INSERT ON measurements FOR EACH ROW EXECUTE FUNCTION guard_measurement();

-- Heard like a comment: read the parts of the request anew.
CREATE FUNCTION tell_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO events (kind, request_id, number, version, created_by, status, assigned_to)
    SELECT 'commented', r.id, r.number, r.version, r.created_by, r.status, r.assigned_to
    FROM requests r WHERE r.id = coalesce(NEW.request_id, OLD.request_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER criteria_tell AFTER INSERT OR UPDATE OR DELETE ON criteria FOR EACH ROW
    WHEN (current_setting('simflow.quiet', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION tell_part();
CREATE TRIGGER measurements_tell AFTER INSERT ON measurements FOR EACH ROW
    WHEN (current_setting('simflow.quiet', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION tell_part();
CREATE TRIGGER criteria_agreements_tell AFTER INSERT ON criteria_agreements FOR EACH ROW
    WHEN (current_setting('simflow.quiet', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION tell_part();
REVOKE EXECUTE ON FUNCTION agree_by_accepting(), guard_criterion(), guard_measurement(), tell_part() FROM PUBLIC;

ALTER TABLE criteria ENABLE ROW LEVEL SECURITY;
ALTER TABLE measurements ENABLE ROW LEVEL SECURITY;
ALTER TABLE criteria_agreements ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON criteria, measurements, criteria_agreements TO simflow_user;
GRANT SELECT, INSERT, DELETE ON criteria TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
GRANT UPDATE (name, comparison, target, upper, unit, required) ON criteria
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
GRANT SELECT, INSERT ON measurements, criteria_agreements
    TO simflow_requester, simflow_engineer, simflow_manager, simflow_admin;
CREATE POLICY readers_see ON criteria FOR SELECT TO simflow_requester, simflow_engineer
    USING (EXISTS (SELECT FROM requests r WHERE r.id = request_id));
CREATE POLICY parties_change ON criteria TO simflow_requester, simflow_engineer USING (EXISTS (
    SELECT FROM requests r WHERE r.id = request_id AND (SELECT current_person()) IN (r.created_by, r.assigned_to)
));
CREATE POLICY managers ON criteria TO simflow_manager, simflow_admin USING (true);
CREATE POLICY readers_see ON measurements FOR SELECT TO simflow_requester, simflow_engineer
    USING (EXISTS (SELECT FROM requests r WHERE r.id = request_id));
CREATE POLICY engineer_measures ON measurements FOR INSERT TO simflow_engineer WITH CHECK (
    measured_by = (SELECT current_person())
    AND EXISTS (SELECT FROM requests r WHERE r.id = request_id AND r.assigned_to = (SELECT current_person()))
);
CREATE POLICY managers_see ON measurements FOR SELECT TO simflow_manager, simflow_admin USING (true);
CREATE POLICY managers_measure ON measurements FOR INSERT TO simflow_manager, simflow_admin
    WITH CHECK (measured_by = (SELECT current_person()));
CREATE POLICY readers_see ON criteria_agreements FOR SELECT TO simflow_requester, simflow_engineer
    USING (EXISTS (SELECT FROM requests r WHERE r.id = request_id));
CREATE POLICY parties_agree ON criteria_agreements FOR INSERT TO simflow_requester, simflow_engineer WITH CHECK (
    person_id = (SELECT current_person()) AND EXISTS (
        SELECT FROM requests r WHERE r.id = request_id
            AND (SELECT current_person()) = CASE side WHEN 'requester' THEN r.created_by ELSE r.assigned_to END
    )
);
CREATE POLICY managers_see ON criteria_agreements FOR SELECT TO simflow_manager, simflow_admin USING (true);
CREATE POLICY manager_agrees ON criteria_agreements FOR INSERT TO simflow_manager WITH CHECK (
    person_id = (SELECT current_person()) AND (side = 'team' OR EXISTS (
        SELECT FROM requests r WHERE r.id = request_id AND r.created_by = (SELECT current_person())
    ))
);
CREATE POLICY admin_agrees ON criteria_agreements FOR INSERT TO simflow_admin
    WITH CHECK (person_id = (SELECT current_person()));
