/**
 * An environment's whole life on the emulated AWS, as a user leads it: deployed, used, meddled with and planned clean
 * but for that, its contracts changed, destroyed.
 *
 * The tests follow each other: each goes on where the one before it ended. A deploy takes minutes, so there is one.
 *
 * @jest-environment ./support/in-turn-environment.mjs
 */

import { randomUUID } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { EntityNotFoundException, GetDatabaseCommand, GlueClient } from "@aws-sdk/client-glue";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { tableNames } from "@penstock/contracts/tables.ts";
import { stackNames } from "@penstock/infra/stack-names.ts";
import { functionLogGroup } from "@penstock/lake/log-groups.ts";
import { startMigrations } from "@penstock/lake/migrations.ts";
import { bucketNames, lakeUrl, pipelineNames, sharedNames } from "@penstock/lake/names.ts";
import { openObjects } from "@penstock/lake/objects.ts";
import { s3Client } from "@penstock/lake/s3-objects.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { startedFunctions } from "@penstock/workflows/started-function.ts";
import { askApi } from "../support/emulated-http-api.ts";
import { reallyRunning } from "../support/emulated-runs.ts";
import { isDue } from "../support/emulated-schedule.ts";
import { terraformIn, whyNoTerraform } from "../support/terraform.ts";
import { deleteLogGroup, dropColumn, lockState, untilBucket } from "./by-hand.ts";
import { changedPipelines, gained, synthesiseChanged } from "./changed-contract.ts";
import { type DeployedEnvironment, type Execution, openEnvironment } from "./deployed-environment.ts";
import { droppedCase, sum } from "./dropped-case.ts";
import { readLakeTable, shapeOf } from "./lake-table.ts";
import { claimRun } from "./pipeline-run.ts";
import { secretValues, toldEverywhere } from "./told-everywhere.ts";

jest.setTimeout(400_000);

const why = whyNoTerraform();
if (why !== undefined) console.warn(`the deployed infrastructure is not tested: ${why}`);

const name = "deployed";
/** Those whose tables have columns in the catalogue; those of Delta's are in its own log alone. */
const onIceberg = pipelines.filter(({ datasets }) => datasets.every(({ format }) => format === "iceberg"));
/** Those whose API answers with what a function by the clock brings about. */
const served = pipelines.filter(
  (pipeline) => pipeline.serves !== undefined && byTheClock(pipeline) !== undefined,
);

/** One text for a value of a key, however an engine writes an instant. */
const told = ({ columns }: Dataset, column: string, value: unknown): string =>
  columns[column]?.kind === "timestamp" ? new Date(String(value)).toISOString() : String(value);

/** Figures as texts, to their last digit; a decimal's zeros at the end are not kept everywhere. */
const exactly = (figures: object): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      String(value).replace(/\.0+$|(\.\d*[1-9])0+$/, "$1"),
    ]),
  );

function byTheClock(pipeline: Pipeline): string | undefined {
  return startedFunctions(pipeline).find(({ by }) => by.kind === "schedule")?.app;
}

(why === undefined ? describe : describe.skip)("an environment, deployed", () => {
  let at: DeployedEnvironment;
  /** Where the APIs answer, by pipeline. */
  const apis = new Map<string, string>();

  beforeAll(async () => {
    at = await openEnvironment(name);
  });
  afterAll(() => at.end());

  const scratch = (): string => mkdtempSync(join(at.penstock.files, "scratch-"));

  test("a plan of what was never deployed lists all that is to be made, and makes nothing", async () => {
    const { json, stdout } = await at.done("deploy", "--plan", "--json");
    const made = { add: expect.any(Number), change: 0, remove: 0 };
    expect(json).toEqual({ environment: name, plan: { bootstrap: made, storage: made, pipelines: made } });
    for (const stack of stackNames) {
      const { add } = json.plan[stack];
      expect([stack, add > 0]).toEqual([stack, true]);
      expect(stdout).toMatch(new RegExp(`^${stack}: ${add} resources to make\n( +\\d+ aws_\\w+\n)+`, "m"));
    }
    const { Buckets } = await s3Client().send(new ListBucketsCommand({}));
    expect(Buckets ?? []).toEqual([]);
  });

  test("a held lock is named, with the command that releases it", async () => {
    const id = randomUUID();
    await lockState(at.config, "bootstrap", id);
    const { exitCode, stderr } = await at.run("deploy");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining(`force-unlock ${id}`),
    });
    const [, folder = ""] = /terraform -chdir=(\S+) force-unlock/.exec(stderr) ?? [];
    await terraformIn(folder, at.aws.environment).run(["force-unlock", "-force", id]);
  });

  test("a deploy that is interrupted ends the stack that it is at, and says that the next one goes on", async () => {
    const begun = untilBucket(bucketNames(at.config).lake);
    const { exitCode, stderr } = await at.penstock.interrupt(() => begun, "deploy", "--env", name);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining("storage was stopped; run the same command again, it goes on."),
    });
  });

  test("deploy makes everything that is not there yet, and tells where files go", async () => {
    const { json } = await at.done("deploy", "--json");
    const { lake, state } = bucketNames(at.config);
    expect(json.buckets).toMatchObject({ lake, state });
    expect(Object.keys(json.pipelines).sort()).toEqual(pipelines.map((each) => each.name).sort());
    // tables are made as their contracts are
    expect(json.migrations).toEqual({});
    for (const { name: pipeline, serves } of pipelines) {
      const url = json.pipelines[pipeline].api_url;
      const expected = serves === undefined ? null : expect.stringMatching(/^https:\/\/\w+\.execute-api\./);
      expect([pipeline, url]).toEqual([pipeline, expected]);
      if (url !== null) apis.set(pipeline, url);
    }
  });

  test("a plan after that is empty", async () => {
    const { json } = await at.done("deploy", "--plan", "--json");
    const none = { add: 0, change: 0, remove: 0 };
    expect(json.plan).toMatchObject({ bootstrap: none, storage: none, pipelines: none });
  });

  test.each(pipelines)(
    "$name: a file that is dropped goes through by itself, at once or by the sweep, where all that is started really runs",
    async (pipeline) => {
      const dropped = droppedCase(pipeline.name);
      expect(sum(dropped.counts, "accepted")).toBeGreaterThan(0);
      const key = `${pipeline.trigger.prefix}${dropped.name}`;
      const detail = { bucket: { name: bucketNames(at.config).lake }, object: { key } };
      const [run] = await reallyRunning(at.aws, async () => {
        await openObjects(lakeUrl(at.config)).write(key, dropped.content);
        const started = await at.executions(pipeline.name);
        if (pipeline.trigger.objects === false) {
          expect(started).toEqual([]);
          const { stateMachine: group } = pipelineNames(at.config, pipeline.name);
          await isDue(at.aws, { group, name: `${group}-sweep` }, new Date().toISOString());
        } else {
          expect(started).toMatchObject([{ input: { "detail-type": "Object Created", detail } }]);
        }
        await at.untilEnded(pipeline.name);
        return (await at.done("runs", pipeline.name, "--json")).json.runs;
      });
      // the job had the settings that it has on AWS
      expect(run).toMatchObject({ status: "SUCCEEDED", datasets: dropped.counts });
      for (const dataset of pipeline.datasets) {
        const { curated, quarantine } = tableNames(dataset);
        const table = await readLakeTable(at.config, curated, scratch());
        // Terraform's had optional columns alone, and no partitions, or none of either
        expect(table).toMatchObject(shapeOf(dataset, at.config));
        const keysOf = (found: readonly Readonly<Record<string, unknown>>[]) =>
          found.map((row) => dataset.primaryKey.map((column) => told(dataset, column, row[column]))).sort();
        expect(keysOf(table.rows)).toEqual(keysOf(dropped.rows(dataset.name)));
        const aside = await readLakeTable(at.config, quarantine, scratch());
        expect(aside.rows).toHaveLength(dropped.counts[dataset.name]?.["quarantined"] ?? 0);
      }
      const logs = await at.done("logs", run.run_id, "--json");
      expect(logs.json).toMatchObject({ pipeline: pipeline.name, status: "SUCCEEDED" });
    },
  );

  test.each(pipelines)("$name: its tables are asked, and its figures looked up", async (pipeline) => {
    const { rows } = droppedCase(pipeline.name);
    const ask = async (sql: string) => {
      const { stdout } = await at.done("sql", sql, "--format", "json");
      return JSON.parse(stdout);
    };
    await reallyRunning(at.aws, async () => {
      for (const dataset of pipeline.datasets) {
        const { curated } = tableNames(dataset);
        const expected = [{ rows: rows(dataset.name).length }];
        expect([curated, await ask(`SELECT count(*) AS rows FROM ${curated}`)]).toEqual([curated, expected]);
      }
      let lookedUp = 0;
      for (const { key, metrics } of pipeline.lookups) {
        for (const metric of metrics) {
          const [answer] = await ask(pipeline.queries.metrics[metric] ?? "");
          // not every metric has figures of every file
          if (answer === undefined) continue;
          const { [key]: whose, period, ...figures } = answer;
          const { json } = await at.done("lookup", pipeline.name, whose, "--json");
          const expected = { ...figures, key: whose, metric: `${metric}#${period}` };
          const item = json.items.find((each: { metric: string }) => each.metric === expected.metric);
          expect(exactly(item ?? {})).toMatchObject(exactly(expected));
          lookedUp += 1;
        }
      }
      expect(lookedUp > 0).toBe(pipeline.lookups.length > 0);
    });
  });

  // without one there is no test, which jest would take for a mistake
  if (served.length > 0) {
    test.each(served)(
      "$name: by the clock a function makes a file, which starts another, whose rows the API answers with",
      async (pipeline) => {
        const url = apis.get(pipeline.name) ?? "";
        const { stateMachine: group } = pipelineNames(at.config, pipeline.name);
        const total = async () => {
          const { status, text } = await askApi(at.aws, url, "/summary");
          expect(status).toBe(200);
          return JSON.parse(text).total_records;
        };
        const before = await total();
        // an hour ago, so that nothing is of the future
        const time = new Date(Math.floor(Date.now() / 300_000 - 12) * 300_000)
          .toISOString()
          .replace(".000", "");
        await isDue(at.aws, { group, name: `${group}-${byTheClock(pipeline)}` }, time);
        for (const end = Date.now() + 60_000; (await total()) === before && Date.now() < end; ) {
          await setTimeout(500);
        }
        expect(await total()).toBeGreaterThan(before);
      },
    );
  }

  test("a file that is given to run goes through, and run tells what became of it", async () => {
    const [first] = onIceberg;
    if (first === undefined) throw new Error("no pipeline has Iceberg tables alone");
    const dropped = droppedCase(first.name);
    const file = join(scratch(), `again-${dropped.name}`);
    writeFileSync(file, dropped.content);
    const { json, stderr } = await reallyRunning(at.aws, () =>
      at.done("run", first.name, "--input", file, "--json"),
    );
    expect(json).toMatchObject({ status: "SUCCEEDED", datasets: dropped.counts });
    // whichever execution claimed it: that which run has started, or that which the file has
    expect(stderr).toMatch(/✓ run job/);
  });

  test("drift finds nothing while nobody meddles", async () => {
    const { exitCode, json } = await at.run("drift", "--json");
    expect({ exitCode, json }).toMatchObject({ exitCode: 0, json: { differs: false, tables: {} } });
  });

  test("drift names what was changed by hand, and nothing else, and fails", async () => {
    const [pipeline] = onIceberg;
    const [dataset] = pipeline?.datasets ?? [];
    if (pipeline === undefined || dataset === undefined) throw new Error("no pipeline has an Iceberg table");
    const [column = ""] = Object.keys(dataset.columns);
    const { curated, cleaned } = tableNames(dataset);
    const putBack = [
      await dropColumn(at.config, curated, column),
      await dropColumn(at.config, cleaned, column),
    ];
    await deleteLogGroup(functionLogGroup(pipelineNames(at.config, pipeline.name).function("plan-run")));
    const { exitCode, stdout, json } = await at.run("drift", "--json");
    for (const each of putBack) await each();
    expect(exitCode).toBe(1);
    const none = { add: 0, change: 0, remove: 0 };
    expect(json.stacks).toMatchObject({
      bootstrap: none,
      storage: { ...none, change: 1 },
      pipelines: { ...none, add: 1 },
    });
    expect(Object.values(json.tables).flat()).toEqual([
      expect.objectContaining({ dataset: dataset.name, where: "Glue", column, found: null }),
    ]);
    expect(stdout).toMatch(/^storage: aws_glue_catalog_table\.\S+cleaned\S* is another than it was made$/m);
    expect(stdout).toMatch(/^pipelines: aws_cloudwatch_log_group\.\S+ is missing$/m);
    expect(stdout).toMatch(new RegExp(`^${dataset.name}\\.${column}: .+, Glue has nothing$`, "m"));
  });

  test("a contract gains a column: migrate takes the tables to it, and Terraform's plan stays empty", async () => {
    const names = onIceberg.map((each) => each.name);
    const changed = changedPipelines(names).filter((each) => names.includes(each.name));
    const datasets = changed.flatMap((each) => each.datasets);
    const { storage, script } = await synthesiseChanged(at.config, names, scratch());
    const terraform = terraformIn(storage, at.aws.environment);
    await terraform.run(["init"]);
    // cleaned rows are plain Parquet, whose columns are Terraform's to change; Iceberg's are not
    const planned = (await terraform.planned()).map(({ actions, after }) => ({ actions, after }));
    const cleaned = datasets.map((dataset) => tableNames(dataset).cleaned);
    expect(planned).toHaveLength(cleaned.length);
    expect(planned).toEqual(
      expect.arrayContaining(
        cleaned.map((table) => ({ actions: ["update"], after: expect.objectContaining({ name: table }) })),
      ),
    );
    await terraform.run(["apply", "-input=false", "test.tfplan"]);

    const lacks = { column: gained, contract: "string", found: null };
    const started = await startMigrations(at.config, changed);
    expect(started).toEqual(
      changed.map((pipeline) => ({
        pipeline: pipeline.name,
        differences: pipeline.datasets.flatMap((dataset) => [
          { dataset: dataset.name, where: "Glue", ...lacks },
          { dataset: dataset.name, where: "Iceberg", ...lacks },
        ]),
        execution: expect.any(String),
      })),
    );
    for (const { pipeline, execution } of started) {
      const migrations = (await at.executions(pipeline)).filter(({ arn }) => arn.includes(":migrate-"));
      expect(migrations).toEqual([{ arn: execution, input: { work: { kind: "migrate" } } }]);
      const run = await claimRun(at, pipeline, migrations[0] as Execution);
      await run.job(script(pipeline));
    }
    expect(await startMigrations(at.config, changed)).toEqual([]);
    expect(await terraform.planned()).toEqual([]);
  });

  test("no secret is in Terraform's state, a configuration, a definition or a log", async () => {
    const secrets = await secretValues();
    expect([...secrets.keys()]).toContain(sharedNames(at.config).pseudonymSecret);
    const told = await toldEverywhere(at);
    // each is looked through: it says something that is known
    expect(told).toMatchObject({
      state: expect.stringContaining(sharedNames(at.config).pseudonymSecret),
      functions: expect.stringContaining(sharedNames(at.config).ledger),
      jobs: expect.stringContaining("--extra-py-files"),
      "state machines": expect.stringContaining(sharedNames(at.config).pseudonymSecret),
      logs: expect.stringContaining("run_id"),
      "jobs' output": expect.stringContaining("run_id"),
    });
    for (const [secret, value] of secrets) {
      expect([secret, value]).toEqual([secret, expect.stringMatching(/^.{32,}$/)]);
      const where = Object.keys(told).filter((each) => told[each]?.includes(value));
      expect([secret, where]).toEqual([secret, []]);
    }
  });

  test("the emulation refused nothing, and no event was lost", () => {
    expect(at.aws.said).toEqual([]);
  });

  test("destroy leaves nothing that carries the environment's tags", async () => {
    const { json, stderr } = await at.done("destroy", "--confirm", name, "--json");
    const { state } = bucketNames(at.config);
    expect(json).toMatchObject({ left: [], state_bucket: state });
    expect(stderr).toMatch(
      new RegExp(`while aws s3api list-object-versions --bucket ${state} --no-paginate `),
    );
    expect(stderr.trimEnd()).toMatch(new RegExp(`  aws s3api delete-bucket --bucket ${state}$`));
    // one: the deploy that was interrupted made nothing that the next one had to make anew
    expect(json.keys_pending_deletion).toHaveLength(1);
    await at.done("destroy", "--verify");
    const database = new GetDatabaseCommand({ Name: sharedNames(at.config).database });
    await expect(new GlueClient().send(database)).rejects.toThrow(EntityNotFoundException);
  });
});
