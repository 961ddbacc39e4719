import { expect, test } from "@jest/globals";
import { queryAt, selectAt } from "./versions.ts";

test("a table that had no snapshot yet had no rows", () => {
  expect(selectAt("a", "t", "123")).toBe("SELECT a FROM t FOR VERSION AS OF 123");
  expect(selectAt("a", "t", null)).toBe("SELECT a FROM t WHERE false");
});

test("a query of then is the query of now below the versions of its tables", () => {
  const sql = "-- what\nWITH x AS (SELECT * FROM t) SELECT * FROM x -- the end\n";
  expect(queryAt(sql, { t: "1", s: null })).toBe(`WITH t AS (SELECT * FROM t FOR VERSION AS OF 1),
s AS (SELECT * FROM s WHERE false)
SELECT * FROM (
-- what
WITH x AS (SELECT * FROM t) SELECT * FROM x -- the end
) AS query_then`);
});
