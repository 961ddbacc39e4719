/** What is asked of a pipeline that has no such thing: the answer says who has. */

import { afterAll, expect, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { openPenstock } from "../support/penstock.ts";

const penstock = openPenstock();
afterAll(() => penstock.end());

const without = pipelines.filter(({ lookups }) => lookups.length === 0).map(({ name }) => name);

test.each(without.length > 0 ? without : ["none"])("lookup: %s has none", async (name) => {
  if (name === "none") return;
  const { exitCode, stderr } = await penstock.run("lookup", name, "a-key");
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`${name} has no lookups`);
});
