import { expect, test } from "@jest/globals";
import { findingsPrefix } from "./findings.ts";

test.each([
  ["2026/11/28/20261128T2105Z.json", "2026/11/28/20261128T2105Z/"],
  ["late.jsonl.gz", "late/"],
  // of two days, whose findings are not to be told together
  ["site.monday.json", "site.monday/"],
  ["site.tuesday.json", "site.tuesday/"],
])("what was found in %s lies in %s", (key, folder) => {
  expect(findingsPrefix("raw/demo/", `raw/demo/${key}`)).toBe(`raw/demo/anomalies/${folder}`);
});

test("what was found in a run lies under its id", () => {
  expect(findingsPrefix("raw/demo/", "20261128T210500Z-3f9a1c")).toBe(
    "raw/demo/anomalies/20261128T210500Z-3f9a1c/",
  );
});
