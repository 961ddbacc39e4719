import { describe, expect, test } from "@jest/globals";
import { string } from "@penstock/contracts/column.ts";
import { dataset, merge } from "@penstock/contracts/dataset.ts";
import { fileRun } from "@penstock/workflows/file-run.ts";
import { pipeline } from "@penstock/workflows/pipeline.ts";
import { environmentNamed } from "../config.ts";
import { metering as meters5 } from "../testing/metering.ts";
import { type Estimate, estimate } from "./estimate.ts";
import { prices } from "./prices.ts";
import { pipelineUsage } from "./usage.ts";

const meters = dataset("meters", {
  description: "A meter.",
  columns: { meter_id: string() },
  primaryKey: ["meter_id"],
  write: merge(),
});

/** Ten deliveries a day of two files, 60 MiB each, of 1,000 rows; 100 keys of a metric with 5 periods. */
const metering = pipeline({
  name: "metering",
  description: "Meters.",
  datasets: [meters],
  trigger: { prefix: "raw/meters/", sweep: "daily", maintenance: "daily" },
  workflow: fileRun({ datasets: [meters], prefix: "raw/meters/", lookups: ["meter_id"] }),
  lookups: [{ key: "meter_id", metrics: ["load"], cloudwatch: ["load"] }],
  queries: { metrics: { load: "SELECT 1" }, checks: { one: "SELECT 1", two: "SELECT 1" }, named: {} },
  volume: {
    deliveriesPerDay: 10,
    filesPerDelivery: 2,
    rowsPerFile: 1_000,
    bytesPerFile: 60 * 1024 ** 2,
    served: { meter_id: { keys: 100, periods: { load: 5 } } },
  },
});

const config = (more: object = {}) =>
  environmentNamed(
    "dev",
    { dev: { account: "111111111111", region: "eu-west-1", emails: ["a@example.com"], ...more } },
    [],
  );

describe("a busy month of a pipeline, worked out by hand", () => {
  // 10 a day × 30 = 300 runs, 600 files; 30 sweeps; 30 times maintenance; 300 executions that join
  const usage = pipelineUsage(metering, config(), "busy");

  test("Glue", () => {
    // 120 MiB are two workers, one of which works: 2 + 120 / 100 = 3.2 minutes; maintenance: two workers, 2 minutes
    // 300 × 2 × 3.2 / 60 + 30 × 2 × 2 / 60 = 32 + 2
    expect(usage.glueDpuHour).toBeCloseTo(34, 9);
    expect(usage.glueFlexDpuHour).toBeUndefined();
  });

  test("a larger worker is more units, Flex another price", () => {
    const large = pipelineUsage(metering, config({ job: { workerType: "G.2X", flex: true } }), "busy");
    expect(large.glueFlexDpuHour).toBeCloseTo(68, 9);
    expect(large.glueDpuHour).toBeUndefined();
  });

  test("Step Functions and Lambda", () => {
    // a run: start, Claim, IsClaimed, RunJob, Settle, IsPublished, CheckSanity, 2 × 4, PublishMetrics, Finish, Notify,
    // IsMorePending, Done = 20; an execution without work: 4
    // (300 + 30) × 20 + (30 + 300) × 4 = 6,600 + 1,320
    expect(usage.stateTransition).toBe(7_920);
    // Claim, Settle, PublishMetrics, Finish; or Claim: 330 × 4 + 330
    expect(usage.lambdaRequest).toBe(1_650);
    // × 5 s × 0.5 GB
    expect(usage.lambdaGbSecond).toBe(4_125);
  });

  test("S3", () => {
    // raw: 10 × 2 × 60 MiB × 30 = 36,000 MiB a month. Kept: raw 12 months, cleaned 3 × 0.3, table 12 × 0.3 = 16.5
    expect(usage.s3GbMonth).toBeCloseTo((36_000 * 16.5) / 1024, 6);
    // one dataset: 330 × 60 objects, and 600 files
    expect(usage.s3Write).toBe(20_400);
    expect(usage.s3Read).toBe(66_000);
  });

  test("DynamoDB", () => {
    // ledger: 330 × 15 + 600 × 4 + 330 × 2 = 8,010; lookups: 300 × 100 keys × 5 periods = 150,000
    expect(usage.dynamoWrite).toBe(158_010);
    // 2 × 8,010 + 150,000 / 4
    expect(usage.dynamoRead).toBe(53_520);
  });

  test("Athena", () => {
    // tables: 36,000 MiB × 12 × 0.3 = 129,600 MiB; queries: checks 330 × 2, metrics 300 × 1, analysts 10 × 30 = 1,260
    expect(usage.athenaTb).toBeCloseTo((1_260 * 129_600) / 1024 ** 2, 6);
  });

  test("CloudWatch", () => {
    // executions failed and timed out, dead letters, job; errors and throttles of plan-run and publish-metrics
    expect(usage.alarm).toBe(8);
    // (100 keys × 3 figures + 5 counts) in 300 of 720 hours
    expect(usage.customMetric).toBeCloseTo((305 * 300) / 720, 6);
  });

  test("notices", () => {
    // a run tells once, maintenance too; one address
    expect(usage.snsPublish).toBe(330);
    expect(usage.snsEmail).toBe(330);
  });
});

test("an idle month has sweeps and maintenance, and what is paid for by the month", () => {
  const usage = pipelineUsage(metering, config(), "idle");
  // 30 × 2 × 2 / 60
  expect(usage.glueDpuHour).toBeCloseTo(2, 9);
  // 30 × 20 + 30 × 4
  expect(usage.stateTransition).toBe(720);
  expect(usage.s3GbMonth).toBeUndefined();
  expect(usage.customMetric).toBeUndefined();
  expect(usage.dashboard).toBe(1);
  // 60 checks of an empty table, 10 MiB each
  expect(usage.athenaTb).toBeCloseTo(600 / 1024 ** 2, 9);
});

test("what is archived is kept as long as the archive says", () => {
  const archiving = pipeline({
    ...metering,
    workflow: fileRun({ datasets: [meters], prefix: "raw/meters/", lookups: ["meter_id"], archive: true }),
  });
  const usage = pipelineUsage(archiving, config({ retentionDays: { archive: 30 } }), "busy");
  // archive 1 month, cleaned 3 × 0.3, table 12 × 0.3 = 5.5
  expect(usage.s3GbMonth).toBeCloseTo((36_000 * 5.5) / 1024, 6);
});

describe("a busy month of a pipeline whose functions are started by the clock, objects and requests", () => {
  // a file every five minutes: 288 × 30 = 8,640, which 720 hourly runs take twelve at a time; 30 times maintenance
  const usage = pipelineUsage(meters5, config(), "busy");

  test("Glue runs with the sweep, not with each file", () => {
    // two workers, two minutes: (720 + 30) × 2 × 2 / 60
    expect(usage.glueDpuHour).toBeCloseTo(50, 2);
  });

  test("Lambda", () => {
    // simulate 8,640, process 8,640, api 500 × 30 = 15,000; Claim, Settle, Serve and Finish of 750 executions
    expect(usage.lambdaRequest).toBe(35_280);
    // simulate 1 s and process 2 s, half a gigabyte at least and one; api 0.1 s, one; the workflow's 5 s, a half
    expect(usage.lambdaGbSecond).toBeCloseTo(8_640 * 0.5 + 8_640 * 2 + 15_000 * 0.1 + 3_000 * 5 * 0.5, 6);
  });

  test("what starts them", () => {
    expect(usage.httpRequest).toBe(15_000);
    // sweeps, maintenance, simulate
    expect(usage.schedule).toBe(720 + 30 + 8_640);
  });

  test("DynamoDB", () => {
    // ledger: 750 × 15 + 8,640 × 4 = 45,810; rows: 1,152 × 30 = 34,560, seven units each
    expect(usage.dynamoWrite).toBe(45_810 + 241_920);
    // 2 × 45,810; 34,560 × 20; 15,000 × 10
    expect(usage.dynamoRead).toBe(91_620 + 691_200 + 150_000);
    expect(usage.dynamoGbMonth).toBeCloseTo((34_560 * 12 * 400) / 1024 ** 3, 9);
  });

  test("CloudWatch", () => {
    // executions failed and timed out, dead letters, job; two of each of four functions; freshness; two of the API
    expect(usage.alarm).toBe(15);
    // counts of the dataset, and of files, in every hour
    expect(usage.customMetric).toBeCloseTo(5 + 3, 9);
  });

  test("an idle month has what it makes by itself, and nobody who asks", () => {
    const idle = pipelineUsage(meters5, config(), "idle");
    expect(idle.glueDpuHour).toBeCloseTo(50, 2);
    expect(idle.lambdaRequest).toBe(35_280 - 15_000);
    expect(idle.httpRequest).toBeUndefined();
  });

  test("Glue's jobs are never free", () => {
    const { free, parts } = estimate([meters5], config(), prices["eu-west-1"], "busy");
    const items = parts.flatMap(({ lines }) => lines.map(({ item }) => item));
    const freeItems = free.map(({ item }) => item);
    const paid = ["glueDpuHour", "dynamoWrite", "dynamoRead", "httpRequest", "kmsKey"];
    expect(items).toEqual(expect.arrayContaining(paid));
    expect(freeItems.filter((item) => paid.includes(item))).toEqual([]);
    expect(freeItems).toEqual(
      expect.arrayContaining(["lambdaRequest", "lambdaGbSecond", "dynamoGbMonth", "schedule"]),
    );
  });
});

describe("an estimate", () => {
  const busy = estimate([metering], config(), prices["eu-west-1"], "busy");
  const usdOf = (of: Estimate, part: string, item: string) =>
    of.parts.find(({ name }) => name === part)?.lines.find((line) => line.item === item)?.usd;

  test("is amount times price", () => {
    // 34 × 0.44
    expect(usdOf(busy, "metering", "glueDpuHour")).toBeCloseTo(14.96, 6);
    // 7,920 × 0.000025
    expect(usdOf(busy, "metering", "stateTransition")).toBeCloseTo(0.198, 6);
    expect(usdOf(busy, "shared", "kmsKey")).toBe(1);
    expect(usdOf(busy, "shared", "secret")).toBe(0.4);
  });

  test("what is free is taken off once, for the whole account", () => {
    const free = (of: Estimate, item: string) => of.free.find((line) => line.item === item)?.amount;
    expect(free(busy, "stateTransition")).toBe(4_000);
    expect(free(busy, "lambdaRequest")).toBe(1_650);
    expect(free(busy, "dynamoWrite")).toBeUndefined();
    const two = estimate([metering, metering], config(), prices["eu-west-1"], "busy");
    // eight alarm metrics each, ten of which are free
    expect(free(two, "alarm")).toBe(10);
    expect(two.dueUsd).toBeCloseTo(two.usd - two.freeUsd, 9);
  });

  test("Tokyo has prices of its own", () => {
    const there = estimate([metering], config(), prices["ap-northeast-1"], "busy");
    // 36,000 × 16.5 / 1,024 = 580.08 GB × (0.025 − 0.023)
    const more = (usdOf(there, "metering", "s3GbMonth") ?? 0) - (usdOf(busy, "metering", "s3GbMonth") ?? 0);
    expect(more).toBeCloseTo(1.16016, 5);
  });
});

test("every price says where it stands, and is dated or says that it is not", () => {
  for (const region of Object.values(prices)) {
    for (const { usd, source, read } of Object.values(region)) {
      expect(usd).toBeGreaterThan(0);
      expect(source).toMatch(/^https:\/\/(aws\.amazon\.com|pricing\.us-east-1\.amazonaws\.com)\//);
      expect(read === null || /^2026-\d\d-\d\d$/.test(read)).toBe(true);
    }
  }
});
