/** A DynamoDB that is short of capacity: it throttles every twentieth call, and takes the first half of a batch only. */

import { createServer, type IncomingMessage } from "node:http";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { TestDynamo } from "./dynamo.ts";

export interface ThrottledDynamo extends TestDynamo {
  /** Calls that were throttled, and items of batches that were not processed. */
  readonly refused: { calls: number; items: number };
}

/** @param dynamo the one behind it, which does what is let through */
export async function throttled(dynamo: TestDynamo): Promise<ThrottledDynamo> {
  const refused = { calls: 0, items: 0 };
  let calls = 0;
  const server = createServer(async (request, answer) => {
    const send = (status: number, body: object) =>
      answer.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
    calls += 1;
    if (calls % 20 === 0) {
      refused.calls += 1;
      const __type = "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException";
      return send(400, { __type, message: "short of capacity" });
    }
    const asked = JSON.parse(await textOf(request));
    const left: Record<string, unknown[]> = {};
    const isBatch = String(request.headers["x-amz-target"]).endsWith(".BatchWriteItem");
    if (isBatch) {
      for (const [table, items] of Object.entries<unknown[]>(asked.RequestItems)) {
        const taken = Math.ceil(items.length / 2);
        asked.RequestItems[table] = items.slice(0, taken);
        if (taken < items.length) left[table] = items.slice(taken);
      }
      refused.items += Object.values(left).flat().length;
    }
    const headers = Object.entries(request.headers).filter(([name]) =>
      /^(x-amz-|content-type|auth)/.test(name),
    );
    const got = await fetch(dynamo.endpoint, {
      method: "POST",
      headers: Object.fromEntries(headers) as Record<string, string>,
      body: JSON.stringify(asked),
    });
    const said = JSON.parse(await got.text());
    return send(got.status, isBatch && got.ok ? { ...said, UnprocessedItems: left } : said);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("the throttled DynamoDB listens nowhere");
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 8,
  });
  return {
    ...dynamo,
    client,
    refused,
    async close() {
      client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
