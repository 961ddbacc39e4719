import type { Site } from "../sites.ts";
import { noise } from "./noise.ts";

const hour = 3600_000;

/** Metres per second at which turbines begin to turn, and at which they give all they have. */
const cutIn = 3;
const rated = 12;

/** A farm's power as a share of its turbines' rating: the cube of the wind between cut-in and rated speed. */
export function windPower(site: Site, at: number, seed: number): number {
  const speed = windSpeed(site, at, seed);
  const share = (speed ** 3 - cutIn ** 3) / (rated ** 3 - cutIn ** 3);
  return Math.min(1, Math.max(0, share));
}

/** Metres per second at the hub: lows and highs pass in days, fronts in hours, gusts in minutes. */
function windSpeed(site: Site, at: number, seed: number): number {
  const of = noise(seed, `${site.site_id} wind`);
  const share =
    0.65 * of.smooth(at, 40 * hour) + 0.25 * of.smooth(at, 7 * hour) + 0.1 * of.smooth(at, 0.75 * hour);
  return 1 + 15 * share;
}
