/**
 * What is odd about a reading, seen with those before it. A timestamp is the start of the interval that was metered.
 *
 * `assess` depends on its arguments alone, so that readings may arrive in any order: whoever stores one assesses
 * again those after it.
 */

import { darkThroughout } from "./anomalies/night.ts";
import { deviates } from "./anomalies/spike.ts";
import { type Thresholds, thresholds } from "./anomalies/thresholds.ts";
import { capacityKwh, type Site, siteOf } from "./sites.ts";

/** A reading as it is stored: decimals and instants as text. */
export interface Reading {
  readonly site_id: string;
  /** ISO 8601 UTC of whole seconds. */
  readonly timestamp: string;
  readonly energy_generated_kwh: string;
  readonly energy_consumed_kwh: string;
  readonly net_energy_kwh: string;
  /** ISO 8601 UTC, when its file arrived. */
  readonly received_at: string;
}

/** The codes, in the order in which a reading lists them. */
export const reasons = [
  "negative_generation",
  "negative_consumption",
  "above_capacity",
  "generation_at_night",
  "stuck_meter",
  "spike",
  "missing_interval",
  "future_timestamp",
] as const;

export type Reason = (typeof reasons)[number];

/** How many readings before one `assess` looks at. */
export const recentReadings = 24;

/** A reading's numbers; kWh as floats are near enough to compare: they hold 14 digits exactly. */
interface Metered {
  /** Milliseconds. */
  readonly at: number;
  readonly generated: number;
  readonly consumed: number;
}

interface Facts extends Metered {
  readonly site: Site;
  readonly thresholds: Thresholds;
  /** What the site can generate in an interval, in kWh. */
  readonly capacity: number;
  /** Of an interval, in milliseconds. */
  readonly interval: number;
  /** Oldest first. */
  readonly recent: readonly Metered[];
  /** Milliseconds. */
  readonly received: number;
}

/**
 * The reasons why a reading is an anomaly, none for most.
 *
 * @param recent the site's readings before this one, oldest first, at most `recentReadings`
 * @throws Error for a site that isn't known
 */
export function assess(reading: Reading, recent: readonly Reading[]): readonly Reason[] {
  const site = siteOf(reading.site_id);
  const facts: Facts = {
    ...metered(reading),
    site,
    thresholds: thresholds[site.kind],
    capacity: capacityKwh(site),
    interval: site.interval_minutes * 60_000,
    recent: recent.map(metered),
    received: Date.parse(reading.received_at),
  };
  return reasons.filter((reason) => checks[reason](facts));
}

const metered = (reading: Reading): Metered => ({
  at: Date.parse(reading.timestamp),
  generated: Number(reading.energy_generated_kwh),
  consumed: Number(reading.energy_consumed_kwh),
});

/** More than the nameplate by this share is not a matter of rounding, of a warm transformer or of a meter's class. */
const overload = 0.02;

/** A gap of more intervals than this lacks a reading; clocks that are a little off don't make one. */
const gapIntervals = 1.5;

/** How far a site's clock may be ahead of ours, in milliseconds. */
const clockSkew = 5 * 60_000;

const checks: Readonly<Record<Reason, (facts: Facts) => boolean>> = {
  negative_generation: ({ generated }) => generated < 0,
  negative_consumption: ({ consumed }) => consumed < 0,
  above_capacity: ({ generated, capacity }) => generated > capacity * (1 + overload),
  generation_at_night: ({ site, thresholds: { darkShare }, generated, capacity, at, interval }) =>
    darkShare !== undefined && generated > capacity * darkShare && darkThroughout(site, at, at + interval),
  stuck_meter: (facts) => stuck(facts, "generated") || stuck(facts, "consumed"),
  spike: (facts) => spikes(facts, "generated") || spikes(facts, "consumed"),
  missing_interval: ({ at, interval, recent }) => {
    const previous = recent.at(-1);
    return previous !== undefined && at - previous.at > gapIntervals * interval;
  },
  future_timestamp: ({ at, received }) => at > received + clockSkew,
};

type Quantity = "generated" | "consumed";

/** The same value again and again. Zero is what an idle site reports, and capacity what an inverter clips at. */
function stuck({ recent, thresholds, capacity, ...reading }: Facts, quantity: Quantity): boolean {
  const value = reading[quantity];
  const clipped = quantity === "generated" && value >= capacity * (1 - overload);
  if (value === 0 || clipped || recent.length < thresholds.stuckAfter - 1) return false;
  return recent.slice(1 - thresholds.stuckAfter).every((before) => before[quantity] === value);
}

/** Against the readings of the last `recentReadings` intervals: what lies before a long gap was other weather. */
function spikes(facts: Facts, quantity: Quantity): boolean {
  const { recent, thresholds, capacity, at, interval } = facts;
  const since = at - recentReadings * interval;
  return deviates(
    facts[quantity],
    recent.filter((before) => before.at >= since).map((before) => before[quantity]),
    thresholds.spikeShare[quantity] * capacity,
  );
}
