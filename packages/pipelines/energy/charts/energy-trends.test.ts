import { describe, expect, test } from "@jest/globals";
import { energyTrends, pointsOf } from "./energy-trends.ts";
import type { Reading } from "./site-readings.ts";

const minute = 60_000;
const site = { site_id: "../a", name: "A", kind: "pv", capacity_kw: 10, interval_minutes: 5 };
const reading = (at: number, generated: number, consumed: number, ...reasons: string[]): Reading => ({
  at: at * minute,
  generated,
  consumed,
  net: generated - consumed,
  isAnomaly: reasons.length > 0,
  reasons,
});

describe("points", () => {
  test("are mean power: kWh in five minutes times twelve", () => {
    const points = pointsOf([reading(0, 0.5, 0.25)], { name: null, milliseconds: 5 * minute }, 5);
    expect(points).toMatchObject([{ at: 0, generated: 6, consumed: 3, readings: 1, anomalies: 0, run: 0 }]);
  });

  test("of an hour are the mean of its readings, however many there are", () => {
    const readings = [reading(0, 0.5, 0), reading(5, 1.5, 0, "spike"), reading(60, 1, 0)];
    const points = pointsOf(readings, { name: "hour", milliseconds: 60 * minute }, 5);
    expect(points).toMatchObject([
      { generated: 12, readings: 2, anomalies: 1, reasons: "Spike" },
      { generated: 12, readings: 1, anomalies: 0, reasons: "" },
    ]);
  });

  test("are not joined over what is missing", () => {
    const readings = [0, 5, 15, 20].map((at) => reading(at, 1, 1));
    const points = pointsOf(readings, { name: null, milliseconds: 5 * minute }, 5);
    expect(points.map(({ run }) => run)).toEqual([0, 0, 1, 1]);
  });
});

describe("the page", () => {
  const period = { from: "2026-11-01", to: "2026-11-30" };

  test("says how many readings became how many points", () => {
    const readings = Array.from({ length: 30 * 288 }, (_, n) => reading(n * 5, 1, 0));
    const { notes, figures } = energyTrends({ site, period, readings });
    expect(notes[0]).toBe(
      "8,640 readings are too many to draw one by one: each of the 720 points is the mean of one hour (UTC), over the readings that there are.",
    );
    expect(figures[0]?.table.rows).toHaveLength(720);
    expect(figures[1]?.table.rows).toHaveLength(30);
  });

  test("of a site without readings has no figure, and a name that stays in its folder", () => {
    const { file, figures } = energyTrends({ site, period: null, readings: [] });
    expect(figures).toEqual([]);
    expect(file).toMatch(/^2_energy_trends_[a-z0-9-]+\.html$/);
  });
});
