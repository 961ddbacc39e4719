-- Generated from packages/pipelines/energy/contract.ts; do not edit.

CREATE TABLE IF NOT EXISTS ${catalog}.${database}.energy_anomalies (
  site_id string NOT NULL COMMENT 'The reading\'s site.',
  timestamp timestamp NOT NULL COMMENT 'The reading\'s time.',
  anomaly boolean NOT NULL COMMENT 'Whether it is one; false when it was, and is none any more.',
  reasons string COMMENT 'Codes of what is odd, separated by commas; empty when nothing is.',
  assessed_at timestamp NOT NULL COMMENT 'When that was found; the newest finding stands.',
  _run_id string COMMENT 'The run that wrote this version of the row.',
  _source_file string COMMENT 'The object the row came from, as a key in the lake.',
  _line bigint COMMENT 'The line of that object; its header is line 1.',
  _modified timestamp COMMENT 'When that object was last modified.',
  _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
)
USING iceberg
PARTITIONED BY (months(timestamp))
COMMENT 'What was found odd about a reading, one row each.'
TBLPROPERTIES (
  'format-version' = '2',
  'write.format.default' = 'parquet',
  'write.wap.enabled' = 'true'
);
