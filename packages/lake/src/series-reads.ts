/** Reads a series from DynamoDB: rows of one key between two instants, and figures of many keys. */

import { setTimeout } from "node:timers/promises";
import { BatchGetItemCommand, type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import { dynamoClient, type Item } from "./dynamo.ts";
import { anomalyIndex } from "./tables.ts";
import { sendUnparsed } from "./unparsed.ts";

/** Rows of one key. */
export interface RowsAsked {
  readonly key: string;
  /** The first and the last instant, both included, as they are stored. */
  readonly from: string;
  readonly to: string;
  /** `asc`: the oldest first. */
  readonly order: "asc" | "desc";
  /** The most rows wanted. */
  readonly most: number;
  /** Only the anomalies among them. */
  readonly anomalies: boolean;
  /** The attributes wanted. */
  readonly attributes: readonly string[];
}

export interface SeriesReads {
  /** The rows as DynamoDB has them: a number is its exact decimal text. What has just been written may be missing. */
  rows(asked: RowsAsked): Promise<Item[]>;
  /** The figures of some keys in one period, by key; a key that has none is not in it. */
  figures(keys: readonly string[], period: string): Promise<ReadonlyMap<string, Item>>;
}

/** How many items one batch may ask for. */
const batchSize = 100;

/** The longest pause before what DynamoDB did not process is asked for again, in milliseconds. */
const longestPause = 2000;

export function openSeriesReads(at: {
  readonly client?: DynamoDBClient;
  /** The tables of rows and of figures. */
  readonly rows: string;
  readonly figures: string;
  readonly key: string;
  readonly time: string;
}): SeriesReads {
  const client = at.client ?? dynamoClient();
  return {
    async rows({ key, from, to, order, most, anomalies, attributes }) {
      const names = Object.fromEntries(attributes.map((name, index) => [`#a${index}`, name]));
      const asked = {
        TableName: at.rows,
        ...(anomalies ? { IndexName: anomalyIndex.name } : {}),
        KeyConditionExpression: "#key = :key AND #time BETWEEN :from AND :to",
        ProjectionExpression: Object.keys(names).join(", "),
        ExpressionAttributeNames: {
          "#key": at.key,
          "#time": anomalies ? anomalyIndex.time : at.time,
          ...names,
        },
        ExpressionAttributeValues: { ":key": { S: key }, ":from": { S: from }, ":to": { S: to } },
        ScanIndexForward: order === "asc",
      };
      const found: Item[] = [];
      let after: Item | undefined;
      do {
        const query: QueryCommand = new QueryCommand({
          ...asked,
          Limit: most - found.length,
          ExclusiveStartKey: after,
        });
        const page = await sendUnparsed(client, query);
        for (const item of page.Items ?? []) found.push(item);
        after = page.LastEvaluatedKey;
      } while (after !== undefined && found.length < most);
      return found;
    },

    async figures(keys, period) {
      const batches = Array.from({ length: Math.ceil(keys.length / batchSize) }, (_, at) =>
        keys.slice(at * batchSize, (at + 1) * batchSize),
      );
      const found = await Promise.all(batches.map((batch) => batchOf(batch, period)));
      return new Map(found.flat().map((item) => [item[at.key]?.S ?? "", item]));
    },
  };

  async function batchOf(keys: readonly string[], period: string): Promise<Item[]> {
    const found: Item[] = [];
    let wanted: Item[] = keys.map((key) => ({ [at.key]: { S: key }, period: { S: period } }));
    for (let pause = 50; wanted.length > 0; pause = Math.min(pause * 2, longestPause)) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [at.figures]: { Keys: wanted } } }),
      );
      found.push(...(Responses?.[at.figures] ?? []));
      wanted = UnprocessedKeys?.[at.figures]?.Keys ?? [];
      if (wanted.length > 0) await setTimeout(pause);
    }
    return found;
  }
}
