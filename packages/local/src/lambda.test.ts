import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { concurrency, Lambda } from "./lambda.ts";
import { isRunning } from "./process.ts";

jest.setTimeout(30_000);

const folder = mkdtempSync(join(tmpdir(), "penstock-lambda-"));
const logs = join(folder, "logs");
let lambda: Lambda;

beforeAll(async () => {
  copyFileSync(join(import.meta.dirname, "../fixtures/lambda/index.mjs"), join(folder, "index.mjs"));
  const common = {
    folder,
    handler: "index.handler",
    memoryMb: 160,
    timeoutSeconds: 20,
    environment: { PORT: "1" },
  };
  lambda = await Lambda.start({
    logs,
    arn: (name) => `arn:aws:lambda:eu-west-1:000000000000:function:${name}`,
    functions: () => [
      { ...common, name: "works" },
      { ...common, name: "hurried", timeoutSeconds: 1 },
      { ...common, name: "unhandled", handler: "index.missing" },
      { ...common, name: "absent", handler: "nowhere.handler" },
      { ...common, name: "unlogged" },
      { ...common, name: "homeless", folder: join(folder, "nowhere") },
    ],
  });
});

afterAll(() => lambda.close());

async function invoke(name: string, event: object) {
  const { payload, failed, log } = await lambda.invoke(name, JSON.stringify(event));
  return { result: JSON.parse(payload), failed, log };
}

describe("a function that answers", () => {
  test("stays warm between invocations", async () => {
    const first = await invoke("works", { do: "answer", value: { a: [1, "ü"] } });
    const second = await invoke("works", { do: "answer", value: 2 });
    expect(first).toMatchObject({ failed: false, result: { echo: { a: [1, "ü"] } } });
    expect(second.result.invocations).toBe(first.result.invocations + 1);
    expect(second.result.pid).toBe(first.result.pid);
    expect(first.result.remaining).toBeGreaterThan(10_000);
  });

  test("that returns nothing returns null", async () => {
    expect(await invoke("works", { do: "nothing" })).toMatchObject({ result: null, failed: false });
  });

  test("is found by its ARN as well", async () => {
    const arn = "arn:aws:lambda:eu-west-1:000000000000:function:works";
    expect((await invoke(arn, { do: "answer", value: 1 })).result.echo).toBe(1);
  });

  test("sees its own environment and none of the daemon's", async () => {
    process.env.PENSTOCK_SECRET_OF_THE_DAEMON = "x";
    const { result } = await invoke("works", { do: "environment" });
    expect(result).toMatchObject({ PORT: "1", AWS_LAMBDA_FUNCTION_NAME: "works", _HANDLER: "index.handler" });
    expect(result).not.toHaveProperty("PENSTOCK_SECRET_OF_THE_DAEMON");
  });

  test("prints to its log, between START and REPORT", async () => {
    const { log } = await invoke("works", { do: "answer" });
    expect(log[0]).toMatch(/^START RequestId: /);
    expect(log[1]).toBe("asked to answer");
    expect(log.at(-1)).toMatch(/^REPORT .* Memory Size: 160 MB Max Memory Used: [1-9]\d* MB$/);
    expect(readFileSync(join(logs, "works.ndjson"), "utf8")).toContain('"message":"asked to answer"');
  });

  test("runs in several sandboxes when called at once", async () => {
    const event = JSON.stringify({ do: "sleep", ms: 20 });
    const ends = await Promise.all(Array.from({ length: 9 }, () => lambda.invoke("works", event)));
    expect(ends.map((end) => end.failed)).toEqual(new Array(9).fill(false));
    expect(lambda.active).toBe(0);
  });

  test("is loaded anew when its bundle changes", async () => {
    const before = await invoke("works", { do: "answer" });
    utimesSync(join(folder, "index.mjs"), new Date(), new Date(Date.now() + 5000));
    const after = await invoke("works", { do: "answer" });
    expect(after.result.pid).not.toBe(before.result.pid);
  });
});

describe("a function that fails", () => {
  test("by throwing keeps the error's name, and the sandbox", async () => {
    const { result, failed } = await invoke("works", { do: "throw" });
    expect(failed).toBe(true);
    expect(result).toMatchObject({ errorType: "LeaseHeldError", errorMessage: "the lease is held" });
    expect(result.trace[0]).toBe("LeaseHeldError: the lease is held");
    expect((await invoke("works", { do: "throw a text" })).result).toMatchObject({
      errorType: "string",
      errorMessage: "only a text",
    });
  });

  test("by a rejection that nobody awaits", async () => {
    expect((await invoke("works", { do: "reject elsewhere" })).result).toMatchObject({
      errorType: "Runtime.UnhandledPromiseRejection",
      errorMessage: "TypeError: nobody listens",
    });
  });

  test("by exiting", async () => {
    const { result } = await invoke("works", { do: "exit" });
    expect(result.errorType).toBe("Runtime.ExitError");
    expect(result.errorMessage).toMatch(/^RequestId: \S+ Error: Runtime exited with error: exit status 3$/);
  });

  test.each(["sleep", "spin"])("by taking too long (%s)", async (kind) => {
    const { result } = await invoke("hurried", { do: kind, ms: 60_000 });
    expect(result.errorType).toBe("Sandbox.Timedout");
    expect(result.errorMessage).toMatch(/^RequestId: \S+ Error: Task timed out after 1.00 seconds$/);
  });

  test("by filling its heap", async () => {
    const { result, log } = await invoke("works", { do: "fill the heap" });
    expect(result.errorType).toBe("Runtime.ExitError");
    expect(result.errorMessage).toMatch(/Runtime exited with error: signal: (aborted|killed)$/);
    expect(log.join("\n")).toMatch(/heap out of memory|Memory Size: 160 MB exceeded/);
  });

  test("by memory that is outside its heap", async () => {
    const { result, log } = await invoke("works", { do: "fill buffers" });
    expect(result.errorMessage).toMatch(/Runtime exited with error: signal: killed$/);
    expect(log).toContainEqual(expect.stringMatching(/^Memory Size: 160 MB exceeded: \d+ MB used$/));
  });

  test("by having no handler or no bundle", async () => {
    expect((await invoke("unhandled", {})).result.errorType).toBe("Runtime.HandlerNotFound");
    expect((await invoke("absent", {})).result.errorType).toBe("Runtime.ImportModuleError");
  });

  test("for want of a process is not given the same one again", async () => {
    for (let tries = 0; tries < 2; tries++) {
      const { failed, result } = await invoke("homeless", { do: "answer" });
      expect({ failed, result }).toMatchObject({
        failed: true,
        result: { errorType: "Runtime.InvalidEntrypoint" },
      });
    }
  });

  test("before its sandbox is there takes no place from those after it", async () => {
    mkdirSync(logs, { recursive: true });
    renameSync(logs, `${logs} away`);
    writeFileSync(logs, "a file where the folder should be");
    for (let tries = 0; tries < concurrency; tries++)
      await expect(invoke("unlogged", { do: "answer" })).rejects.toThrow("EEXIST");
    rmSync(logs);
    renameSync(`${logs} away`, logs);
    expect((await invoke("unlogged", { do: "answer", value: 6 })).result.echo).toBe(6);
  });

  test("does not fail the next invocation", async () => {
    expect((await invoke("works", { do: "answer", value: 5 })).result.echo).toBe(5);
  });
});

test("an unknown function is refused with the names of those that are there", async () => {
  await expect(lambda.invoke("other", "{}")).rejects.toThrow(
    /Function not found: .*:function:other .*works, hurried/,
  );
});

test("closing leaves no process behind", async () => {
  const { result } = await invoke("works", { do: "answer" });
  lambda.close();
  for (let tries = 0; tries < 100 && isRunning(result.pid); tries++)
    await new Promise((done) => setTimeout(done, 20));
  expect(isRunning(result.pid)).toBe(false);
});
