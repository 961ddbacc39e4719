import { describe, expect, test } from "@jest/globals";
import { thresholds } from "./anomalies/thresholds.ts";
import { assess, type Reading, reasons, recentReadings } from "./anomalies.ts";
import { capacityKwh, siteOf } from "./sites.ts";

const pv = "site-alpha-pv-farm-01";
const wind = "site-bravo-wind-farm-01";
const battery = "site-charlie-battery-01";
const office = "site-delta-office-01";

const noon = Date.parse("2026-06-15T12:00:00Z");
const iso = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");

interface Given {
  readonly site?: string;
  readonly at?: number;
  readonly generated?: number | string;
  readonly consumed?: number | string;
  readonly received?: number;
}

/** A healthy reading of a wind farm, but for what a test gives. */
function reading({ site = wind, at = noon, generated = 1800, consumed = 20, received }: Given = {}): Reading {
  return {
    site_id: site,
    timestamp: iso(at),
    energy_generated_kwh: String(generated),
    energy_consumed_kwh: String(consumed),
    net_energy_kwh: "0.0000",
    received_at: new Date(received ?? at + 300_000).toISOString(),
  };
}

/** As many readings before noon as recent ones are looked at, oldest first, each a little other than the last. */
function before(given: Given = {}, count = recentReadings): Reading[] {
  const interval = siteOf(given.site ?? wind).interval_minutes * 60_000;
  return Array.from({ length: count }, (_, index) =>
    reading({
      ...given,
      at: (given.at ?? noon) - (count - index) * interval,
      generated: Number(given.generated ?? 1800) + (index % 5),
      consumed: Number(given.consumed ?? 20) + (index % 7) / 10,
    }),
  );
}

describe("a healthy reading", () => {
  test("is no anomaly", () => {
    expect(assess(reading({ generated: 1802.5, consumed: 20.25 }), before())).toEqual([]);
  });

  test("is none either as the first of its site", () => {
    expect(assess(reading(), [])).toEqual([]);
  });
});

describe("negative_generation and negative_consumption", () => {
  test.each([
    ["-0.0001", "1.0000", ["negative_generation"]],
    ["1.0000", "-0.0001", ["negative_consumption"]],
    ["-1", "-1", ["negative_generation", "negative_consumption"]],
    ["-0.0000", "0", []],
  ])("%s generated, %s consumed: %j", (generated, consumed, expected) => {
    expect(assess(reading({ generated, consumed }), [])).toEqual(expected);
  });
});

describe("above_capacity", () => {
  test.each([
    // 43,200 kW in five minutes are 3,600 kWh, and 2 % on top
    [wind, 3672, []],
    [wind, 3672.0001, ["above_capacity"]],
    // 2 kW in half an hour are 1 kWh
    ["ausgrid-home", 1.02, []],
    ["ausgrid-home", 1.0201, ["above_capacity"]],
    // 5 kW in an hour
    ["citylearn-building-4", 5.1, []],
    ["citylearn-building-4", 5.1001, ["above_capacity"]],
  ])("%s, %d kWh: %j", (site, generated, expected) => {
    expect(assess(reading({ site, generated }), [])).toEqual(expected);
  });

  test("is about generation: what is consumed has no nameplate", () => {
    expect(assess(reading({ site: office, generated: 0, consumed: 50 }), [])).toEqual([]);
  });
});

describe("generation_at_night", () => {
  const midnight = Date.parse("2026-06-15T00:00:00Z");

  test("is what a PV farm meters in the dark", () => {
    expect(assess(reading({ site: pv, at: midnight, generated: 40 }), [])).toEqual(["generation_at_night"]);
    expect(assess(reading({ site: pv, at: noon, generated: 40 }), [])).toEqual([]);
  });

  test("is more than a meter's noise, 0.5 % of capacity", () => {
    const limit = capacityKwh(siteOf(pv)) * 0.005;
    expect(assess(reading({ site: pv, at: midnight, generated: limit }), [])).toEqual([]);
    expect(assess(reading({ site: pv, at: midnight, generated: limit + 0.001 }), [])).toEqual([
      "generation_at_night",
    ]);
  });

  test("is at noon of Greenwich where it is night then", () => {
    const echo = { site: "site-echo-pv-farm-01", generated: 100 };
    expect(assess(reading({ ...echo, at: noon }), [])).toEqual(["generation_at_night"]);
    expect(assess(reading({ ...echo, at: midnight }), [])).toEqual([]);
  });

  test.each([wind, battery, office])("is nothing odd at %s", (site) => {
    expect(assess(reading({ site, at: midnight, generated: 15 }), [])).toEqual([]);
  });
});

describe("stuck_meter", () => {
  const same = (site: string, count: number, given: Given) =>
    Array.from({ length: count }, (_, index) =>
      reading({ site, ...given, at: noon - (count - index) * 300_000 }),
    );

  test.each([
    [pv, thresholds.pv.stuckAfter],
    [wind, thresholds.wind.stuckAfter],
    [battery, thresholds.battery.stuckAfter],
    [office, thresholds.building.stuckAfter],
  ])("%s: one value %d times on end", (site, times) => {
    const given = { generated: 7.25, consumed: 3.5 };
    const now = reading({ site, ...given });
    expect(assess(now, same(site, times - 2, given))).toEqual([]);
    expect(assess(now, same(site, times - 1, given))).toEqual(["stuck_meter"]);
  });

  test("is found in either quantity, and by number, not by text", () => {
    const still = same(wind, 5, { generated: "7.2500", consumed: "3.5" });
    expect(assess(reading({ generated: 7.25, consumed: 9 }), still)).toEqual(["stuck_meter"]);
    expect(assess(reading({ generated: 9, consumed: "3.5000" }), still)).toEqual(["stuck_meter"]);
    expect(assess(reading({ generated: 9, consumed: 9 }), still)).toEqual([]);
  });

  test("isn't a site that does nothing", () => {
    const idle = { generated: "0.0000", consumed: "0" };
    expect(assess(reading(idle), same(wind, 24, idle))).toEqual([]);
  });

  test("isn't an inverter that clips at capacity", () => {
    const clipped = { generated: 1666.667 };
    const noons = same(pv, 24, clipped).map((one, index) => ({
      ...one,
      energy_consumed_kwh: String(6 + index / 10),
    }));
    expect(assess(reading({ site: pv, ...clipped, consumed: 6.05 }), noons)).toEqual([]);
  });

  test("is over with the first other value, whatever was before it", () => {
    const [first, ...rest] = same(wind, 6, { generated: 7, consumed: 3 });
    const changed = [...rest, reading({ at: noon - 60_000, generated: 8, consumed: 4 })];
    expect(first).toBeDefined();
    expect(assess(reading({ generated: 7, consumed: 3 }), changed)).toEqual([]);
  });
});

describe("spike", () => {
  test("is a value far from the recent median", () => {
    expect(assess(reading({ consumed: 250 }), before())).toEqual(["spike"]);
    expect(assess(reading({ generated: 3500, consumed: 20 }), before({ generated: 200 }))).toEqual(["spike"]);
  });

  test("is a sudden nothing too", () => {
    expect(assess(reading({ generated: 0 }), before({ generated: 3300 }))).toEqual(["spike"]);
  });

  test("needs a share of capacity: what is large for an office is nothing to a wind farm", () => {
    expect(assess(reading({ consumed: 60 }), before())).toEqual([]);
    expect(
      assess(reading({ site: office, generated: 10, consumed: 60 }), before({ site: office, generated: 10 })),
    ).toEqual(["spike"]);
  });

  test("isn't a battery that goes from idle to full power", () => {
    const idle = before({ site: battery, generated: 0, consumed: 5 });
    expect(assess(reading({ site: battery, generated: 833, consumed: 5.5 }), idle)).toEqual([]);
    expect(assess(reading({ site: battery, generated: 0, consumed: 833 }), idle)).toEqual([]);
  });

  test("isn't told by readings of before a long gap, nor by a few", () => {
    const now = reading({ consumed: 250 });
    const yesterday = before({ at: noon - 24 * 3600_000 });
    expect(assess(now, yesterday)).toEqual(["missing_interval"]);
    expect(assess(now, before({}, 11))).toEqual([]);
    expect(assess(now, before({}, 12))).toEqual(["spike"]);
  });
});

describe("missing_interval", () => {
  test.each([
    [wind, 7.5, []],
    [wind, 8, ["missing_interval"]],
    [wind, 60 * 24 * 30, ["missing_interval"]],
    ["ausgrid-home", 30, []],
    ["ausgrid-home", 60, ["missing_interval"]],
    ["citylearn-building-1", 60, []],
    ["citylearn-building-1", 120, ["missing_interval"]],
  ])("%s, %d minutes after the last: %j", (site, minutes, expected) => {
    const given = { site, generated: 0.5, consumed: 1 };
    const last = reading({ ...given, at: noon - minutes * 60_000 });
    expect(assess(reading(given), [last])).toEqual(expected);
  });
});

describe("future_timestamp", () => {
  test.each([
    [-300, []],
    [300, []],
    [301, ["future_timestamp"]],
    [365 * 86_400, ["future_timestamp"]],
  ])("%d seconds ahead of its arrival: %j", (ahead, expected) => {
    expect(assess(reading({ received: noon - ahead * 1000 }), [])).toEqual(expected);
  });
});

describe("reasons", () => {
  test("come in their own order, several at once", () => {
    const bad = reading({ generated: 5000, consumed: -400, received: noon - 3600_000 });
    const found = assess(bad, before({ at: noon - 600_000 }));
    expect(found).toEqual([
      "negative_consumption",
      "above_capacity",
      "spike",
      "missing_interval",
      "future_timestamp",
    ]);
    expect(reasons.filter((reason) => found.includes(reason))).toEqual(found);
  });

  test("change nothing of what they were found in", () => {
    const recent = Object.freeze(before().map((one) => Object.freeze(one)));
    const now = Object.freeze(reading({ consumed: 250 }));
    expect(assess(now, recent)).toEqual(assess(now, recent));
  });

  test("of an unknown site are not to be had", () => {
    expect(() => assess(reading({ site: "site-alpha-pv-farm-1" }), [])).toThrow(
      'unknown site: found "site-alpha-pv-farm-1"; did you mean "site-alpha-pv-farm-01"?',
    );
  });
});
