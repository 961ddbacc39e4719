-- Generated from packages/pipelines/charging-sessions/contract.ts; do not edit.

CREATE TABLE IF NOT EXISTS ${catalog}.${database}.sites (
  site_id string NOT NULL COMMENT 'The site, as the sessions name it.',
  site_name string COMMENT 'The site\'s name as people know it.',
  time_zone string NOT NULL COMMENT 'The site\'s IANA time zone, such as Europe/London.',
  connectors int NOT NULL COMMENT 'How many cars can charge at once.',
  opens_at string COMMENT 'When the site opens each day, local time, HH:MM; open all day when empty.',
  closes_at string COMMENT 'When it closes, on the same day, HH:MM up to 24:00.',
  _run_id string COMMENT 'The run that wrote this version of the row.',
  _source_file string COMMENT 'The object the row came from, as a key in the lake.',
  _line bigint COMMENT 'The line of that object; its header is line 1.',
  _modified timestamp COMMENT 'When that object was last modified.',
  _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
)
USING iceberg
COMMENT 'What an operator says about a site: optional, and what utilisation is measured against.'
TBLPROPERTIES (
  'format-version' = '2',
  'write.format.default' = 'parquet',
  'write.wap.enabled' = 'true'
);
