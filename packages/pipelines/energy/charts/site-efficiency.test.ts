import { expect, test } from "@jest/globals";
import { shareRetained, siteEfficiency } from "./site-efficiency.ts";
import type { Reading } from "./site-readings.ts";

const site = { site_id: "a", name: "A", kind: "pv", capacity_kw: 10, interval_minutes: 60 };
const day = 86_400_000;
const reading = (at: number, generated: number, consumed: number): Reading => ({
  at,
  generated,
  consumed,
  net: generated - consumed,
  isAnomaly: false,
  reasons: [],
});

test.each([
  [10, 0, 1],
  [10, 4, 0.6],
  [10, 10, 0],
  [10, 35, -2.5],
  [0, 5, null],
  [-1, 5, null],
])("of %d kWh generated and %d consumed, the share retained is %d", (generated, consumed, share) => {
  expect(shareRetained([reading(0, generated, consumed)])).toBe(share);
});

test("the share of a period is of its sums, not the mean of its days", () => {
  expect(shareRetained([reading(0, 90, 0), reading(day, 10, 10)])).toBe(0.9);
});

test("a site that generated nothing is listed without a share, the lowest last", () => {
  const period = { from: "2026-11-01", to: "2026-11-02" };
  const named = (name: string, ...readings: Reading[]) => ({ site: { ...site, name }, period, readings });
  const { figures } = siteEfficiency(
    [
      named("nothing", reading(0, 0, 1)),
      named("deficit", reading(0, 1, 4), reading(day, 0, 1)),
      named("surplus", reading(0, 4, 1)),
      named("silent"),
    ],
    "",
  );
  expect(figures[0]?.table.rows.map(([name, , , share, days]) => [name, share, days])).toEqual([
    ["surplus", "75.0 %", "1"],
    ["deficit", "−400.0 %", "1"],
    ["nothing", null, "0"],
  ]);
});
