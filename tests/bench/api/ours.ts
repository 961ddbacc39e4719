/** The API in a process of its own, over the DynamoDB at `AWS_ENDPOINT_URL`. Says its port on the first line. */

import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { openSeriesReads } from "@penstock/lake/series-reads.ts";
import { seriesApi } from "@penstock/steps/api/api.ts";
import { apiFacts } from "@penstock/steps/api/facts.ts";
import { servedPipeline } from "@penstock/workflows/testing/served-pipeline.ts";

const app = seriesApi({
  facts: apiFacts(servedPipeline),
  reads: openSeriesReads({ rows: "rows", figures: "figures", key: "site_id", time: "timestamp" }),
  assets: async () => null,
  log: console.error,
  now: () => new Date(),
});
const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
  console.log((server.address() as AddressInfo).port),
);
