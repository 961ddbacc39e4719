/** The commands about runs and data with --env, against AWS as moto plays it. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DescribeExecutionCommand, ListExecutionsCommand, paginateListExecutions } from "@aws-sdk/client-sfn";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Run } from "@penstock/lake/ledger-entries.ts";
import { openLookups } from "@penstock/lake/lookups.ts";
import { pipelineNames, stateMachineArn } from "@penstock/lake/names.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { tableFromIPC } from "apache-arrow";
import { type Column, type MotoEnvironment, startMotoEnvironment } from "../support/moto-environment.ts";
import { openPenstock, type Penstock } from "../support/penstock.ts";

jest.setTimeout(120_000);

const [pipeline] = pipelines.filter(({ lookups }) => lookups.length > 0);
if (pipeline === undefined) throw new Error("no pipeline serves a lookup");
const { name, datasets, trigger } = pipeline;
const dataset = datasets[0]?.name ?? "";

/** Claims, waits as for a job, and fails when it is asked for a rollback. */
const machine = {
  StartAt: "Claim",
  States: {
    Claim: {
      Type: "Pass",
      Result: { outcome: "claimed" },
      ResultPath: "$.claim",
      Next: "Kind",
    },
    Kind: {
      Type: "Choice",
      Choices: [
        {
          And: [
            { Variable: "$.work.kind", IsPresent: true },
            { Variable: "$.work.kind", StringEquals: "rollback" },
          ],
          Next: "Failed",
        },
      ],
      Default: "RunJob",
    },
    RunJob: { Type: "Wait", Seconds: 5, Next: "Done" },
    Done: { Type: "Succeed" },
    Failed: { Type: "Fail", Error: "LeaseLost", Cause: "another has it" },
  },
};

let aws: MotoEnvironment;
let penstock: Penstock;
beforeAll(async () => {
  aws = await startMotoEnvironment(pipeline, machine);
  penstock = openPenstock(aws.variables);
});
afterAll(async () => {
  await penstock.end();
  aws.close();
});

const onDemo = (...words: string[]) => penstock.run(...words, "--env", "demo");
const lookAtOrphans = `pnpm penstock quarantine ${dataset} --reason orphan --env demo`;
const machineArn = () => stateMachineArn(aws.environment, pipelineNames(aws.environment, name).stateMachine);

const counts = {
  read: 3,
  accepted: 2,
  quarantined: 1,
  duplicates: 0,
  inserted: 2,
  updated: 0,
  unchanged: 0,
  superseded: 0,
};

function aRun(run_id: string, execution: string): Run {
  return {
    run_id,
    status: "SUCCEEDED",
    work: { kind: "load" },
    request: null,
    attempt: 1,
    failures: 0,
    execution,
    files: [],
    started_at: new Date().toISOString(),
    finished_at: new Date().toISOString(),
    resumable: false,
    error: null,
    cause: null,
    publish: 1,
    datasets: { [dataset]: { ...counts, waiting: 4, overdue: 1 } },
    rows: { [dataset]: 2 },
    reasons: { [dataset]: { "ended_at: missing": 1 } },
    outcomes: [],
  };
}

/** Waits for an execution that was not there before, and gives what it was started with. */
async function nextExecution(before: number): Promise<{ arn: string; input: unknown }> {
  for (;;) {
    const { executions = [] } = await aws.stepFunctions.send(
      new ListExecutionsCommand({ stateMachineArn: machineArn() }),
    );
    const newest = executions.toSorted((a, b) => Number(b.startDate) - Number(a.startDate))[0];
    if (executions.length > before && newest?.executionArn !== undefined) {
      const { input = "" } = await aws.stepFunctions.send(
        new DescribeExecutionCommand({ executionArn: newest.executionArn }),
      );
      return { arn: newest.executionArn, input: JSON.parse(input) };
    }
    await sleep(50);
  }
}

async function executionsSoFar(): Promise<number> {
  let count = 0;
  for await (const page of paginateListExecutions(
    { client: aws.stepFunctions },
    { stateMachineArn: machineArn() },
  ))
    count += page.executions?.length ?? 0;
  return count;
}

describe("run", () => {
  test("uploads, starts the execution with the keys, follows it and tells what came of it", async () => {
    const file = join(penstock.files, "a b.csv");
    writeFileSync(file, "id\n1\n");
    const before = await executionsSoFar();
    const running = onDemo("run", name, "--input", file, "--json");
    const { arn, input } = await nextExecution(before);
    await aws.ledger(name).putRun(aRun("20261120T225320Z-43f916", arn), null);
    const { exitCode, json, stderr } = await running;

    const key = `${trigger.prefix}a b.csv`;
    expect(input).toEqual({ inputs: [key] });
    expect(new TextDecoder().decode(await aws.lake.read(key))).toBe("id\n1\n");
    expect(stderr).toContain("claim");
    expect(stderr).toContain("SUCCEEDED run 20261120T225320Z-43f916");
    expect({ exitCode, ...json }).toMatchObject({
      exitCode: 0,
      run_id: "20261120T225320Z-43f916",
      status: "SUCCEEDED",
      datasets: { [dataset]: counts },
      waiting: { [dataset]: 4 },
      overdue: { [dataset]: 1 },
    });
    expect(stderr).toContain(`4 of ${dataset} wait for the rows they refer to`);
    expect(stderr).toContain(`1 of ${dataset} waited too long: ${lookAtOrphans}`);
    expect(json.states.map((state: { name: string }) => state.name)).toContain("RunJob");
  });

  test("Ctrl-C ends the watching, not the execution, and says how to see it", async () => {
    const before = await executionsSoFar();
    const started = nextExecution(before);
    const { exitCode, stderr } = await penstock.interrupt(
      () => started.then(() => sleep(500)),
      "run",
      name,
      "--env",
      "demo",
    );
    expect(exitCode).toBe(130);
    expect(stderr).toContain(
      `The execution goes on; see what came of it: pnpm penstock runs ${name} --env demo`,
    );
    const { arn: executionArn, input } = await started;
    expect(input).toEqual({});
    const { status } = await aws.stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
    expect(["RUNNING", "SUCCEEDED"]).toContain(status);
  });

  test("rollback asks for its work; an execution that fails before a run began is told with its cause", async () => {
    const before = await executionsSoFar();
    const running = onDemo("rollback", dataset, "--to", "none");
    const { input } = await nextExecution(before);
    const { exitCode, stderr } = await running;
    expect(input).toEqual({ work: { kind: "rollback", dataset, to: null } });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("LeaseLost: another has it")]);
  });

  test("redrive asks for its work as on the laptop", async () => {
    const before = await executionsSoFar();
    const running = onDemo("redrive", dataset, "--reason", "missing");
    const { arn, input } = await nextExecution(before);
    await aws.ledger(name).putRun(aRun("20261121T000000Z-000001", arn), null);
    expect((await running).exitCode).toBe(0);
    expect(input).toEqual({ work: { kind: "redrive", dataset, run: null, reason: "missing", file: null } });
  });
});

describe("what ran", () => {
  test("runs, status and logs tell it in the same shape as on the laptop", async () => {
    const runs = (await onDemo("runs", name, "--json")).json.runs;
    expect(runs.map((run: Run) => run.run_id)).toEqual(
      expect.arrayContaining(["20261120T225320Z-43f916", "20261121T000000Z-000001"]),
    );
    const table = await onDemo("runs");
    expect(table.stdout).toContain("20261120T225320Z-43f916");

    await aws.answer([{ Name: "_col0", Type: "timestamp" }], [["2026-11-20 20:15:12.000 UTC"]]);
    const { json } = await onDemo("status", "--json");
    expect(json).toEqual({
      daemon: null,
      home: null,
      apis: {},
      pipelines: [
        expect.objectContaining({
          pipeline: name,
          last_run: "20261121T000000Z-000001",
          waiting_files: 0,
          waiting_rows: { [dataset]: 4 },
          overdue_rows: { [dataset]: 1 },
        }),
      ],
    });
    expect(json.pipelines[0].freshness[0]).toMatchObject({ newest: "2026-11-20 20:15:12.000 UTC" });
    await aws.answer([{ Name: "_col0", Type: "timestamp" }], [["2026-11-20 20:15:12.000 UTC"]]);
    const { stdout } = await onDemo("status");
    expect(stdout).toContain(`${dataset} 4, 1 of them for too long`);
    expect(stdout).toContain(`See what waited too long: ${lookAtOrphans}`);

    const log = await onDemo("logs", "20261121T000000Z-000001", "--json");
    expect(log.json).toMatchObject({
      run_id: "20261121T000000Z-000001",
      pipeline: name,
      status: "SUCCEEDED",
    });
    expect(log.json.executions).toHaveLength(1);
  });

  test("an unknown run is told with the nearest", async () => {
    const { exitCode, stderr } = await onDemo("logs", "20261121T000000Z-000002");
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("did you mean 20261121T000000Z-000001?")]);
  });

  test("lookup reads the environment's own table", async () => {
    const [lookup] = pipeline.lookups;
    const table = pipelineNames(aws.environment, name).lookup(lookup?.key ?? "");
    const figures = { kwh: { N: "12.50" } };
    const item = { key: "k1", metric: "use#2026-11", figures, publish: 1, run_id: "r1" };
    await openLookups({ client: aws.dynamo, table, key: lookup?.key ?? "" }).put(item);
    const { json } = await onDemo("lookup", name, "k1", "--json");
    expect(json.items).toEqual([expect.objectContaining({ metric: "use#2026-11", publish: 1 })]);
    expect((await onDemo("lookup", name, "k2")).exitCode).toBe(1);
  });
});

describe("sql", () => {
  const columns: Column[] = [
    { Name: "site_id", Type: "varchar", Precision: 2147483647, Scale: 0 },
    { Name: "kwh", Type: "decimal", Precision: 10, Scale: 3 },
    { Name: "at", Type: "timestamp with time zone", Precision: 3, Scale: 0 },
    { Name: "ok", Type: "boolean", Precision: 0, Scale: 0 },
  ];
  const rows = [
    ["a", "1.500", "2026-11-20 20:15:12.000 UTC", "true"],
    ["", "20.000", null, "false"],
    ['ü,"', null, "2026-11-21 00:00:00.000 UTC", null],
  ];
  const answered = async (format: string) => {
    await aws.answer(columns, rows);
    return await onDemo("sql", "SELECT * FROM somewhere", "--format", format);
  };

  test("prints Athena's rows as a table, and what they cost", async () => {
    const { exitCode, stdout, stderr } = await answered("table");
    expect([exitCode, stderr]).toEqual([0, "Athena read 0.0 MB."]);
    expect(stdout).toContain("2026-11-20 20:15:12.000 UTC");
    expect(stdout).toContain("3 row(s)");
  });

  test("as CSV and as JSON", async () => {
    const csv = (await answered("csv")).stdout;
    expect(csv).toBe(
      'site_id,kwh,at,ok\na,1.500,2026-11-20 20:15:12.000 UTC,true\n,20.000,,false\n"ü,""",,2026-11-21 00:00:00.000 UTC,',
    );
    expect((await answered("json")).json).toEqual([
      { site_id: "a", kwh: 1.5, at: "2026-11-20 20:15:12.000 UTC", ok: true },
      { site_id: "", kwh: 20, at: null, ok: false },
      { site_id: 'ü,"', kwh: null, at: "2026-11-21 00:00:00.000 UTC", ok: null },
    ]);
  });

  test("as Arrow and as Parquet, with the types", async () => {
    await aws.answer(columns, rows);
    const arrow = tableFromIPC(await penstock.bytes("sql", "SELECT 1", "--format", "arrow", "--env", "demo"));
    expect(arrow.schema.fields.map(String)).toEqual([
      "site_id: Utf8",
      "kwh: Decimal[10e+3]",
      "at: Timestamp<MICROSECOND, UTC>",
      "ok: Bool",
    ]);
    expect(arrow.numRows).toBe(3);

    await aws.answer(columns, rows);
    const path = join(penstock.files, "answer.parquet");
    writeFileSync(path, await penstock.bytes("sql", "SELECT 1", "--format", "parquet", "--env", "demo"));
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const found = await connection.runAndReadAll(`SELECT sum(kwh), count("at") FROM read_parquet('${path}')`);
    expect(found.getRows().map(String)).toEqual(["21.500,2"]);
    connection.closeSync();
  });

  test("takes a named query, and nothing that writes", async () => {
    await aws.answer([{ Name: "n", Type: "bigint" }], [["7"]]);
    const [query = ""] = Object.keys(pipeline.queries.named);
    expect((await onDemo("sql", query, "--format", "json")).json).toEqual([{ n: 7 }]);
    for (const sql of [
      `DROP TABLE ${dataset}`,
      "\n-- SELECT\n INSERT INTO t SELECT 1",
      "/* a */ (DELETE FROM t",
    ]) {
      const { exitCode, stderr } = await onDemo("sql", sql);
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining("only what reads is sent to Athena")]);
    }
  });

  test("quarantine is read by Athena", async () => {
    const texts = ["run_id", "file", "line", "reasons", "raw", "first_seen", "state"];
    await aws.answer([{ Name: "_col0", Type: "bigint" }], [["1"]]);
    await aws.answer(
      texts.map((Name) => ({ Name, Type: "varchar" })),
      [["r1", "raw/x.csv", "7", "ended_at: missing", "a,b", "2026-11-20 20:15:12.000 UTC", "open"]],
    );
    const { stdout } = await onDemo("quarantine", dataset);
    expect(stdout).toContain("1 of 1 row(s) in quarantine.");
    expect(stdout).toContain(`Put them through again: pnpm penstock redrive ${dataset} --env demo`);
  });
});

describe("what is wrong is told in one sentence with what to do", () => {
  const told = async (...words: string[]) => {
    const { exitCode, stderr } = await penstock.run(...words);
    return [exitCode, stderr];
  };

  test("an environment of another account", async () => {
    expect(await told("runs", "--env", "abroad")).toEqual([
      1,
      expect.stringMatching(
        /^failed: the AWS credentials are those of account 123456789012 \(arn:.*\), expected 210987654321, the account of environment "abroad"; choose others, such as by AWS_PROFILE$/,
      ),
    ]);
  });

  test("no credentials", async () => {
    const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    const other = openPenstock({ ...aws.variables, ...none });
    const { exitCode, stderr } = await other.run("runs", "--env", "demo");
    await other.end();
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^failed: there are no AWS credentials \(.*\); set AWS_PROFILE, or AWS_ACCESS_KEY_ID and .*$/,
      ),
    ]);
  });

  test.each([["runs"], ["status"], ["lookup", name, "k1"], ["run", name], ["redrive", dataset]])(
    "nothing is deployed: %s",
    async (...words) => {
      expect(await told(...words, "--env", "bare")).toEqual([
        1,
        expect.stringMatching(
          /failed: environment "bare" is not deployed, or not as it is configured now \(.*\); type: pnpm penstock deploy --env bare$/,
        ),
      ]);
    },
  );

  test("nobody answers", async () => {
    expect(await told("runs", "--env", "off")).toEqual([
      1,
      "failed: http://127.0.0.1:9 can't be reached (ECONNREFUSED); is the network up?",
    ]);
  });

  test("an environment or a pipeline that is not there is wrong usage", async () => {
    expect(await told("runs", "--env", "demos")).toEqual([
      2,
      expect.stringContaining('did you mean "demo"?'),
    ]);
    const other = pipelines.find((each) => each !== pipeline)?.name ?? "";
    expect(await told("runs", other, "--env", "demo")).toEqual([
      2,
      `error: environment "demo" has no pipeline "${other}"; it has ${name}`,
    ]);
  });

  test.each([
    ["start"],
    ["sample", name, "--rows", "1", "--out", "x.csv"],
    ["generate"],
    ["setup"],
    ["reset"],
    ["stop"],
  ])("%s is the laptop's alone", async (...words) => {
    expect(await told(...words, "--env", "demo")).toEqual([
      2,
      expect.stringContaining("unknown option '--env'"),
    ]);
  });
});
