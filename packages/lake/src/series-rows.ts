/** The rows of a series in DynamoDB: of one key, by time, each with what was found of it. */

import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { dynamoClient, type Item, ifHolds, putBatch } from "./dynamo.ts";
import { anomalyIndex } from "./tables.ts";

/** One row as it is served. */
export interface SeriesRow {
  /** The value of the partition key: a site's id. */
  readonly key: string;
  /** An instant of a whole second: `2026-11-28T21:05:00Z`. */
  readonly time: string;
  /** The decimal columns, each as its shortest exact text. */
  readonly values: Readonly<Record<string, string>>;
  /** Why it is an anomaly; none means that it is not. */
  readonly reasons: readonly string[];
  /** When the file that it came from was put, ISO 8601. */
  readonly received_at: string;
  /** That time and the file's key: of two versions of a row, the one with the greater text is the newer. */
  readonly source: string;
}

/** Reads see every write that came before them. */
export interface SeriesRows {
  /** The last rows before a time, at most `count`, the oldest first. */
  before(key: string, time: string, count: number): Promise<SeriesRow[]>;
  /** The first rows after a time, at most `count`. */
  after(key: string, time: string, count: number): Promise<SeriesRow[]>;
  /** The rows from one time to another, both included, in order. */
  between(key: string, first: string, last: string): Promise<SeriesRow[]>;
  /**
   * Puts rows that the table does not have, at most 25 at a time, and again those that DynamoDB did not process.
   * Not conditional, since batches can't be.
   */
  add(rows: readonly SeriesRow[]): Promise<void>;
  /** Puts a row in place of the one seen; false, and nothing changed, when it is no longer so. */
  put(row: SeriesRow, seen: SeriesRow): Promise<boolean>;
  /** Deletes a row as it was seen; false, and nothing changed, when it is no longer so. */
  delete(seen: SeriesRow): Promise<boolean>;
}

export function openSeriesRows(at: {
  readonly client?: DynamoDBClient;
  readonly table: string;
  /** The names of the key's column, the time's, and the decimal ones. */
  readonly key: string;
  readonly time: string;
  readonly sums: readonly string[];
}): SeriesRows {
  const client = at.client ?? dynamoClient();
  const { table: TableName } = at;
  const names = { "#key": at.key, "#time": at.time };

  const nearest = async (key: string, time: string, count: number, forward: boolean) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: `#key = :key AND #time ${forward ? ">" : "<"} :time`,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ":key": { S: key }, ":time": { S: time } },
        ScanIndexForward: forward,
        ConsistentRead: true,
        Limit: count,
      }),
    );
    const rows = Items.map((item) => rowOf(item, at));
    return forward ? rows : rows.reverse();
  };

  const itemOf = ({ key, time, values, reasons, received_at, source }: SeriesRow): Item => ({
    [at.key]: { S: key },
    [at.time]: { S: time },
    ...Object.fromEntries(at.sums.map((name) => [name, { N: values[name] ?? "0" }])),
    anomaly: { BOOL: reasons.length > 0 },
    anomaly_reasons: { L: reasons.map((reason) => ({ S: reason })) },
    // on anomalies alone, so that the index holds no other
    ...(reasons.length > 0 ? { [anomalyIndex.time]: { S: time } } : {}),
    received_at: { S: received_at },
    source: { S: source },
  });

  const asSeen = (seen: SeriesRow) => ({
    ConditionExpression: "#source = :seen",
    ExpressionAttributeNames: { "#source": "source" },
    ExpressionAttributeValues: { ":seen": { S: seen.source } },
  });

  return {
    before: (key, time, count) => nearest(key, time, count, false),
    after: (key, time, count) => nearest(key, time, count, true),

    async between(key, first, last) {
      const rows: SeriesRow[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName,
          KeyConditionExpression: "#key = :key AND #time BETWEEN :first AND :last",
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: { ":key": { S: key }, ":first": { S: first }, ":last": { S: last } },
          ConsistentRead: true,
        },
      );
      for await (const page of pages) rows.push(...(page.Items ?? []).map((item) => rowOf(item, at)));
      return rows;
    },

    add: (rows) => putBatch(client, TableName, rows.map(itemOf)),

    put: async (row, seen) =>
      await ifHolds(client.send(new PutItemCommand({ TableName, Item: itemOf(row), ...asSeen(seen) }))),

    delete: async (seen) =>
      await ifHolds(
        client.send(
          new DeleteItemCommand({
            TableName,
            Key: { [at.key]: { S: seen.key }, [at.time]: { S: seen.time } },
            ...asSeen(seen),
          }),
        ),
      ),
  };
}

function rowOf(
  item: Item,
  names: { readonly key: string; readonly time: string; readonly sums: readonly string[] },
): SeriesRow {
  return {
    key: textOf(item[names.key]),
    time: textOf(item[names.time]),
    values: Object.fromEntries(names.sums.map((name) => [name, textOf(item[name])])),
    reasons: (item.anomaly_reasons?.L ?? []).map(textOf),
    received_at: textOf(item.received_at),
    source: textOf(item.source),
  };
}

const textOf = (value: AttributeValue | undefined): string => value?.S ?? value?.N ?? "";
