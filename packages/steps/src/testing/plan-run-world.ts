/** A world for plan-run: a real DynamoDB table, files in a folder of their own, and what else it asks, played. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileObjects } from "@penstock/lake/file-objects.ts";
import { openLedger } from "@penstock/lake/ledger.ts";
import type { Sample } from "@penstock/lake/metrics.ts";
import { writeJson } from "@penstock/lake/objects.ts";
import type { Report } from "@penstock/lake/report.ts";
import { ledgerTable } from "@penstock/lake/tables.ts";
import type { TestDynamo } from "@penstock/lake/testing/dynamo.ts";
import { reportKey } from "@penstock/lake/zones.ts";
import type { Claim } from "../plan-run/claim.ts";
import type { PlanRunContext } from "../plan-run/context.ts";
import type { Finished } from "../plan-run/finish.ts";
import { planRun } from "../plan-run/plan-run.ts";
import type { PutAway } from "../plan-run/put-away.ts";
import type { Settled, SettleRequest } from "../plan-run/settle.ts";

export type World = Awaited<ReturnType<typeof newWorld>>;

let worlds = 0;

/** Executions run until they are named in `dead`; Glue has no job runs but those in `jobs`. */
export async function newWorld(dynamo: TestDynamo) {
  worlds += 1;
  const table = `ledger-${worlds}`;
  await dynamo.create(ledgerTable(table));
  const folder = await mkdtemp(join(tmpdir(), "penstock-steps-"));
  const dead = new Set<string>();
  const jobs = new Map<string, string[]>();
  const samples: Sample[] = [];
  let clock = Date.parse("2026-11-20T20:15:12Z");
  let ids = 0;

  const context: PlanRunContext = {
    facts: {
      pipeline: "demo",
      environment: "local",
      database: "penstock",
      prefix: "raw/demo/",
      datasets: ["sessions"],
      checks: { counts: "SELECT ${sessions.rows}, ${sessions.inserted}, '${run_id}' FROM ${database}.t" },
      metrics: { use: "SELECT 1\n" },
      leaseSeconds: 3600,
    },
    ledger: openLedger({ client: dynamo.client, table, pipeline: "demo" }),
    objects: fileObjects(folder),
    jobRuns: {
      alive: async (runId) => jobs.get(runId) ?? [],
      stop: async () => jobs.clear(),
    },
    executions: { isRunning: async (arn) => !dead.has(arn) },
    now: () => new Date(clock),
    randomHex: () => {
      ids += 1;
      return ids.toString(16).padStart(6, "0");
    },
    sleep: async () => {},
    emit: (sample) => samples.push(sample),
  };

  return {
    context,
    dead,
    jobs,
    /** What CloudWatch was told. */
    samples,
    /** Lets time go by. */
    pass: (seconds: number) => {
      clock += seconds * 1000;
    },
    drop: (key: string, content: string) => context.objects.write(key, content),
    claim: async (execution: string, event: unknown = {}, within = context) =>
      (await planRun({ action: "claim", execution, event }, within)) as Claim,
    settle: async (
      execution: string,
      run_id: string,
      within = context,
      validated?: NonNullable<SettleRequest["validated"]>,
    ) =>
      (await planRun(
        { action: "settle", execution, run_id, ...(validated === undefined ? {} : { validated }) },
        within,
      )) as Settled,
    putAway: async (execution: string, run_id: string, within = context) =>
      (await planRun({ action: "put_away", execution, run_id }, within)) as PutAway,
    finish: async (execution: string, run_id: string, within = context) =>
      (await planRun({ action: "finish", execution, run_id }, within)) as Finished,
    fail: async (execution: string, error: string, cause = "because", within = context) =>
      (await planRun({ action: "fail", execution, error, cause }, within)) as Pick<Finished, "notice">,
    report: async (runId: string, report: Partial<Report>) => {
      const run = await context.ledger.run(runId);
      await writeJson(context.objects, reportKey("demo", runId), {
        run_id: runId,
        outcome: "published",
        datasets: { sessions: counts(10) },
        files: (run?.files ?? []).map(({ key }) => ({
          key,
          status: "accepted",
          profile: "p",
          rows: 10,
          reason: null,
        })),
        reasons: {},
        gates: [],
        steps: [],
        ...report,
      });
    },
    /** Everything that the ledger says, but for how often each item was written. */
    ledger: async () => (await dynamo.dump(table)).map(({ revision: _, pipeline: __, ...item }) => item),
    /** Each input's state: `a.csv done`. */
    inputs: async () =>
      (await context.ledger.inputs("pending", "claimed", "done", "rejected", "held", "rolled_back")).map(
        ({ key, status, reason }) =>
          `${key.replace("raw/demo/", "")} ${status}${reason === null ? "" : `: ${reason}`}`,
      ),
    /** The keys of everything below a prefix. */
    keys: async (prefix: string): Promise<string[]> => {
      const found: string[] = [];
      for await (const { key } of context.objects.list(prefix)) found.push(key);
      return found;
    },
    leave: () => rm(folder, { recursive: true, force: true }),
  };
}

/** So many rows read, accepted and new. */
export function counts(rows: number) {
  return {
    read: rows,
    accepted: rows,
    quarantined: 0,
    duplicates: 0,
    inserted: rows,
    updated: 0,
    unchanged: 0,
    superseded: 0,
  };
}

/** An EventBridge event of an object that was created. */
export const created = (key: string, etag?: string) => ({
  "detail-type": "Object Created",
  detail: { bucket: { name: "lake" }, object: { key, ...(etag === undefined ? {} : { etag }) } },
});
