import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { cursorOf } from "./cursor.ts";
import { recordsRequest } from "./parameters.ts";
import { recordsJson } from "./records.ts";
import { type ApiUnderTest, at, facts, row, startApi, tables } from "./testing/api.ts";

const readings = 300;
let api: ApiUnderTest;

beforeAll(async () => {
  api = await startApi();
  const rows = Array.from({ length: readings }, (_, reading) => row("site-alpha", reading));
  await api.dynamo.put(tables.rows, [...rows, row("site-beta", 7)]);
});
afterAll(() => api.dynamo.close());

interface Page {
  readonly site_id: string;
  readonly records: readonly { readonly timestamp: string; readonly anomaly: boolean }[];
  readonly next_cursor: string | null;
}

const page = async (path: string): Promise<Page> => {
  const response = await api.get(path);
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  return (await response.json()) as Page;
};

const times = async (path: string): Promise<string[]> =>
  (await page(path)).records.map(({ timestamp }) => timestamp);

const between = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => at(first + index));

test("a record has the contract's columns, with every digit as it is stored", async () => {
  const response = await api.get("/records/site-alpha?limit=2&start=2026-11-28T00:35:00Z");
  expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
  const text = await response.text();
  expect(text).toMatch(/^{"site_id":"site-alpha","records":\[/);
  expect(text).toContain(
    '{"site_id":"site-alpha","timestamp":"2026-11-28T00:35:00Z","energy_generated_kwh":9.1234,"energy_consumed_kwh":1.5,"net_energy_kwh":7.6234,"note":null,"anomaly":true,"anomaly_reasons":["spike"]}',
  );
  expect(JSON.parse((await (await api.get("/records/site-alpha?limit=1")).text()) ?? "").records).toEqual([
    expect.objectContaining({ note: '<b>"0"</b>', anomaly: false, anomaly_reasons: [] }),
  ]);
});

test("without parameters it is all of them, the oldest first", async () => {
  expect(await times("/records/site-alpha")).toEqual(between(0, readings - 1));
  expect(await times("/records/site-gamma")).toEqual([]);
});

test.each([
  ["2026-11-28", "2026-11-28", 0, 287],
  ["2026-11-29", "2027-01-01", 288, 299],
  ["2026-11-28T00:05:00Z", "2026-11-28T00:10:00Z", 1, 2],
  ["2026-11-28T02:05:00%2B02:00", "2026-11-28T02:10:00+02:00", 1, 2],
  ["2026-11-27T22:05:00-02:00", "2026-11-28T00:10:59.999Z", 1, 2],
  ["2026-11-28T00:05:00.001Z", "2026-11-28T00:10Z", 2, 2],
  ["0000-01-01", "9999-12-31T23:59:59-12:00", 0, 299],
])("from %s to %s, both included", async (start, end, first, last) => {
  expect(await times(`/records/site-alpha?start=${start}&end=${end}`)).toEqual(between(first, last));
  expect(await times(`/records/site-alpha?start_date=${start}&end_date=${end}`)).toEqual(
    between(first, last),
  );
});

test("a range in which nothing is has no records", async () => {
  expect(await times("/records/site-alpha?start=2026-11-28T00:01:00Z&end=2026-11-28T00:02:00Z")).toEqual([]);
});

test.each([
  ["asc", between(0, 299)],
  ["desc", between(0, 299).reverse()],
])("cursors lead through all pages, %s, each record once", async (order, expected) => {
  const found: string[] = [];
  let cursor = "";
  do {
    const { records, next_cursor } = await page(`/records/site-alpha?order=${order}&limit=100${cursor}`);
    expect(records).toHaveLength(100);
    found.push(...records.map(({ timestamp }) => timestamp));
    cursor = next_cursor === null ? "" : `&cursor=${next_cursor}`;
  } while (cursor !== "");
  expect(found).toEqual(expected);
});

test("the limit may change from page to page, nothing else", async () => {
  const { next_cursor } = await page("/records/site-alpha?limit=3&start=2026-11-28");
  const more = (rest: string) => api.get(`/records/${rest}&cursor=${next_cursor}`);
  expect(await times(`/records/site-alpha?limit=2&start=2026-11-28&cursor=${next_cursor}`)).toEqual(
    between(3, 4),
  );
  for (const other of [
    "site-beta?start=2026-11-28",
    "site-alpha?start=2026-11-27",
    "site-alpha?start=2026-11-28&end=2026-11-28",
    "site-alpha?start=2026-11-28&order=desc",
  ]) {
    const response = await more(other);
    expect({ other, status: response.status }).toEqual({ other, status: 400 });
    expect(await response.json()).toMatchObject({ parameter: "cursor" });
  }
  expect((await api.get(`/anomalies/site-alpha?start=2026-11-28&cursor=${next_cursor}`)).status).toBe(400);
});

test("a forged cursor is refused", async () => {
  const scope = recordsRequest(
    "records",
    "site-alpha",
    new URLSearchParams("start=2026-11-28&end=2026-11-28"),
  );
  const good = cursorOf(scope, at(10));
  expect((await api.get(`/records/site-alpha?start=2026-11-28&end=2026-11-28&cursor=${good}`)).status).toBe(
    200,
  );
  const forged = [
    "x",
    "%00",
    "🦆",
    Buffer.from("[]").toString("base64url"),
    Buffer.from("null").toString("base64url"),
    Buffer.from(`["${at(3)}"]`).toString("base64url"),
    `${good}=`,
    `${good.slice(0, -1)}`,
    cursorOf(scope, "2026-11-28T24:00:00Z"),
    cursorOf(scope, "2026-11-28T00:00:00.5Z"),
    cursorOf(scope, "2026-11-29T00:00:00Z"),
    cursorOf(scope, "2026-11-27T23:59:59Z"),
    "A".repeat(10_000),
  ];
  for (const cursor of forged) {
    const response = await api.get(`/records/site-alpha?start=2026-11-28&end=2026-11-28&cursor=${cursor}`);
    expect({ cursor, status: response.status }).toEqual({ cursor, status: 400 });
    expect(await response.json()).toMatchObject({ parameter: "cursor" });
  }
});

test("behind the range's last instant there is nothing more", async () => {
  const scope = recordsRequest("records", "site-alpha", new URLSearchParams());
  expect(await page(`/records/site-alpha?cursor=${cursorOf(scope, "9999-12-31T23:59:59Z")}`)).toMatchObject({
    records: [],
    next_cursor: null,
  });
});

test("the anomalies are paged alike", async () => {
  const anomalies = between(0, 299).filter((_, reading) => reading % 20 === 7);
  const first = await page("/anomalies/site-alpha?limit=10");
  expect(first.records.map(({ timestamp }) => timestamp)).toEqual(anomalies.slice(0, 10));
  expect(first.records.every(({ anomaly }) => anomaly)).toBe(true);
  const second = await page(`/anomalies/site-alpha?limit=10&cursor=${first.next_cursor}`);
  expect(second.records.map(({ timestamp }) => timestamp)).toEqual(anomalies.slice(10));
  expect(second.next_cursor).toBeNull();
});

test("a page that would be longer than an answer may be ends before its limit", async () => {
  const row = (reading: number) => ({ timestamp: { S: at(reading) } });
  const request = recordsRequest("records", "site-alpha", new URLSearchParams("limit=3"));
  const reads = { rows: async () => [row(0), row(1), row(2)], figures: async () => new Map() };
  const one = JSON.parse(await recordsJson(request, facts, reads, 10)) as Page;
  expect(one.records).toHaveLength(1);
  expect(one.next_cursor).toBe(cursorOf(request, at(0)));
  expect(JSON.parse(await recordsJson(request, facts, reads))).toMatchObject({ next_cursor: null });
});

test("it is compressed for who takes it, and sent again only when it is another", async () => {
  const plain = await api.get("/records/site-alpha");
  expect(plain.headers.get("content-encoding")).toBeNull();
  const etag = plain.headers.get("etag") ?? "";
  expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
  expect(plain.headers.get("vary")).toBe("accept-encoding");
  const text = await plain.text();

  const small = await api.get("/records/site-alpha", { "accept-encoding": "br;q=0.1, gzip" });
  expect(small.headers.get("content-encoding")).toBe("gzip");
  expect(small.headers.get("etag")).toBe(etag);
  const bytes = Buffer.from(await small.arrayBuffer());
  expect(bytes.length).toBeLessThan(text.length / 5);
  expect(gunzipSync(bytes).toString()).toBe(text);

  const smaller = await api.get("/records/site-alpha", { "accept-encoding": "gzip, deflate, br" });
  expect(smaller.headers.get("content-encoding")).toBe("br");
  expect(brotliDecompressSync(await smaller.arrayBuffer()).toString()).toBe(text);

  for (const header of ["identity", "gzip;q=0", "*;q=0", "deflate", ""]) {
    const response = await api.get("/records/site-alpha", { "accept-encoding": header });
    expect({ header, coding: response.headers.get("content-encoding") }).toEqual({ header, coding: null });
  }
  for (const header of [etag, `"other", ${etag}`, etag.replace("W/", ""), "*"]) {
    const response = await api.get("/records/site-alpha", { "if-none-match": header });
    expect({ header, status: response.status }).toEqual({ header, status: 304 });
    expect(await response.text()).toBe("");
    expect(response.headers.get("etag")).toBe(etag);
  }
  expect((await api.get("/records/site-beta", { "if-none-match": etag })).status).toBe(200);
});
