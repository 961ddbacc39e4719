-- Generated from packages/pipelines/charging-sessions/contract.ts; do not edit.

CREATE TABLE IF NOT EXISTS ${catalog}.${database}.charging_sessions (
  session_id string NOT NULL COMMENT 'The operator\'s id of the session, or a hash of operator, charger, connector and start.',
  operator string NOT NULL COMMENT 'Who runs the charger, and whose ids these are.',
  site_id string NOT NULL COMMENT 'The place that chargers stand at: a car park, a depot, an office.',
  site_name string COMMENT 'The site\'s name as people know it.',
  charger_id string NOT NULL COMMENT 'The device, which has one connector or more.',
  charger_model string COMMENT 'The charger\'s make and model, as the operator writes it.',
  connector_id string COMMENT 'Which connector of the charger; one charger is one connector where the source doesn\'t say.',
  connector_type string COMMENT 'The plug.',
  started_at timestamp NOT NULL COMMENT 'When the car was plugged in.',
  ended_at timestamp NOT NULL COMMENT 'When it was unplugged; a session that is still open has none.',
  time_zone string NOT NULL COMMENT 'The site\'s IANA time zone, such as Europe/London.',
  energy_kwh decimal(10,3) NOT NULL COMMENT 'Energy delivered, in kWh.',
  user_id string COMMENT 'Who charged, as a pseudonym.',
  repaired string COMMENT 'What was certainly wrong in the source and was put right; empty when nothing was.',
  _run_id string COMMENT 'The run that wrote this version of the row.',
  _source_file string COMMENT 'The object the row came from, as a key in the lake.',
  _line bigint COMMENT 'The line of that object; its header is line 1.',
  _modified timestamp COMMENT 'When that object was last modified.',
  _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
)
USING iceberg
PARTITIONED BY (months(started_at))
COMMENT 'A completed charging session, one row each.'
TBLPROPERTIES (
  'format-version' = '2',
  'write.format.default' = 'parquet',
  'write.wap.enabled' = 'true'
);
