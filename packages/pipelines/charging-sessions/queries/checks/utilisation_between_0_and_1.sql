-- pipeline.ts puts the metric's own query in.
SELECT *
FROM (
${metrics.utilisation}
) AS utilisation
WHERE utilisation_ratio < 0 OR utilisation_ratio > 1 OR occupied_minutes > available_minutes
