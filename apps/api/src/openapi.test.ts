import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { openApi } from "@penstock/workflows/openapi/document.ts";
import { servedPipeline } from "@penstock/workflows/testing/served-pipeline.ts";

const committed = join(import.meta.dirname, "../fixtures/pipelines/parks/generated/openapi.json");

test("the fixture's document is the one of its pipeline; without it, it is written", () => {
  const { serves } = servedPipeline;
  const text = serves === undefined ? "" : `${JSON.stringify(openApi(servedPipeline, serves), null, 2)}\n`;
  if (!existsSync(committed) && process.env.CI === undefined) writeFileSync(committed, text);
  expect(readFileSync(committed, "utf8")).toBe(text);
});
