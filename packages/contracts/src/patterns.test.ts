import { expect, it } from "@jest/globals";
import { compareDecimals, compareTimestamps, decimalPattern } from "./patterns.ts";

it.each([
  [10, 3, "1234567.123", true],
  [10, 3, "12345678", false],
  [10, 3, "-0.5", true],
  [10, 3, "0.1234", false],
  [10, 3, "1e3", false],
  [10, 3, ".5", false],
  [3, 0, "12.0", false],
  [2, 2, "0.99", true],
  [2, 2, "1.0", false],
])("a decimal(%d,%d) as text: %s is %s", (precision, scale, text, taken) => {
  expect(decimalPattern({ precision, scale }).test(text)).toBe(taken);
});

it.each([
  ["0.1", "0.10", 0],
  ["9", "10", -1],
  ["-0.5", "-0.25", -1],
  ["12345678901234567890.000000000000000001", "12345678901234567890", 1],
])("decimals compare exactly: %s, %s", (a, b, order) => {
  expect(compareDecimals(a, b)).toBe(order);
  expect(compareDecimals(b, a)).toBe(0 - order);
});

it.each([
  ["2018-09-01T00:00:00Z", "2018-09-01T00:00:00.000000Z", 0],
  ["2018-09-01T00:00:00.000001Z", "2018-09-01T00:00:00Z", 1],
  ["2018-09-01T00:00:00.9Z", "2018-09-01T00:00:01Z", -1],
])("instants compare to the microsecond: %s, %s", (a, b, order) => {
  expect(compareTimestamps(a, b)).toBe(order);
});
