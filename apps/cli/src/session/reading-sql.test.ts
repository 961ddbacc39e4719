import { expect, test } from "@jest/globals";
import { assertReads } from "./reading-sql.ts";

test.each([
  "SELECT 1",
  " with a AS (SELECT 1) SELECT * FROM a",
  "-- DROP TABLE x\nSELECT 1",
  "/* INSERT\n */ (SELECT 1)",
  "VALUES 1",
  "SHOW TABLES",
  "describe t",
])("%j reads", (sql) => {
  expect(() => assertReads(sql)).not.toThrow();
});

test.each([
  ["DROP TABLE x", "found DROP"],
  ["-- SELECT\ninsert INTO t SELECT 1", "found insert"],
  ["/* SELECT */ DELETE FROM t", "found DELETE"],
  ["EXPLAIN ANALYZE INSERT INTO t SELECT 1", "found EXPLAIN"],
  ["UNLOAD (SELECT 1) TO 's3://b/'", "found UNLOAD"],
  ["-- SELECT", "found nothing"],
  ["", "found nothing"],
])("%j is not sent", (sql, found) => {
  expect(() => assertReads(sql)).toThrow(`only what reads is sent to Athena: ${found}, expected SELECT`);
});
