-- What monitoring may count, and how soon the large tables are vacuumed.

-- Figures -----------------------------------------------------------------------------------------------------
-- The role counts sessions and jobs; it cannot read whose they are or what they hold.

GRANT SELECT (expires_at) ON sessions TO simflow_monitor;
GRANT SELECT (status, execute_after) ON jobs TO simflow_monitor;
CREATE POLICY monitor ON sessions FOR SELECT TO simflow_monitor USING (true);
CREATE POLICY monitor ON jobs FOR SELECT TO simflow_monitor USING (true);

-- Nulls where the server does not keep statements, or does not show them to the caller. The rights are the caller's.
CREATE FUNCTION statement_figures(OUT calls float8, OUT seconds float8, OUT slow float8) LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF to_regclass('public.pg_stat_statements') IS NOT NULL THEN
        EXECUTE 'SELECT sum(s.calls), sum(s.total_exec_time) / 1000, count(*) FILTER (WHERE s.mean_exec_time > 100)'
            ' FROM public.pg_stat_statements s WHERE s.dbid = (SELECT oid FROM pg_database'
            ' WHERE datname = current_database())'
            INTO calls, seconds, slow;
    END IF;
EXCEPTION WHEN object_not_in_prerequisite_state OR insufficient_privilege THEN
    NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION statement_figures() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION statement_figures() TO simflow_monitor;

-- Vacuum ------------------------------------------------------------------------------------------------------
-- A fifth of a million rows is long to wait for: pages stay invisible to index-only scans, and statistics grow old.

ALTER TABLE requests SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE comments SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE activity_log SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- These are written and deleted all day, and stay small only while vacuum keeps up.
ALTER TABLE events SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
ALTER TABLE jobs SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 200);
ALTER TABLE sessions SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 200);
ALTER TABLE idempotency_keys SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
