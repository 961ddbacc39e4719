SELECT space_id, 'all' AS period, avg(date_diff('minute', arrived_at, left_at)) AS minutes
FROM stays
GROUP BY space_id
