/** The DynamoDB client that the ledger and the lookups share, and the items as it gives them. */

import { setTimeout } from "node:timers/promises";
import {
  type AttributeValue,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";

export type Item = Record<string, AttributeValue>;

/** A client from the process's environment, patient with throttling. */
export function dynamoClient(): DynamoDBClient {
  return new DynamoDBClient({ maxAttempts: 8 });
}

/** Does a conditional write; false when its condition did not hold. */
export async function ifHolds(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** How many items one batch may have. */
export const batchSize = 25;

/** Puts at most `batchSize` items, and again those of them that DynamoDB did not process. */
export async function putBatch(client: DynamoDBClient, table: string, items: readonly Item[]): Promise<void> {
  let requests: WriteRequest[] = items.map((Item) => ({ PutRequest: { Item } }));
  for (let pause = 50; requests.length > 0; pause = Math.min(pause * 2, 5000)) {
    const { UnprocessedItems } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: requests } }),
    );
    requests = UnprocessedItems?.[table] ?? [];
    if (requests.length > 0) await setTimeout(pause);
  }
}
