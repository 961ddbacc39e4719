import { expect, test } from "@jest/globals";
import { processing, readings, series } from "../testing/series-world.ts";
import { conformRecord } from "./conform-record.ts";
import { recordsOf } from "./records.ts";

const facts = { dataset: readings, series, processing };

/** What comes of the only record of a file. */
function conformed(text: string) {
  const [found] = recordsOf(text);
  return conformRecord(found?.record ?? null, "2026-11-28T01:00:00Z", facts);
}

const reading = { site_id: "site-a", timestamp: "2026-11-28T00:00:00Z", made: 1, used: 0 };

test.each([
  ["2026-11-28T01:00:00 +0100", "2026-11-28T00:00:00Z"],
  ["2026-11-28 00:00:00.000Z", "2026-11-28T00:00:00Z"],
  ["1899-12-31T23:55:00Z", "1899-12-31T23:55:00Z"],
  ["2026-11-27T24:00:00Z", null],
  ["2026-11-28T00:00Z", null],
  ["2026-11-28T00:00:00+19:00", null],
  ["2026-11-28T00:00:00.0000001Z", null],
  ["2026-11-28t00:00:00z", null],
  ["9999-12-31T23:59:59-14:00", null],
  ["0000-01-01T00:00:00Z", null],
  ["\t2026-11-28T00:00:00Z", null],
])("a time is one where it is one to Spark: %j", (timestamp, time) => {
  expect(conformed(JSON.stringify({ ...reading, timestamp })).row?.timestamp ?? null).toBe(time);
});

test.each([
  ["0e37", "0"],
  ["0e38", null],
  ["0.00e39", "0"],
  ["0.00e40", null],
  ["-.5e1", "-5"],
  ["5.", "5"],
  ["1e9", "1000000000"],
  ["1e10", null],
  ["1e-400", "0"],
  ["+1", "1"],
  ["0x1", null],
  ["1_000", null],
  ["Infinity", null],
])("a number is one where it is one to Spark: %j", (made, net) => {
  expect(conformed(JSON.stringify({ ...reading, made })).row?.net ?? null).toBe(net);
});

test.each([
  ['"made":1,"made":1', null],
  ['"made":1,"made":1.0', ["made: given twice"]],
  ['"made":1,"made":"1"', ["made: given twice"]],
  ['"made":1,"made":2,"made":1', ["made: given twice"]],
])("a name given twice is refused unless both are alike: %s", (twice, reasons) => {
  const { site_id, timestamp, used } = reading;
  const rest = JSON.stringify({ site_id, timestamp, used }).slice(1);
  expect(conformed(`{${twice},${rest}`).reasons).toEqual(reasons);
});
