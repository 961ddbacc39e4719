import { expect, test } from "@jest/globals";
import { string } from "@penstock/contracts/column.ts";
import { dataset, merge } from "@penstock/contracts/dataset.ts";
import { objects, series, topic } from "@penstock/workflows/access.ts";
import { fileRun } from "@penstock/workflows/file-run.ts";
import { pipeline } from "@penstock/workflows/pipeline.ts";
import { architectureFile } from "./architecture.ts";
import { pipelineGroup } from "./architecture-graph.ts";

const meters = dataset("meters", {
  description: "A meter.",
  columns: { meter_id: string() },
  primaryKey: ["meter_id"],
  write: merge(),
});

const metering = pipeline({
  name: "metering",
  description: "Meters & more.",
  datasets: [meters],
  trigger: { prefix: "raw/meters/", sweep: "hourly", maintenance: "weekly" },
  workflow: fileRun({
    datasets: [meters],
    prefix: "raw/meters/",
    lookups: ["meter_id"],
    validate: true,
    archive: true,
  }),
  lookups: [{ key: "meter_id", metrics: [], cloudwatch: [] }],
  queries: { metrics: {}, checks: { one: "SELECT 1" }, named: { all: { sql: "SELECT 1", description: "" } } },
  volume: {
    deliveriesPerDay: 1,
    filesPerDelivery: 1,
    rowsPerFile: 1,
    bytesPerFile: 1,
    served: { meter_id: { keys: 1, periods: {} } },
  },
});

const arrows = (of: ReturnType<typeof pipelineGroup>) =>
  of.edges.map(({ from, to }) => `${from} → ${to}`.replaceAll("metering ", ""));

test("what starts, calls and writes what follows from what the states declare", () => {
  expect(arrows(pipelineGroup(metering)).sort()).toEqual(
    [
      "files → machine",
      "schedule → machine",
      "machine → function plan-run",
      "machine → function validate",
      "machine → function publish-metrics",
      "machine → job",
      "machine → checks",
      "machine → topic",
      "job → table meters",
      "job → quarantine",
      "function publish-metrics → lookup meter_id",
      "function plan-run → shared ledger",
      "function plan-run → away",
      "table meters → shared analysts",
    ].sort(),
  );
});

test("functions that something else starts are drawn with it, and the API with what it serves", () => {
  const facts = { timeoutSeconds: 60, memoryMb: 256 };
  const serving = pipelineGroup({
    ...metering,
    trigger: { ...metering.trigger, objects: false },
    functions: [
      {
        ...facts,
        app: "simulate",
        by: { kind: "schedule", everyMinutes: 5 },
        reads: [],
        writes: [objects("raw/meters/")],
      },
      {
        ...facts,
        app: "process",
        by: { kind: "objects", prefix: "raw/meters/", suffix: ".json" },
        reads: [],
        writes: [series("meters"), topic],
      },
    ],
    serves: {
      series: { dataset: "meters", key: "meter_id", time: "at", sums: [] },
      keys: { name: "meters", fields: {}, items: [] },
      title: "What meters say",
    },
  });
  const before = arrows(pipelineGroup(metering));
  expect(
    arrows(serving)
      .filter((arrow) => !before.includes(arrow))
      .sort(),
  ).toEqual(
    [
      "clock simulate → function simulate",
      "function simulate → files",
      "files → function process",
      "function process → series meters",
      "function process → topic",
      "series meters → function api",
      "function api → api",
    ].sort(),
  );
  expect(before.filter((arrow) => !arrows(serving).includes(arrow))).toEqual(["files → machine"]);
  const drawn = serving.nodes.map(({ name, what }) => `${name}: ${what}`);
  expect(drawn).toEqual(
    expect.arrayContaining([
      "every 5 minutes: schedule",
      "meters by meter_id: DynamoDB tables, rows and figures",
      "What meters say: HTTP API",
    ]),
  );
});

test("without named queries no table leads to analysts", () => {
  const alone = pipelineGroup({ ...metering, queries: { ...metering.queries, named: {} } });
  expect(arrows(alone)).not.toContain("table meters → shared analysts");
});

test("the picture has a title and is told in words; it is the same each time", async () => {
  const { path, text } = await architectureFile([metering]);
  expect(path).toBe("docs/architecture.svg");
  expect(text).toContain('<title id="title">The pipelines of Penstock on AWS</title>');
  expect(text.match(/<title/g)).toHaveLength(1);
  expect(text).toContain(
    "metering: started by raw/meters/ (files dropped into S3), hourly sweep (schedule; maintenance weekly); calls",
  );
  expect(text).toContain("prefers-color-scheme: dark");
  expect((await architectureFile([metering])).text).toBe(text);
});
