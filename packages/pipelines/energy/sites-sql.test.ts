import { expect, it } from "@jest/globals";
import { type Site, sites } from "./sites.ts";
import { sitesSql, withSites } from "./sites-sql.ts";

const [first] = sites;
if (first === undefined) throw new Error("no site");

const site = (changes: Partial<Site>): Site => ({ ...first, ...changes });

it("has a SELECT for each site, its texts quoted", () => {
  const some = [
    site({
      site_id: "a",
      name: "O'Hara's \\ farm ${sites}",
      kind: "pv",
      capacity_kw: 0.5,
      time_zone: "UTC",
      interval_minutes: 5,
    }),
    site({
      site_id: "b",
      name: "B",
      kind: "wind",
      capacity_kw: 43_200,
      time_zone: "UTC",
      interval_minutes: 30,
    }),
  ];
  expect(sitesSql(some)).toBe(
    "SELECT 'a' AS site_id, 'O''Hara''s \\ farm ${sites}' AS name, 'pv' AS kind, 0.5e0 AS capacity_kw, " +
      "'UTC' AS time_zone, 5 AS interval_minutes\n" +
      "  UNION ALL SELECT 'b' AS site_id, 'B' AS name, 'wind' AS kind, 43200e0 AS capacity_kw, " +
      "'UTC' AS time_zone, 30 AS interval_minutes",
  );
});

it("stands wherever a query names it, and changes nothing else", () => {
  const queries = {
    metrics: {},
    checks: { one: "SELECT 1 FROM (${sites}) WHERE '${run_id}' = ''" },
    named: { two: { sql: "(${sites}) (${sites})", description: "Two." } },
  };
  const only = site({ name: "$& $1" });
  const sql = sitesSql([only]);
  expect(sql).toContain("'$& $1'");
  expect(withSites(queries, [only])).toEqual({
    metrics: {},
    checks: { one: `SELECT 1 FROM (${sql}) WHERE '\${run_id}' = ''` },
    named: { two: { sql: `(${sql}) (${sql})`, description: "Two." } },
  });
});
