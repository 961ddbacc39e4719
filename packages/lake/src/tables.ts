/** The DynamoDB tables as their keys: what a laptop, a test and an infrastructure stack create alike. */

/** A table with a partition and a sort key, both texts, paid by request. */
export interface KeyValueTable {
  readonly TableName: string;
  readonly BillingMode: "PAY_PER_REQUEST";
  readonly AttributeDefinitions: { AttributeName: string; AttributeType: "S" }[];
  readonly KeySchema: { AttributeName: string; KeyType: "HASH" | "RANGE" }[];
}

/** The run ledger: the items of each pipeline together. */
export const ledgerTable = (name: string): KeyValueTable => keyValueTable(name, "pipeline", "item");

/** A lookup table: the figures of one key together, `<metric>#<period>` each. */
export const lookupTable = (name: string, key: string): KeyValueTable => keyValueTable(name, key, "metric");

function keyValueTable(name: string, partitionKey: string, sortKey: string): KeyValueTable {
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: partitionKey, AttributeType: "S" },
      { AttributeName: sortKey, AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: partitionKey, KeyType: "HASH" },
      { AttributeName: sortKey, KeyType: "RANGE" },
    ],
  };
}
