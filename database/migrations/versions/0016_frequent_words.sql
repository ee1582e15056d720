-- Whether a word is frequent, for whoever may see every request. The planner knows from its statistics, but only the owner's:
-- for other roles row-level security withholds them from operators like ILIKE, and all words count as rare.

CREATE FUNCTION rough_share(pattern text) RETURNS double precision LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM requests WHERE title ILIKE %1$L OR description ILIKE %1$L', pattern)
        INTO plan;
    RETURN (plan -> 0 -> 'Plan' ->> 'Plan Rows')::double precision
        / greatest((SELECT reltuples FROM pg_class WHERE oid = 'requests'::regclass), 1);
END
$$;
REVOKE EXECUTE ON FUNCTION rough_share(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rough_share(text) TO simflow_manager, simflow_admin;
