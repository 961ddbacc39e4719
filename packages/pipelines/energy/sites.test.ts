import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { capacityKwh, simulatedSites, siteOf, sites } from "./sites.ts";

describe("sites", () => {
  test("have ids of their own, which fit into a path and a key", () => {
    expect(new Set(sites.map(({ site_id }) => site_id)).size).toBe(sites.length);
    for (const { site_id } of sites) expect(site_id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test("lie on the earth, in a time zone that exists", () => {
    for (const { latitude, longitude, time_zone } of sites) {
      expect(Math.abs(latitude)).toBeLessThanOrEqual(90);
      expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
      expect(() => new Intl.DateTimeFormat("en", { timeZone: time_zone })).not.toThrow();
    }
  });

  test("lie where their time zone has about their solar time", () => {
    for (const { site_id, longitude, time_zone } of sites) {
      const at = Date.UTC(2026, 0, 15, 12);
      const offset = new Intl.DateTimeFormat("en", { timeZone: time_zone, timeZoneName: "longOffset" })
        .formatToParts(at)
        .find(({ type }) => type === "timeZoneName")?.value;
      const hours = Number(/GMT([+-]\d\d)/.exec(offset ?? "")?.[1] ?? 0);
      expect([site_id, Math.abs(hours - longitude / 15) < 2]).toEqual([site_id, true]);
    }
  });

  test("of every kind are simulated, PV on both halves of the earth, so that somewhere the sun often shines", () => {
    expect(new Set(simulatedSites.map(({ kind }) => kind))).toEqual(
      new Set(["pv", "wind", "battery", "building"]),
    );
    const latitudes = simulatedSites.filter(({ kind }) => kind === "pv").map(({ latitude }) => latitude);
    expect(Math.min(...latitudes)).toBeLessThan(0);
    expect(Math.max(...latitudes)).toBeGreaterThan(0);
  });

  test("can generate their capacity times the interval", () => {
    expect(capacityKwh(siteOf("ausgrid-home"))).toBe(1);
    expect(capacityKwh(siteOf("site-charlie-battery-01"))).toBeCloseTo(833.333, 3);
  });

  test("of CityLearn have the capacity that their profile multiplies by", () => {
    const sql = readFileSync(join(import.meta.dirname, "sources/citylearn/energy_readings.sql"), "utf8");
    const [, odd, its, others] = /if\(building = '(\d)', (\d+), (\d+)\)/.exec(sql) ?? [];
    for (const { site_id, capacity_kw } of sites.filter((site) => site.site_id.startsWith("citylearn-"))) {
      expect([site_id, capacity_kw]).toEqual([site_id, Number(site_id.endsWith(`-${odd}`) ? its : others)]);
    }
  });

  test("that aren't known are refused, with the nearest one named", () => {
    expect(siteOf("ausgrid-home").site_id).toBe("ausgrid-home");
    expect(() => siteOf("ausgrid-hone")).toThrow(
      'unknown site: found "ausgrid-hone"; did you mean "ausgrid-home"?',
    );
  });
});
