import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { runAthena } from "./run.ts";
import { withConnection } from "./session.ts";

const home = mkdtempSync(join(tmpdir(), "penstock-session-"));
const lakeRoot = join(home, "lake");
mkdirSync(join(home, "lake-of-others"), { recursive: true });
writeFileSync(join(home, "secret.csv"), "a\n1\n");
writeFileSync(join(home, "lake-of-others", "secret.csv"), "a\n1\n");
mkdirSync(lakeRoot, { recursive: true });
writeFileSync(join(lakeRoot, "inside.csv"), "a\n1\n");
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Whatever got past the rewriting would meet a locked DuckDB: so it is asked directly. */
const directly = (sql: string) =>
  withConnection(lakeRoot, async (connection) => (await connection.runAndReadAll(sql)).getRows());

describe("the locked DuckDB", () => {
  test("reads inside of the lake", async () => {
    expect(await directly(`SELECT * FROM read_csv('${lakeRoot}/inside.csv')`)).toEqual([[1n]]);
  });

  test.each([
    ["a file beside the lake", `SELECT * FROM read_csv('${home}/secret.csv')`],
    [
      "a folder whose name begins like the lake's",
      `SELECT * FROM read_csv('${home}/lake-of-others/secret.csv')`,
    ],
    ["a way out by ..", `SELECT * FROM read_csv('${lakeRoot}/../secret.csv')`],
    ["a listing", `SELECT * FROM glob('${home}/*')`],
    ["a text file", "SELECT * FROM read_text('/etc/passwd')"],
    ["a database to attach", `ATTACH '${home}/other.db'`],
    ["a file to write", `COPY (SELECT 1) TO '${home}/out.csv'`],
    ["the web", "SELECT * FROM read_csv('https://127.0.0.1:1/x.csv')"],
  ])("refuses %s", async (_, sql) => {
    await expect(directly(sql)).rejects.toThrow(/Permission Error|disabled|not.*allowed/i);
  });

  test.each([
    "SET enable_external_access = true",
    "SET memory_limit = '1KB'",
    "RESET lock_configuration",
    "INSTALL httpfs",
    "LOAD httpfs",
  ])("can't be unlocked: %s", async (sql) => {
    await expect(directly(sql)).rejects.toThrow();
  });
});

test("many queries run at once on one instance, each for itself", async () => {
  const context = { lakeRoot, database: "penstock" };
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      runAthena(`SELECT sum(x) + ${i} FROM UNNEST(sequence(1, 1000)) AS t (x)`, context),
    ),
  );
  expect(answers.map(({ rows }) => rows[0]?.[0])).toEqual(answers.map((_, i) => String(500_500 + i)));
});

test("a query that is no longer wanted stops", async () => {
  const stop = new AbortController();
  const sql =
    "SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a (x), UNNEST(sequence(1, 10000)) AS b (y), UNNEST(sequence(1, 10000)) AS c (z) WHERE x + y > z";
  const answer = runAthena(sql, { lakeRoot, database: "penstock" }, stop.signal);
  setTimeout(() => stop.abort(), 300);
  await expect(answer).rejects.toMatchObject({ code: "QUERY_CANCELLED" });
});
