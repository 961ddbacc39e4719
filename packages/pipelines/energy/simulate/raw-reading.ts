import type { Site } from "../sites.ts";
import { type Metered, meteredAt } from "./metered.ts";

/** A reading as a site sends it: what is missing or no number is its fault. */
export interface RawReading {
  readonly site_id: string;
  /** The start of the interval, ISO 8601 UTC of whole seconds. */
  readonly timestamp?: string;
  readonly energy_generated_kwh: number | string;
  readonly energy_consumed_kwh: number | string;
}

/** What a site sends when nothing is wrong with it. */
export const healthy = (site: Site, start: number, seed: number): RawReading & Metered => ({
  site_id: site.site_id,
  timestamp: timestampOf(start),
  ...meteredAt(site, start, seed),
});

/** `2026-11-28T21:05:00Z` */
export const timestampOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
