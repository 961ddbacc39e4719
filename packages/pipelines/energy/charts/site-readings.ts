import type { Api } from "@penstock/charts/api.ts";
import { type EnergyRecord, recordsOf, type Site } from "./answers.ts";
import { dateOf, daysUntil, type Period } from "./period.ts";

/** One reading, for drawing: energy in kWh as floats, which are for the eye and not for accounts. */
export interface Reading {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly generated: number;
  readonly consumed: number;
  readonly net: number;
  readonly isAnomaly: boolean;
  readonly reasons: readonly string[];
}

/** What a site has read in its period. */
export interface SiteReadings {
  readonly site: Site;
  /** Null when the site has no reading at all. */
  readonly period: Period | null;
  /** By time, ascending. */
  readonly readings: readonly Reading[];
}

/** The API's longest page. */
const limit = "10000";

/**
 * A site's readings of the days asked for; of its own last days with readings, when none are.
 *
 * @throws ApiFailure
 */
export async function readSite(
  api: Api,
  site: Site,
  asked: { readonly from: string | null; readonly to: string | null; readonly now: Date },
): Promise<SiteReadings> {
  const to = asked.to ?? (await newestDay(api, site, asked.now));
  if (to === null) return { site, period: null, readings: [] };
  const from = asked.from ?? daysUntil(to);
  // what was asked for begins after the site's last day
  if (from > to) return { site, period: null, readings: [] };
  const readings: Reading[] = [];
  for await (const records of recordsOf(api, site.site_id, { start: from, end: to, limit }))
    for (const record of records) readings.push(readingOf(record));
  return { site, period: { from, to }, readings };
}

/** The day of the newest reading; one whose clock runs ahead does not count, or it would hide all the others. */
async function newestDay(api: Api, site: Site, now: Date): Promise<string | null> {
  const end = `${now.toISOString().slice(0, 19)}Z`;
  for await (const [newest] of recordsOf(api, site.site_id, { end, order: "desc", limit: "1" }))
    return newest === undefined ? null : dateOf(Date.parse(newest.timestamp));
  return null;
}

function readingOf(record: EnergyRecord): Reading {
  return {
    at: Date.parse(record.timestamp),
    generated: record.energy_generated_kwh,
    consumed: record.energy_consumed_kwh,
    net: record.net_energy_kwh,
    isAnomaly: record.anomaly,
    reasons: record.anomaly_reasons,
  };
}

export const withReadings = (sites: readonly SiteReadings[]): readonly SiteReadings[] =>
  sites.filter(({ readings }) => readings.length > 0);

/** kWh. */
export function sum(readings: readonly Reading[], of: "generated" | "consumed" | "net"): number {
  return readings.reduce((total, reading) => total + reading[of], 0);
}
