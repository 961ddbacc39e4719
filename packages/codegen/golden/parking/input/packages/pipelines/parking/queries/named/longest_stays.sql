-- The ten longest stays,
-- the longest first.
SELECT stay_id, regexp_replace(space_id, '\s', '') AS "the `space`" FROM stays ORDER BY left_at - arrived_at DESC LIMIT 10
