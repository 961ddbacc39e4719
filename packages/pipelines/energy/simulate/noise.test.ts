import { describe, expect, test } from "@jest/globals";
import { noise } from "./noise.ts";

const count = 20_000;
const from = 5_900_000;

/** How much a series resembles itself some places on: near 0 for independent numbers. */
function resemblance(series: readonly number[], places: number): number {
  const mean = series.reduce((sum, one) => sum + one, 0) / series.length;
  const spread = series.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const shared = series
    .slice(places)
    .reduce((sum, one, index) => sum + (one - mean) * ((series[index] ?? mean) - mean), 0);
  return shared / spread;
}

describe("noise", () => {
  const units = Array.from({ length: count }, (_, index) => noise(1, "a").unit(from + index));

  test("is spread evenly", () => {
    for (const share of [0.001, 0.01, 0.5, 0.99]) {
      const below = units.filter((unit) => unit < share).length;
      // four standard deviations of a binomial count
      const slack = 4 * Math.sqrt(count * share * (1 - share));
      expect(Math.abs(below - count * share)).toBeLessThan(slack);
    }
  });

  test("is independent from index to index", () => {
    for (const places of [1, 2, 3, 5, 8, 12, 24, 288]) {
      expect(Math.abs(resemblance(units, places))).toBeLessThan(0.04);
    }
  });

  test("is other for another seed and another name", () => {
    const first = (seed: number, name: string) => noise(seed, name).unit(from);
    expect(new Set([first(1, "a"), first(2, "a"), first(1, "b"), first(2, "b")]).size).toBe(4);
  });

  test("when smooth, stays within 0 and 1, moves in small steps and gets around", () => {
    const { smooth } = noise(1, "a");
    const values = Array.from({ length: 2000 }, (_, index) => smooth(index, 20));
    const steps = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.08);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.9);
  });
});
