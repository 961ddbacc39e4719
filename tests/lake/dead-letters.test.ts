/** The behaviour of dead letters against SQS as moto plays it, and as the laptop does. */

import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type DeadLetter, openDeadLetters } from "@penstock/lake/dead-letters.ts";
import { startMoto } from "@penstock/lake/testing/moto.ts";
import { failureRecord } from "@penstock/local/lambda/failure-record.ts";
import { Sqs } from "@penstock/local/sqs.ts";
import { answerJson } from "@penstock/local/wire/json-protocol.ts";
import { sqsApi } from "@penstock/local/wire/sqs.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

const names = ["empty", "lambda", "eventbridge", "many", "again"] as const;
type Name = (typeof names)[number];

/** Somewhere that has these queues. */
interface Place {
  readonly endpoint: string;
  readonly close: () => void;
}

async function moto(): Promise<Place> {
  const { endpoint, close } = await startMoto(toolchain.python);
  const client = clientAt(endpoint);
  for (const QueueName of names) await client.send(new CreateQueueCommand({ QueueName }));
  client.destroy();
  return { endpoint, close };
}

async function laptop(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "penstock-letters-"));
  const api = sqsApi(new Sqs({ queues: names, folder }), {
    arn: (queue) => `arn:aws:sqs:eu-west-1:000000000000:${queue}`,
    url: (queue) => `${endpoint()}/000000000000/${queue}`,
  });
  const server = createServer(async (request, response) => {
    const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    const { status, headers, body } = await answerJson(api, operation, await text(request));
    response.writeHead(status, headers).end(body);
  });
  const endpoint = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  };
  return { endpoint: endpoint(), close };
}

const clientAt = (endpoint: string) =>
  new SQSClient({
    endpoint,
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });

describe.each([
  ["moto", moto],
  ["the laptop", laptop],
])("dead letters in SQS of %s", (_, open) => {
  let place: Place;
  let client: SQSClient;
  beforeAll(async () => {
    place = await open();
    client = clientAt(place.endpoint);
  });
  afterAll(() => {
    client.destroy();
    place.close();
  });

  const letters = (queue: Name, takenSeconds = 300) => openDeadLetters({ queue, client, takenSeconds });

  async function send(queue: Name, body: unknown, attributes: Readonly<Record<string, string>> = {}) {
    const strings = Object.entries(attributes).map(([name, StringValue]) => [
      name,
      { DataType: "String", StringValue },
    ]);
    await client.send(
      new SendMessageCommand({
        QueueUrl: `${place.endpoint}/000000000000/${queue}`,
        MessageBody: typeof body === "string" ? body : JSON.stringify(body),
        MessageAttributes: Object.fromEntries(strings),
      }),
    );
  }

  async function all(queue: Name, takenSeconds?: number): Promise<DeadLetter[]> {
    const taken: DeadLetter[] = [];
    for await (const letter of letters(queue, takenSeconds).take()) taken.push(letter);
    return taken;
  }

  test("an empty queue has none", async () => {
    expect(await letters("empty").waiting()).toBe(0);
    expect(await all("empty")).toEqual([]);
  });

  test("Lambda's has the event, the function, the error and how often it was tried", async () => {
    const arn = "arn:aws:lambda:eu-west-1:000000000000:function:penstock-local-energy-process";
    const response = JSON.stringify({ errorType: "TimeoutError", errorMessage: "too slow", trace: [] });
    const payload = JSON.stringify({ detail: { object: { key: "raw/energy/ü.json" } } });
    await send("lambda", failureRecord({ arn, requestId: "r", attempts: 3, payload, response }, new Date()));
    expect(await all("lambda")).toEqual([
      {
        handle: expect.any(String),
        event: { detail: { object: { key: "raw/energy/ü.json" } } },
        function: "penstock-local-energy-process",
        target: `${arn}:$LATEST`,
        error: "TimeoutError",
        cause: "too slow",
        attempts: 3,
      },
    ]);
  });

  test("EventBridge's has the event as its body, and says the rest in attributes", async () => {
    const TARGET_ARN = "arn:aws:states:eu-west-1:000000000000:stateMachine:penstock-local-energy";
    const attributes = {
      TARGET_ARN,
      ERROR_CODE: "NO_PERMISSIONS",
      ERROR_MESSAGE: "may not",
      RETRY_ATTEMPTS: "4",
    };
    await send("eventbridge", { detail: {} }, attributes);
    await send("eventbridge", "no JSON");
    const handle = expect.any(String);
    const unknown = { function: null, target: null, error: null, cause: null, attempts: null };
    const byMachine = { target: TARGET_ARN, error: "NO_PERMISSIONS", cause: "may not", attempts: 5 };
    expect(await all("eventbridge")).toEqual([
      { handle, event: { detail: {} }, function: null, ...byMachine },
      { handle, event: "no JSON", ...unknown },
    ]);
  });

  test("more than SQS gives at a time are all taken; those that are done are gone", async () => {
    for (let n = 0; n < 25; n++) await send("many", { n });
    expect(await letters("many").waiting()).toBe(25);
    const taken = await all("many");
    expect(taken.map(({ event }) => (event as { n: number }).n).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 25 }, (_, n) => n),
    );
    for (const letter of taken) await letters("many").done(letter);
    expect(await letters("many").waiting()).toBe(0);
  });

  test("one that is not done waits again, and is given once by each taking", async () => {
    await send("again", { n: 1 });
    expect(await all("again", 0)).toHaveLength(1);
    const [letter] = await all("again", 10);
    expect(letter?.event).toEqual({ n: 1 });
    if (letter) await letters("again").done(letter);
    expect(await all("again")).toEqual([]);
  });
});
