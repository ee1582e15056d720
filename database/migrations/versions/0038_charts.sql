-- What charts count by half hours (0020) is told of each vendor and of each priority as well. A change writes one row with both, as
-- many as before; the fold of each minute makes of it the cells among all, of the vendor and of the priority.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion, ban-drop-view

-- As who writes takes them: a request, its stays, and then the moments.
LOCK TABLE requests, status_periods IN SHARE ROW EXCLUSIVE MODE;
ALTER TABLE request_moments
    -- A fresh row belongs to the cell among all, and to those of its vendor and its priority, which 'moved' has not. Of a folded
    -- one at most one is not empty: it is the cell of that, or among all.
    ADD COLUMN vendor text NOT NULL DEFAULT '',
    ADD COLUMN priority text NOT NULL DEFAULT '';
DROP INDEX idx_request_moments_at;
DROP INDEX idx_request_moments_fresh;

-- What the cells must come to, and what they come to; nobody but the owner reads these.
DROP VIEW recounted_moments;
CREATE VIEW recounted_moments AS
    SELECT m.at, m.what, coalesce(m.vendor, '') AS vendor, coalesce(m.priority, '') AS priority, sum(m.number)::bigint AS number
    FROM (
        -- At first by both: that is a tenth of the rows for the three kinds of cells.
        SELECT b.at, b.what, b.vendor, b.priority, sum(b.number) AS number
        FROM (
            SELECT h.at, p.status AS what, r.vendor, r.priority, h.number
            FROM status_periods p
            JOIN requests r ON r.id = p.request_id
            CROSS JOIN LATERAL (VALUES (p.entered_at, 1), (p.left_at, -1)) AS t (moment, number)
            CROSS JOIN LATERAL (SELECT next_half_hour(t.moment) AS at, t.number) h
            WHERE t.moment < 'infinity'
            UNION ALL
            SELECT half_hour(r.completed_at), w.what, r.vendor, r.priority, 1
            FROM requests r CROSS JOIN LATERAL unnest(finished_as(r.status, r.revisions)) AS w (what)
            WHERE r.completed_at IS NOT NULL
        ) b
        GROUP BY b.at, b.what, b.vendor, b.priority
    ) m
    GROUP BY GROUPING SETS ((m.at, m.what), (m.at, m.what, m.vendor), (m.at, m.what, m.priority))
    HAVING sum(m.number) <> 0
    UNION ALL
    SELECT half_hour(r.status_since), 'moved', '', '', count(*) FROM requests r WHERE is_clock_running(r.status) GROUP BY 1;
CREATE VIEW kept_moments AS
    SELECT m.at, m.what, c.vendor, c.priority, sum(m.number)::bigint AS number
    FROM request_moments m
    CROSS JOIN LATERAL (
        SELECT v.vendor, v.priority
        FROM (VALUES (m.vendor, m.priority, NOT m.fresh), ('', '', m.fresh), (m.vendor, '', m.fresh AND m.vendor <> ''),
            ('', m.priority, m.fresh AND m.priority <> '')) AS v (vendor, priority, is_one)
        WHERE v.is_one
    ) c
    GROUP BY m.at, m.what, c.vendor, c.priority
    HAVING sum(m.number) <> 0;

CREATE OR REPLACE FUNCTION keep_status_moments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    request record;
BEGIN
    -- By hand, and not by the trigger of a request that is locked already: nobody may change its vendor meanwhile.
    IF pg_trigger_depth() = 1 THEN
        PERFORM FROM requests WHERE id = coalesce(NEW.request_id, OLD.request_id) FOR NO KEY UPDATE;
    END IF;
    SELECT vendor, priority INTO request FROM requests WHERE id = coalesce(NEW.request_id, OLD.request_id);
    INSERT INTO request_moments (at, what, vendor, priority, number)
    SELECT next_half_hour(m.at), m.status, request.vendor, request.priority, sum(m.number)
    FROM (VALUES (OLD.entered_at, OLD.status, -1), (OLD.left_at, OLD.status, 1),
        (NEW.entered_at, NEW.status, 1), (NEW.left_at, NEW.status, -1)) AS m (at, status, number)
    WHERE m.at < 'infinity'
    GROUP BY 1, 2
    HAVING sum(m.number) <> 0;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION keep_finished_moments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO request_moments (at, what, vendor, priority, number)
    SELECT half_hour(m.at), w.what, m.vendor, m.priority, sum(m.number)
    FROM (VALUES (OLD.completed_at, OLD.status, OLD.revisions, OLD.vendor, OLD.priority, -1),
        (NEW.completed_at, NEW.status, NEW.revisions, NEW.vendor, NEW.priority, 1))
        AS m (at, status, revisions, vendor, priority, number)
    CROSS JOIN LATERAL unnest(finished_as(m.status, m.revisions)) AS w (what)
    WHERE m.at IS NOT NULL
    GROUP BY 1, 2, 3, 4
    HAVING sum(m.number) <> 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION move_status_moments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO request_moments (at, what, vendor, priority, number)
    SELECT next_half_hour(m.at), p.status, s.vendor, s.priority, sum(s.sign * m.sign)
    FROM status_periods p
    CROSS JOIN LATERAL (VALUES (p.entered_at, 1), (p.left_at, -1)) AS m (at, sign)
    CROSS JOIN (VALUES (OLD.vendor, OLD.priority, -1), (NEW.vendor, NEW.priority, 1)) AS s (vendor, priority, sign)
    WHERE p.request_id = NEW.id AND m.at < 'infinity'
    GROUP BY 1, 2, 3, 4
    HAVING sum(s.sign * m.sign) <> 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION forget_periods() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM status_periods WHERE request_id = OLD.id;
    RETURN OLD;
END
$$;

-- By its name before requests_periods, which then writes what is new under the new vendor.
CREATE TRIGGER requests_moments_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN ((OLD.vendor, OLD.priority) IS DISTINCT FROM (NEW.vendor, NEW.priority))
    EXECUTE FUNCTION move_status_moments();
DROP TRIGGER requests_finished_anew ON requests;
CREATE TRIGGER requests_finished_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN (
        coalesce(OLD.completed_at, NEW.completed_at) IS NOT NULL
        AND (OLD.completed_at, OLD.status, OLD.revisions, OLD.vendor, OLD.priority)
            IS DISTINCT FROM (NEW.completed_at, NEW.status, NEW.revisions, NEW.vendor, NEW.priority)
    )
    EXECUTE FUNCTION keep_finished_moments();
-- While the request still tells whose cells they are in.
CREATE TRIGGER requests_forget_periods BEFORE DELETE ON requests FOR EACH ROW EXECUTE FUNCTION forget_periods();
REVOKE EXECUTE ON FUNCTION move_status_moments(), forget_periods() FROM PUBLIC;

CREATE OR REPLACE FUNCTION recount_moments() RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    LOCK TABLE requests, status_periods IN SHARE MODE;
    DELETE FROM request_moments;
    INSERT INTO request_moments (at, what, vendor, priority, number, fresh)
    SELECT at, what, vendor, priority, number, false FROM recounted_moments ORDER BY vendor, priority, at;
$$;

-- The fresh rows become a part of their cells; how many there were. The worker does it each minute.
CREATE OR REPLACE FUNCTION fold_request_moments() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    -- Two at once would fold the same rows twice.
    PERFORM pg_advisory_xact_lock(531900417);
    WITH folded AS (
        DELETE FROM request_moments WHERE fresh RETURNING at, what, vendor, priority, number
    ), cells AS (
        SELECT f.at, f.what, c.vendor, c.priority, sum(f.number) AS number
        FROM folded f
        CROSS JOIN LATERAL (VALUES ('', '', true), (f.vendor, '', f.vendor <> ''), ('', f.priority, f.priority <> ''))
            AS c (vendor, priority, is_one)
        WHERE c.is_one
        GROUP BY f.at, f.what, c.vendor, c.priority
    ), before AS (
        DELETE FROM request_moments m USING cells c
        WHERE NOT m.fresh AND (m.vendor, m.priority, m.what, m.at) = (c.vendor, c.priority, c.what, c.at)
        RETURNING m.at, m.what, m.vendor, m.priority, m.number
    ), made AS (
        INSERT INTO request_moments (at, what, vendor, priority, number, fresh)
        SELECT at, what, vendor, priority, sum(number), false
        FROM (TABLE cells UNION ALL TABLE before) both_of_them
        GROUP BY at, what, vendor, priority
        HAVING sum(number) <> 0
    )
    SELECT count(*) FROM folded INTO gone;
    RETURN gone;
END
$$;

SELECT recount_moments();
CREATE INDEX idx_request_moments_cell ON request_moments (vendor, priority, what, at) INCLUDE (number) WHERE NOT fresh;
CREATE INDEX idx_request_moments_fresh ON request_moments (what, at) INCLUDE (vendor, priority, number) WHERE fresh;
ANALYZE request_moments;
