import { expect, test } from "@jest/globals";
import { findingsPrefix } from "./findings.ts";

test("what was found in a file lies under its whole name, so that no two files share a folder", () => {
  expect(findingsPrefix("raw/demo/", "raw/demo/2026/11/28/20261128T2105Z.json.gz")).toBe(
    "raw/demo/anomalies/2026/11/28/20261128T2105Z.json.gz/",
  );
});

test("what was found in a run lies under its id", () => {
  expect(findingsPrefix("raw/demo/", "20261128T210500Z-3f9a1c")).toBe(
    "raw/demo/anomalies/20261128T210500Z-3f9a1c/",
  );
});
