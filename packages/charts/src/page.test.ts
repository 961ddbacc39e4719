import { describe, expect, test } from "@jest/globals";
import { dot } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { type Drawing, figure, type Page, type Report } from "./figure.ts";
import { indexHtml, pageHtml, scriptJson } from "./page.ts";

interface Points {
  readonly points: readonly { readonly name: string; readonly value: number }[];
}

const drawing: Drawing<Points> = {
  name: "points",
  draw: ({ points }) => ({ marks: [dot(points, { x: "value", y: "name", title: "name" })] }),
};

/** A page in which every text is the same. */
function pageOf(text: string): { report: Report; page: Page } {
  const table = { caption: text, columns: [{ name: text }, { name: text }], rows: [[text, text]] };
  const words = { title: text, description: text, legend: [{ label: text, colour: "--series-1" }], table };
  const page: Page = {
    file: "a.html",
    title: text,
    lead: text,
    period: text,
    notes: [text],
    figures: [figure(drawing, { points: [{ name: text, value: 1 }] }, words)],
  };
  const headlines = [{ name: text, value: text }];
  return { page, report: { title: text, lead: text, headlines, pages: [page], taken: null } };
}

const elementsOf = (html: string): readonly string[] => {
  const { document } = parseHTML(html);
  return [...document.querySelectorAll("*")].map((element) => element.tagName.toLowerCase());
};

describe("text from elsewhere", () => {
  test.each([
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!--<script>",
    "</title></style></svg><svg onload=alert(1)>",
    "]]>&lt;b&gt;",
  ])("%j adds no element and stays text", async (text) => {
    const [harmless, hostile] = [pageOf("harmless"), pageOf(text)];
    const html = await pageHtml(hostile.report, hostile.page, "run()");
    expect(elementsOf(html)).toEqual(elementsOf(await pageHtml(harmless.report, harmless.page, "run()")));
    expect(elementsOf(await indexHtml(hostile.report))).toEqual(elementsOf(await indexHtml(harmless.report)));
    // what the parser makes of it in the body, outside the data
    expect(parseHTML(html).document.querySelector("h1")?.textContent).toBe(text);
    expect(html.replaceAll("<script>run()</script>", "")).not.toMatch(/<script>|<img|<svg onload/);
  });

  test("as data comes back as it was", () => {
    const data = { name: "</script><!--<script> \u2028" };
    expect(scriptJson(data)).not.toContain("<");
    expect(JSON.parse(scriptJson(data))).toEqual(data);
  });
});

test("a page asks for nothing and lets one script run", async () => {
  const { report, page } = pageOf("x");
  const html = await pageHtml(report, page, "run()");
  // namespaces are names, not addresses
  expect(html.replaceAll("http://www.w3.org/", "")).not.toMatch(/https?:|url\(|@import|<link/);
  // printf 'run()' | openssl dgst -sha256 -binary | base64
  expect(html).toContain("script-src 'sha256-AvyuiL0SD1mVY3NNxR+V2uo+lhk6RMFrytWmRt6CrJQ='");
  expect(html).toContain("default-src 'none';");
});

test("the drawing is there without a script, with a name, and so are its figures", async () => {
  const { report, page } = pageOf("Net energy");
  const { document } = parseHTML(await pageHtml(report, page, "run()"));
  const drawn = document.querySelector('.drawing[role="img"]');
  expect(drawn?.getAttribute("aria-label")).toBe("Net energy. Net energy");
  const svg = drawn?.querySelector("svg");
  expect(svg?.querySelector("title")?.textContent).toBe("Net energy");
  expect(svg?.querySelectorAll("circle")).toHaveLength(1);
  expect(document.querySelectorAll("details tbody tr")).toHaveLength(1);
});

test("a page without figures says so, and has no script", async () => {
  const { report, page } = pageOf("x");
  const html = await pageHtml(report, { ...page, figures: [] }, "run()");
  expect(html).toContain("There is nothing to draw yet.");
  expect(html).not.toContain("<script");
  expect(html).toContain("script-src 'none'");
});
