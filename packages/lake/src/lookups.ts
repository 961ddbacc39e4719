/** A lookup table in DynamoDB: the figures of one key, by metric and period. */

import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import { dynamoClient, type Item, ifHolds, putBatch } from "./dynamo.ts";

/** A figure as DynamoDB has it; a number is its exact decimal text, never a float. */
export type Figure = { readonly N: string } | { readonly S: string } | { readonly BOOL: boolean };

/** The figures of one key, metric and period. */
export interface LookupItem {
  /** The value of the table's key: a site's id. */
  readonly key: string;
  /** `<metric>#<period>`. */
  readonly metric: string;
  readonly figures: Readonly<Record<string, Figure>>;
  /** The publication that last changed it, and the run that made that. */
  readonly publish: number;
  readonly run_id: string;
}

export interface Lookups {
  /** Every item of one key, in the order of metric and period. */
  of(key: string): Promise<LookupItem[]>;
  /** Every item of the table, in no order. */
  all(): AsyncIterable<LookupItem>;
  /**
   * Puts items that the table doesn't have, at most 25 at a time, and again those that DynamoDB did not process.
   * Not conditional, since batches can't be, and several times as fast as one by one.
   */
  add(items: readonly LookupItem[]): Promise<void>;
  /** Puts an item; false, and nothing changed, when a newer publication has been there. */
  put(item: LookupItem): Promise<boolean>;
  /** Deletes an item; false, and nothing changed, when a publication newer than `publish` has been there. */
  delete(item: LookupItem, publish: number): Promise<boolean>;
}

/** Attributes that are not figures; no metric may have a column of these names, or of the key's. */
export const reservedAttributes: readonly string[] = ["metric", "publish", "run_id"];

export function openLookups(at: {
  readonly client?: DynamoDBClient;
  readonly table: string;
  /** The name of the partition key: `site_id`. */
  readonly key: string;
}): Lookups {
  const client = at.client ?? dynamoClient();
  const TableName = at.table;
  const keyOf = (item: LookupItem): Item => ({ [at.key]: { S: item.key }, metric: { S: item.metric } });
  const attributes = (item: LookupItem): Item => ({
    ...item.figures,
    ...keyOf(item),
    publish: { N: String(item.publish) },
    run_id: { S: item.run_id },
  });
  const notNewer = (publish: number) => ({
    ConditionExpression: "attribute_not_exists(publish) OR publish <= :publish",
    ExpressionAttributeValues: { ":publish": { N: String(publish) } },
  });

  return {
    async of(key) {
      const found: LookupItem[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName,
          KeyConditionExpression: "#key = :key",
          ExpressionAttributeNames: { "#key": at.key },
          ExpressionAttributeValues: { ":key": { S: key } },
        },
      );
      for await (const page of pages) found.push(...(page.Items ?? []).map((item) => itemOf(item, at.key)));
      return found;
    },

    async *all() {
      for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true })) {
        for (const item of page.Items ?? []) yield itemOf(item, at.key);
      }
    },

    add: (items) => putBatch(client, TableName, items.map(attributes)),

    async put(item) {
      const Item = attributes(item);
      return await ifHolds(client.send(new PutItemCommand({ TableName, Item, ...notNewer(item.publish) })));
    },

    async delete(item, publish) {
      return await ifHolds(
        client.send(new DeleteItemCommand({ TableName, Key: keyOf(item), ...notNewer(publish) })),
      );
    },
  };
}

function itemOf(item: Item, key: string): LookupItem {
  const { [key]: keyValue, metric, publish, run_id, ...rest } = item;
  return {
    key: textOf(keyValue),
    metric: textOf(metric),
    publish: Number(textOf(publish)),
    run_id: textOf(run_id),
    figures: Object.fromEntries(
      Object.entries(rest).flatMap(([name, value]) => {
        const figure = figureOf(value);
        return figure === null ? [] : [[name, figure]];
      }),
    ),
  };
}

function figureOf(value: AttributeValue): Figure | null {
  if (value.N !== undefined) return { N: value.N };
  if (value.S !== undefined) return { S: value.S };
  if (value.BOOL !== undefined) return { BOOL: value.BOOL };
  return null;
}

const textOf = (value: AttributeValue | undefined): string => value?.S ?? value?.N ?? "";
