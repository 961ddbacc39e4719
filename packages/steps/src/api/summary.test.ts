import { expect, test } from "@jest/globals";
import { type ApiUnderTest, at, row, startApi, tables } from "./testing/api.ts";

/** A site's figures as they are stored. */
const figures = (site: string, period: string, records: number, kwh: string) => ({
  site_id: { S: site },
  period: { S: period },
  records: { N: String(records) },
  anomalies: { N: "3" },
  energy_generated_kwh: { N: kwh },
  energy_consumed_kwh: { N: "0.1" },
  net_energy_kwh: { N: "-0.2" },
  first: { S: at(0) },
  last: { S: at(records) },
  reasons: { M: { spike: { N: "2" }, missing_interval: { N: "1" } } },
  version: { N: "7" },
});

async function withApi<T>(use: (api: ApiUnderTest) => Promise<T>): Promise<T> {
  const api = await startApi();
  try {
    return await use(api);
  } finally {
    await api.dynamo.close();
  }
}

test("it adds up the figures of all time, exactly", async () => {
  await withApi(async (api) => {
    await api.dynamo.put(tables.figures, [
      figures("site-alpha", "all", 100, "12345678901234567.1234"),
      figures("site-alpha", "2026", 9, "999"),
      figures("site-beta", "all", 50, "0.0001"),
      figures("site-unknown", "all", 1, "1"),
    ]);
    const text = await (await api.get("/summary")).text();
    expect(text).toContain('"energy_generated_kwh":12345678901234567.1235,"energy_consumed_kwh":0.2,');
    expect(text).toContain('"energy_generated_kwh":12345678901234567.1234,');
    const sums = { energy_consumed_kwh: 0.1, net_energy_kwh: -0.2 };
    const reasons = { spike: 2, missing_interval: 1 };
    expect(JSON.parse(text)).toMatchObject({
      total_records: 150,
      total_anomalies: 6,
      anomaly_rate: 0.04,
      net_energy_kwh: -0.4,
      anomaly_reasons: { spike: 4, missing_interval: 2 },
      site_ids: ["site-alpha", "site-beta", "site-gamma"],
      sites: [
        {
          site_id: "site-alpha",
          records: 100,
          anomalies: 3,
          ...sums,
          anomaly_reasons: reasons,
          first: at(0),
          last: at(100),
        },
        { site_id: "site-beta", records: 50, energy_generated_kwh: 0.0001, last: at(50) },
        {
          site_id: "site-gamma",
          records: 0,
          anomalies: 0,
          energy_generated_kwh: 0,
          anomaly_reasons: {},
          first: null,
          last: null,
        },
      ],
      freshness: { newest: at(100), age_seconds: (12 * 60 - 500) * 60 },
    });
  });
});

test("without figures all is nothing", async () => {
  await withApi(async (api) => {
    expect(await (await api.get("/summary")).json()).toMatchObject({
      total_records: 0,
      anomaly_rate: 0,
      energy_generated_kwh: 0,
      anomaly_reasons: {},
      freshness: { newest: null, age_seconds: null },
    });
  });
});

test("it costs one read, however many days there are", async () => {
  await withApi(async (api) => {
    const requests: string[] = [];
    api.dynamo.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          requests.push(String(commandName));
          return await next(args);
        },
      { step: "initialize" },
    );
    const days = (count: number) =>
      Array.from({ length: count }, (_, day) => figures("site-alpha", `day-${day}`, 288, "1"));
    const costOf = async (count: number) => {
      await api.dynamo.put(tables.figures, [
        figures("site-alpha", "all", 288 * count, String(count)),
        ...days(count),
      ]);
      requests.length = 0;
      await (await api.get("/summary")).text();
      return [...requests];
    };
    await api.dynamo.put(tables.rows, [row("site-alpha", 0)]);
    expect(await costOf(10)).toEqual(["BatchGetItemCommand"]);
    expect(await costOf(10_000)).toEqual(["BatchGetItemCommand"]);
  });
});
