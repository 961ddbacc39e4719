import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { runAthena } from "./run.ts";

const home = mkdtempSync(join(tmpdir(), "penstock-show-"));
const lakeRoot = join(home, "lake");
afterAll(() => rmSync(home, { recursive: true, force: true }));

mkdirSync(join(lakeRoot, "warehouse", "penstock", "orders", "_delta_log"), { recursive: true });
mkdirSync(join(home, "others", "secret", "_delta_log"), { recursive: true });

const shown = async (sql: string, database = "penstock") =>
  (await runAthena(sql, { lakeRoot, database })).rows.flat();

test.each(["SHOW TABLES", "SHOW TABLES IN penstock", "SHOW TABLES IN PENSTOCK"])("%s", async (sql) => {
  expect(await shown(sql)).toEqual(["orders"]);
});

test("a database without a table yet has none", async () => {
  expect(await shown("SHOW TABLES", "penstock_dev")).toEqual([]);
});

test("of a database that is not there, or not in the lake, nothing is shown", async () => {
  await expect(shown("SHOW TABLES IN pensttock")).rejects.toThrow(
    "Schema 'pensttock' does not exist; did you mean 'penstock'?",
  );
  await expect(shown('SHOW TABLES IN "../../others"')).rejects.toThrow(
    "Schema '../../others' does not exist",
  );
  await expect(shown("SHOW TABLES", "../../others")).rejects.toThrow("Schema '../../others' does not exist");
  await expect(shown("SHOW TABLES IN other.penstock")).rejects.toThrow("SHOW TABLES with schema");
});
