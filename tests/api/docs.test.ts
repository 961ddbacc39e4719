import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Browser } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { type ServedApi, servedApi } from "../support/served-api.ts";

let api: ServedApi;
let browser: Browser;
beforeAll(async () => {
  api = await servedApi(400);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

test("a reader of the docs page tries the records out, and gets them", async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`${api.url}/`) && !request.url().startsWith("data:"))
      elsewhere.push(request.url());
  });

  await page.goto(`${api.url}/docs`);
  const records = page.locator("#operations-default-records");
  await records.waitFor();
  expect(await page.title()).toBe("Parks");
  await records.locator("button.opblock-summary-control").click();
  await records.getByRole("button", { name: "Try it out" }).click();
  await records.locator('tr[data-param-name="site_id"] input').fill("site-alpha");
  await records.locator('tr[data-param-name="limit"] input').fill("3");
  await records.locator('tr[data-param-name="start"] input').fill("2026-11-28");
  await records.locator('tr[data-param-name="end"] input').fill("2026-11-28");
  await records.getByRole("button", { name: "Execute" }).click();
  const answer = records.locator(".live-responses-table .response").first();
  await answer.waitFor();
  expect(await answer.locator(".response-col_status").textContent()).toContain("200");
  const body = await answer.locator(".highlight-code code").first().textContent();
  expect(JSON.parse(body ?? "")).toMatchObject({
    site_id: "site-alpha",
    records: [{ energy_generated_kwh: 2.1234 }, {}, {}],
    next_cursor: expect.any(String),
  });
  expect(complaints).toEqual([]);
  expect(elsewhere).toEqual([]);
  await page.close();
});
