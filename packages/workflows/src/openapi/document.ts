/** The HTTP API of a series as an OpenAPI 3.1 document: https://spec.openapis.org/oas/v3.1.1 */

import type { Dataset } from "@penstock/contracts/dataset.ts";
import type { Pipeline } from "../pipeline.ts";
import type { Serves } from "../series.ts";
import { recordRoutes } from "../series-requests.ts";
import { plainOperation, recordsOperation } from "./operations.ts";
import { schemas } from "./schemas.ts";
import { servedDataset } from "./served-dataset.ts";

export function openApi(pipeline: Pipeline, serves: Serves): Readonly<Record<string, unknown>> {
  const { series, keys, title } = serves;
  const dataset = servedDataset(pipeline, serves);
  const example = examples(serves, dataset);
  const records = recordRoutes.map((route) => [
    `/${route}/{${series.key}}`,
    { get: recordsOperation(serves, route, example.records) },
  ]);
  return {
    openapi: "3.1.0",
    info: { title, version: "1", description: pipeline.description },
    servers: [{ url: "/", description: "Where this document lies." }],
    paths: {
      [`/${keys.name}`]: {
        get: plainOperation({
          id: keys.name,
          summary: `All ${keys.name}.`,
          schema: "Keys",
          example: example.keys,
          links: Object.fromEntries(
            recordRoutes.map((route) => [
              route,
              {
                operationId: route,
                parameters: { [series.key]: `$response.body#/${keys.name}/0/${series.key}` },
                description: `The ${route} of the first of them.`,
              },
            ]),
          ),
        }),
      },
      "/summary": {
        get: plainOperation({
          id: "summary",
          summary: "The figures of all records: totals, anomalies, freshness.",
          schema: "Summary",
          example: example.summary,
        }),
      },
      ...Object.fromEntries(records),
    },
    components: { schemas: schemas(serves, dataset) },
  };
}

function examples({ series, keys }: Serves, dataset: Dataset) {
  const [first = {}] = keys.items;
  const id = first[series.key];
  const time = "2026-11-28T21:05:00Z";
  const sums = Object.fromEntries(series.sums.map((name) => [name, 1234.5678]));
  const reasons = { example_reason: 1 };
  const columns = Object.entries(dataset.columns).map(([name, { kind, nullable }]) => {
    if (name === series.key) return [name, id];
    if (name === series.time) return [name, time];
    return [name, kind === "decimal" ? 12.345 : nullable ? null : exampleOf[kind]];
  });
  const key = { [series.key]: id, records: 8640, anomalies: 1, ...sums, anomaly_reasons: reasons };
  return {
    keys: { [keys.name]: [Object.fromEntries(Object.keys(keys.fields).map((name) => [name, first[name]]))] },
    records: {
      [series.key]: id,
      records: [{ ...Object.fromEntries(columns), anomaly: false, anomaly_reasons: [] }],
      next_cursor: null,
    },
    summary: {
      total_records: 8640,
      total_anomalies: 1,
      anomaly_rate: 1 / 8640,
      ...sums,
      anomaly_reasons: reasons,
      [`${series.key}s`]: [id],
      [keys.name]: [{ ...key, first: "2026-10-30T00:00:00Z", last: time }],
      freshness: { newest: time, age_seconds: 35 },
    },
  };
}

const exampleOf = {
  string: "text",
  boolean: true,
  integer: 1,
  long: 1,
  double: 1.5,
  date: "2026-11-28",
  timestamp: "2026-11-28T21:05:00Z",
  oneOf: null,
} as const;
