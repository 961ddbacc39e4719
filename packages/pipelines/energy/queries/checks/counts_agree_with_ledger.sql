-- Every table has as many rows as the ledger says, in all and from this run.
SELECT *
FROM (
  SELECT
    'energy_readings' AS table_name,
    count(*) AS found,
    ${energy_readings.rows} AS expected,
    count_if(_run_id = '${run_id}') AS found_of_run,
    ${energy_readings.inserted} + ${energy_readings.updated} AS expected_of_run
  FROM energy_readings
  UNION ALL
  SELECT
    'energy_anomalies' AS table_name,
    count(*) AS found,
    ${energy_anomalies.rows} AS expected,
    count_if(_run_id = '${run_id}') AS found_of_run,
    ${energy_anomalies.inserted} + ${energy_anomalies.updated} AS expected_of_run
  FROM energy_anomalies
) AS counts
WHERE found <> expected OR found_of_run <> expected_of_run
