-- How often each site has each kind of anomaly, and when last.
SELECT
  a.site_id,
  reason.code AS reason,
  count(*) AS anomalies,
  max(a."timestamp") AS last_seen
FROM energy_anomalies AS a
CROSS JOIN UNNEST(split(a.reasons, ',')) AS reason (code)
WHERE a.anomaly
GROUP BY a.site_id, reason.code
ORDER BY anomalies DESC, a.site_id, reason
