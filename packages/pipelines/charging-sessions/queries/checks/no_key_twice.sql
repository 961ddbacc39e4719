-- No session and no site is there twice.
SELECT operator, session_id AS id, count(*) AS times
FROM charging_sessions
GROUP BY operator, session_id
HAVING count(*) > 1
UNION ALL
SELECT 'any' AS operator, site_id AS id, count(*) AS times
FROM sites
GROUP BY site_id
HAVING count(*) > 1
