/** The DynamoDB tables as their keys: what a laptop, a test and an infrastructure stack create alike. */

/** An index of a table: the items that have its sort key, all their attributes. */
export interface KeyValueIndex {
  readonly IndexName: string;
  readonly KeySchema: { AttributeName: string; KeyType: "HASH" | "RANGE" }[];
  readonly Projection: { readonly ProjectionType: "ALL" };
}

/** A table with a partition and a sort key, both texts, paid by request. */
export interface KeyValueTable {
  readonly TableName: string;
  readonly BillingMode: "PAY_PER_REQUEST";
  readonly AttributeDefinitions: { AttributeName: string; AttributeType: "S" }[];
  readonly KeySchema: { AttributeName: string; KeyType: "HASH" | "RANGE" }[];
  readonly GlobalSecondaryIndexes?: KeyValueIndex[];
}

/** The run ledger: the items of each pipeline together. */
export const ledgerTable = (name: string): KeyValueTable => keyValueTable(name, "pipeline", "item");

/** A lookup table: the figures of one key together, `<metric>#<period>` each. */
export const lookupTable = (name: string, key: string): KeyValueTable => keyValueTable(name, key, "metric");

/** The index of a series' anomalies, and its sort key: the row's time, on anomalies alone. */
export const anomalyIndex = { name: "anomalies", time: "anomaly_at" } as const;

/** A series' rows. */
export function seriesTable(
  name: string,
  { key, time }: { readonly key: string; readonly time: string },
): KeyValueTable {
  const table = keyValueTable(name, key, time);
  return {
    ...table,
    AttributeDefinitions: [
      ...table.AttributeDefinitions,
      { AttributeName: anomalyIndex.time, AttributeType: "S" },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: anomalyIndex.name,
        KeySchema: [
          { AttributeName: key, KeyType: "HASH" },
          { AttributeName: anomalyIndex.time, KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "ALL" },
      },
    ],
  };
}

/** A series' figures: of each key, by period. */
export const figuresTable = (name: string, key: string): KeyValueTable => keyValueTable(name, key, "period");

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
