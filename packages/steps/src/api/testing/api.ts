/** The API of the tests' own pipeline over a DynamoDB of their own. */

import { gzipSync } from "node:zlib";
import type { Item } from "@penstock/lake/dynamo.ts";
import { pipelineNames } from "@penstock/lake/names.ts";
import { openSeriesReads } from "@penstock/lake/series-reads.ts";
import { figuresTable, seriesTable } from "@penstock/lake/tables.ts";
import { startDynamo, type TestDynamo } from "@penstock/lake/testing/dynamo.ts";
import { servedPipeline } from "@penstock/workflows/testing/served-pipeline.ts";
import type { LogRecord } from "../../log.ts";
import { type ApiContext, seriesApi } from "../api.ts";
import { apiFacts } from "../facts.ts";

export const facts = apiFacts(servedPipeline);
export const names = pipelineNames({ name: "local" }, servedPipeline.name);

const { dataset, key, time } = facts.serves.series;
export const tables = { rows: names.series(dataset), figures: names.figures(dataset) };

/** When the tests' clock stands. */
export const now = new Date("2026-11-28T12:00:00Z");

/** `2026-11-28T00:00:00Z` and so many five minutes. */
export const at = (reading: number): string =>
  `${new Date(Date.UTC(2026, 10, 28) + reading * 300_000).toISOString().slice(0, 19)}Z`;

/** A row as it is stored: each twentieth is an anomaly, each third has a note. */
export function row(site: string, reading: number): Item {
  const anomaly = reading % 20 === 7;
  return {
    site_id: { S: site },
    timestamp: { S: at(reading) },
    energy_generated_kwh: { N: `${reading + 2}.1234` },
    energy_consumed_kwh: { N: "1.5" },
    net_energy_kwh: { N: `${reading}.6234` },
    ...(reading % 3 === 0 ? { note: { S: `<b>"${reading}"</b>` } } : {}),
    anomaly: { BOOL: anomaly },
    anomaly_reasons: { L: anomaly ? [{ S: "spike" }] : [] },
    received_at: { S: at(reading + 1) },
    source: { S: `raw/parks/${reading}.json` },
    ...(anomaly ? { anomaly_at: { S: at(reading) } } : {}),
  };
}

export interface ApiUnderTest {
  readonly dynamo: TestDynamo;
  readonly app: ReturnType<typeof seriesApi>;
  readonly logged: readonly LogRecord[];
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
}

/** An API with empty tables. */
export async function startApi(changed: Partial<ApiContext> = {}): Promise<ApiUnderTest> {
  const dynamo = await startDynamo();
  await dynamo.create(seriesTable(tables.rows, { key, time }));
  await dynamo.create(figuresTable(tables.figures, key));
  const logged: LogRecord[] = [];
  const assets: Readonly<Record<string, string>> = {
    "docs/index.html": "<p>docs</p>",
    "docs/some.css": "p {}",
  };
  const app = seriesApi({
    facts,
    reads: openSeriesReads({ client: dynamo.client, ...tables, key, time }),
    assets: async (name) => (assets[name] === undefined ? null : gzipSync(assets[name])),
    log: (record) => logged.push(record),
    now: () => now,
    ...changed,
  });
  return {
    dynamo,
    app,
    logged,
    get: async (path, headers = {}) => await app.request(`http://api.test${path}`, { headers }),
  };
}
