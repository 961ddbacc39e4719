/** How much of what AWS charges for a pipeline uses in a month, and what an environment has besides. */

import { workersFor } from "@penstock/lake/workers.ts";
import type { Pipeline, Rhythm } from "@penstock/workflows/pipeline.ts";
import { appsOf, startedFunctions } from "@penstock/workflows/started-function.ts";
import { accesses, allStates } from "@penstock/workflows/workflow.ts";
import { assumptions } from "./assumptions.ts";
import { gb, hoursPerMonth, logs, type Month, type Sizes, together, type Usage } from "./month.ts";
import { startedUsage } from "./started-usage.ts";
import { longestWay, shortestWay, type Way } from "./transitions.ts";

const tb = 1024 ** 4;
/** Athena bills a query for no less. */
const leastScanned = 10 * 1024 ** 2;
const dpus = { "G.1X": 1, "G.2X": 2, "G.4X": 4, "G.8X": 8 } as const;
const perMonth: Readonly<Record<Rhythm, number>> = {
  hourly: hoursPerMonth,
  daily: assumptions.daysPerMonth,
  weekly: assumptions.daysPerMonth / 7,
};

/** What one pipeline uses in such a month. */
export function pipelineUsage(pipeline: Pipeline, sizes: Sizes, month: Month): Usage {
  const { volume, workflow, trigger } = pipeline;
  const checks = Object.keys(pipeline.queries.checks).length;
  const full = longestWay(workflow, checks);
  const empty = shortestWay(workflow, checks);

  const arrives = month === "busy" || makesItsOwnFiles(pipeline);
  const deliveries = arrives ? volume.deliveriesPerDay * assumptions.daysPerMonth : 0;
  const files = deliveries * volume.filesPerDelivery;
  const sweeps = perMonth[trigger.sweep];
  const maintenance = perMonth[trigger.maintenance];
  // where no object starts it, a sweep takes what came since the last
  const swept = trigger.objects === false;
  const runs = swept ? Math.min(deliveries, sweeps) : deliveries;
  // else each file's event starts an execution: one of a delivery takes them all, the others find that and end
  const nothing = swept ? sweeps - runs : sweeps + files - runs;
  const executions = runs + maintenance + nothing;

  const of = (what: keyof Way): number => (runs + maintenance) * full[what] + nothing * empty[what];
  const calls = of("functionCalls");
  const jobs = runs + maintenance;
  const jobRuns = full.jobRuns === 0 ? 0 : jobs;
  const filesPerRun = runs === 0 ? 0 : files / runs;

  const own = {
    [sizes.job.flex ? "glueFlexDpuHour" : "glueDpuHour"]:
      full.jobRuns === 0
        ? 0
        : runs * dpuHours(filesPerRun * volume.bytesPerFile, sizes) + maintenance * dpuHours(0, sizes),
    lambdaRequest: calls,
    lambdaGbSecond: (calls * assumptions.functionSeconds * sizes.functions.memoryMb) / 1024,
    stateTransition: of("transitions"),
    ...storage(pipeline, sizes, arrives),
    s3Write: jobs * pipeline.datasets.length * assumptions.writesPerDataset + files,
    s3Read: jobs * pipeline.datasets.length * assumptions.readsPerDataset,
    objectEvent: jobs * pipeline.datasets.length * assumptions.writesPerDataset + files,
    ...tables(pipeline, { runs, files, jobs, nothing, rowsPerRun: filesPerRun * volume.rowsPerFile }),
    athenaTb: scanned(pipeline, { month, arrives, checks: of("queries"), runs }) / tb,
    kmsRequest: jobs * assumptions.kmsRequestsPerRun,
    alarm: alarms(pipeline),
    dashboard: 1,
    customMetric: customMetrics(pipeline, runs),
    ...logs(
      jobRuns * assumptions.logBytes.job +
        calls * assumptions.logBytes.call +
        of("transitions") * assumptions.logBytes.transition,
      sizes,
    ),
    trace: executions,
    snsPublish: of("notices"),
    snsEmail: of("notices") * sizes.emails.length,
    schedule: sweeps + maintenance,
  };
  return together([own, startedUsage(pipeline, sizes, { month, files })]);
}

/** Whether a function of its own, by the clock, writes the files that it takes: then they arrive in an idle month, too. */
function makesItsOwnFiles(pipeline: Pipeline): boolean {
  return startedFunctions(pipeline).some(
    ({ by, writes }) =>
      by.kind === "schedule" &&
      writes.some((access) => access.kind === "objects" && access.prefix === pipeline.trigger.prefix),
  );
}

/** What an environment has once, however many pipelines it holds. */
export function sharedUsage(): Usage {
  return { kmsKey: 1, secret: 1, s3GbMonth: assumptions.codeGb };
}

/** DPU-hours of one job over so many bytes of raw files. */
function dpuHours(bytes: number, { job }: Sizes): number {
  const workers = workersFor(bytes);
  const minutes =
    assumptions.jobStartMinutes + bytes / (assumptions.bytesPerWorkerMinute * Math.max(1, workers - 1));
  return (workers * dpus[job.workerType] * minutes) / 60;
}

/** Raw files or their archive, cleaned Parquet, tables. */
function storage({ volume, workflow }: Pipeline, { retentionDays }: Sizes, arrives: boolean): Usage {
  if (!arrives) return {};
  const { daysPerMonth, monthsOfData, cleanedMonths, parquetShare } = assumptions;
  const rawPerMonth = volume.deliveriesPerDay * volume.filesPerDelivery * volume.bytesPerFile * daysPerMonth;
  const archives = accesses(workflow).writes.some(
    (access) => access.kind === "objects" && access.prefix.startsWith("archive/"),
  );
  const copies =
    (archives ? Math.min(monthsOfData, retentionDays.archive / daysPerMonth) : monthsOfData) +
    parquetShare * Math.min(monthsOfData, cleanedMonths) +
    parquetShare * monthsOfData;
  return { s3GbMonth: (rawPerMonth * copies) / gb };
}

/** The run ledger and the lookup tables: an item is a unit written, four items are one read, a kilobyte each. */
function tables(
  { volume, lookups }: Pipeline,
  {
    runs,
    files,
    jobs,
    nothing,
    rowsPerRun,
  }: Readonly<Record<"runs" | "files" | "jobs" | "nothing" | "rowsPerRun", number>>,
): Usage {
  const { ledgerWrites } = assumptions;
  const ledger = jobs * ledgerWrites.run + files * ledgerWrites.file + nothing * ledgerWrites.nothing;
  let written = 0;
  let items = 0;
  for (const { key, metrics } of lookups) {
    const keys = volume.served[key]?.keys ?? 0;
    const each = metrics.reduce((sum, metric) => sum + periodsOf(volume, key, metric), 0);
    written += Math.min(keys, rowsPerRun) * each;
    items += keys * each;
  }
  return {
    dynamoWrite: ledger + runs * written,
    // what is there is compared with what is computed
    dynamoRead: 2 * ledger + (runs * items) / 4,
    dynamoGbMonth: runs === 0 ? 0 : (items * 1024) / gb,
  };
}

const periodsOf = (volume: Pipeline["volume"], key: string, metric: string): number =>
  volume.served[key]?.periods[metric] ?? 1;

/** Bytes that sanity queries, metrics and analysts scan: each the whole of what the pipeline's tables hold. */
function scanned(
  { volume, lookups }: Pipeline,
  {
    month,
    arrives,
    checks,
    runs,
  }: { readonly month: Month; readonly arrives: boolean; readonly checks: number; readonly runs: number },
): number {
  const { daysPerMonth, monthsOfData, parquetShare, analystQueriesPerDay } = assumptions;
  const raw = volume.deliveriesPerDay * volume.filesPerDelivery * volume.bytesPerFile;
  const held = !arrives ? 0 : raw * daysPerMonth * monthsOfData * parquetShare;
  const metrics = runs * new Set(lookups.flatMap((lookup) => lookup.metrics)).size;
  const analysts = month === "idle" ? 0 : analystQueriesPerDay * daysPerMonth;
  return (checks + metrics + analysts) * Math.max(held, leastScanned);
}

/** An alarm that looks at several functions is paid for each: errors and throttles of every function. */
function alarms(pipeline: Pipeline): number {
  const jobs = allStates(pipeline.workflow).some(([, state]) => state.kind === "glueJob") ? 1 : 0;
  const late = pipeline.datasets.filter((dataset) => dataset.freshness !== undefined).length;
  const failedOrTimedOut = 2;
  const deadLetters = 1;
  const failingOrSlow = pipeline.serves === undefined ? 0 : 2;
  return failedOrTimedOut + deadLetters + jobs + 2 * appsOf(pipeline).length + late + failingOrSlow;
}

/** A metric is paid for each hour in which a run sends it, as a share of the month. */
function customMetrics({ datasets, lookups, volume }: Pipeline, runs: number): number {
  const served = lookups.map(({ key, cloudwatch }) => (volume.served[key]?.keys ?? 0) * cloudwatch.length);
  const figures = served.reduce((sum, items) => sum + items, 0) * assumptions.figuresPerItem;
  const counts = datasets.length * assumptions.countsPerDataset;
  return ((figures + counts) * Math.min(runs, hoursPerMonth)) / hoursPerMonth;
}
