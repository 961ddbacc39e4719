/**
 * Answers a query that was put to Athena on the emulated AWS: node run-query.ts < {"sql", "parameters", "database"}
 *
 * The database's tables are brought, as the catalogue has them, to where a laptop's would lie, and the laptop's Athena
 * answers: with the result as GetQueryResults gives it, or with the `failure`.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { runAthena } from "@penstock/local/athena/run.ts";
import { bindParameters } from "@penstock/local/query-parameters.ts";
import { resultPage } from "@penstock/local/query-result.ts";
import { fetchTables } from "./fetch-tables.ts";

interface Asked {
  readonly sql: string;
  readonly parameters: readonly string[];
  readonly database: string;
}

const { sql, parameters, database } = (await json(process.stdin)) as Asked;
const folder = mkdtempSync(join(tmpdir(), "penstock-query-"));
const lakeRoot = join(folder, "lake");
try {
  const bound = bindParameters(sql, parameters);
  // SHOW TABLES names none, and asks for all
  const isWanted = (name: string) => /^\s*show\b/i.test(sql) || sql.toLowerCase().includes(name);
  await fetchTables(database, isWanted, lakeRoot);
  const { ResultSet } = resultPage(await runAthena(bound, { lakeRoot, database }), undefined, Infinity);
  process.stdout.write(JSON.stringify(ResultSet));
} catch (error) {
  process.stdout.write(JSON.stringify({ failure: error instanceof Error ? error.message : String(error) }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
