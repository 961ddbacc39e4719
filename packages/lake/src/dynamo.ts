/** The DynamoDB client that the ledger and the lookups share, and the items as it gives them. */

import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
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
