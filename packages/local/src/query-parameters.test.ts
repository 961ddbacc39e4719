import { expect, test } from "@jest/globals";
import { bindParameters } from "./query-parameters.ts";

test("parameters go where the question marks are, and nowhere else", () => {
  const sql = `SELECT '?' AS "a?", 'it''s ?' -- ?\n, /* ? */ x FROM t WHERE a = ? AND b < ?`;
  expect(bindParameters(sql, ["'Ada''s'", "-7.5"])).toBe(
    `SELECT '?' AS "a?", 'it''s ?' -- ?\n, /* ? */ x FROM t WHERE a = 'Ada''s' AND b < -7.5`,
  );
  expect(bindParameters("SELECT DATE ?", [])).toBe("SELECT DATE ?");
  expect(bindParameters("SELECT ?", ["DATE '2026-11-20'"])).toBe("SELECT DATE '2026-11-20'");
});

test.each([
  ["SELECT ?", ["1", "2"], /expected 1 but found 2/],
  ["SELECT ?, ?", ["1"], /expected 2 but found 1/],
  ["SELECT ?", ["1 OR 1=1"], /not a literal/],
  ["SELECT ?", ["'a' || (SELECT 1) || 'b'"], /not a literal/],
])("%s with %j is refused", (sql, parameters, message) => {
  expect(() => bindParameters(sql, parameters)).toThrow(message);
});
