import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { AthenaError } from "./errors.ts";
import { aggregates } from "./functions/aggregate.ts";
import { scalars } from "./functions/call-function.ts";
import { lambdas } from "./functions/lambda.ts";
import { WINDOW_ONLY } from "./functions/window-only.ts";
import { type GoldenCase, readGolden, writeGolden } from "./golden-file.ts";
import { runAthena } from "./run.ts";

const folder = join(import.meta.dirname, "golden");
const lakeRoot = mkdtempSync(join(tmpdir(), "penstock-golden-"));
afterAll(() => rmSync(lakeRoot, { recursive: true, force: true }));

const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));

describe.each(files)("%s", (file) => {
  const path = join(folder, file);
  const cases = readGolden(readFileSync(path, "utf8"));
  const answers: GoldenCase[] = [];

  test.each(cases.map((one) => [one.sql, one] as const))("%s", async (sql, one) => {
    const found = await answer(sql);
    answers.push({ ...one, expected: found });
    if (one.expected.length === 0 && process.env["CI"] === undefined) return;
    expect(found).toEqual(one.expected);
  });

  afterAll(() => {
    const missing = cases.some((one) => one.expected.length === 0);
    if (!missing || process.env["CI"] !== undefined || answers.length !== cases.length) return;
    const filled = cases.map((one, i) => (one.expected.length > 0 ? one : (answers[i] ?? one)));
    writeFileSync(path, writeGolden(filled));
  });
});

test("every function that is answered has a golden case", () => {
  const queries = files.map((file) => readFileSync(join(folder, file), "utf8").toLowerCase()).join("\n");
  const names = [scalars, aggregates, lambdas, WINDOW_ONLY].flatMap((list) => Object.keys(list));
  const called = (name: string): boolean => new RegExp(`\\b${name}(\\(| |,|$)`, "m").test(queries);
  const without = names.filter((name) => !name.startsWith("$") && !called(name));
  expect(without).toEqual([]);
});

/** The types, then the rows; or the refusal. */
async function answer(sql: string): Promise<readonly string[]> {
  try {
    const { columns, rows } = await runAthena(sql, { lakeRoot, database: "penstock" });
    const types = `--: ${columns.map(({ name, type }) => (/^_col\d+$/.test(name) ? type : `${name} ${type}`)).join(" | ")}`;
    return [
      types,
      ...rows.map(
        (row) => `--> ${row.map((value) => (value ?? "<null>").replaceAll("\n", "\\n")).join(" | ")}`,
      ),
    ];
  } catch (error) {
    if (error instanceof AthenaError) return [`--! ${error.code}: ${error.message}`];
    throw error;
  }
}
