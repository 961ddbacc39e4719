/** The API of the tests' own pipeline on a port, over a DynamoDB of its own. */

import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type ServerType, serve } from "@hono/node-server";
import { at, facts, row, startApi, tables } from "@penstock/steps/api/testing/api.ts";
import { appAssets } from "@penstock/toolchain/assets.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

export interface ServedApi {
  /** `http://127.0.0.1:4711`, no slash at its end. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** @param readings how many the first site has, five minutes each; the second has one, the third none */
export async function servedApi(readings: number): Promise<ServedApi> {
  const app = join(toolchain.repository, "apps/api");
  const assets = await appAssets({ app, pipeline: join(app, "fixtures/pipelines/parks") });
  const api = await startApi({
    assets: async (name) => {
      const found = assets[`${name}.gz`];
      return found === undefined ? null : Buffer.from(found);
    },
  });
  const [first = "", second = ""] = facts.ids;
  await api.dynamo.put(
    tables.rows,
    Array.from({ length: readings }, (_, reading) => row(first, reading)),
  );
  await api.dynamo.put(tables.rows, [row(second, 0)]);
  await api.dynamo.put(tables.figures, [figures(first, readings), figures(second, 1)]);
  const server = await new Promise<ServerType>((resolve) => {
    const listening = serve({ fetch: api.app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
      resolve(listening),
    );
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await api.dynamo.close();
    },
  };
}

const figures = (site: string, records: number) => ({
  site_id: { S: site },
  period: { S: "all" },
  records: { N: String(records) },
  anomalies: { N: String(Math.floor(records / 20)) },
  energy_generated_kwh: { N: "123456.7891" },
  energy_consumed_kwh: { N: "1.5" },
  net_energy_kwh: { N: "123455.2891" },
  first: { S: at(0) },
  last: { S: at(records - 1) },
  reasons: { M: { spike: { N: "3" } } },
});
