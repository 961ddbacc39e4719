import { describe, expect, test } from "@jest/globals";
import { type Api, openApi } from "@penstock/charts/api.ts";
import { sitesOf } from "./answers.ts";
import { readSite } from "./site-readings.ts";

const site = { site_id: "a", name: "A", kind: "pv", capacity_kw: 10, interval_minutes: 60 };
const now = new Date("2026-11-28T12:00:00Z");
const record = (timestamp: string) => ({
  timestamp,
  energy_generated_kwh: 2,
  energy_consumed_kwh: 0.5,
  net_energy_kwh: 1.5,
  anomaly: false,
  anomaly_reasons: [],
});

/** An API that has readings at these times, and what it was asked. */
function apiWith(...times: string[]): { api: Api; asked: string[] } {
  const asked: string[] = [];
  const ask = async (input: unknown) => {
    const { pathname, search, searchParams } = new URL(String(input));
    asked.push(pathname + search);
    const [start, end] = [searchParams.get("start") ?? "", `${searchParams.get("end")}~`];
    const found = times.filter((time) => time >= start && time < end).toSorted();
    const ordered = searchParams.get("order") === "desc" ? found.toReversed() : found;
    const records = ordered.slice(0, Number(searchParams.get("limit"))).map(record);
    return new Response(JSON.stringify({ records, next_cursor: null }));
  };
  return { api: openApi("http://api.test", ask as typeof fetch), asked };
}

describe("without dates", () => {
  test("a site's last 30 days with readings are taken, however long ago", async () => {
    const { api, asked } = apiWith("2013-06-01T00:00:00Z", "2013-05-31T23:00:00Z", "2013-06-30T12:00:00Z");
    const { period, readings } = await readSite(api, site, { from: null, to: null, now });
    expect(period).toEqual({ from: "2013-06-01", to: "2013-06-30" });
    expect(readings.map(({ at }) => new Date(at).toISOString())).toEqual([
      "2013-06-01T00:00:00.000Z",
      "2013-06-30T12:00:00.000Z",
    ]);
    expect(asked[0]).toBe("/records/a?end=2026-11-28T12%3A00%3A00Z&order=desc&limit=1");
  });

  test("a reading from the future does not hide the others", async () => {
    const { api } = apiWith("2099-01-01T00:00:00Z", "2026-11-28T11:00:00Z");
    const { period } = await readSite(api, site, { from: null, to: null, now });
    expect(period).toEqual({ from: "2026-10-30", to: "2026-11-28" });
  });

  test("a site without readings has no period", async () => {
    const { api } = apiWith();
    expect(await readSite(api, site, { from: null, to: null, now })).toEqual({
      site,
      period: null,
      readings: [],
    });
  });
});

test("dates are taken as they are", async () => {
  const { api, asked } = apiWith("2026-11-02T00:00:00Z");
  const { readings } = await readSite(api, site, { from: "2026-11-01", to: "2026-11-02", now });
  expect(readings).toHaveLength(1);
  expect(asked).toEqual(["/records/a?start=2026-11-01&end=2026-11-02&limit=10000"]);
});

test("an answer of another shape says where it is wrong", async () => {
  const answer = async () => new Response(JSON.stringify({ sites: [{ site_id: 7 }] }));
  const api = openApi("http://api.test", answer as unknown as typeof fetch);
  await expect(sitesOf(api)).rejects.toThrow(
    'http://api.test is not the energy pipeline\'s API: of "/sites", sites.0.site_id is wrong',
  );
});
