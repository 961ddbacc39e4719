-- Every table has as many rows as the ledger says, in all and from this run.
SELECT *
FROM (
  SELECT
    'charging_sessions' AS table_name,
    count(*) AS found,
    ${charging_sessions.rows} AS expected,
    count_if(_run_id = '${run_id}') AS found_of_run,
    ${charging_sessions.inserted} + ${charging_sessions.updated} AS expected_of_run
  FROM charging_sessions
  UNION ALL
  SELECT
    'sites' AS table_name,
    count(*) AS found,
    ${sites.rows} AS expected,
    count_if(_run_id = '${run_id}') AS found_of_run,
    ${sites.inserted} + ${sites.updated} AS expected_of_run
  FROM sites
) AS counts
WHERE found <> expected OR found_of_run <> expected_of_run
