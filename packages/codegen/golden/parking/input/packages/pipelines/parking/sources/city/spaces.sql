SELECT DISTINCT trim(Space) AS space_id, nullif(`Street, number`, '') AS street FROM raw
