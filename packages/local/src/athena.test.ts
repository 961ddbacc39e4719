import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Athena, type RunQuery } from "./athena.ts";
import { type QueryResult, resultPage } from "./query-result.ts";

const answer: QueryResult = {
  columns: [
    { name: "site", type: "varchar" },
    { name: "kwh", type: "decimal(10,3)" },
    { name: "at", type: "timestamp(3)" },
  ],
  rows: [
    ["a", "1.500", "2026-11-20 20:00:00.000"],
    [null, "2.000", null],
    ['say "c"', null, null],
  ],
};

function open(run: RunQuery) {
  const results = mkdtempSync(join(tmpdir(), "penstock-athena-"));
  return new Athena({
    run,
    lakeRoot: "/lake",
    results,
    resultsUrl: `file://${results}/`,
    database: "penstock",
    workGroup: "penstock-local",
  });
}

describe("a query", () => {
  test("runs in its database, with its parameters put in, and leaves a CSV file", async () => {
    const asked: unknown[] = [];
    const athena = open(async (sql, context) => {
      asked.push([sql, context]);
      return answer;
    });
    const id = athena.start({ sql: "SELECT * FROM t WHERE a = ?", parameters: ["'x'"], database: "other" });
    expect(athena.describe(id, 1)).toMatchObject({ QueryExecutionContext: { Database: "other" } });
    expect(await athena.ended(id)).toBe("SUCCEEDED");
    expect(asked).toEqual([["SELECT * FROM t WHERE a = 'x'", { lakeRoot: "/lake", database: "other" }]]);
    const described = athena.describe(id, 1) as { ResultConfiguration: { OutputLocation: string } };
    expect(readFileSync(new URL(described.ResultConfiguration.OutputLocation), "utf8")).toBe(
      '"site","kwh","at"\n"a","1.500","2026-11-20 20:00:00.000"\n,"2.000",\n"say ""c""",,\n',
    );
  });

  test("gives its header once, and its rows page by page", async () => {
    expect(resultPage(answer, undefined, 2)).toMatchObject({
      NextToken: "2",
      ResultSet: {
        Rows: [
          { Data: [{ VarCharValue: "site" }, { VarCharValue: "kwh" }, { VarCharValue: "at" }] },
          {
            Data: [
              { VarCharValue: "a" },
              { VarCharValue: "1.500" },
              { VarCharValue: "2026-11-20 20:00:00.000" },
            ],
          },
        ],
        ResultSetMetadata: {
          ColumnInfo: [
            { Name: "site", Type: "varchar", Precision: 2147483647, CaseSensitive: true },
            { Name: "kwh", Type: "decimal", Precision: 10, Scale: 3 },
            { Name: "at", Type: "timestamp", Precision: 3 },
          ],
        },
      },
    });
    const second = resultPage(answer, "2", 2);
    expect(second.NextToken).toBeUndefined();
    expect(second).toMatchObject({
      ResultSet: { Rows: [{ Data: [{}, { VarCharValue: "2.000" }, {}] }, {}] },
    });
  });

  test("that fails says why, and has no result", async () => {
    const athena = open(async () => {
      throw new Error("line 1:8: Column 'x' cannot be resolved");
    });
    const id = athena.start({ sql: "SELECT x" });
    expect(await athena.ended(id)).toBe("FAILED");
    expect(athena.describe(id, 1000)).toMatchObject({
      Status: { State: "FAILED", StateChangeReason: "line 1:8: Column 'x' cannot be resolved" },
    });
    expect(() => athena.result(id)).toThrow(/its state is FAILED. line 1:8/);
  });

  test("that is cancelled stays so, whatever comes of it", async () => {
    const late = Promise.withResolvers<QueryResult>();
    const athena = open(() => late.promise);
    const id = athena.start({ sql: "SELECT 1" });
    athena.stop(id);
    late.resolve(answer);
    expect(await athena.ended(id)).toBe("CANCELLED");
    expect(() => athena.result(id)).toThrow(/CANCELLED/);
  });

  test("with a token that was seen before is the same query", () => {
    const athena = open(async () => answer);
    const id = athena.start({ sql: "SELECT 1", token: "t" });
    expect(athena.start({ sql: "SELECT 1", token: "t" })).toBe(id);
    expect(() => athena.start({ sql: "SELECT 2", token: "t" })).toThrow(/Idempotent/);
    expect(athena.list(undefined)).toEqual([id]);
  });

  test("in a workgroup that is not here is refused", () => {
    expect(() => open(async () => answer).start({ sql: "SELECT 1", workGroup: "x" })).toThrow(
      /WorkGroup x is not found/,
    );
  });
});
