-- Generated from packages/pipelines/retail/contract.ts; do not edit.

CREATE TABLE IF NOT EXISTS delta.`${warehouse}products` (
  product_id string NOT NULL COMMENT 'The shop\'s id of the product, such as its stock code.',
  department_id string COMMENT 'The id of the department.',
  department string COMMENT 'The part of the shop that it belongs to.',
  product_name string COMMENT 'What the source calls it; empty where it only gives the id.',
  updated_at timestamp COMMENT 'When the source last called it that; empty where it doesn\'t say.',
  _run_id string COMMENT 'The run that wrote this version of the row.',
  _source_file string COMMENT 'The object the row came from, as a key in the lake.',
  _line bigint COMMENT 'The line of that object; its header is line 1.',
  _modified timestamp COMMENT 'When that object was last modified.',
  _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
)
USING delta
COMMENT 'What can be bought, one row a product.'
TBLPROPERTIES (
  'delta.enableDeletionVectors' = 'false',
  'delta.logRetentionDuration' = 'interval 3650 days',
  'delta.deletedFileRetentionDuration' = 'interval 3650 days'
);
