import { describe, expect, it } from "@jest/globals";
import { string } from "@penstock/contracts/column.ts";
import { dataset, merge } from "@penstock/contracts/dataset.ts";
import { columnSources } from "./column-sources.ts";

const header = ["CP ID", "Start Date", "Start Time", "Total kWh", "Site"];
const one = dataset("ones", {
  description: "One.",
  columns: { id: string(), value: string().optional(), repaired: string().optional().remark() },
  primaryKey: ["id"],
  write: merge(),
});

const sourcesOf = (sql: string) => columnSources({ file: "ones.sql", sql, header, dataset: one });

describe("columnSources", () => {
  it.each([
    ["a plain column", "SELECT site AS id, `Total kWh` AS value FROM raw", ["Site"], ["Total kWh"]],
    ["a constant", "SELECT Site AS id, cast(NULL AS string) AS value FROM raw", ["Site"], []],
    [
      "an expression, in the header's order",
      "SELECT concat(`Start Time`, `CP ID`) AS id, CASE WHEN Site = 'a' THEN `Total kWh` END AS value FROM raw",
      ["CP ID", "Start Time"],
      ["Total kWh", "Site"],
    ],
    [
      "common table expressions and stars",
      "WITH a AS (SELECT *, try_cast(`Total kWh` AS double) AS kwh FROM raw), b AS (SELECT a.*, kwh * 2 AS two FROM a) " +
        "SELECT trim(Site) AS id, two AS value FROM b",
      ["Site"],
      ["Total kWh"],
    ],
    [
      "a sub-query and a window",
      "SELECT x AS id, n AS value FROM (SELECT `CP ID` AS x, " +
        "row_number() OVER (PARTITION BY Site ORDER BY `Start Date`) AS n FROM raw) q",
      ["CP ID"],
      ["Start Date", "Site"],
    ],
    [
      "a union",
      "SELECT Site AS id, `Start Date` AS value FROM raw UNION ALL SELECT `CP ID`, `Start Time` FROM raw",
      ["CP ID", "Site"],
      ["Start Date", "Start Time"],
    ],
    ["a column that is left out", "SELECT Site AS id FROM raw", ["Site"], []],
    [
      "reasons of its own",
      "SELECT Site AS id, array(if(Site = 'x', 'no', NULL)) AS _problems FROM raw",
      ["Site"],
      [],
    ],
    [
      "a remark, which has none",
      "SELECT Site AS id, if(Site = 'x', 'was y', NULL) AS repaired FROM raw",
      ["Site"],
      [],
    ],
    ["what comes along with a row", "SELECT concat(_file, _line) AS id, _raw AS value FROM raw", [], []],
    [
      "a lateral alias",
      "SELECT trim(Site) AS id, concat(id, `CP ID`) AS value FROM raw",
      ["Site"],
      ["CP ID", "Site"],
    ],
  ])("follows %s", (_, sql, id, value) => {
    const expected = Object.entries({ id, value }).filter(([, names]) => names.length > 0);
    expect(sourcesOf(sql)).toEqual(Object.fromEntries(expected));
  });

  it.each([
    [
      "an unknown column",
      "SELECT Site AS id, Site AS vlaue FROM raw",
      'file ones.sql, dataset "ones": unknown column: found "vlaue"; did you mean "value"?',
    ],
    [
      "a lacking required column",
      "SELECT Site AS value FROM raw",
      'file ones.sql, dataset "ones", column "id": missing in the SELECT',
    ],
    [
      "an expression without a name",
      "SELECT Site AS id, trim(Site) FROM raw",
      'unknown column: found "_col_1"',
    ],
    [
      "two statements",
      "SELECT Site AS id FROM raw; SELECT 1",
      "unreadable SQL: expected one statement, found 2",
    ],
    ["a mistake in the SQL", "SELECT Site AS id, FROM WHERE", "unreadable SQL"],
    [
      "a raw column that isn't there",
      "SELECT Sites AS id, Site AS value FROM raw",
      'unknown raw column: found "sites"; did you mean "Site"?',
    ],
  ])("refuses %s", (_, sql, expected) => {
    expect(() => sourcesOf(sql)).toThrow(expected);
  });
});
