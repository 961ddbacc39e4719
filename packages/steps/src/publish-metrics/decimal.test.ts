import { expect, test } from "@jest/globals";
import { canonicalDecimal } from "./decimal.ts";

test.each([
  ["0", "0"],
  ["-0.00", "0"],
  ["007", "7"],
  ["1.50", "1.5"],
  ["-1.50", "-1.5"],
  [".5", "0.5"],
  ["5.", "5"],
  ["15E-1", "1.5"],
  ["1.0E-5", "0.00001"],
  ["1.2345678E7", "12345678"],
  ["1.5e3", "1500"],
  ["+12e+1", "120"],
  ["0.000", "0"],
  ["10.0010", "10.001"],
  ["12345678901234567890.123456789", "12345678901234567890.123456789"],
])("%s is %s", (text, expected) => {
  expect(canonicalDecimal(text)).toBe(expected);
});

test.each(["NaN", "Infinity", "", ".", "-", "1,5", "e5", "0x10"])("%p is no number", (text) => {
  expect(canonicalDecimal(text)).toBeNull();
});

test("it agrees with floats where those are exact enough", () => {
  for (const value of [0.1, 123.456, 1e21, 5e-7, -2.5e-3, 42, 1 / 3]) {
    expect(Number(canonicalDecimal(String(value)))).toBe(value);
  }
});
