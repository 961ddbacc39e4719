-- Generated from packages/pipelines/energy/contract.ts; do not edit.

CREATE TABLE IF NOT EXISTS ${catalog}.${database}.energy_readings (
  site_id string NOT NULL COMMENT 'The site, as in the pipeline\'s configuration.',
  timestamp timestamp NOT NULL COMMENT 'The instant that the source gives the interval.',
  energy_generated_kwh decimal(14,4) NOT NULL COMMENT 'Generated in the interval; a negative value is an anomaly.',
  energy_consumed_kwh decimal(14,4) NOT NULL COMMENT 'Consumed in the interval; a negative value is an anomaly.',
  net_energy_kwh decimal(14,4) NOT NULL COMMENT 'Generated less consumed.',
  _run_id string COMMENT 'The run that wrote this version of the row.',
  _source_file string COMMENT 'The object the row came from, as a key in the lake.',
  _line bigint COMMENT 'The line of that object; its header is line 1.',
  _modified timestamp COMMENT 'When that object was last modified.',
  _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
)
USING iceberg
PARTITIONED BY (months(timestamp))
COMMENT 'What a site generated and consumed in one interval, one row each.'
TBLPROPERTIES (
  'format-version' = '2',
  'write.format.default' = 'parquet',
  'write.wap.enabled' = 'true'
);
