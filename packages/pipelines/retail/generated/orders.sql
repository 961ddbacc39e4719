-- Generated from packages/pipelines/retail/contract.ts; do not edit.

CREATE TABLE IF NOT EXISTS delta.`${warehouse}orders` (
  order_id string NOT NULL COMMENT 'The shop\'s id of the order, such as an invoice number.',
  order_num int COMMENT 'Which of the customer\'s orders it is; the first is 1.',
  user_id string COMMENT 'Who ordered, as a pseudonym.',
  order_timestamp timestamp NOT NULL COMMENT 'When the order was placed.',
  total_amount decimal(14,3) NOT NULL COMMENT 'What the whole order costs, in the shop\'s currency; to the thousandth, as some prices are.',
  date date NOT NULL COMMENT 'The day of order_timestamp, in UTC.',
  _run_id string COMMENT 'The run that wrote this version of the row.',
  _source_file string COMMENT 'The object the row came from, as a key in the lake.',
  _line bigint COMMENT 'The line of that object; its header is line 1.',
  _modified timestamp COMMENT 'When that object was last modified.',
  _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
)
USING delta
PARTITIONED BY (date)
COMMENT 'An order that somebody placed, one row each.'
TBLPROPERTIES (
  'delta.enableDeletionVectors' = 'false',
  'delta.logRetentionDuration' = 'interval 3650 days',
  'delta.deletedFileRetentionDuration' = 'interval 3650 days'
);
