import { describe, expect, test } from "@jest/globals";
import { capacityKwh, type Site, siteOf } from "../sites.ts";
import { type Metered, meteredAt } from "./metered.ts";

const alpha = siteOf("site-alpha-pv-farm-01");
const bravo = siteOf("site-bravo-wind-farm-01");
const charlie = siteOf("site-charlie-battery-01");
const delta = siteOf("site-delta-office-01");
const echo = siteOf("site-echo-pv-farm-01");

const step = 300_000;

/** All intervals of some days. */
function metered(site: Site, from: string, days: number): (Metered & { at: number })[] {
  const start = Date.parse(from);
  return Array.from({ length: days * 288 }, (_, index) => ({
    at: start + index * step,
    ...meteredAt(site, start + index * step, 1),
  }));
}

const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
const generated = (rows: readonly Metered[]) => sum(rows.map((row) => row.energy_generated_kwh));
const consumed = (rows: readonly Metered[]) => sum(rows.map((row) => row.energy_consumed_kwh));

/** The share of what the site could have generated. */
const capacityFactor = (site: Site, rows: readonly Metered[]) =>
  generated(rows) / (rows.length * capacityKwh(site));

describe("a healthy site", () => {
  test.each([alpha, bravo, charlie, delta, echo])("$site_id stays within what it can do", (site) => {
    const odd = metered(site, "2026-05-01T00:00:00Z", 60).filter(
      ({ energy_generated_kwh, energy_consumed_kwh }) =>
        energy_generated_kwh < 0 ||
        energy_generated_kwh > capacityKwh(site) + 0.0005 ||
        energy_consumed_kwh <= 0 ||
        Number(energy_generated_kwh.toFixed(3)) !== energy_generated_kwh,
    );
    expect(odd).toEqual([]);
  });
});

describe("a solar farm", () => {
  test("generates more in summer than in winter, on both halves of the earth", () => {
    const june = "2026-06-01T00:00:00Z";
    const december = "2026-12-01T00:00:00Z";
    expect(generated(metered(alpha, june, 30))).toBeGreaterThan(
      1.5 * generated(metered(alpha, december, 30)),
    );
    expect(generated(metered(echo, december, 30))).toBeGreaterThan(1.2 * generated(metered(echo, june, 30)));
  });

  test("has the yield of its climate over a year, and no two days alike", () => {
    const year = metered(alpha, "2026-01-01T00:00:00Z", 365);
    expect(capacityFactor(alpha, year)).toBeGreaterThan(0.18);
    expect(capacityFactor(alpha, year)).toBeLessThan(0.3);
    const days = Array.from({ length: 365 }, (_, day) => generated(year.slice(day * 288, (day + 1) * 288)));
    const neighbours = days.slice(1).map((day, index) => day / (days[index] ?? 1));
    expect(Math.max(...neighbours)).toBeGreaterThan(1.5);
  });

  test("does nothing at night", () => {
    const night = metered(alpha, "2026-06-15T23:00:00Z", 1).slice(0, 48);
    expect(generated(night)).toBe(0);
  });
});

test("a wind farm has the yield of its coast, with calms and storms that last", () => {
  const year = metered(bravo, "2026-01-01T00:00:00Z", 365);
  expect(capacityFactor(bravo, year)).toBeGreaterThan(0.25);
  expect(capacityFactor(bravo, year)).toBeLessThan(0.5);
  const shares = year.map((row) => row.energy_generated_kwh / capacityKwh(bravo));
  expect(shares.filter((share) => share === 0).length).toBeGreaterThan(100);
  expect(shares.filter((share) => share > 0.9).length).toBeGreaterThan(1000);
  const steps = shares.slice(1).map((share, index) => Math.abs(share - (shares[index] ?? 0)));
  expect(Math.max(...steps)).toBeLessThan(0.2);
});

test("a battery charges at noon of its place and gives most of it back in the evening", () => {
  // California is 7 hours behind in summer
  const days = metered(charlie, "2026-07-01T07:00:00Z", 30);
  const of = (from: number, to: number) =>
    days.filter((_, index) => (index % 288) / 12 >= from && (index % 288) / 12 < to);
  expect(consumed(of(9, 15.5)) / consumed(days)).toBeGreaterThan(0.9);
  expect(generated(of(16, 22)) / generated(days)).toBe(1);
  const efficiency = generated(days) / consumed(of(9, 15.5));
  expect(efficiency).toBeGreaterThan(0.8);
  expect(efficiency).toBeLessThan(0.92);
});

test("an office is busy on weekdays, by day", () => {
  // Monday, midnight of Munich in summer
  const week = metered(delta, "2026-06-14T22:00:00Z", 7);
  const dayOf = (day: number) => consumed(week.slice(day * 288, (day + 1) * 288));
  expect(dayOf(2)).toBeGreaterThan(1.5 * dayOf(5));
  expect(dayOf(2)).toBeGreaterThan(1.5 * dayOf(6));
  const hourOf = (hour: number) => consumed(week.slice(hour * 12, (hour + 1) * 12));
  expect(hourOf(10)).toBeGreaterThan(2.5 * hourOf(3));
  expect(hourOf(10)).toBeGreaterThan(hourOf(12));
});
