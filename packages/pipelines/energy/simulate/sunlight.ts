import { getPosition } from "suncalc";
import type { Site } from "../sites.ts";
import { noise } from "./noise.ts";

const hour = 3600_000;

/**
 * Sunlight on the ground, as a share of 1000 W/m², at which panels are rated. B. Haurwitz's clear sky, 1098 · sin h ·
 * exp(−0.057 / sin h) W/m² (J. Meteorology 2, 1945), behind clouds that cover the share N of it, which leave 1 − 0.75 ·
 * N^3.4 (F. Kasten and G. Czeplak, Solar Energy 24, 1980).
 */
export function sunlight(site: Site, at: number, seed: number): number {
  const { altitude } = getPosition(new Date(at), site.latitude, site.longitude);
  if (altitude <= 0) return 0;
  const sine = Math.sin((altitude * Math.PI) / 180);
  return 1.098 * sine * Math.exp(-0.057 / sine) * (1 - 0.75 * cloudCover(site, at, seed) ** 3.4);
}

/** From 0 to 1: weather of days, of hours, and single clouds. */
function cloudCover(site: Site, at: number, seed: number): number {
  const of = noise(seed, `${site.site_id} clouds`);
  const cover =
    0.6 * of.smooth(at, 30 * hour) + 0.25 * of.smooth(at, 5 * hour) + 0.15 * of.smooth(at, 0.6 * hour);
  // clear skies and closed ones are more frequent than the middle
  return Math.min(1, Math.max(0, 0.5 + 1.6 * (cover - 0.5)));
}
