-- Which words each request holds in its title, description, comments and simulation data. Who searches everything asks the
-- lexicon which words hold what was typed, and one index which requests have all of them: no text is read. A change of a text
-- only notes that the words of its request are stale; those are read for themselves until the worker has gathered them anew.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion

-- A word by its number: half as long, and who counts requests reads many rows.
CREATE TABLE lexicon (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, word text NOT NULL UNIQUE);
CREATE TABLE request_words (
    request_id uuid PRIMARY KEY REFERENCES requests (id) ON DELETE CASCADE,
    words integer[] NOT NULL
);
-- One for each change; a request may have many.
CREATE TABLE stale_words (request_id uuid NOT NULL)
    WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);

-- What stands between blanks, in small letters. The longest are cut into pieces that overlap by a hundred characters, since an
-- index holds no more: whatever is no longer than that lies whole in one of them.
CREATE FUNCTION words_of(content text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (
        SELECT coalesce(array_agg(DISTINCT substr(word, at, 200)), '{}')
        FROM unnest(string_to_array(translate(lower(content), E'\t\n\r\f\v', '     '), ' ')) AS word
        CROSS JOIN LATERAL generate_series(1, greatest(length(word) - 100, 1), 100) AS at
        WHERE word <> ''
    );

-- What the words of each request come to; nobody but the owner reads these two.
CREATE VIEW gathered_words AS
    SELECT r.id AS request_id, words_of(concat_ws(' ', r.title, r.description,
        (SELECT string_agg(c.content, ' ') FROM comments c WHERE c.request_id = r.id),
        (SELECT string_agg(v.text_value, ' ') FROM request_values v WHERE v.request_id = r.id)
    )) AS words
    FROM requests r;

CREATE VIEW kept_words AS
    SELECT w.request_id, (
        SELECT coalesce(array_agg(l.word ORDER BY l.word), '{}') FROM lexicon l WHERE l.id = ANY(w.words)
    ) AS words
    FROM request_words w;

-- The owner's rights: no role that people become may write here.
CREATE FUNCTION note_stale_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'requests' THEN
        INSERT INTO stale_words VALUES (NEW.id);
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO stale_words VALUES (OLD.request_id);
    ELSE
        INSERT INTO stale_words VALUES (NEW.request_id);
    END IF;
    RETURN NULL;
END
$$;

-- Gathers the words of some of those that are stale anew; how many. A change that comes meanwhile has a note of its own.
CREATE FUNCTION gather_words(most bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    ids uuid[];
BEGIN
    -- Two at once would write the same rows.
    PERFORM pg_advisory_xact_lock(531900426);
    WITH stale AS (
        SELECT DISTINCT request_id FROM stale_words LIMIT most
    ), gone AS (
        DELETE FROM stale_words w USING stale s WHERE w.request_id = s.request_id
    )
    SELECT array_agg(request_id) INTO ids FROM stale;
    INSERT INTO lexicon (word)
    SELECT DISTINCT said FROM gathered_words g CROSS JOIN LATERAL unnest(g.words) AS said
    WHERE g.request_id = ANY(ids) AND NOT EXISTS (SELECT FROM lexicon l WHERE l.word = said);
    -- A word that has come since the statement before is in a request that stays noted.
    INSERT INTO request_words
    SELECT g.request_id, ARRAY(SELECT l.id FROM lexicon l WHERE l.word = ANY(g.words) ORDER BY l.id)
    FROM gathered_words g
    WHERE g.request_id = ANY(ids)
    ON CONFLICT (request_id) DO UPDATE SET words = excluded.words WHERE request_words.words <> excluded.words;
    RETURN coalesce(cardinality(ids), 0);
END
$$;

-- At first, and where triggers were off while texts came in. Indexes are made once all is there.
CREATE FUNCTION gather_all_words() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    LOCK TABLE requests, comments, request_values IN SHARE MODE;
    TRUNCATE request_words, lexicon, stale_words;
    DROP INDEX IF EXISTS idx_request_words, idx_lexicon_letters;
    CREATE TEMPORARY TABLE gathered AS SELECT * FROM gathered_words;
    INSERT INTO lexicon (word) SELECT DISTINCT said FROM gathered CROSS JOIN LATERAL unnest(words) AS said;
    ANALYZE lexicon;
    INSERT INTO request_words
    SELECT g.request_id, ARRAY(SELECT l.id FROM lexicon l WHERE l.word = ANY(g.words) ORDER BY l.id) FROM gathered g;
    DROP TABLE gathered;
    CREATE INDEX idx_request_words ON request_words USING gin (words);
    CREATE INDEX idx_lexicon_letters ON lexicon USING gin (word gin_trgm_ops);
    ANALYZE request_words;
END
$$;

-- Not "OF" a column: a trigger before may have written it, as that of a withdrawal does.
CREATE TRIGGER requests_words AFTER INSERT ON requests FOR EACH ROW EXECUTE FUNCTION note_stale_words();
CREATE TRIGGER requests_words_anew AFTER UPDATE ON requests FOR EACH ROW
    WHEN ((OLD.title, OLD.description) IS DISTINCT FROM (NEW.title, NEW.description))
    EXECUTE FUNCTION note_stale_words();
CREATE TRIGGER comments_words AFTER INSERT OR DELETE ON comments FOR EACH ROW EXECUTE FUNCTION note_stale_words();
CREATE TRIGGER comments_words_anew AFTER UPDATE ON comments FOR EACH ROW
    WHEN (OLD.content IS DISTINCT FROM NEW.content) EXECUTE FUNCTION note_stale_words();
CREATE TRIGGER request_values_words AFTER INSERT OR DELETE ON request_values
    FOR EACH ROW EXECUTE FUNCTION note_stale_words();
CREATE TRIGGER request_values_words_anew AFTER UPDATE ON request_values FOR EACH ROW
    WHEN (OLD.text_value IS DISTINCT FROM NEW.text_value) EXECUTE FUNCTION note_stale_words();
REVOKE EXECUTE ON FUNCTION note_stale_words(), gather_words(bigint), gather_all_words() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gather_words(bigint) TO simflow_worker;

-- Who searches everything: whoever sees all requests. The words of a request say what it says.
ALTER TABLE request_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE lexicon ENABLE ROW LEVEL SECURITY;
ALTER TABLE stale_words ENABLE ROW LEVEL SECURITY;
-- The bare login may ask, and no policy gives it a row.
GRANT SELECT ON request_words, lexicon, stale_words TO simflow_user, simflow_manager, simflow_admin;
CREATE POLICY manager_sees ON request_words FOR SELECT TO simflow_manager, simflow_admin USING (true);
CREATE POLICY manager_sees ON lexicon FOR SELECT TO simflow_manager, simflow_admin USING (true);
CREATE POLICY manager_sees ON stale_words FOR SELECT TO simflow_manager, simflow_admin USING (true);

SELECT gather_all_words();
-- Nothing looks for parts of words in texts by their letters any more, and each text paid for it.
DROP INDEX idx_requests_text;
DROP INDEX idx_comments_text;
DROP INDEX idx_request_values_words;
