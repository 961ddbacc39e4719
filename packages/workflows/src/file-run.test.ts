/** Runs the state machine of a file pipeline for real, its tasks played by handlers, and looks which way it goes. */

import { describe, expect, test } from "@jest/globals";
import { string } from "@penstock/contracts/column.ts";
import { StateMachine } from "aws-local-stepfunctions";
import { accessName } from "./access.ts";
import { asl } from "./asl.ts";
import { aslFaults } from "./asl-faults.ts";
import { fileRun } from "./file-run.ts";
import { fill } from "./fill.ts";
import { mermaid } from "./mermaid.ts";
import { accesses } from "./workflow.ts";

const definition = asl(
  fileRun({
    datasets: [
      { name: "sessions", columns: {} },
      { name: "sites", columns: {} },
    ],
    prefix: "raw/x/",
    lookups: ["site_id"],
  }),
);

/** With everything that a file pipeline may have besides, and no lookups. */
const careful = fileRun({
  datasets: [{ name: "sessions", columns: {} }],
  prefix: "raw/x/",
  lookups: [],
  validate: true,
  archive: true,
});

const names = {
  PlanRunFunctionArn: "arn:plan-run",
  PublishMetricsFunctionArn: "arn:publish-metrics",
  ValidateFunctionArn: "arn:validate",
  JobName: "job",
  TopicArn: "arn:topic",
  WorkGroup: "workgroup",
  Database: "database",
  LakeUrl: "s3://lake/",
  PseudonymSecret: "pseudonym-key",
  Catalog: "glue_catalog",
};

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Handler = (input: Json) => Json;

class Named extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const notice = {
  subject: "subject",
  message: "message",
  attributes: {
    pipeline: "p",
    environment: "local",
    run_id: "r1",
    status: "SUCCEEDED",
    accepted: "1",
    quarantined: "0",
    rejected_files: "0",
  },
};

/** A run in which all goes well, with one sanity query. */
function handlers(): Record<string, Handler> {
  return {
    Claim: () => payload({ outcome: "claimed", run_id: "r1", manifest: "m", attempt: 1, workers: 2 }),
    Validate: () => payload({ valid: 1, rejected: 0, for_job: true, manifest: "m2" }),
    RunJob: () => ({ Id: "jr_1" }),
    Settle: () =>
      payload({ outcome: "published", publish: 7, checks: [{ name: "c", query: "q" }], reason: null }),
    StartCheck: () => ({ QueryExecution: { QueryExecutionId: "q1" } }),
    GetCheckResults: () => ({ ResultSet: { Rows: [{ Data: [{ VarCharValue: "id" }] }] } }),
    PublishMetrics: () => payload({ written: 1, deleted: 0 }),
    PutAway: () => payload({ archived: 1, rejected: 0, gone: 0 }),
    Finish: () => payload({ pending: false, notice }),
    Notify: () => ({ MessageId: "1" }),
    RecordFailure: () => payload({ notice }),
    NotifyFailure: () => ({ MessageId: "2" }),
  };
}

const payload = (value: Json): Json => ({ Payload: value, StatusCode: 200 });

/** What was visited, what each task was given, and how it ended. */
async function run(
  overrides: Record<string, Handler>,
  event: Json = { detail: { object: { key: "raw/x/a" } } },
  of = definition,
) {
  const given: Record<string, Json[]> = {};
  const machine = new StateMachine(fill(of, names) as never);
  const recorded = Object.entries({ ...handlers(), ...overrides }).map(
    ([state, handler]): [string, Handler] => [
      state,
      (input) => {
        given[state] = [...(given[state] ?? []), input];
        return handler(input);
      },
    ],
  );
  const execution = machine.run(event, {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(recorded),
      retryIntervalOverrides: { Settle: 0, Finish: 0 },
    },
    context: { Execution: { Id: "arn:execution", Input: event } },
  } as never);
  const outcome = execution.result.then(
    () => "SUCCEEDED",
    (error: Error) => error.message,
  );
  const visited: string[] = [];
  for await (const event of execution.eventLogs) {
    if (event.type === "StateEntered") visited.push(event.state.name);
  }
  return { visited, given, outcome: await outcome };
}

const toJob = ["Claim", "IsClaimed", "RunJob"];
const check = ["CheckSanity", "StartCheck", "GetCheckResults", "IsCheckEmpty"];
const published = [
  ...toJob,
  "Settle",
  "IsPublished",
  ...check,
  "CheckHolds",
  "PublishMetrics",
  "Finish",
  "Notify",
];
const failed = ["RecordFailure", "NotifyFailure", "RunFailed"];

test("it is valid ASL", () => {
  expect(aslFaults(definition)).toEqual([]);
});

test("published: every step in order, with what it needs", async () => {
  const { visited, given, outcome } = await run({});
  expect(outcome).toBe("SUCCEEDED");
  expect(visited).toEqual([...published, "IsMorePending", "Done"]);
  expect(given.Claim).toEqual([
    {
      FunctionName: "arn:plan-run",
      Payload: {
        action: "claim",
        execution: "arn:execution",
        event: { detail: { object: { key: "raw/x/a" } } },
      },
    },
  ]);
  expect(given.RunJob).toEqual([
    {
      JobName: "job",
      WorkerType: "G.1X",
      NumberOfWorkers: 2,
      Arguments: {
        "--run_id": "r1",
        "--manifest": "m",
        "--lake": "s3://lake/",
        "--catalog": "glue_catalog",
        "--database": "database",
        "--pseudonym_secret": "pseudonym-key",
      },
    },
  ]);
  expect(given.StartCheck).toEqual([
    { QueryString: "q", WorkGroup: "workgroup", QueryExecutionContext: { Database: "database" } },
  ]);
  expect(given.GetCheckResults).toEqual([{ QueryExecutionId: "q1", MaxResults: 2 }]);
  expect(given.PublishMetrics).toEqual([
    { FunctionName: "arn:publish-metrics", Payload: { run_id: "r1", publish: 7 } },
  ]);
  expect(given.Notify).toMatchObject([
    {
      TopicArn: "arn:topic",
      Subject: "subject",
      Message: "message",
      MessageAttributes: {
        status: { DataType: "String", StringValue: "SUCCEEDED" },
        accepted: { DataType: "Number", StringValue: "1" },
      },
    },
  ]);
});

test("joined: another execution holds the lease", async () => {
  const Claim = () =>
    payload({ outcome: "joined", run_id: "r0", manifest: null, attempt: null, workers: null });
  expect(await run({ Claim })).toMatchObject({
    visited: ["Claim", "IsClaimed", "Joined"],
    outcome: "SUCCEEDED",
  });
});

test("nothing: no file waits", async () => {
  const Claim = () =>
    payload({ outcome: "nothing", run_id: null, manifest: null, attempt: null, workers: null });
  expect(await run({ Claim })).toMatchObject({
    visited: ["Claim", "IsClaimed", "NothingToDo"],
    outcome: "SUCCEEDED",
  });
});

test("gate failed: the failure is recorded and told, nothing is served", async () => {
  const Settle = () =>
    payload({ outcome: "gate_failed", publish: null, checks: [], reason: "sessions: mean too low" });
  const { visited, given, outcome } = await run({ Settle });
  expect(visited).toEqual([...toJob, "Settle", "IsPublished", "GateFailed", ...failed]);
  expect(given.RecordFailure).toEqual([
    {
      FunctionName: "arn:plan-run",
      Payload: {
        action: "fail",
        execution: "arn:execution",
        error: "GateFailed",
        cause: "sessions: mean too low",
      },
    },
  ]);
  expect(outcome).toContain("sessions: mean too low");
});

test("a sanity query that finds a row fails the run before anything is served", async () => {
  const GetCheckResults = () => ({ ResultSet: { Rows: [{ Data: [] }, { Data: [{ VarCharValue: "17" }] }] } });
  const { visited, given } = await run({ GetCheckResults });
  expect(visited).toEqual([
    ...toJob,
    "Settle",
    "IsPublished",
    ...check,
    "DescribeOffence",
    "CheckFailed",
    ...failed,
  ]);
  expect(given.RecordFailure).toMatchObject([
    { Payload: { error: "SanityCheckFailed", cause: "sanity query c finds rows that offend" } },
  ]);
});

test("a pipeline without sanity queries goes straight on", async () => {
  const Settle = () => payload({ outcome: "published", publish: 1, checks: [], reason: null });
  const { outcome } = await run({ Settle });
  expect(outcome).toBe("SUCCEEDED");
});

test("more files came meanwhile: round again, with the same event", async () => {
  const answers = [true, false];
  const Finish = () => payload({ pending: answers.shift() ?? false, notice });
  const { visited, given, outcome } = await run({ Finish });
  expect(outcome).toBe("SUCCEEDED");
  expect(visited).toEqual([...published, "IsMorePending", ...published, "IsMorePending", "Done"]);
  expect(given.Claim?.[1]).toEqual(given.Claim?.[0]);
});

test.each(["Claim", "RunJob", "Settle", "StartCheck", "GetCheckResults", "PublishMetrics", "Finish"])(
  "%s fails: the failure is recorded with its own name and told",
  async (state) => {
    const { visited, given, outcome } = await run({
      [state]: () => {
        throw new Named("Boom", `${state} is broken`);
      },
    });
    expect(visited.slice(-4)).toEqual([visited.at(-4), ...failed]);
    expect(given.RecordFailure).toMatchObject([{ Payload: { error: "Boom", cause: `${state} is broken` } }]);
    expect(outcome).toContain(`${state} is broken`);
  },
);

test("a notice that can't be sent stops neither the run nor the files that wait, but shows at the end", async () => {
  const answers = [true, false];
  const { visited, outcome } = await run({
    Finish: () => payload({ pending: answers.shift() ?? false, notice }),
    Notify: () => {
      throw new Named("NotFound", "no such topic");
    },
  });
  expect(visited).toEqual([...published, "IsMorePending", ...published, "IsMorePending", "NoticeNotSent"]);
  expect(outcome).toContain("no such topic");
});

test("a failure that can't be recorded or told still ends with the first reason", async () => {
  const broken = () => {
    throw new Named("Down", "the ledger is away");
  };
  const job = () => {
    throw new Named("Boom", "the job died");
  };
  expect(await run({ RunJob: job, RecordFailure: broken })).toMatchObject({
    visited: [...toJob, "RecordFailure", "RunFailed"],
    outcome: expect.stringContaining("the job died"),
  });
  expect(await run({ RunJob: job, NotifyFailure: broken })).toMatchObject({
    visited: [...toJob, ...failed],
    outcome: expect.stringContaining("the job died"),
  });
});

test("what passes by itself is tried again", async () => {
  let calls = 0;
  const Settle = () => {
    calls += 1;
    if (calls === 1) throw new Named("Lambda.TooManyRequestsException", "busy");
    return payload({ outcome: "published", publish: 1, checks: [], reason: null });
  };
  expect((await run({ Settle })).outcome).toBe("SUCCEEDED");
  expect(calls).toBe(2);
});

test("a function whose process dies is invoked again, since each may be", async () => {
  let calls = 0;
  const Finish = () => {
    calls += 1;
    if (calls === 1) throw new Named("Runtime.ExitError", "signal: killed");
    return payload({ pending: false, notice });
  };
  expect((await run({ Finish })).outcome).toBe("SUCCEEDED");
  expect(calls).toBe(2);
});

test("only the job and the metrics write what people read", () => {
  const workflow = fileRun({
    datasets: [{ name: "sites", columns: {} }],
    prefix: "raw/x/",
    lookups: ["site_id"],
  });
  const writers = Object.entries(workflow.states).flatMap(([name, state]) =>
    "writes" in state && state.writes.some((access) => ["table", "lookup"].includes(access.kind))
      ? [name]
      : [],
  );
  expect(writers).toEqual(["RunJob", "PublishMetrics"]);
  expect(accesses(workflow).reads).toContainEqual({ kind: "objects", prefix: "raw/x/" });
});

test.each([
  ["personal data", string().pii("pseudonymise"), true],
  ["no personal data", string(), false],
])("whether the job reads the key of pseudonyms: a contract with %s", (_, { column }, reads) => {
  const { states } = fileRun({
    datasets: [{ name: "sites", columns: { owner: column } }],
    prefix: "raw/x/",
    lookups: [],
  });
  const job = states.RunJob;
  expect(
    job !== undefined && "reads" in job && job.reads.map(accessName).includes("secret pseudonym-key"),
  ).toBe(reads);
});

test("it is drawn with every state", () => {
  const drawing = mermaid(fileRun({ datasets: [], prefix: "raw/x/", lookups: ["site_id"] }));
  expect(drawing).toMatch(/^stateDiagram-v2\n {2}\[\*\] --> Claim\n/);
  for (const name of Object.keys(definition.States)) expect(drawing).toContain(name);
  expect(drawing).toContain("  IsClaimed --> RunJob: claimed\n");
});

describe("with validate and archive, and without lookups", () => {
  const carefully = (overrides: Record<string, Handler>) => run(overrides, undefined, asl(careful));

  test("it is valid ASL", () => {
    expect(aslFaults(asl(careful))).toEqual([]);
  });

  test("files are looked at before the job, which gets those that are left, and put away before the end", async () => {
    const { visited, given, outcome } = await carefully({});
    expect(outcome).toBe("SUCCEEDED");
    expect(visited).toEqual([
      "Claim",
      "IsClaimed",
      "Validate",
      "IsAnyValid",
      "RunJob",
      "Settle",
      "IsPublished",
      ...check,
      "CheckHolds",
      "PutAway",
      "Finish",
      "Notify",
      "IsMorePending",
      "Done",
    ]);
    expect(given.Validate).toEqual([{ FunctionName: "arn:validate", Payload: { run_id: "r1" } }]);
    expect(given.RunJob).toMatchObject([{ Arguments: { "--manifest": "m2" } }]);
    expect(given.Settle).toMatchObject([
      { Payload: { validated: { valid: 1, rejected: 0, for_job: true, manifest: "m2" } } },
    ]);
    expect(given.PutAway).toEqual([
      {
        FunctionName: "arn:plan-run",
        Payload: { action: "put_away", execution: "arn:execution", run_id: "r1" },
      },
    ]);
  });

  test("when no file is left there is no job, and nothing to check", async () => {
    const { visited, outcome } = await carefully({
      Validate: () => payload({ valid: 0, rejected: 2, for_job: false, manifest: "m2" }),
      Settle: () => payload({ outcome: "nothing_valid", publish: null, checks: [], reason: null }),
    });
    expect(outcome).toBe("SUCCEEDED");
    expect(visited.slice(2)).toEqual([
      "Validate",
      "IsAnyValid",
      "Settle",
      "IsPublished",
      "PutAway",
      "Finish",
      "Notify",
      "IsMorePending",
      "Done",
    ]);
  });

  test("a broken gate leaves the files where they are", async () => {
    const Settle = () => payload({ outcome: "gate_failed", publish: null, checks: [], reason: "too low" });
    const { visited } = await carefully({ Settle });
    expect(visited).not.toContain("PutAway");
    expect(visited.slice(-4)).toEqual(["GateFailed", ...failed]);
  });

  test.each(["Validate", "PutAway"])("%s fails: the failure is recorded and told", async (state) => {
    const { visited } = await carefully({
      [state]: () => {
        throw new Named("Boom", "broken");
      },
    });
    expect(visited.slice(-4)).toEqual([state, ...failed]);
  });

  test("each state declares what it touches", () => {
    const touched = (name: string) => {
      const state = careful.states[name];
      if (state === undefined || !("reads" in state)) throw new Error(`no task ${name}`);
      return { reads: state.reads.map(accessName), writes: state.writes.map(accessName) };
    };
    const zones = ["objects raw/x/", "objects archive/x/", "objects rejected/x/"];
    expect(touched("Validate")).toEqual({ reads: [...zones, "runs"], writes: ["runs"] });
    expect(touched("PutAway")).toEqual({ reads: [...zones, "ledger"], writes: [...zones, "ledger"] });
    expect(touched("RunJob").reads).toEqual(expect.arrayContaining(zones));
    expect(touched("RunJob").writes).not.toContain("objects raw/x/");
    expect(touched("Claim").reads).toEqual(expect.arrayContaining(zones));
    expect(touched("Claim").writes).toContain("objects raw/x/");
    expect(touched("Claim").reads).not.toContain("runs");
    expect(touched("Finish")).toEqual({ reads: ["ledger"], writes: ["runs", "ledger"] });
  });
});

test("without lookups there are no metrics, and a pipeline that asks for neither has neither", () => {
  const { states } = fileRun({ datasets: [], prefix: "raw/x/", lookups: [] });
  for (const name of ["PublishMetrics", "Validate", "IsAnyValid", "PutAway"]) {
    expect(states).not.toHaveProperty(name);
  }
});
