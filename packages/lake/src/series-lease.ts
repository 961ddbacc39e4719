/** Who writes the rows of one key of a series: an expiring lease in the table of its figures. */

import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { dynamoClient, ifHolds } from "./dynamo.ts";

export interface SeriesLease {
  /** Takes or renews the lease of a key; false when another holds it. */
  take(key: string, owner: string, times: { readonly now: Date; readonly until: Date }): Promise<boolean>;
  /** Gives it back; well when it is another's by now. */
  release(key: string, owner: string): Promise<void>;
}

export function openSeriesLease(at: {
  readonly client?: DynamoDBClient;
  readonly table: string;
  readonly key: string;
}): SeriesLease {
  const client = at.client ?? dynamoClient();
  const { table: TableName } = at;
  const id = (key: string) => ({ [at.key]: { S: key }, period: { S: "lease" } });
  return {
    async take(key, owner, { now, until }) {
      return await ifHolds(
        client.send(
          new PutItemCommand({
            TableName,
            Item: { ...id(key), owner: { S: owner }, until: { S: until.toISOString() } },
            ConditionExpression: "attribute_not_exists(#owner) OR #owner = :owner OR #until < :now",
            ExpressionAttributeNames: { "#owner": "owner", "#until": "until" },
            ExpressionAttributeValues: { ":owner": { S: owner }, ":now": { S: now.toISOString() } },
          }),
        ),
      );
    },

    async release(key, owner) {
      await ifHolds(
        client.send(
          new DeleteItemCommand({
            TableName,
            Key: id(key),
            ConditionExpression: "#owner = :owner",
            ExpressionAttributeNames: { "#owner": "owner" },
            ExpressionAttributeValues: { ":owner": { S: owner } },
          }),
        ),
      );
    },
  };
}
