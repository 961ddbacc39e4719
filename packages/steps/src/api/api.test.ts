import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type ApiUnderTest, at, row, startApi, tables } from "./testing/api.ts";

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
  await api.dynamo.put(tables.rows, [row("site-alpha", 0)]);
});
afterAll(() => api.dynamo.close());

/** A request that is refused: its status and what it says. */
async function refused(path: string, method = "GET"): Promise<{ status: number; [field: string]: unknown }> {
  const response = await api.app.request(`http://api.test${path}`, { method });
  expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  const said = (await response.json()) as Record<string, unknown>;
  expect(said).toMatchObject({ type: "about:blank", status: response.status, title: expect.any(String) });
  return { ...said, status: response.status };
}

test("the keys are told with what there is to tell of them, and no more", async () => {
  const response = await api.get("/sites");
  expect(await response.json()).toEqual({
    sites: [
      { site_id: "site-alpha", name: "Alpha", capacity_kw: 5000 },
      { site_id: "site-beta", name: "Beta", capacity_kw: 120.5 },
      { site_id: "site-gamma", name: "Gamma", capacity_kw: 10 },
    ],
  });
});

test.each([
  ["start=2025-13-45", "start", 'start: found "2025-13-45", expected a day or an instant that exists'],
  ["start=2025-02-30", "start", '"2025-02-30"'],
  ["end=2025-02-30T00:00:00Z", "end", '"2025-02-30T00:00:00Z"'],
  ["end_date=yesterday", "end_date", '"yesterday"'],
  ["start=", "start", '""'],
  ["start=2026-11-28T24:00:00Z", "start", "24:00"],
  ["start=2026-11-28T10:00:00", "start", "10:00:00"],
  ["start=+002026-11-28", "start", "002026"],
  ["start=2026-11-29&end=2026-11-28", "start", "start is after end"],
  ["start_date=2026-11-29&end=2026-11-28", "start_date", "start_date is after end"],
  ["start=2026-11-28T00:00:01Z&end=2026-11-28T00:00:00Z", "start", "no later than 2026-11-28T00:00:00Z"],
  ["start=2026-11-28&start_date=2026-11-28", "start_date", "two names of one parameter"],
  ["limit=0", "limit", "a whole number from 1 to 10000"],
  ["limit=-1", "limit", '"-1"'],
  ["limit=10001", "limit", '"10001"'],
  ["limit=1000000000", "limit", '"1000000000"'],
  ["limit=1e9", "limit", '"1e9"'],
  ["limit=abc", "limit", '"abc"'],
  ["limit=1.5", "limit", '"1.5"'],
  ["limit=", "limit", '""'],
  ["limit=%201", "limit", '" 1"'],
  ["limit=1&limit=2", "limit", "given twice"],
  ["order=up", "order", "asc or desc"],
  ["order=DESC", "order", 'did you mean "desc"?'],
  ["strat=2026-11-28", "strat", 'unknown parameter: found "strat"; did you mean "start"?'],
  ["%3Cscript%3E=1", "<script>", '"<script>"'],
  ["%E0%A4%A=1", expect.any(String), "unknown parameter"],
])("%s is refused, the parameter named", async (query, parameter, detail) => {
  for (const route of ["records", "anomalies"]) {
    expect(await refused(`/${route}/site-alpha?${query}`)).toMatchObject({
      status: 400,
      title: "Bad Request",
      parameter,
      detail: expect.stringContaining(detail),
    });
  }
});

test.each(["/sites?x=1", "/summary?limit=1"])("%s has a parameter where there is none", async (path) => {
  expect(await refused(path)).toMatchObject({ status: 400, parameter: expect.any(String) });
});

test.each([
  ["site-alpa", "site-alpa", 'did you mean "site-alpha"?'],
  ["a%2Fb", "a/b", '"a/b"'],
  ["site-alpha%2F", "site-alpha/", "expected one of those at /sites"],
  ["site-alpha%00", "site-alpha\0", "site-alpha"],
  ["%2e%2e%2fsites", "../sites", "../sites"],
  ["%E0%A4%A", "%E0%A4%A", "%E0%A4%A"],
  ["100%25", "100%", "100%"],
  ["%253Cscript%253E", "%3Cscript%3E", "script"],
  ["%3Cscript%3Ealert(1)%3C%2Fscript%3E", "<script>alert(1)</script>", "<script>"],
  ["__proto__", "__proto__", "__proto__"],
  ["SITE-ALPHA", "SITE-ALPHA", 'did you mean "site-alpha"?'],
  ["a".repeat(10_000), "", "aaa…"],
])("there is no site %s", async (id, _, detail) => {
  for (const route of ["records", "anomalies"]) {
    const problem = await refused(`/${route}/${id}`);
    expect(problem).toMatchObject({
      status: 404,
      parameter: "site_id",
      detail: expect.stringContaining(detail),
    });
    expect(String(problem.detail).length).toBeLessThan(400);
  }
});

test.each([
  "/",
  "/records",
  "/records/",
  "/records/site-alpha/x",
  "/records/a/b",
  "//",
  "/docs/none.js",
  "/docs/..%2fx",
  "/nowhere",
])("there is nothing at %s", async (path) => {
  expect(await refused(path)).toMatchObject({
    status: 404,
    detail: expect.stringContaining("/sites, /summary, /records/{site_id}"),
  });
});

test.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s is no method of any route", async (method) => {
  for (const path of [
    "/sites",
    "/summary",
    "/records/site-alpha",
    "/anomalies/x",
    "/docs",
    "/openapi.json",
  ]) {
    const response = await api.app.request(path, { method });
    expect({ path, status: response.status }).toEqual({ path, status: 405 });
    expect(response.headers.get("allow")).toBe("GET, HEAD");
  }
});

test("HEAD is GET without a body", async () => {
  const head = await api.app.request("/records/site-alpha", { method: "HEAD" });
  expect(head.status).toBe(200);
  expect(await head.text()).toBe("");
  expect(head.headers.get("etag")).toBe((await api.get("/records/site-alpha")).headers.get("etag"));
});

test("the documents' page may do nothing but what it needs; the rest may do nothing at all", async () => {
  const docs = await api.get("/docs", { "accept-encoding": "gzip" });
  expect(docs.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(docs.headers.get("content-encoding")).toBe("gzip");
  expect(docs.headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(await (await api.get("/docs")).text()).toBe("<p>docs</p>");
  const slash = await api.get("/docs/");
  expect([slash.status, slash.headers.get("location")]).toEqual([308, "../docs"]);
  const css = await api.get("/docs/some.css");
  expect([css.headers.get("content-type"), await css.text()]).toEqual(["text/css; charset=utf-8", "p {}"]);
  const known = { "if-none-match": css.headers.get("etag") ?? "" };
  expect((await api.get("/docs/some.css", known)).status).toBe(304);
  const records = await api.get("/records/site-alpha");
  expect(records.headers.get("content-security-policy")).toMatch(/^default-src 'none'/);
  expect(records.headers.get("cache-control")).toBe("no-cache");
});

test.each([
  ["ThrottlingException", 503, "too many requests at this moment"],
  ["TypeError", 500, "the request could not be answered"],
])("on %s the client learns nothing of it, and the log does", async (name, status, detail) => {
  const failing = async () => {
    throw Object.assign(new Error("of the table x"), { name });
  };
  const broken = await startApi({ reads: { rows: failing, figures: failing } });
  try {
    for (const path of ["/records/site-alpha", "/summary"]) {
      const response = await broken.get(path);
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ status, detail });
    }
    expect(broken.logged).toHaveLength(2);
    expect(broken.logged[0]).toMatchObject({ level: "ERROR", pipeline: "parks", error: name });
    expect(JSON.stringify(broken.logged)).not.toContain(at(0));
  } finally {
    await broken.dynamo.close();
  }
});
