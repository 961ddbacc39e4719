import { describe, expect, test } from "@jest/globals";
import { assess, type Reading, type Reason, reasons, recentReadings } from "../anomalies.ts";
import { readingsAt, simulatedMinutes } from "../simulate.ts";
import { simulatedSites, siteOf } from "../sites.ts";
import { type FaultRates, faultKinds, stuckIntervals, usualFaults } from "./faults.ts";
import type { RawReading } from "./raw-reading.ts";

const from = Date.parse("2026-05-20T00:00:00Z");
const interval = simulatedMinutes * 60_000;

const instantsOf = (days: number) =>
  Array.from({ length: days * 288 }, (_, index) => from + index * interval);

/** What single kinds of faults are tried on. */
const instants = instantsOf(10);
const slots = instants.length * simulatedSites.length;

/** What is said about rates is said of a month. */
const month = instantsOf(30);

/** A reading as it arrived, and what was found in it. */
interface Arrival {
  readonly at: number;
  readonly raw: RawReading;
  readonly found: readonly Reason[];
}

/**
 * Every reading that can be stored, assessed as it arrives, at the end of its interval, beside those that were stored
 * before. One of the future doesn't count among them: its interval's true reading takes its place.
 */
function arrivals(faults: FaultRates, at = instants): Arrival[] {
  const stored = new Map<string, Reading[]>();
  return at.flatMap((at) =>
    readingsAt(new Date(at), { faults }).flatMap((raw) => {
      const reading = storable(raw, at + interval);
      if (reading === undefined) return [];
      const before = stored.get(reading.site_id) ?? [];
      stored.set(reading.site_id, before);
      const recent = before
        .slice(-recentReadings - 1)
        .filter(({ timestamp }) => timestamp < reading.timestamp)
        .slice(-recentReadings);
      if (Date.parse(reading.timestamp) === at) before.push(reading);
      return [{ at, raw, found: assess(reading, recent) }];
    }),
  );
}

function storable(raw: RawReading, received: number): Reading | undefined {
  const { site_id, timestamp, energy_generated_kwh, energy_consumed_kwh } = raw;
  const known = simulatedSites.some((site) => site.site_id === site_id);
  if (!known || timestamp === undefined || typeof energy_generated_kwh === "string") return undefined;
  return {
    site_id,
    timestamp,
    energy_generated_kwh: energy_generated_kwh.toFixed(4),
    energy_consumed_kwh: Number(energy_consumed_kwh).toFixed(4),
    net_energy_kwh: "0.0000",
    received_at: new Date(received).toISOString(),
  };
}

const keyOf = (at: number, siteId: string) => `${siteId} ${at}`;

const healthy = new Map(
  instants.flatMap((at) =>
    readingsAt(new Date(at), { faults: {} }).map((raw) => [keyOf(at, raw.site_id), raw] as const),
  ),
);

/** Whether a reading isn't what its site would have sent. */
const isBroken = ({ at, raw }: Arrival) =>
  JSON.stringify(healthy.get(keyOf(at, raw.site_id))) !== JSON.stringify(raw);

describe("healthy readings", () => {
  test("are hardly ever taken for anomalies: fewer than 0.1 % in 30 days of all sites", () => {
    const all = arrivals({}, month);
    expect(all).toHaveLength(month.length * simulatedSites.length);
    const flagged = all.filter(({ found }) => found.length > 0);
    expect(flagged.length / all.length).toBeLessThan(0.001);
  });
});

describe("a fault in a reading's own values is found by its reason", () => {
  test.each([
    ["negative_generation", 1],
    ["negative_consumption", 1],
    ["above_capacity", 1],
    ["generation_at_night", 1],
    ["future_timestamp", 1],
    ["spike", 0.98],
  ] as const)("%s: at least the share %d of them", (kind, recall) => {
    const all = arrivals({ [kind]: 0.02 });
    const broken = all.filter(isBroken);
    // only at night, and at two of five sites
    const expected = slots * 0.02 * (kind === "generation_at_night" ? 0.15 : 0.9);
    expect(broken.length).toBeGreaterThan(expected);
    const found = broken.filter((arrival) => arrival.found.includes(kind));
    expect(found.length / broken.length).toBeGreaterThanOrEqual(recall);
  });

  test("and its healthy neighbours aren't blamed for it", () => {
    for (const kind of ["negative_consumption", "above_capacity", "spike"] as const) {
      const neighbours = arrivals({ [kind]: 0.02 }).filter((arrival) => !isBroken(arrival));
      const blamed = neighbours.filter(({ found }) => found.length > 0);
      expect(blamed.length / neighbours.length).toBeLessThan(0.001);
    }
  });
});

test("a stuck meter is found in every block of it, and again and again until it moves", () => {
  const stuck = arrivals({ stuck_meter: 0.06 }).filter(isBroken);
  const blocks = Map.groupBy(stuck, ({ at, raw }) =>
    keyOf(Math.floor(at / interval / stuckIntervals), raw.site_id),
  );
  expect(blocks.size).toBeGreaterThan((0.5 * 0.06 * slots) / stuckIntervals);
  for (const block of blocks.values()) {
    const found = block.filter(({ found }) => found.includes("stuck_meter"));
    // a battery's twelfth reading is the first to tell
    expect(found.length).toBeGreaterThanOrEqual(stuckIntervals / 2);
  }
});

test("a missing interval is found in the reading after it", () => {
  const all = arrivals({ missing_interval: 0.02 });
  const arrived = new Set(all.map(({ at, raw }) => keyOf(at, raw.site_id)));
  const missing = [...healthy.keys()].filter((key) => !arrived.has(key));
  expect(missing.length).toBeGreaterThan(slots * 0.015);
  // before its first reading ever, a site lacks nothing
  const begun = new Set<string>();
  const wrong = all.filter(({ at, raw: { site_id }, found }) => {
    const gap = begun.has(site_id) && !arrived.has(keyOf(at - interval, site_id));
    begun.add(site_id);
    return found.includes("missing_interval") !== gap;
  });
  expect(wrong).toEqual([]);
});

describe("a fault that can't be stored", () => {
  const raws = (faults: FaultRates) => instants.flatMap((at) => readingsAt(new Date(at), { faults }));
  const near = (count: number, share: number) => Math.abs(count / (slots * share) - 1) < 0.2;

  test("is text where a number belongs", () => {
    const bad = raws({ unparsable_number: 0.02 }).filter(
      ({ energy_generated_kwh }) => typeof energy_generated_kwh === "string",
    );
    expect(near(bad.length, 0.02)).toBe(true);
    for (const { energy_generated_kwh } of bad) {
      expect(Number.isFinite(Number(energy_generated_kwh))).toBe(false);
    }
  });

  test("is a site that nobody knows", () => {
    const bad = raws({ unknown_site: 0.02 }).filter(
      ({ site_id }) => !simulatedSites.some((site) => site.site_id === site_id),
    );
    expect(near(bad.length, 0.02)).toBe(true);
    for (const { site_id } of bad) expect(() => siteOf(site_id)).toThrow("unknown site");
  });

  test("is a reading without a time", () => {
    const bad = raws({ missing_time: 0.02 }).filter((raw) => !("timestamp" in raw));
    expect(near(bad.length, 0.02)).toBe(true);
  });

  test("is a second reading of one site and time that differs from the first", () => {
    const all = raws({ duplicate_differs: 0.02 });
    const twice = [...Map.groupBy(all, (raw) => `${raw.site_id} ${raw.timestamp}`).values()].filter(
      (group) => group.length > 1,
    );
    expect(near(twice.length, 0.02)).toBe(true);
    for (const [first, second] of twice) expect(second).not.toEqual(first);
  });
});

describe("the usual faults", () => {
  test("are of every kind", () => {
    for (const kind of faultKinds) expect(usualFaults[kind]).toBeGreaterThan(0);
  });

  test("make about one anomaly every half hour, all sites together, and every reason turns up in a month", () => {
    const anomalies = arrivals(usualFaults, month).filter(({ found }) => found.length > 0);
    const perHalfHour = anomalies.length / (month.length / 6);
    expect(perHalfHour).toBeGreaterThan(0.5);
    expect(perHalfHour).toBeLessThan(1.5);
    const found = new Set(anomalies.flatMap((anomaly) => anomaly.found));
    expect(reasons.filter((reason) => !found.has(reason))).toEqual([]);
  });
});
