-- What statistics need besides the times of statuses.

-- How many working hours there were until this moment: Monday to Friday, 9 to 17 by the clocks of the zone. Only the
-- difference of two moments means something. Counted from 1900-01-01, a Monday.
CREATE FUNCTION working_hours(moment timestamptz, zone text) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (timezone(zone, moment)::date - date '1900-01-01') / 7 * 40
    + least((timezone(zone, moment)::date - date '1900-01-01') % 7, 5) * 8
    + CASE WHEN (timezone(zone, moment)::date - date '1900-01-01') % 7 < 5
        THEN least(greatest(extract(epoch FROM timezone(zone, moment)::time)::double precision / 3600 - 9, 0), 8)
        ELSE 0 END;

-- An admin's home tells how the machinery is. Not what the jobs are about.
CREATE FUNCTION count_jobs() RETURNS TABLE (waiting bigint, failed bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FILTER (WHERE status IN ('queued', 'picked') AND execute_after <= now()),
        count(*) FILTER (WHERE status = 'failed')
    FROM jobs
$$;
REVOKE EXECUTE ON FUNCTION count_jobs() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_jobs() TO simflow_admin;
GRANT SELECT ON alembic_version TO simflow_admin;
