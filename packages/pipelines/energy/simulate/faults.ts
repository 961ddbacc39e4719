import { getPosition } from "suncalc";
import { capacityKwh, type Site, type SiteKind } from "../sites.ts";
import { meteredAt, wattHours } from "./metered.ts";
import { noise } from "./noise.ts";
import { healthy, type RawReading, timestampOf } from "./raw-reading.ts";

/** Every way in which a simulated reading can be wrong, by name. */
export const faultKinds = [
  "negative_generation",
  "negative_consumption",
  "above_capacity",
  "generation_at_night",
  "stuck_meter",
  "spike",
  "missing_interval",
  "unparsable_number",
  "unknown_site",
  "missing_time",
  "duplicate_differs",
  // the last, so that leaving it out, as history does, leaves all the others where they were
  "future_timestamp",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** For each kind the share of a site's readings that are wrong so; a kind that isn't named doesn't happen. */
export type FaultRates = Readonly<Partial<Record<FaultKind, number>>>;

/** About one anomaly every half hour, all sites together. */
export const usualFaults: FaultRates = {
  negative_generation: 0.004,
  negative_consumption: 0.004,
  above_capacity: 0.004,
  generation_at_night: 0.01,
  stuck_meter: 0.004,
  spike: 0.005,
  missing_interval: 0.004,
  unparsable_number: 0.001,
  unknown_site: 0.001,
  missing_time: 0.001,
  duplicate_differs: 0.001,
  future_timestamp: 0.001,
};

/** Meters are stuck for so many intervals: two hours of five minutes. */
export const stuckIntervals = 24;

/** What arrives of the interval that starts at `start` (milliseconds): mostly one reading, as healthy as the rates say. */
export function readingsOf(
  site: Site,
  start: number,
  rates: FaultRates,
  seed: number,
): readonly RawReading[] {
  const interval = site.interval_minutes * 60_000;
  const slot = Math.floor(start / interval);
  const block = Math.floor(slot / stuckIntervals);
  if (noise(seed, `${site.site_id} stuck`).unit(block) < (rates.stuck_meter ?? 0)) {
    return [{ ...healthy(site, start, seed), ...meteredAt(site, block * stuckIntervals * interval, seed) }];
  }
  const kind = drawn(rates, noise(seed, `${site.site_id} fault`).unit(slot));
  const size = noise(seed, `${site.site_id} size`).unit(slot);
  const reading = healthy(site, start, seed);
  return kind === undefined ? [reading] : broken[kind]({ site, start, interval, size, reading });
}

/** The kind on whose stretch of 0 to 1 a number falls, each as long as its rate. */
function drawn(rates: FaultRates, at: number): Exclude<FaultKind, "stuck_meter"> | undefined {
  let end = 0;
  for (const kind of faultKinds) {
    if (kind === "stuck_meter") continue;
    end += rates[kind] ?? 0;
    if (at < end) return kind;
  }
  return undefined;
}

interface Case {
  readonly site: Site;
  readonly start: number;
  readonly interval: number;
  /** From 0 to 1: how bad it is. */
  readonly size: number;
  readonly reading: RawReading & { readonly energy_consumed_kwh: number };
}

/** Far beyond what a kind of site ever consumes, as shares of what it can generate. */
const spikeShare: Readonly<Record<SiteKind, number>> = { pv: 0.1, wind: 0.1, battery: 1.5, building: 2 };

const unparsable = ["n/a", "NaN", "1e400", "12,5", "--"];

const share = (site: Site, of: number) => wattHours(capacityKwh(site) * of);

const broken: Readonly<Record<Exclude<FaultKind, "stuck_meter">, (of: Case) => readonly RawReading[]>> = {
  negative_generation: ({ site, size, reading }) => [
    { ...reading, energy_generated_kwh: -share(site, 0.01 + 0.2 * size) },
  ],
  negative_consumption: ({ site, size, reading }) => [
    { ...reading, energy_consumed_kwh: -share(site, 0.002 + 0.02 * size) },
  ],
  above_capacity: ({ site, size, reading }) => [
    { ...reading, energy_generated_kwh: share(site, 1.05 + 0.5 * size) },
  ],
  generation_at_night: ({ site, start, size, reading }) => {
    const { altitude } = getPosition(new Date(start), site.latitude, site.longitude);
    if (site.kind !== "pv" || altitude > -6) return [reading];
    return [{ ...reading, energy_generated_kwh: share(site, 0.02 + 0.2 * size) }];
  },
  spike: ({ site, size, reading }) => [
    {
      ...reading,
      energy_consumed_kwh: wattHours(
        reading.energy_consumed_kwh + share(site, spikeShare[site.kind] * (1 + size)),
      ),
    },
  ],
  missing_interval: () => [],
  // of this day's later intervals, so that the true reading takes its place in time
  future_timestamp: ({ start, interval, size, reading }) => [
    { ...reading, timestamp: timestampOf(start + Math.ceil(12 + 200 * size) * interval) },
  ],
  unparsable_number: ({ size, reading }) => [
    {
      ...reading,
      energy_generated_kwh: unparsable[Math.floor(size * unparsable.length)] ?? "n/a",
    },
  ],
  unknown_site: ({ site, reading }) => [{ ...reading, site_id: `${site.site_id}-test` }],
  missing_time: ({ reading: { timestamp: _, ...timeless } }) => [timeless],
  duplicate_differs: ({ reading, size }) => [
    reading,
    {
      ...reading,
      energy_consumed_kwh: wattHours(reading.energy_consumed_kwh * (1.05 + size) + 0.001),
    },
  ],
};
