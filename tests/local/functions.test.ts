/** Functions that an object, the clock and requests start, in the daemon as its users know it. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { type DeadLetter, openDeadLetters } from "@penstock/lake/dead-letters.ts";
import { connect, type Daemon, stop } from "@penstock/local/client.ts";
import { homeAt } from "@penstock/local/home.ts";
import { isRunning } from "@penstock/local/process.ts";
import { writeRecord } from "@penstock/local/records.ts";
import { everySeconds, writeFunctionRepository } from "@penstock/local/testing/function-repository.ts";

jest.setTimeout(120_000);

const root = mkdtempSync(join(tmpdir(), "penstock functions "));
const queueName = "penstock-local-meters-dead-letters";
let daemon: Daemon;
let sqs: SQSClient;

const clientOf = ({ url }: Daemon) =>
  new SQSClient({
    endpoint: url,
    region: "eu-west-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });

beforeAll(async () => {
  writeFunctionRepository(join(root, "repository"));
  process.env.PENSTOCK_REPOSITORY = join(root, "repository");
  process.env.PENSTOCK_IDLE_SECONDS = "60";
  process.env.PENSTOCK_SPARK = "lazy";
  daemon = await connect({ home: join(root, "home") });
  sqs = clientOf(daemon);
});

afterAll(async () => {
  sqs.destroy();
  await stop(daemon.home);
  rmSync(root, { recursive: true, force: true });
});

async function until<T>(ask: () => Promise<T | undefined> | T | undefined, seconds = 30): Promise<T> {
  for (const giveUp = Date.now() + seconds * 1000; Date.now() < giveUp; await sleep(50)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
  }
  throw new Error(`not within ${seconds} s: ${ask}`);
}

function put(key: string, content: object): void {
  const path = join(daemon.home.lake, key);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, JSON.stringify(content));
}

/** The lines that the functions have written about a key. */
function lines(name: string, key: string): { key: string; pid: number }[] {
  const path = join(daemon.home.lake, name);
  const all = existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
  return all.map((line) => JSON.parse(line)).filter((line) => line.key === key);
}

const events = () => readdirSync(daemon.home.functionEvents);

test("an object starts each function whose prefix and suffix it has, and not the state machine that wants none", async () => {
  put("raw/meters/a.json", {});
  put("raw/meters/a.jsonl", {});
  await until(() => lines("done.ndjson", "raw/meters/a.json").length > 0 || undefined);
  await until(() => events().length === 0 || undefined);
  expect(lines("recorded.ndjson", "raw/meters/a.json")).toHaveLength(1);
  expect(lines("recorded.ndjson", "raw/meters/a.jsonl")).toEqual([]);
  expect(
    readdirSync(daemon.home.executions, { recursive: true }).filter((name) => /json/.test(String(name))),
  ).toEqual([]);
});

test("one that its function can't take is tried three times, then waits among the dead letters for a redrive", async () => {
  put("raw/meters/bad.json", { fail: "cannot record" });
  const letters = openDeadLetters({ client: sqs, queue: queueName });
  await until(async () => (await letters.waiting()) === 1 || undefined);
  expect(lines("recorded.ndjson", "raw/meters/bad.json")).toHaveLength(3);
  const taken: DeadLetter[] = [];
  for await (const letter of letters.take()) taken.push(letter);
  expect(taken).toEqual([
    expect.objectContaining({
      function: "penstock-local-meters-record",
      error: "RecordError",
      cause: "cannot record",
      attempts: 3,
      event: expect.objectContaining({
        "detail-type": "Object Created",
        detail: expect.objectContaining({ object: expect.objectContaining({ key: "raw/meters/bad.json" }) }),
      }),
    }),
  ]);
  for (const letter of taken) await letters.done(letter);
  expect(await letters.waiting()).toBe(0);
});

test("kill -9 while an event is under way: the next daemon takes it up", async () => {
  put("raw/meters/slow.json", { sleep: 3000 });
  put("raw/meters/after.json", {});
  const { pid } = await until(() => lines("recorded.ndjson", "raw/meters/slow.json")[0]);
  process.kill(daemon.pid, "SIGKILL");
  await until(() => !isRunning(pid) || undefined, 10);
  expect(events().length).toBeGreaterThan(0);
  expect(lines("done.ndjson", "raw/meters/slow.json")).toEqual([]);

  const before = daemon;
  daemon = await connect({ home: daemon.home.root });
  sqs.destroy();
  sqs = clientOf(daemon);
  expect(daemon.pid).not.toBe(before.pid);
  expect(daemon.apis).toEqual(before.apis);
  await until(() => lines("done.ndjson", "raw/meters/slow.json").length > 0 || undefined);
  await until(() => events().length === 0 || undefined);
  expect(lines("done.ndjson", "raw/meters/slow.json")).toHaveLength(1);
  expect(lines("done.ndjson", "raw/meters/after.json").length).toBeGreaterThan(0);
  expect(await openDeadLetters({ client: sqs, queue: queueName }).waiting()).toBe(0);
});

test("an event that a client sends is one of them", async () => {
  const { url } = daemon;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new LambdaClient({ endpoint: url, region: "eu-west-1", credentials });
  put("sent.json", {});
  const { StatusCode } = await client.send(
    new InvokeCommand({
      FunctionName: "penstock-local-meters-record",
      InvocationType: "Event",
      Payload: JSON.stringify({ detail: { object: { key: "sent.json" } } }),
    }),
  );
  client.destroy();
  expect(StatusCode).toBe(202);
  await until(() => lines("done.ndjson", "sent.json")[0]);
});

test("killed before it remembers what it did, the daemon does it twice rather than never", async () => {
  const home = homeAt(join(root, "killed home"));
  const plan = (point: string) =>
    writeRecord(join(home.root, "faults", "next.json"), { faults: [{ point, kill: "daemon" }] });
  const file = join(home.lake, "raw/meters/twice.json");
  const written = (name: string) =>
    existsSync(join(home.lake, name))
      ? readFileSync(join(home.lake, name), "utf8").trim().split("\n").length
      : 0;
  const letters = () => readdirSync(join(home.queues, queueName)).length;
  const left = () => readdirSync(home.functionEvents).length;
  const killed = async () => {
    const { pid } = await connect({ home: home.root });
    return () => until(() => !isRunning(pid) || undefined);
  };
  process.env.PENSTOCK_FAULTS = "faults";
  try {
    plan("event penstock-local-meters-record accepted");
    const atAcceptance = await killed();
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "{}");
    await atAcceptance();
    expect([left(), written("recorded.ndjson")]).toEqual([1, 0]);
    await connect({ home: home.root });
    await until(() => (written("done.ndjson") === 2 && left() === 0) || undefined);

    plan("event penstock-local-meters-record given up");
    const atTheEnd = await killed();
    writeFileSync(file, JSON.stringify({ fail: "cannot record" }));
    await atTheEnd();
    expect([letters(), left()]).toEqual([1, 1]);
    await connect({ home: home.root });
    await until(() => (letters() === 2 && left() === 0) || undefined);
  } finally {
    delete process.env.PENSTOCK_FAULTS;
    await stop(home);
  }
});

test("the AWS SDK gets from SQS what it gets from AWS, and a message survives kill -9", async () => {
  const { QueueUrls } = await sqs.send(new ListQueuesCommand({}));
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));
  expect(QueueUrls).toEqual([QueueUrl]);
  const MessageAttributes = { kind: { DataType: "String", StringValue: "é" } };
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "é <1>", MessageAttributes }));
  process.kill(daemon.pid, "SIGKILL");
  await until(() => !isRunning(daemon.pid) || undefined, 10);
  daemon = await connect({ home: daemon.home.root });
  sqs.destroy();
  sqs = clientOf(daemon);
  const url = (await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }))).QueueUrl;
  const receive = new ReceiveMessageCommand({
    QueueUrl: url,
    VisibilityTimeout: 1,
    MessageAttributeNames: ["All"],
    MessageSystemAttributeNames: ["ApproximateReceiveCount"],
  });
  const [message] = (await sqs.send(receive)).Messages ?? [];
  expect(message).toMatchObject({
    Body: "é <1>",
    MessageAttributes,
    Attributes: { ApproximateReceiveCount: "1" },
  });
  expect((await sqs.send(receive)).Messages).toBeUndefined();
  const again = new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 5 });
  const [returned] = (await sqs.send(again)).Messages ?? [];
  expect(returned?.MessageId).toBe(message?.MessageId);
  await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: returned?.ReceiptHandle }));
  const count = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] });
  expect((await sqs.send(count)).Attributes).toMatchObject({
    ApproximateNumberOfMessages: "0",
    ApproximateNumberOfMessagesNotVisible: "0",
  });
  await expect(sqs.send(new GetQueueUrlCommand({ QueueName: "no" }))).rejects.toThrow(
    expect.objectContaining({ name: "QueueDoesNotExist" }),
  );
});

test("a pipeline's HTTP API answers at its own URL, with the memory that its function has", async () => {
  const { meters } = daemon.apis;
  const answer = await fetch(`${meters}/a%20b?x=%20`);
  expect([answer.status, answer.headers.get("x-memory"), await answer.text()]).toEqual([
    201,
    "128",
    "/a b?x=%20",
  ]);
  for (const path of ["/fail", "/large"]) {
    const failed = await fetch(`${meters}${path}`);
    expect([failed.status, await failed.json()]).toEqual([500, { message: "Internal Server Error" }]);
  }
});

test("what the clock starts has the time when it was due, and does not keep the daemon up", async () => {
  process.env.PENSTOCK_SCHEDULES = "on";
  process.env.PENSTOCK_IDLE_SECONDS = "8";
  const found = await connect({ home: join(root, "clock home") });
  process.env.PENSTOCK_SCHEDULES = "off";
  process.env.PENSTOCK_IDLE_SECONDS = "60";
  await until(() => !isRunning(found.pid) || undefined, 40);
  const ticks = readFileSync(join(found.home.lake, "ticked.ndjson"), "utf8").trim().split("\n");
  const ticked = ticks.map((line) => JSON.parse(line) as { time: string; at: string });
  expect(ticked.length).toBeGreaterThan(1);
  for (const { time, at } of ticked) {
    const late = Date.parse(at) - Date.parse(time);
    expect([Date.parse(time) % (everySeconds * 1000), late >= 0, late < 10_000]).toEqual([0, true, true]);
  }
  // what it put was processed too
  expect(readFileSync(join(found.home.lake, "recorded.ndjson"), "utf8")).toContain("raw/meters/");
});
