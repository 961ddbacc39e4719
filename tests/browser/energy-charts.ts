/**
 * The pages of `penstock charts energy`, written from an invented API and opened from disk in a real browser that
 * has no network. With PENSTOCK_SCREENSHOTS=<folder> it leaves pictures there, for a person to look at.
 */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { type Answer, openPenstock, type Penstock } from "../support/penstock.ts";
import { histories, hostile, serveEnergyApi } from "./energy-api.fixture.ts";

type Api = Awaited<ReturnType<typeof serveEnergyApi>>;

/** The tests, to be declared where the pipeline is. */
export function energyCharts(): void {
  let penstock: Penstock;
  let api: Api;
  let browser: Browser;
  let answer: Answer;
  let out: string;
  beforeAll(async () => {
    penstock = openPenstock();
    out = join(penstock.files, "pages");
    api = await serveEnergyApi(histories());
    [answer, browser] = await Promise.all([
      penstock.run("charts", "energy", "--api", api.url, "--out", out, "--json"),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await penstock?.end();
  });

  /** Opens a page from disk, without a network, and fails on whatever goes wrong in it. */
  async function opened<T>(
    file: string,
    options: BrowserContextOptions,
    look: (page: Page) => Promise<T>,
  ): Promise<T> {
    const context = await browser.newContext({
      viewport: { width: 1100, height: 900 },
      offline: true,
      ...options,
    });
    const faults: string[] = [];
    context.on("request", (request) => {
      if (!request.url().startsWith("file:")) faults.push(`asked for ${request.url()}`);
    });
    context.on("console", (message) => faults.push(`${message.type()}: ${message.text()}`));
    context.on("weberror", (error) => faults.push(String(error.error())));
    context.on("dialog", (dialog) => faults.push(`dialog: ${dialog.message()}`));
    try {
      const page = await context.newPage();
      await page.goto(pathToFileURL(join(out, file)).href);
      const seen = await look(page);
      const { PENSTOCK_SCREENSHOTS } = process.env;
      if (PENSTOCK_SCREENSHOTS !== undefined) {
        const mode = Object.entries(options).flatMap(([name, value]) => [name, JSON.stringify(value)]);
        const name = [file.replace(/\.html$/, ""), ...mode].join("-").replace(/[^\w-]+/g, "");
        await page.screenshot({ path: join(PENSTOCK_SCREENSHOTS, `${name}.png`), fullPage: true });
      }
      expect(faults).toEqual([]);
      return seen;
    } finally {
      await context.close();
    }
  }

  const pages = (): readonly string[] => readdirSync(out).filter((name) => name.endsWith(".html"));
  const alpha = "2_energy_trends_site-alpha-pv-farm-01.html";

  test("the command writes a page for each chart and site, and says what it took", () => {
    expect(answer).toMatchObject({ exitCode: 0 });
    expect(readdirSync(penstock.files)).toEqual(["pages"]);
    expect([...pages()].sort()).toEqual([
      "1_anomaly_distribution.html",
      "2_energy_trends_ausgrid-home.html",
      expect.stringMatching(/^2_energy_trends_script-script-document-title-[a-z0-9-]+\.html$/),
      "2_energy_trends_site-alpha-pv-farm-01.html",
      "2_energy_trends_site-beta-wind-01.html",
      "2_energy_trends_site-delta-office-01.html",
      "2_energy_trends_site-gamma-battery-01.html",
      "2_energy_trends_site-not-yet.html",
      "3_net_energy_comparison.html",
      "4_site_efficiency.html",
      "index.html",
    ]);
    expect(answer.json).toMatchObject({
      pipeline: "energy",
      files: expect.arrayContaining([join(out, "index.html")]),
      sites: expect.arrayContaining([
        { site_id: "site-alpha-pv-farm-01", from: "2026-10-22", to: "2026-11-20", records: 28 * 288 },
        { site_id: "ausgrid-home", from: "2013-06-01", to: "2013-06-30", records: 29 * 48 },
        { site_id: "site-not-yet", from: null, to: null, records: 0 },
        { site_id: hostile, from: "2026-10-22", to: "2026-11-20", records: 6 * 24 },
      ]),
    });
    // a page of the fixture holds 5,000
    expect(api.asked.filter((url) => url.includes("cursor=5000"))).toHaveLength(4);
  });

  describe.each<[string, BrowserContextOptions]>([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["on a phone", { viewport: { width: 375, height: 800 } }],
    ["without scripts", { javaScriptEnabled: false }],
  ])("%s", (_, options) => {
    test("every page opens from disk, fits, and has a name for each drawing", async () => {
      for (const file of pages()) {
        await opened(file, options, async (page) => {
          const drawings = page.locator('.drawing[role="img"]');
          for (const drawing of await drawings.all()) {
            expect(await drawing.getAttribute("aria-label")).toMatch(/^[A-Z].{20,}\.$/);
            expect(await drawing.locator("svg").count()).toBe(1);
          }
          const [wide, room] = (await page.evaluate(
            "[document.documentElement.scrollWidth, innerWidth]",
          )) as number[];
          expect({ file, wide }).toEqual({ file, wide: Math.min(wide ?? 0, room ?? 0) });
        });
      }
    });
  });

  test.each([
    [alpha, 0, ["Generated", "Consumed", "Net", "12 readings"]],
    [alpha, 1, ["Net", "288 readings"]],
    ["1_anomaly_distribution.html", 0, ["Spike", "Beta wind park: "]],
    ["3_net_energy_comparison.html", 0, ["Generated", "2026-10-22 to 2026-11-20"]],
    ["4_site_efficiency.html", 0, ["Retained", "Days from"]],
  ])("%s: the pointer brings up details of drawing %d", async (file, index, expected) => {
    await opened(file, {}, async (page) => {
      const svg = page.locator(".drawing svg").nth(index);
      const tip = svg.locator('[aria-label="tip"]');
      expect(await tip.textContent()).toBe("");
      await svg.hover({ position: { x: 300, y: 40 } });
      for (const text of expected) expect(await tip.textContent()).toContain(text);
    });
  });

  test("in the dark the details are light on dark too", async () => {
    await opened(alpha, { colorScheme: "dark" }, async (page) => {
      await page
        .locator(".drawing svg")
        .first()
        .hover({ position: { x: 300, y: 40 } });
      const colourOf = (part: string) =>
        page.evaluate(`getComputedStyle(document.querySelector('[aria-label="tip"] ${part}')).fill`);
      expect(await colourOf("path")).toBe("rgb(15, 20, 25)");
      expect(await colourOf("text")).toBe("rgb(230, 234, 239)");
    });
  });

  test("days without readings are a gap in the lines", async () => {
    await opened(alpha, {}, async (page) => {
      const lines = page.locator('.drawing svg [aria-label="line"]').first().locator("path");
      expect(await lines.count()).toBe(2);
      const [first, second] = await Promise.all([0, 1].map((n) => lines.nth(n).boundingBox()));
      const gap = (second?.x ?? 0) - ((first?.x ?? 0) + (first?.width ?? 0));
      // two of thirty days
      expect(gap / 900).toBeGreaterThan(1.8 / 30);
      await expect(page.locator("aside").textContent()).resolves.toContain("the mean of one hour");
    });
  });

  test("a hostile name is text everywhere", async () => {
    for (const file of pages()) {
      await opened(file, {}, async (page) => {
        expect(await page.title()).not.toBe("taken");
        expect(await page.locator("img").count()).toBe(0);
      });
    }
    await opened("index.html", {}, async (page) => {
      await page.getByRole("link", { name: hostile }).click();
      expect(await page.locator("h1").textContent()).toBe(`Energy trends: ${hostile}`);
      await page.getByRole("link", { name: "Energy", exact: true }).click();
      expect(await page.locator("h1").textContent()).toBe("Energy");
    });
  });

  test("a screen reader meets the drawing's name and the figures behind it", async () => {
    await opened("4_site_efficiency.html", {}, async (page) => {
      const heard = await page.locator("main").ariaSnapshot();
      expect(heard).toContain('heading "Efficiency of the sites" [level=1]');
      expect(heard).toContain("Beta wind park retains the most");
      expect(heard).toContain('columnheader "Retained"');
      expect(heard).toContain('rowheader "Alpha PV farm"');
      expect(heard).toContain("net energy / generated energy");
    });
  });

  test("a site without readings has a page that says so", async () => {
    await opened("2_energy_trends_site-not-yet.html", {}, async (page) => {
      expect(await page.locator(".nothing").textContent()).toBe("There is nothing to draw yet.");
    });
  });

  test("on paper the pages are dark on light, and drawings and short tables are there", async () => {
    await opened("4_site_efficiency.html", { colorScheme: "dark" }, async (page) => {
      await page.emulateMedia({ media: "print" });
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
        "rgb(255, 255, 255)",
      );
      expect(await page.locator("nav").isVisible()).toBe(false);
      expect(await page.locator(".drawing svg").isVisible()).toBe(true);
      expect(await page.locator("table").isVisible()).toBe(true);
    });
  });

  describe("bad input", () => {
    test("an API without sites gives pages that say there is nothing yet", async () => {
      const empty = await serveEnergyApi([]);
      const folder = join(penstock.files, "empty");
      const { exitCode, stderr } = await penstock.run(
        "charts",
        "energy",
        "--api",
        empty.url,
        "--out",
        folder,
      );
      await empty.close();
      expect({ exitCode, stderr }).toMatchObject({
        exitCode: 0,
        stderr: expect.stringContaining("No readings so far."),
      });
      expect(readdirSync(folder).sort()).toEqual([
        "1_anomaly_distribution.html",
        "3_net_energy_comparison.html",
        "4_site_efficiency.html",
        "index.html",
      ]);
    });

    test.each<[string, () => string[], number, string]>([
      [
        "a pipeline that is not there",
        () => ["nowhere"],
        2,
        'no charts of "nowhere"; charts are there of: energy',
      ],
      ["no address", () => ["energy", "--api", "localhost:1"], 2, "expected an address such as http://"],
      ["nobody at the address", () => ["energy", "--api", "http://127.0.0.1:9"], 1, "check the address"],
      [
        "another API",
        () => ["energy", "--api", `${api.url}/v1`],
        1,
        "answered 404 (Not found); is this the address",
      ],
      [
        "a day that is none",
        () => ["energy", "--api", api.url, "--from", "2025-13-45"],
        2,
        "expected a day such as",
      ],
      [
        "days the wrong way round",
        () => ["energy", "--api", api.url, "--from", "2026-11-02", "--to", "2026-11-01"],
        2,
        "--from 2026-11-02 is after --to 2026-11-01",
      ],
      [
        "a file where the folder is to be",
        () => ["energy", "--api", api.url, "--out", join(out, "index.html")],
        1,
        "can't write to",
      ],
    ])("%s", async (_, words, exitCode, message) => {
      const given = words();
      const { exitCode: found, stderr } = await penstock.run("charts", ...given);
      expect({ found, stderr }).toEqual({ found: exitCode, stderr: expect.stringContaining(message) });
    });
  });
}
