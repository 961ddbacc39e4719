import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { execa } from "execa";

const folder = mkdtempSync(join(tmpdir(), "penstock-cost-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const name = pipelines[0]?.name ?? "";
const environments = join(folder, "environments.ts");
writeFileSync(
  environments,
  `export default {
  one: { account: "111111111111", region: "eu-west-1", pipelines: ["${name}"] },
  far: { account: "111111111111", region: "sa-east-1" },
};
`,
);

const cost = async (...words: string[]) => {
  const main = join(import.meta.dirname, "../main.ts");
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, "cost", ...words], {
    env: { PENSTOCK_ENVIRONMENTS: environments, NO_COLOR: "1" },
    reject: false,
  });
  return { exitCode, stdout: String(stdout), stderr: String(stderr) };
};

test("only the pipelines that the environment deploys are reckoned with, as JSON too", async () => {
  const { exitCode, stdout } = await cost("--env", "one", "--json");
  expect(exitCode).toBe(0);
  const told = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
  expect(told).toMatchObject({ environment: "one", prices_of: "eu-west-1", currency: "USD" });
  expect(told.busy.parts.map((part: { name: string }) => part.name)).toEqual([name, "shared"]);
  expect(told.busy.dueUsd).toBeGreaterThan(told.idle.dueUsd);
}, 60_000);

test("the table has both months, and says where the prices are from", async () => {
  const { stdout } = await cost("--env", "one");
  expect(stdout).toContain("one in eu-west-1: US dollars a month, before tax");
  expect(stdout).toMatch(new RegExp(`${name} [^]*?│ CloudWatch dashboards +│ +1 │ +3\\.00 │ +3\\.00 │`));
  expect(stdout).toContain("to pay");
  expect(stdout).toMatch(
    /nothing is free, and a busy month has it from the first on:\n.*Glue DPU-hours \d+\.\d\d/,
  );
  expect(stdout).toMatch(/read between 2026-\d\d-\d\d and 2026-\d\d-\d\d/);
}, 60_000);

test("a region without prices is refused, unless another's are asked for", async () => {
  const refused = await cost("--env", "far");
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain("the prices known are those of eu-west-1, ap-northeast-1");
  const other = await cost("--env", "far", "--prices-of", "eu-west-1");
  expect(other.stdout).toContain("far in sa-east-1, at the prices of eu-west-1");
  expect((await cost("--env", "far", "--prices-of", "mars")).exitCode).toBe(2);
}, 60_000);
