-- What two may change at once has a version, by which the second is told: people too.

ALTER TABLE users ADD COLUMN version integer NOT NULL DEFAULT 1;
GRANT SELECT (version) ON users TO simflow_requester;

CREATE FUNCTION count_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END
$$;
-- By its name it comes before users_updated_at, whose new time would be a change.
CREATE TRIGGER users_count_version BEFORE UPDATE ON users FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION count_version();
