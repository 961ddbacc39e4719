import { describe, expect, test } from "@jest/globals";
import { deviates } from "./spike.ts";

// their median is 6.5 and the median deviation from it 3, so ±3.5 is reached 15.567 away
const oneToTwelve = [7, 1, 12, 3, 10, 5, 6, 8, 2, 9, 4, 11];

describe("a modified z-score", () => {
  test.each([
    [22.06, false],
    [22.07, true],
    [-9.06, false],
    [-9.07, true],
  ])("beyond 3.5 is an outlier: %d %p", (value, expected) => {
    expect(deviates(value, oneToTwelve, 0)).toBe(expected);
  });

  test("says nothing of a deviation that is too small to matter", () => {
    expect(deviates(30, oneToTwelve, 23.4)).toBe(true);
    expect(deviates(30, oneToTwelve, 23.6)).toBe(false);
  });

  test("needs a dozen values", () => {
    expect(deviates(1000, oneToTwelve.slice(1), 0)).toBe(false);
  });

  test("without any deviation before leaves it to the least deviation", () => {
    const flat = Array.from({ length: 24 }, () => 5);
    expect(deviates(5, flat, 0)).toBe(false);
    expect(deviates(6.9, flat, 2)).toBe(false);
    expect(deviates(7, flat, 2)).toBe(true);
  });

  test("of the next value of a steady ramp is never beyond it", () => {
    const ramp = Array.from({ length: 24 }, (_, index) => index * 100);
    expect(deviates(2400, ramp, 0)).toBe(false);
  });
});
