-- Kuka, KUKA and " kuka " are one vendor where a form has fields for it: see vendor_key() in simflow/study/values.py.
CREATE FUNCTION vendor_key(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(btrim(regexp_replace(name, '[\s\u00a0]+', ' ', 'g')));

CREATE OR REPLACE FUNCTION hindrances(request_id uuid, status text, vendor text, form_id uuid, round integer) RETURNS text[]
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN (
        SELECT coalesce(array_agg(h.code ORDER BY h.place, h.seq), '{}') FROM (
            SELECT 1 AS place, f.position AS seq, 'field:' || (f.field ->> 'label') AS code
            FROM forms
            CROSS JOIN LATERAL jsonb_array_elements(forms.fields) WITH ORDINALITY AS f (field, position)
            WHERE hindrances.status = 'In Progress' AND forms.id = hindrances.form_id AND f.field ->> 'required' <> 'never'
                AND (vendor_key(f.field ->> 'vendor') = vendor_key(hindrances.vendor) OR f.field ->> 'vendor' IS NULL AND NOT EXISTS (
                    SELECT FROM jsonb_array_elements(forms.fields) own (field)
                    WHERE own.field ->> 'name' = f.field ->> 'name'
                        AND vendor_key(own.field ->> 'vendor') = vendor_key(hindrances.vendor)
                ))
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
    );
END
$$;
