-- Generated from packages/pipelines/retail/contract.ts; do not edit.

CREATE TABLE IF NOT EXISTS delta.`${warehouse}order_items` (
  id string NOT NULL COMMENT 'The shop\'s id of the line, or a hash of what it says.',
  order_id string NOT NULL COMMENT 'The order that it belongs to.',
  user_id string COMMENT 'Who ordered, as a pseudonym.',
  days_since_prior_order int COMMENT 'Days since the customer\'s order before; a first order has none.',
  product_id string NOT NULL COMMENT 'The product that was bought.',
  add_to_cart_order int NOT NULL COMMENT 'In which place it was put into the basket; the first is 1.',
  reordered boolean COMMENT 'Whether the customer had bought the product before.',
  order_timestamp timestamp NOT NULL COMMENT 'When the order was placed.',
  date date NOT NULL COMMENT 'The day of order_timestamp, in UTC.',
  _run_id string COMMENT 'The run that wrote this version of the row.',
  _source_file string COMMENT 'The object the row came from, as a key in the lake.',
  _line bigint COMMENT 'The line of that object; its header is line 1.',
  _modified timestamp COMMENT 'When that object was last modified.',
  _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
)
USING delta
PARTITIONED BY (date)
COMMENT 'A line of an order: one product in one basket.'
TBLPROPERTIES (
  'delta.enableDeletionVectors' = 'false',
  'delta.logRetentionDuration' = 'interval 3650 days',
  'delta.deletedFileRetentionDuration' = 'interval 3650 days'
);
