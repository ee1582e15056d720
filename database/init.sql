-- Roles and database settings for a fresh server. Run once by a superuser; running it again changes nothing.
-- The schema itself is in migrations/. No role gets a password here: set one where people connect over TCP.
--
--   simflow_owner      owns the database and its tables; migrates, imports, seeds
--   simflow_user       the application's login; owns nothing and reads nothing by itself
--   simflow_auth       what the application becomes to check a session or a password
--   simflow_worker     what the worker becomes to run jobs and to clean up
--   simflow_monitor    what the application becomes to count, for its metrics; it reads nothing that people wrote
--   simflow_requester  \
--   simflow_engineer    | what it becomes for the transaction of a signed-in person;
--   simflow_manager     | row-level security gives each one policy for each table
--   simflow_admin      /

DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['simflow_owner', 'simflow_user'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', role_name);
        END IF;
    END LOOP;
    FOREACH role_name IN ARRAY ARRAY[
        'simflow_auth', 'simflow_worker', 'simflow_monitor',
        'simflow_requester', 'simflow_engineer', 'simflow_manager', 'simflow_admin'
    ] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', role_name);
        END IF;
        -- Without INHERIT: otherwise the manager's policy would apply to the bare login, which would see everything.
        EXECUTE format('GRANT %I TO simflow_user WITH INHERIT FALSE, SET TRUE', role_name);
    END LOOP;
    IF EXISTS (SELECT FROM pg_database WHERE datname = 'simflow') THEN
        ALTER DATABASE simflow OWNER TO simflow_owner;
    END IF;
    -- What only a superuser may do: without it some figures are missing, and nothing else.
    IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        GRANT pg_read_all_stats TO simflow_monitor;
        IF current_database() = 'simflow'
            AND EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_stat_statements')
        THEN
            CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
        END IF;
    END IF;
END
$$;
