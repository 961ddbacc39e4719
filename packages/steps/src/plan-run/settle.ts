/** Settle: the job has ended; what it reports goes into the ledger. */

import type { Run, Totals } from "@penstock/lake/ledger-entries.ts";
import type { Report } from "@penstock/lake/report.ts";
import { fillText } from "@penstock/workflows/fill.ts";
import type { Validated } from "../validate/validate.ts";
import type { PlanRunContext } from "./context.ts";
import { assertLease } from "./lease.ts";
import { readRejected, readReport } from "./read-report.ts";
import { changeRun } from "./runs.ts";

export interface SettleRequest {
  readonly execution: string;
  readonly run_id: string;
  /** What validate answered; absent when the pipeline doesn't validate its files. */
  readonly validated?: Pick<Validated, "for_job">;
}

export interface Settled {
  /** `nothing_valid`: no file was left for a job, so none ran, and nothing is another than it was. */
  readonly outcome: "published" | "gate_failed" | "nothing_valid";
  /** The number of the run's publication; null when there is none. */
  readonly publish: number | null;
  /** The sanity queries, filled. */
  readonly checks: readonly { readonly name: string; readonly query: string }[];
  /** Which gate failed and why; null when published. */
  readonly reason: string | null;
}

/** @throws LeaseLost, BadReport */
export async function settle(
  { execution, run_id, validated }: SettleRequest,
  context: PlanRunContext,
): Promise<Settled> {
  await assertLease(execution, context);
  const seen = await context.ledger.run(run_id);
  if (seen === null) throw new Error(`the ledger knows no run ${run_id}`);
  const { facts, objects } = context;
  const rejected = validated === undefined ? [] : await readRejected(seen, facts.pipeline, objects);
  if (validated?.for_job === false) {
    await changeRun(run_id, reported({ datasets: {}, reasons: {}, files: rejected }), context);
    return { outcome: "nothing_valid", publish: null, checks: [], reason: null };
  }
  const report = await readReport(seen, facts.pipeline, objects, rejected);

  if (report.outcome === "gate_failed") {
    await changeRun(run_id, reported(report), context);
    return { outcome: "gate_failed", publish: null, checks: [], reason: brokenGates(report) };
  }
  const totals = await addToTotals(report, seen, context);
  // counts that were recorded with the publication stay: the same job again finds its rows there already
  const counts = seen.publish === null ? reported(report) : {};
  const run = await changeRun(run_id, { ...counts, publish: totals.publish, rows: totals.rows }, context);
  return { outcome: "published", publish: totals.publish, checks: filledChecks(run, context), reason: null };
}

/** What the ledger keeps of a report: an item of it holds 400 KB, the report in the lake holds everything. */
function reported({
  datasets,
  reasons,
  files,
}: Pick<Report, "datasets" | "reasons" | "files">): Partial<Run> {
  const mostReasons = 100;
  const longest = Math.max(200, Math.floor(150_000 / Math.max(1, files.length)));
  return {
    datasets,
    reasons: Object.fromEntries(
      Object.entries(reasons).map(([dataset, counts]) => [
        dataset,
        Object.fromEntries(
          Object.entries(counts)
            .sort(([, a], [, b]) => b - a)
            .slice(0, mostReasons),
        ),
      ]),
    ),
    outcomes: files.map((file) => ({ ...file, reason: file.reason?.slice(0, longest) ?? null })),
  };
}

/** One publication more, counted once however often it is settled: the totals say whose the newest is. */
async function addToTotals(report: Report, { work }: Run, { ledger }: PlanRunContext): Promise<Totals> {
  const back = work.kind === "rollback" && work.to !== null ? await ledger.run(work.to) : null;
  for (;;) {
    const seen = await ledger.totals();
    if (seen?.run_id === report.run_id) return seen;
    const before: Record<string, number> = { ...seen?.rows };
    const counted = !(await isAfterGivenUp(report, seen, ledger));
    const rows = { ...before };
    for (const [dataset, { inserted, rows: published }] of Object.entries(report.datasets)) {
      rows[dataset] = counted || published === undefined ? (before[dataset] ?? 0) + inserted : published;
    }
    if (work.kind === "rollback") rows[work.dataset] = back?.rows[work.dataset] ?? 0;
    const totals: Totals = { publish: (seen?.publish ?? 0) + 1, run_id: report.run_id, rows };
    if (await ledger.putTotals(totals, seen)) return totals;
  }
}

/**
 * Whether a run was given up since the last publication. It may have published before it was: its rows are in the
 * tables, no total has them, and only the tables themselves can say how many there are.
 */
async function isAfterGivenUp(
  report: Report,
  seen: Totals | null,
  ledger: PlanRunContext["ledger"],
): Promise<boolean> {
  const newest = await ledger.runs(20);
  const last = newest.findIndex((run) => run.run_id === seen?.run_id);
  return newest
    .slice(0, last < 0 ? undefined : last)
    .some((run) => run.run_id !== report.run_id && run.status === "FAILED" && run.publish === null);
}

function brokenGates(report: Report): string {
  const broken = report.gates.filter((gate) => !gate.passed);
  return broken.map((gate) => `${gate.dataset}: ${gate.rule} (${gate.detail})`).join("; ") || "a gate failed";
}

function filledChecks(run: Run, { facts }: PlanRunContext): Settled["checks"] {
  const names: Record<string, string> = { run_id: run.run_id, database: facts.database };
  for (const dataset of facts.datasets) {
    names[`${dataset}.rows`] = String(run.rows[dataset] ?? 0);
    names[`${dataset}.inserted`] = String(run.datasets[dataset]?.inserted ?? 0);
    names[`${dataset}.updated`] = String(run.datasets[dataset]?.updated ?? 0);
  }
  for (const [metric, sql] of Object.entries(facts.metrics)) names[`metrics.${metric}`] = sql.trim();
  return Object.entries(facts.checks).map(([name, sql]) => ({ name, query: fillText(sql, names) }));
}
