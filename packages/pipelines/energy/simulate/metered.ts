import { capacityKwh, type Site, type SiteKind } from "../sites.ts";
import { localTime } from "./local-time.ts";
import { noise } from "./noise.ts";
import { sunlight } from "./sunlight.ts";
import { windPower } from "./wind-power.ts";

/** What a healthy meter reports of an interval, in kWh, to the watt-hour. */
export interface Metered {
  readonly energy_generated_kwh: number;
  readonly energy_consumed_kwh: number;
}

/** What a site metered in the interval that starts at `start` (milliseconds): the same for the same seed and time. */
export function meteredAt(site: Site, start: number, seed: number): Metered {
  const { generated, consumed } = models[site.kind](momentOf(site, start, seed));
  const capacity = capacityKwh(site);
  return {
    energy_generated_kwh: wattHours(generated * capacity),
    energy_consumed_kwh: wattHours(consumed * capacity),
  };
}

export const wattHours = (kwh: number): number => Math.round(kwh * 1000) / 1000;

/** As shares of what the site can generate in an interval. */
interface Shares {
  readonly generated: number;
  readonly consumed: number;
}

interface Moment {
  readonly site: Site;
  readonly seed: number;
  /** The middle of the interval, in milliseconds. */
  readonly middle: number;
  /** Around 1, other from interval to interval: what no model explains. */
  readonly jitter: (quantity: string, deviation: number) => number;
  /** Around 1, slowly other from day to day. */
  readonly mood: number;
}

function momentOf(site: Site, start: number, seed: number): Moment {
  const interval = site.interval_minutes * 60_000;
  return {
    site,
    seed,
    middle: start + interval / 2,
    jitter: (quantity, deviation) =>
      1 + deviation * noise(seed, `${site.site_id} ${quantity}`).normal(Math.floor(start / interval)),
    mood: 0.9 + 0.2 * noise(seed, `${site.site_id} mood`).smooth(start, 24 * 3600_000),
  };
}

const models: Readonly<Record<SiteKind, (moment: Moment) => Shares>> = { pv, wind, battery, building };

/** More panels than the inverters take, as farms are built: they clip on a fine noon. */
function pv({ site, seed, middle, jitter }: Moment): Shares {
  const generated = 1.2 * sunlight(site, middle, seed) * jitter("generated", 0.01);
  return { generated: Math.min(1, generated), consumed: 0.004 * jitter("consumed", 0.05) };
}

function wind({ site, seed, middle, jitter }: Moment): Shares {
  // some turbines are always being looked after
  const generated = 0.96 * windPower(site, middle, seed) * jitter("generated", 0.01);
  return { generated, consumed: 0.006 * jitter("consumed", 0.05) };
}

/** Charges at noon, when power is cheap, and gives 87 % of it back in the evening, when it is dear. */
function battery({ site, middle, jitter, mood }: Moment): Shares {
  const { hour } = localTime(middle, site.time_zone);
  const charging = 0.86 * between(hour, 10, 14.5, 0.25) * mood * jitter("charging", 0.01);
  return {
    generated: 0.84 * between(hour, 17, 21, 0.25) * mood * jitter("generated", 0.01),
    consumed: charging + 0.006 * jitter("consumed", 0.05),
  };
}

/** An office: busy on weekdays from eight to six, with a solar roof that about meets its need at noon. */
function building({ site, seed, middle, jitter, mood }: Moment): Shares {
  const { hour, weekend } = localTime(middle, site.time_zone);
  const busy = between(hour, 7, 18, 1.5) - 0.1 * between(hour, 12, 13, 0.5);
  return {
    generated: Math.min(1, 0.95 * sunlight(site, middle, seed) * jitter("generated", 0.02)),
    consumed: (0.18 + (weekend ? 0.06 : 0.55) * busy * mood) * jitter("consumed", 0.04),
  };
}

/** 1 between two hours of the day, 0 outside, with ramps of so many hours centred on both. */
function between(hour: number, from: number, to: number, ramp: number): number {
  const share = Math.min((hour - from) / ramp, (to - hour) / ramp) + 0.5;
  return Math.min(1, Math.max(0, share));
}
