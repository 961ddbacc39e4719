import { expect, test } from "@jest/globals";
import { breaker, type Faults, faultNames } from "./breaker.ts";
import { random } from "./random.ts";

const letters: Faults = {
  faults: {
    small: { reasons: ["name: in small letters"], line: (row) => row.join(",").toLowerCase() },
    empty: { reasons: ["name: missing"], line: () => "" },
  },
  repeats: { again: (row) => row.join(",") },
};

const broken = (rates: Readonly<Record<string, number>>, rows = 1000) => {
  const breaks = breaker(letters, rates, random(1, 1));
  return Array.from({ length: rows }, (_, at) => breaks([`R${at}`], at + 2)).filter(
    (each) => each !== undefined,
  );
};

test("kinds take turns, each as often as its rate says", () => {
  const found = broken({ small: 0.2, empty: 0.1 });
  const count = (kind: string) => found.filter(({ fault }) => fault === kind).length;
  expect(found.length).toBeGreaterThan(250);
  expect(found.length).toBeLessThan(350);
  expect(Math.abs(count("small") - 2 * count("empty"))).toBeLessThanOrEqual(2);
  expect(found.find(({ fault }) => fault === "small")).toMatchObject({
    reasons: ["name: in small letters"],
    text: expect.stringMatching(/^r\d+$/),
  });
});

test("a repeat tells which line it gives again", () => {
  for (const { line, duplicateOf = 0, text, reasons } of broken({ again: 0.3 })) {
    expect(duplicateOf).toBeLessThan(line);
    expect(text).toBe(`R${duplicateOf - 2}`);
    expect(reasons).toEqual([]);
  }
});

test("rates of kinds that it does not know are another file's; more than all are refused", () => {
  expect(broken({ other: 0.5 })).toEqual([]);
  expect(() => broken({ small: 0.9, again: 0.2 })).toThrow("at most 1");
  expect(() => broken({ small: -0.1 })).toThrow("shares");
  expect(faultNames(letters)).toEqual(["small", "empty", "again"]);
});
