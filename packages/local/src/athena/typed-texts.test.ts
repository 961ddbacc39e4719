import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, expect, test } from "@jest/globals";
import { tableToIPC } from "apache-arrow";
import { queryArrow, queryRows, runAthena } from "./run.ts";
import { arrowOfTexts, exportTexts, jsonOfTexts, type Texts } from "./typed-texts.ts";

/** A value of each type, one of another kind, and none. */
const everyType = `
  SELECT CAST(b AS boolean) AS bool, CAST(n AS tinyint) AS tiny, CAST(n AS smallint) AS small,
    CAST(n AS integer) AS whole, CAST(n AS bigint) * 4503599627370497 AS big, CAST(n AS real) / 8 AS half,
    CAST(n AS double) / 3 AS twice, CAST(n AS decimal(38,3)) / 8 AS exact, t AS text,
    CAST(d AS date) AS day, CAST(d AS timestamp) AS moment,
    CAST(d AS timestamp) AT TIME ZONE 'UTC' AS instant, to_utf8(t) AS bytes
  FROM (VALUES ('true', '3', 'é "x", y', '2026-11-20'), ('false', '-7', '', '1969-01-02'), (NULL, NULL, NULL, NULL))
    AS given (b, n, t, d)`;

const folder = mkdtempSync(join(tmpdir(), "penstock-typed-"));
const context = { lakeRoot: join(folder, "lake"), database: "penstock" };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What Athena would give of a query, from the laptop's answer, in pages of two. */
async function texts(sql: string): Promise<Texts> {
  const { columns, rows } = await runAthena(sql, context);
  const plain = columns.map(({ name, type }) => ({ name, type: type.replace(/^(timestamp)\(\d\)/, "$1") }));
  const pages = (async function* () {
    for (let at = 0; at < rows.length; at += 2) yield rows.slice(at, at + 2);
  })();
  return { columns: plain, pages };
}

const rowsOf = async (sql: string) => {
  const rows = [];
  for await (const page of jsonOfTexts(await texts(sql))) rows.push(...page);
  return rows;
};

test("an Arrow table has the same types and values as the laptop's own", async () => {
  const own = await queryArrow(everyType, context);
  const given = await arrowOfTexts(await texts(everyType));
  expect(given.schema.fields.map(String)).toEqual(own.schema.fields.map(String));
  expect(Buffer.from(tableToIPC(given))).toEqual(Buffer.from(tableToIPC(own)));
});

test("JSON has the same rows", async () => {
  expect(await rowsOf(everyType)).toEqual(await queryRows(everyType, context));
});

test("Parquet keeps the types", async () => {
  const path = join(folder, "given.parquet");
  await exportTexts(await texts(everyType), path);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${path}')`);
  expect(described.getRows().map((row) => row[1])).toEqual([
    "BOOLEAN",
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "FLOAT",
    "DOUBLE",
    "DECIMAL(38,3)",
    "VARCHAR",
    "DATE",
    "TIMESTAMP",
    "TIMESTAMP WITH TIME ZONE",
    "BLOB",
  ]);
  const counted = await connection.runAndReadAll(
    `SELECT count(*), count(instant) FROM read_parquet('${path}')`,
  );
  expect(counted.getRows()).toEqual([[3n, 2n]]);
  connection.closeSync();
});

test("moments of other zones stay the texts that name them, and so does what is nested", async () => {
  const sql = "SELECT TIMESTAMP '2026-07-01 12:00:00 Europe/Berlin' AS there, ARRAY[1, NULL] AS some";
  const table = await arrowOfTexts(await texts(sql));
  expect(table.schema.fields.map((field) => String(field.type))).toEqual(["Utf8", "Utf8"]);
  expect(await rowsOf(sql)).toEqual([{ there: "2026-07-01 12:00:00 Europe/Berlin", some: "[1, null]" }]);
});

test("a result without rows has its columns", async () => {
  const table = await arrowOfTexts(await texts("SELECT 1 AS one, 'a' AS a WHERE 1 = 2"));
  expect([table.numRows, table.schema.fields.map(String)]).toEqual([0, ["one: Int32", "a: Utf8"]]);
});
