import { at, startApi, tables } from "@penstock/steps/api/testing/api.ts";
import { type Figure, median, seconds } from "../measure.ts";

const times = 101;
const [few, many] = [10, 10_000];

/** The summary of sites that have few days and of sites that have many, in turn. */
export async function summaryOfManyDays(): Promise<Figure> {
  const apis = await Promise.all([few, many].map(withDays));
  const taken: [number[], number[]] = [[], []];
  for (let round = 0; round < times; round++) {
    for (const [which, api] of apis.entries()) {
      const asked = async () => (await api.get("/summary")).text();
      taken[which === 0 ? 0 : 1].push(await seconds(asked));
    }
  }
  await Promise.all(apis.map((api) => api.dynamo.close()));
  const [short, long] = [median(taken[0]) * 1000, median(taken[1]) * 1000];
  return {
    what: `API, /summary with ${many.toLocaleString("en")} days of each site against ${few}`,
    measured: `${(long / short).toFixed(2)} times (${long.toFixed(1)} ms against ${short.toFixed(1)} ms)`,
    bound: "at most 2 times",
    met: long <= short * 2,
  };
}

async function withDays(days: number) {
  const api = await startApi();
  for (const site of ["site-alpha", "site-beta", "site-gamma"]) {
    const periods = Array.from({ length: days }, (_, day) => `day-${day}`);
    await api.dynamo.put(
      tables.figures,
      ["all", ...periods].map((period) => ({
        site_id: { S: site },
        period: { S: period },
        records: { N: "288" },
        anomalies: { N: "0" },
        energy_generated_kwh: { N: "1234.5678" },
        energy_consumed_kwh: { N: "1" },
        net_energy_kwh: { N: "1233.5678" },
        first: { S: at(0) },
        last: { S: at(287) },
        reasons: { M: {} },
      })),
    );
  }
  return api;
}
