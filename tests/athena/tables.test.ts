/** Iceberg and Delta tables that real Spark wrote, read in Athena SQL. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { exportParquet, queryArrow, queryRows, runAthena } from "@penstock/local/athena/run.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { smallSpark } from "../support/small-spark.ts";

const lakeRoot = mkdtempSync(join(tmpdir(), "penstock-athena-"));
const lake = { lakeRoot, database: "penstock" };
afterAll(() => rmSync(lakeRoot, { recursive: true, force: true }));

const sessions = "glue_catalog.penstock.sessions";
const orders = `delta.\`${lakeRoot}/warehouse/penstock/orders\``;

beforeAll(() => {
  write([
    `CREATE TABLE ${sessions} (id string, site string, started_at timestamp, local_at timestamp_ntz, energy decimal(10,3),
       ratio double, small int, large bigint, flag boolean, on_day date, tags array<string>, extra struct<a: int>)
     USING iceberg PARTITIONED BY (months(started_at))
     TBLPROPERTIES ('write.delete.mode' = 'merge-on-read', 'write.update.mode' = 'merge-on-read')`,
    `INSERT INTO ${sessions} VALUES
       ('a', 'one', timestamp '2024-06-30 23:30:00.123456', timestamp_ntz '2024-06-30 23:30:00', 1.250, 1e10, 1, 9007199254740993,
        true, date '2024-06-30', array('x', null), named_struct('a', 1)),
       ('b', 'one', timestamp '2024-07-01 00:30:00', null, 2.000, 0.1, 2, 2, false, null, null, null),
       ('c', 'two', timestamp '2024-12-31 12:00:00', null, null, null, null, null, null, null, array(), null),
       ('d', 'two', timestamp '2024-12-31 13:00:00', null, 4.000, null, null, null, null, null, null, null)`,
    `DELETE FROM ${sessions} WHERE id = 'd'`,
    `CREATE OR REPLACE TEMPORARY VIEW news AS SELECT * FROM VALUES ('b', 2.5), ('e', 5.125) AS t (id, energy)`,
    `MERGE INTO ${sessions} t USING news s ON t.id = s.id
     WHEN MATCHED THEN UPDATE SET energy = s.energy
     WHEN NOT MATCHED THEN INSERT (id, site, started_at, energy) VALUES (s.id, 'three', timestamp '2025-01-01 00:00:00', s.energy)`,
    `ALTER TABLE ${sessions} RENAME COLUMN small TO tiny`,
    `ALTER TABLE ${sessions} ADD COLUMN added string`,
    `ALTER TABLE ${sessions} CREATE BRANCH run_1`,
    `INSERT INTO ${sessions}.branch_run_1 SELECT 'z', 'branch', ${Array(11).fill("NULL").join(", ")}`,
    "CREATE TABLE glue_catalog.penstock.nothing_yet (id string, amount decimal(5,2), at timestamp) USING iceberg",
    `CREATE TABLE glue_catalog.other.sites (site string, zone string) USING iceberg`,
    `INSERT INTO glue_catalog.other.sites VALUES ('one', 'Europe/London'), ('two', 'America/New_York')`,
    `CREATE TABLE ${orders} (id string, amount decimal(10,2), at timestamp, on_day date) USING delta PARTITIONED BY (on_day)
       TBLPROPERTIES ('delta.enableDeletionVectors' = 'false')`,
    `INSERT INTO ${orders} VALUES ('a', 1.25, timestamp '2024-06-30 23:30:00.123456', date '2024-06-30'),
       ('b', 2.00, timestamp '2024-07-01 00:30:00', date '2024-07-01'), ('c', 3.00, null, null)`,
    `UPDATE ${orders} SET amount = 9.99 WHERE id = 'b'`,
    `DELETE FROM ${orders} WHERE id = 'c'`,
    `INSERT OVERWRITE DIRECTORY '${lakeRoot}/cleaned/sessions/run=20240701T000000Z-aaaaaa' USING parquet
       SELECT 'a' AS id, timestamp '2024-06-30 23:30:00.123456' AS started_at, cast(1.5 AS decimal(10,3)) AS energy`,
    `INSERT OVERWRITE DIRECTORY '${lakeRoot}/cleaned/sessions/run=20240702T000000Z-bbbbbb' USING parquet
       SELECT 'b' AS id, timestamp '2024-07-01 00:00:00' AS started_at, cast(2 AS decimal(10,3)) AS energy`,
  ]);
}, 180_000);

describe("a Delta table", () => {
  it("is read as its log says, its partitions and instants as Athena has them", async () => {
    expect(await runAthena("SELECT id, amount, at, on_day FROM orders ORDER BY id", lake)).toEqual({
      columns: [
        { name: "id", type: "varchar" },
        { name: "amount", type: "decimal(10,2)" },
        { name: "at", type: "timestamp(3) with time zone" },
        { name: "on_day", type: "date" },
      ],
      rows: [
        ["a", "1.25", "2024-06-30 23:30:00.123 UTC", "2024-06-30"],
        ["b", "9.99", "2024-07-01 00:30:00.000 UTC", "2024-07-01"],
      ],
    });
    const one = await runAthena("SELECT id FROM orders WHERE on_day = date '2024-07-01'", lake);
    expect(one.rows).toEqual([["b"]]);
  });

  it("has no time travel, as in Athena", async () => {
    await expect(runAthena("SELECT * FROM orders FOR VERSION AS OF 1", lake)).rejects.toThrow(
      "Athena has no time travel on Delta tables",
    );
  });
});

describe("an earlier snapshot of it", () => {
  /** The ids of the table's snapshots on main, the oldest first: as text, since they exceed 2^53. */
  const snapshots = (): readonly string[] => {
    const folder = join(lakeRoot, "warehouse", "penstock", "sessions", "metadata");
    const newest = readdirSync(folder)
      .filter((name) => name.endsWith(".metadata.json"))
      .sort((a, b) => Number(/\d+/.exec(a)) - Number(/\d+/.exec(b)))
      .at(-1);
    const text = readFileSync(join(folder, newest ?? ""), "utf8");
    const [, log = ""] = /"snapshot-log"\s*:\s*\[([^\]]*)\]/.exec(text) ?? [];
    return [...log.matchAll(/"snapshot-id"\s*:\s*(\d+)/g)].map(([, id = ""]) => id);
  };
  const at = async (id: string | undefined, columns: string) =>
    (await runAthena(`SELECT ${columns} FROM sessions FOR VERSION AS OF ${id} AS s ORDER BY 1`, lake)).rows;

  it("has the rows of then", async () => {
    const [first, second, third] = snapshots();
    expect(await at(first, "s.id, energy")).toEqual([
      ["a", "1.250"],
      ["b", "2.000"],
      ["c", null],
      ["d", "4.000"],
    ]);
    expect(await at(second, "id")).toEqual([["a"], ["b"], ["c"]]);
    expect(await at(third, "id")).toEqual([["a"], ["b"], ["c"], ["e"]]);
  });

  it("has the columns of then", async () => {
    const [first] = snapshots();
    expect((await at(first, "id, small"))[0]).toEqual(["a", "1"]);
    await expect(at(first, "tiny")).rejects.toThrow("Column 'tiny' cannot be resolved");
    await expect(at(first, "added")).rejects.toThrow("Column 'added' cannot be resolved");
  });

  it("stands beside the newest, and in for it under its own name", async () => {
    const [first] = snapshots();
    const gone = `SELECT id FROM sessions FOR VERSION AS OF ${first} EXCEPT SELECT id FROM sessions`;
    expect((await runAthena(gone, lake)).rows).toEqual([["d"]]);
    const shadowed = `WITH sessions AS (SELECT id FROM sessions FOR VERSION AS OF ${first})
      SELECT n FROM (WITH counted AS (SELECT count(*) AS n FROM sessions) SELECT n FROM counted) AS metric`;
    expect((await runAthena(shadowed, lake)).rows).toEqual([["4"]]);
  });

  it("is refused when it is none", async () => {
    await expect(at("5", "id")).rejects.toThrow("Iceberg snapshot ID does not exists: 5");
  });
});

describe("a table that Spark wrote", () => {
  it("has Athena's types and texts", async () => {
    const columns = "id, started_at, local_at, energy, ratio, tiny, large, flag, on_day, added";
    expect(await runAthena(`SELECT ${columns} FROM sessions ORDER BY id`, lake)).toEqual({
      columns: [
        { name: "id", type: "varchar" },
        { name: "started_at", type: "timestamp(6) with time zone" },
        { name: "local_at", type: "timestamp(6)" },
        { name: "energy", type: "decimal(10,3)" },
        { name: "ratio", type: "double" },
        { name: "tiny", type: "integer" },
        { name: "large", type: "bigint" },
        { name: "flag", type: "boolean" },
        { name: "on_day", type: "date" },
        { name: "added", type: "varchar" },
      ],
      rows: [
        [
          "a",
          "2024-06-30 23:30:00.123456 UTC",
          "2024-06-30 23:30:00.000000",
          "1.250",
          "1.0E10",
          "1",
          "9007199254740993",
          "true",
          "2024-06-30",
          null,
        ],
        ["b", "2024-07-01 00:30:00.000000 UTC", null, "2.500", "0.1", "2", "2", "false", null, null],
        ["c", "2024-12-31 12:00:00.000000 UTC", null, null, null, null, null, null, null, null],
        ["e", "2025-01-01 00:00:00.000000 UTC", null, "5.125", null, null, null, null, null, null],
      ],
    });
  });

  it("joins, groups and counts hours by each site's own clocks", async () => {
    const sql = `
      SELECT s.site, hour(at_timezone(s.started_at, z.zone)) AS hour_of_day, count(*) AS n, sum(s.energy) AS energy, avg(s.energy) AS average
      FROM sessions AS s JOIN other.sites AS z ON z.site = s.site
      GROUP BY s.site, hour(at_timezone(s.started_at, z.zone)) ORDER BY 1, 2`;
    const { rows } = await runAthena(sql, lake);
    expect(rows).toEqual([
      ["one", "0", "1", "1.250", "1.250"],
      ["one", "1", "1", "2.500", "2.500"],
      ["two", "7", "1", null, null],
    ]);
  });

  it("has its lists as arrays", async () => {
    const { columns, rows } = await runAthena(
      "SELECT tags, cardinality(tags) FROM sessions ORDER BY id LIMIT 3",
      lake,
    );
    expect(columns[0]).toEqual({ name: "tags", type: "array(varchar)" });
    expect(rows).toEqual([
      ["[x, null]", "2"],
      [null, null],
      ["[]", "0"],
    ]);
  });

  it("refuses a column whose type it can't read, and answers the others", async () => {
    await expect(runAthena("SELECT extra FROM sessions", lake)).rejects.toMatchObject({
      code: "NOT_SUPPORTED",
    });
    await expect(runAthena("SELECT * FROM sessions", lake)).rejects.toThrow(
      "Column extra of type struct is not supported here",
    );
    expect((await runAthena("SELECT count(*) FROM sessions", lake)).rows).toEqual([["4"]]);
  });

  it("is found under its whole name, whatever its case", async () => {
    const sql = "SELECT SESSIONS.ID FROM AwsDataCatalog.Penstock.Sessions WHERE penstock.sessions.id = 'a'";
    expect((await runAthena(sql, lake)).rows).toEqual([["a"]]);
  });

  it("is named as the nearest one when its name is misspelt", async () => {
    await expect(runAthena("SELECT 1 FROM session", lake)).rejects.toThrow(
      "Table 'awsdatacatalog.penstock.session' does not exist; did you mean 'sessions'?",
    );
  });
});

it("reads a table without a snapshot as empty, with its columns", async () => {
  const answer = await runAthena("SELECT id, amount, at FROM nothing_yet", lake);
  expect(answer.columns.map(({ type }) => type)).toEqual([
    "varchar",
    "decimal(5,2)",
    "timestamp(6) with time zone",
  ]);
  expect(answer.rows).toEqual([]);
  expect((await runAthena("SELECT count(*), sum(amount) FROM nothing_yet", lake)).rows).toEqual([
    ["0", null],
  ]);
});

it("reads cleaned Parquet by run, its timestamps as Athena reads them from Parquet", async () => {
  const answer = await runAthena(
    "SELECT id, started_at, energy, run FROM sessions_cleaned ORDER BY id",
    lake,
  );
  expect(answer.columns.map(({ type }) => type)).toEqual([
    "varchar",
    "timestamp(3)",
    "decimal(10,3)",
    "varchar",
  ]);
  expect(answer.rows).toEqual([
    ["a", "2024-06-30 23:30:00.123", "1.500", "20240701T000000Z-aaaaaa"],
    ["b", "2024-07-01 00:00:00.000", "2.000", "20240702T000000Z-bbbbbb"],
  ]);
});

it("lists and describes tables", async () => {
  expect((await runAthena("SHOW TABLES", lake)).rows).toEqual([
    ["nothing_yet"],
    ["orders"],
    ["sessions"],
    ["sessions_cleaned"],
  ]);
  expect((await runAthena("DESCRIBE nothing_yet", lake)).rows).toEqual([
    ["id", "varchar"],
    ["amount", "decimal(5,2)"],
    ["at", "timestamp(6) with time zone"],
  ]);
});

it("gives the same rows as JSON, Arrow and Parquet", async () => {
  const sql = "SELECT id, energy, large, started_at FROM sessions ORDER BY id";
  const rows = await queryRows(sql, lake);
  expect(rows[0]).toEqual({
    id: "a",
    energy: 1.25,
    large: "9007199254740993",
    started_at: "2024-06-30 23:30:00.123456 UTC",
  });
  const table = await queryArrow(sql, lake);
  expect(table.schema.fields.map(({ type }) => String(type))).toEqual([
    "Utf8",
    "Decimal[10e+3]",
    "Int64",
    "Timestamp<MICROSECOND, UTC>",
  ]);
  expect(table.getChild("large")?.get(0)).toBe(9007199254740993n);
  const file = join(lakeRoot, "cleaned", "out.parquet");
  expect(await exportParquet(sql, file, lake)).toBe(4);
});

/** Runs Spark SQL, one statement after the other. */
function write(statements: readonly string[]): void {
  const request = { warehouse: join(lakeRoot, "warehouse"), statements };
  const run = spawnSync(toolchain.python, [join(import.meta.dirname, "tables_writer.py")], {
    input: JSON.stringify(request),
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: smallSpark },
  });
  if (run.status !== 0) throw new Error(run.stderr.slice(-4000));
}
