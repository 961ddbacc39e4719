/** A DynamoDB of a test's own: dynalite in this process, in memory, with the tables asked for. */

import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ScanCommand,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import dynalite from "dynalite";
import type { Item } from "../dynamo.ts";
import type { KeyValueTable } from "../tables.ts";

export interface TestDynamo {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  readonly create: (table: KeyValueTable) => Promise<void>;
  readonly put: (table: string, items: readonly Item[]) => Promise<void>;
  /** Every item of a table, sorted. */
  readonly dump: (table: string) => Promise<Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
}

export async function startDynamo(): Promise<TestDynamo> {
  // without a path it is in memory
  const server: Server = dynalite({ path: "", createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("dynalite listens nowhere");
  const endpoint = `http://127.0.0.1:${address.port}`;
  const client = new DynamoDBClient({
    endpoint,
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  return {
    endpoint,
    client,
    async create(table) {
      await client.send(new CreateTableCommand(table));
      // even with `createTableMs: 0` a new table refuses requests for a moment
      const described = () => client.send(new DescribeTableCommand({ TableName: table.TableName }));
      while ((await described()).Table?.TableStatus !== "ACTIVE") await sleep(1);
    },
    async put(table, items) {
      for (let from = 0; from < items.length; from += 25) {
        const batch = items.slice(from, from + 25);
        let left: WriteRequest[] = batch.map((Item) => ({ PutRequest: { Item } }));
        while (left.length > 0) {
          const command = new BatchWriteItemCommand({ RequestItems: { [table]: left } });
          left = (await client.send(command)).UnprocessedItems?.[table] ?? [];
        }
      }
    },
    async dump(TableName) {
      const { Items } = await client.send(new ScanCommand({ TableName, ConsistentRead: true }));
      return (Items ?? [])
        .map((item) => unmarshall(item))
        .sort((a, b) => (JSON.stringify(a.item) < JSON.stringify(b.item) ? -1 : 1));
    },
    async close() {
      client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
