import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import type { JsonObject } from "./json.ts";
import { TaskError, type TaskHandlers } from "./step-functions/tasks.ts";
import { StepFunctions } from "./step-functions.ts";

jest.setTimeout(30_000);

const arn = "arn:aws:states:eu-west-1:000000000000:stateMachine:machine";
const echo = "arn:aws:states:::test:echo";
const fails = "arn:aws:states:::test:fails";
const hangs = "arn:aws:states:::test:hangs";
const finish = "arn:aws:states:::lambda:invoke";
const publish = "arn:aws:states:::sns:publish";

const done = async () => ({});
const hang: TaskHandlers[string] = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(new TaskError("Ended", ""))));

function open(
  definition: JsonObject,
  handlers: TaskHandlers = {},
  records = mkdtempSync(join(tmpdir(), "penstock-sfn-")),
) {
  return new StepFunctions({
    records,
    machines: () => [{ name: "machine", arn, definition: () => definition }],
    executionArn: (machine, name) => `arn:aws:states:eu-west-1:000000000000:execution:${machine}:${name}`,
    handlers: {
      [echo]: async ({ input }) => input,
      [fails]: async ({ input }) => {
        throw new TaskError(String(input.error), "because");
      },
      [hangs]: hang,
      ...handlers,
    },
  });
}

async function run(definition: JsonObject, input: object = {}, handlers: TaskHandlers = {}) {
  const stepFunctions = open(definition, handlers);
  const started = stepFunctions.start(arn, JSON.stringify(input), "one");
  const ended = await stepFunctions.ended(started.arn);
  return { ...ended, value: JSON.parse(ended.output ?? "null"), history: stepFunctions.history(started.arn) };
}

const task = (resource: string, more: JsonObject): JsonObject => ({
  Type: "Task",
  Resource: resource,
  ...more,
});
const one = (state: JsonObject, ...others: [string, JsonObject][]): JsonObject => ({
  StartAt: "First",
  States: { First: state, ...Object.fromEntries(others) },
});

describe("a task", () => {
  test("is given its effective input, and the execution's context", async () => {
    const Parameters = {
      "name.$": "$.who.name",
      fixed: 1,
      "arn.$": "$$.Execution.Id",
      "input.$": "$$.Execution.Input",
    };
    const { value } = await run(one(task(echo, { InputPath: "$.in", Parameters, End: true })), {
      in: { who: { name: "Ada" } },
    });
    expect(value).toEqual({
      name: "Ada",
      fixed: 1,
      arn: "arn:aws:states:eu-west-1:000000000000:execution:machine:one",
      input: { in: { who: { name: "Ada" } } },
    });
  });

  test("inside Map and Parallel states is found by its own resource", async () => {
    const inner = { StartAt: "Each", States: { Each: task(echo, { End: true }) } };
    const branch = (name: string) => ({
      StartAt: name,
      States: { [name]: task(echo, { Parameters: { beside: name }, End: true }) },
    });
    const definition = one(
      {
        Type: "Map",
        ItemsPath: "$.items",
        ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...inner },
        Next: "Both",
      },
      ["Both", { Type: "Parallel", Branches: [branch("Left"), branch("Right")], End: true }],
    );
    const { value, history } = await run(definition, { items: [{ n: 1 }, { n: 2 }] });
    expect(value).toEqual([{ beside: "Left" }, { beside: "Right" }]);
    expect(history.filter(({ type }) => type === "MapIterationSucceeded")).toHaveLength(2);
  });

  test("that fails is retried and caught by its error's name, with the message as cause", async () => {
    let tries = 0;
    const handler = async () => {
      tries += 1;
      throw new TaskError("Glue.ThrottlingException", "slow down");
    };
    const definition = one(
      task(echo, {
        Retry: [
          { ErrorEquals: ["Glue.ThrottlingException"], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 1 },
        ],
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: "Caught" }],
        End: true,
      }),
      ["Caught", { Type: "Succeed" }],
    );
    const { value, history } = await run(definition, {}, { [echo]: handler });
    expect(tries).toBe(2);
    expect(value).toEqual({ failure: { Error: "Glue.ThrottlingException", Cause: "slow down" } });
    expect(history.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskFailed",
      "TaskScheduled",
      "TaskFailed",
      "TaskStateExited",
      "SucceedStateEntered",
      "SucceedStateExited",
      "ExecutionSucceeded",
    ]);
  });

  test("that nobody catches fails the execution", async () => {
    const { status, error, cause } = await run(
      one(task(fails, { Parameters: { error: "Broken" }, End: true })),
    );
    expect({ status, error, cause }).toEqual({ status: "FAILED", error: "Broken", cause: "because" });
  });

  test("that takes too long is ended, and fails as States.Timeout", async () => {
    let ended = false;
    const handler: TaskHandlers[string] = ({ signal }) =>
      new Promise(() => signal.addEventListener("abort", () => (ended = true)));
    const { error } = await run(one(task(echo, { TimeoutSeconds: 1, End: true })), {}, { [echo]: handler });
    expect(error).toBe("States.Timeout");
    expect(ended).toBe(true);
  });

  test("whose result is more than AWS passes on fails", async () => {
    const { error } = await run(
      one(task(echo, { End: true })),
      {},
      { [echo]: async () => ({ text: "x".repeat(300_000) }) },
    );
    expect(error).toBe("States.DataLimitExceeded");
  });

  test("of a resource that the laptop lacks fails with those that it has", async () => {
    const { error, cause } = await run(one(task("arn:aws:states:::ecs:runTask.sync", { End: true })));
    expect(error).toBe("States.Runtime");
    expect(cause).toContain(
      "no arn:aws:states:::ecs:runTask.sync, which First asks for; it has arn:aws:states:::test:echo",
    );
  });
});

test("a Wait waits for its seconds, and passes on what it was given", async () => {
  const began = performance.now();
  const wait: JsonObject = { Type: "Wait", Seconds: 1, Next: "Over" };
  const { status, value, history } = await run(one(wait, ["Over", { Type: "Succeed" }]), { n: 1 });
  // a timer may be a millisecond early
  expect(performance.now() - began).toBeGreaterThan(990);
  expect({ status, value }).toEqual({ status: "SUCCEEDED", value: { n: 1 } });
  expect(history.map(({ type }) => type).slice(1, 3)).toEqual(["WaitStateEntered", "WaitStateExited"]);
});

describe("an execution", () => {
  const waiting = one(task(hangs, { End: true }));

  test("is the same when started again with its name and input, and refused with another", async () => {
    const stepFunctions = open(waiting);
    const first = stepFunctions.start(arn, "{}", "one");
    expect(stepFunctions.start(arn, "{}", "one")).toBe(first);
    expect(() => stepFunctions.start(arn, '{"a":1}', "one")).toThrow(/Execution Already Exists/);
    await stepFunctions.stop(first.arn);
    expect(() => stepFunctions.start(arn, "{}", "one")).toThrow(/Execution Already Exists/);
  });

  test("that is stopped is ABORTED, with the reason given", async () => {
    const stepFunctions = open(waiting);
    const { arn: execution } = stepFunctions.start(arn);
    const stopped = await stepFunctions.stop(execution, "Mine", "enough");
    expect(stopped).toMatchObject({ status: "ABORTED", error: "Mine", cause: "enough" });
    expect(stepFunctions.active()).toEqual([]);
    expect(stepFunctions.history(execution).at(-1)?.type).toBe("ExecutionAborted");
  });

  test("is remembered; one that was running when its daemon died is ABORTED", async () => {
    const records = mkdtempSync(join(tmpdir(), "penstock-sfn-"));
    const before = open(waiting, {}, records);
    const { arn: left } = before.start(arn, "{}", "left");
    await new Promise((done) => setTimeout(done, 20));
    // the last event was cut off in the middle
    const events = join(records, "machine", "left.events.ndjson");
    writeFileSync(events, `${readFileSync(events, "utf8")}{"timest`);
    const after = open(waiting, {}, records);
    expect(after.execution(left)).toMatchObject({ status: "ABORTED", error: "Penstock.DaemonEnded" });
    expect(after.history(left).map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "ExecutionAborted",
    ]);
    expect(after.executionsOf(arn).map(({ name }) => name)).toEqual(["left"]);
    expect(readdirSync(join(records, "machine"))).toEqual(["left.events.ndjson", "left.json"]);
    await before.close("end of test");
  });

  test.each([
    ["in the state that tells", publish],
    ["in the function before, which is invoked again", finish],
  ])("goes on when its daemon died %s", async (_, died) => {
    const records = mkdtempSync(join(tmpdir(), "penstock-sfn-"));
    const definition: JsonObject = {
      StartAt: "Work",
      States: {
        Work: task(echo, { ResultPath: null, Next: "Finish" }),
        Finish: task(finish, { ResultPath: "$.finished", Next: "Tell" }),
        Tell: task(publish, { ResultPath: null, Next: "Asked" }),
        Asked: { Type: "Pass", Parameters: { "input.$": "$$.Execution.Input", "n.$": "$.n" }, End: true },
      },
    };
    const before = open(definition, { [finish]: done, [publish]: done, [died]: hang }, records);
    const { arn: left } = before.start(arn, '{"n":1}', "left");
    await new Promise((resolve) => setTimeout(resolve, 50));

    let told = 0;
    const tell: TaskHandlers[string] = async () => ({ told: ++told });
    const after = open(definition, { [finish]: done, [publish]: tell }, records);
    expect(after.execution(left).status).toBe("RUNNING");
    after.goOn();
    const { status, output = "" } = await after.ended(left);
    expect({ status, output: JSON.parse(output), told }).toEqual({
      status: "SUCCEEDED",
      output: { input: { n: 1 }, n: 1 },
      told: 1,
    });
    const history = after.history(left);
    expect(history.filter(({ type }) => type === "ExecutionStarted")).toHaveLength(1);
    expect(history.map(({ id }) => id)).toEqual(history.map((_, at) => at + 1));
    await before.close("end of test");
  });

  test.each([
    ["an unknown machine", () => open(waiting).start(`${arn}x`), "StateMachineDoesNotExist"],
    ["a name that is none", () => open(waiting).start(arn, "{}", "a/../b"), "InvalidName"],
    ["input that is not JSON", () => open(waiting).start(arn, "{"), "InvalidExecutionInput"],
    [
      "a definition that is none",
      () => open({ StartAt: "Nowhere", States: {} }).start(arn),
      "InvalidDefinition",
    ],
    ["an unknown execution", () => open(waiting).execution("x"), "ExecutionDoesNotExist"],
  ])("%s is refused", (_, call, name) => {
    expect(call).toThrow(expect.objectContaining({ name }));
  });
});
