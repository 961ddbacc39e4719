/** The daemon as its clients know it: found or started, asked over the wire, killed, and found again. */
import { execFile } from "node:child_process";
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
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { connect, type Daemon, stop } from "@penstock/local/client.ts";
import { isRunning } from "@penstock/local/process.ts";
import { writeRepository } from "@penstock/local/testing/repository.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

jest.setTimeout(120_000);

const root = mkdtempSync(join(tmpdir(), "penstock daemon "));
const machine = "arn:aws:states:eu-west-1:000000000000:stateMachine:penstock-local-greeting";
let daemon: Daemon;

beforeAll(async () => {
  writeRepository(join(root, "repository"));
  process.env.PENSTOCK_REPOSITORY = join(root, "repository");
  // A daemon that a test which was cut off leaves behind ends soon.
  process.env.PENSTOCK_IDLE_SECONDS = "60";
  daemon = await connect({ home: join(root, "home") });
});

afterAll(async () => {
  await stop(daemon.home);
  rmSync(root, { recursive: true, force: true });
});

/** What the services answer, as far as the tests look at it. */
interface Answer {
  readonly executionArn: string;
  readonly status: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly executions: readonly { readonly executionArn: string }[];
  readonly JobRuns: readonly { readonly JobRunState: string }[];
  readonly Item?: object;
}

/** Calls an operation of a service that speaks the JSON protocol. */
async function call(target: string, input: object): Promise<Answer> {
  const headers = {
    "x-amz-target": target,
    "content-type": "application/x-amz-json-1.0",
    "x-amz-date": "20261120T000000Z",
    authorization,
  };
  const response = await fetch(daemon.url, { method: "POST", headers, body: JSON.stringify(input) });
  return (await response.json()) as Answer;
}
const authorization = "AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local";

async function start(input: object): Promise<string> {
  const given = { stateMachineArn: machine, input: JSON.stringify(input) };
  return (await call("AWSStepFunctions.StartExecution", given)).executionArn;
}

const jobRuns = async () =>
  (await call("AWSGlue.GetJobRuns", { JobName: "penstock-local-greeting" })).JobRuns;

const describeExecution = (arn: string) => call("AWSStepFunctions.DescribeExecution", { executionArn: arn });

async function until<T>(ask: () => Promise<T | undefined> | T | undefined, seconds = 60): Promise<T> {
  for (const giveUp = Date.now() + seconds * 1000; Date.now() < giveUp; await sleep(50)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
  }
  throw new Error(`not within ${seconds} s: ${ask}`);
}

const ended = (arn: string) =>
  until(async () => {
    const execution = await describeExecution(arn);
    return execution.status === "RUNNING" ? undefined : execution;
  });

/** The processes of this test's daemon, whatever has become of their parents. */
async function processes(): Promise<readonly { pid: number; command: string }[]> {
  const { stdout } = await promisify(execFile)("ps", ["-ww", "-e", "-o", "pid=,ppid=,command="], {
    maxBuffer: 2 ** 24,
  });
  const all = stdout.split("\n").map((line) => {
    const [, pid, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid), parent: Number(parent), command };
  });
  const family = new Set([daemon.pid]);
  for (const { pid, parent } of all.toSorted((a, b) => a.pid - b.pid))
    if (family.has(parent)) family.add(pid);
  return all.filter(
    ({ pid, command }) => pid !== daemon.pid && family.has(pid) && !command.startsWith("ps "),
  );
}

describe("connecting", () => {
  test("many at once find one daemon", async () => {
    const found = await Promise.all(Array.from({ length: 5 }, () => connect({ home: daemon.home.root })));
    expect(new Set(found.map(({ pid }) => pid))).toEqual(new Set([daemon.pid]));
  });

  test("many at once start one daemon", async () => {
    const home = join(root, "other home");
    process.env.PENSTOCK_SPARK = "lazy";
    const found = await Promise.all(Array.from({ length: 5 }, () => connect({ home })));
    expect(new Set(found.map(({ pid }) => pid)).size).toBe(1);
    expect(await stop(found[0]?.home ?? daemon.home)).toBe(true);
    expect(existsSync(join(home, "daemon.json"))).toBe(false);
    expect(await stop(found[0]?.home ?? daemon.home)).toBe(false);
  });

  test("a record of a daemon that is gone is not believed", async () => {
    const home = join(root, "stale home");
    mkdirSync(home);
    writeFileSync(join(home, "daemon.json"), JSON.stringify({ pid: process.pid, url: daemon.url }));
    const found = await connect({ home });
    expect(found.pid).not.toBe(daemon.pid);
    await stop(found.home);
  });

  test("a daemon that nobody needs ends by itself", async () => {
    process.env.PENSTOCK_IDLE_SECONDS = "0.5";
    const found = await connect({ home: join(root, "idle home") });
    process.env.PENSTOCK_IDLE_SECONDS = "60";
    delete process.env.PENSTOCK_SPARK;
    await until(() => !isRunning(found.pid) || undefined, 10);
  });

  test("a page in a browser is refused", async () => {
    const foreign = await fetch(`${daemon.url}/penstock/stop`, {
      method: "POST",
      headers: { origin: "http://example.org" },
    });
    expect(foreign.status).toBe(403);
    // an image, say, is asked for without its page's origin
    const image = await fetch(`${daemon.url}/?Action=ListTopics&Version=2010-03-31`);
    expect(image.status).toBe(404);
    expect(isRunning(daemon.pid)).toBe(true);
  });
});

test("boto3 gets from each service what it gets from AWS", async () => {
  const { stdout } = await promisify(execFile)(
    toolchain.python,
    [join(import.meta.dirname, "boto3_client.py")],
    {
      env: {
        AWS_ENDPOINT_URL: daemon.url,
        AWS_ACCESS_KEY_ID: "local",
        AWS_SECRET_ACCESS_KEY: "local",
        AWS_DEFAULT_REGION: "eu-west-1",
      },
    },
  );
  const seen = JSON.parse(stdout);
  expect(seen).toMatchObject({
    machine: "penstock-local-greeting",
    account: "000000000000",
    execution: { status: "SUCCEEDED", error: null },
    listed: 1,
    failing: ["FAILED", "WorkFailed", "ValueError: cannot greet"],
    traceback: "ValueError: cannot greet",
    tail: true,
    throwing: ["FAILED", "GreetingError", "no"],
    concurrent: "ConcurrentRunsExceededException",
    job_run: "SUCCEEDED",
    job_runs: 3,
    invoked: "hello Bo",
    function_error: ["Unhandled", "GreetingError"],
    item: { N: "1" },
    tables: ["penstock-local-greeting-site-id", "penstock-local-ledger"],
    received: ["é & <b>", true],
    waiting: "0",
    queues: ["penstock-local-greeting-dead-letters"],
    published: true,
    secret: [64, true],
    databases: ["penstock"],
    query: ["SUCCEEDED", [["n"], ["3"]]],
  });
  expect(JSON.parse(seen.execution.output)).toMatchObject({
    greeting: "hello Ada",
    run: { JobRunState: "SUCCEEDED" },
  });
  expect(seen.events[0]).toBe("ExecutionStarted");
  expect(seen.events.at(-1)).toBe("ExecutionSucceeded");
  const codes = Object.fromEntries(
    Object.entries(seen.refused).map(([what, refusal]) => [what, (refusal as string[])[0]]),
  );
  expect(codes).toEqual({
    glue: "UnknownOperationException",
    states: "ExecutionDoesNotExist",
    sns: "NotFound",
    "sns action": "UnknownOperationException",
    function: "ResourceNotFoundException",
    "function operation": "UnknownOperationException",
    dynamodb: "UnknownOperationException",
    logs: "ResourceNotFoundException",
    queue: "AWS.SimpleQueueService.NonExistentQueue",
    "queue operation": "UnknownOperationException",
    other: "UnknownOperationException",
  });
  expect(seen.refused.glue[1]).toMatch(
    /Glue on this laptop does not know CreateDatabase; it knows StartJobRun, /,
  );
});

test("an object below a pipeline's prefix starts its state machine", async () => {
  const folder = join(daemon.home.lake, "raw", "names");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "Eve.csv"), "x");
  const output = await until(async () => {
    const { executions } = await call("AWSStepFunctions.ListExecutions", { stateMachineArn: machine });
    const newest = executions[0]?.executionArn ?? "";
    const { status, output } = await describeExecution(newest);
    return status === "SUCCEEDED" && String(output).includes("Eve") ? String(output) : undefined;
  });
  expect(JSON.parse(output).greeting).toBe("hello raw/names/Eve.csv");
});

describe("Spark", () => {
  const runningJob = async (name: string) => {
    const arn = await start({ name, job: true });
    await until(async () => {
      return (await jobRuns())[0]?.JobRunState === "RUNNING" || undefined;
    });
    return arn;
  };

  test("killed in the middle of a run fails the run with that reason, and the next run has a new one", async () => {
    const arn = await runningJob("sleep");
    const { pid } = JSON.parse(readFileSync(join(daemon.home.root, "spark.json"), "utf8"));
    process.kill(pid, "SIGKILL");
    const { error, cause } = await ended(arn);
    expect(error).toBe("WorkFailed");
    expect(JSON.parse(String(cause)).ErrorMessage).toMatch(
      /^Spark's JVM ended during the run: it was killed/,
    );
    expect((await ended(await start({ name: "again", job: true }))).status).toBe("SUCCEEDED");
  });

  test("out of memory fails the run with that reason, and the next run has a new one", async () => {
    const { error, cause } = await ended(await start({ name: "fill memory", job: true }));
    expect(error).toBe("WorkFailed");
    expect(JSON.parse(String(cause)).ErrorMessage).toMatch(
      /^Spark's JVM ended during the run: it ran out of memory/,
    );
    expect((await ended(await start({ name: "again", job: true }))).status).toBe("SUCCEEDED");
  });

  test("commits nothing more for an execution that was stopped", async () => {
    const arn = await runningJob("compute");
    await until(
      () =>
        existsSync(join(daemon.home.lake, "warehouse/penstock/sums/metadata/v1.metadata.json")) || undefined,
    );
    await sleep(500);
    await call("AWSStepFunctions.StopExecution", { executionArn: arn, error: "Enough", cause: "for today" });
    expect(await describeExecution(arn)).toMatchObject({
      status: "ABORTED",
      error: "Enough",
      cause: "for today",
    });
    await until(async () => {
      return (await jobRuns())[0]?.JobRunState === "STOPPED" || undefined;
    });
    const metadata = readdirSync(join(daemon.home.lake, "warehouse/penstock/sums/metadata"));
    expect(metadata.filter((name) => name.endsWith(".metadata.json"))).toEqual(["v1.metadata.json"]);
  });
});

test("kill -9 leaves no process behind, and no state is lost", async () => {
  const working = await start({ name: "sleep", job: true });
  const waiting = await start({ name: "x", sleep: 600_000 });
  await until(
    async () => (await processes()).some(({ command }) => command.includes("job_runner.py")) || undefined,
  );
  await until(
    async () => (await processes()).some(({ command }) => command.includes("bootstrap.ts")) || undefined,
  );
  const children = await processes();
  expect(children.some(({ command }) => command.includes("java"))).toBe(true);

  process.kill(daemon.pid, "SIGKILL");
  await until(() => children.every(({ pid }) => !isRunning(pid)) || undefined, 10);

  const before = daemon.pid;
  daemon = await connect({ home: daemon.home.root });
  expect(daemon.pid).not.toBe(before);
  for (const arn of [working, waiting]) {
    expect(await describeExecution(arn)).toMatchObject({ status: "ABORTED", error: "Penstock.DaemonEnded" });
  }
  const runs = await jobRuns();
  expect(runs).toEqual(expect.arrayContaining([expect.objectContaining({ JobRunState: "FAILED" })]));
  expect(runs).not.toContainEqual(expect.objectContaining({ JobRunState: "RUNNING" }));
  const key = { pipeline: { S: "p" }, item: { S: "lease" } };
  const { Item: item } = await call("DynamoDB_20120810.GetItem", {
    TableName: "penstock-local-ledger",
    Key: key,
  });
  expect(item).toMatchObject({ n: { N: "1" } });
  expect((await ended(await start({ name: "again", job: true }))).status).toBe("SUCCEEDED");
});
