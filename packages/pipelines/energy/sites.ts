/**
 * The sites whose readings the pipeline takes. The simulated ones are invented; the history sites are those of two
 * published data sets: a home of Ausgrid's solar home data, and the five buildings of the CityLearn Challenge 2022.
 */

import { message } from "@penstock/contracts/errors.ts";

export type SiteKind = "pv" | "wind" | "battery" | "building";

export interface Site {
  readonly site_id: string;
  readonly name: string;
  readonly kind: SiteKind;
  /** kW of generation (a battery: of discharge; a building: of the PV on it), for what it can deliver in an interval. */
  readonly capacity_kw: number;
  /** Degrees, north positive. */
  readonly latitude: number;
  /** Degrees, east positive. */
  readonly longitude: number;
  /** IANA name. */
  readonly time_zone: string;
  /** Minutes between two readings. */
  readonly interval_minutes: number;
  /** Where its readings come from: the project's own simulator, or files of the past. */
  readonly source: "simulated" | "history";
}

const fontana = {
  kind: "building",
  latitude: 34.0922,
  longitude: -117.435,
  time_zone: "America/Los_Angeles",
  interval_minutes: 60,
  source: "history",
} as const;

export const sites: readonly Site[] = [
  {
    site_id: "site-alpha-pv-farm-01",
    name: "Alpha solar farm, Extremadura",
    kind: "pv",
    capacity_kw: 20_000,
    latitude: 38.9161,
    longitude: -6.3437,
    time_zone: "Europe/Madrid",
    interval_minutes: 5,
    source: "simulated",
  },
  {
    site_id: "site-bravo-wind-farm-01",
    name: "Bravo wind farm, West Jutland",
    kind: "wind",
    capacity_kw: 43_200,
    latitude: 56.0893,
    longitude: 8.2436,
    time_zone: "Europe/Copenhagen",
    interval_minutes: 5,
    source: "simulated",
  },
  {
    site_id: "site-charlie-battery-01",
    name: "Charlie battery, Monterey County",
    kind: "battery",
    capacity_kw: 10_000,
    latitude: 36.6777,
    longitude: -121.6555,
    time_zone: "America/Los_Angeles",
    interval_minutes: 5,
    source: "simulated",
  },
  {
    site_id: "site-delta-office-01",
    name: "Delta office with a solar roof, Munich",
    kind: "building",
    capacity_kw: 250,
    latitude: 48.1374,
    longitude: 11.5755,
    time_zone: "Europe/Berlin",
    interval_minutes: 5,
    source: "simulated",
  },
  {
    site_id: "site-echo-pv-farm-01",
    name: "Echo solar farm, Western Downs",
    kind: "pv",
    capacity_kw: 50_000,
    latitude: -26.9267,
    longitude: 150.55,
    time_zone: "Australia/Brisbane",
    interval_minutes: 5,
    source: "simulated",
  },
  {
    site_id: "ausgrid-home",
    name: "Ausgrid solar home, New South Wales",
    kind: "building",
    // its file doesn't tell; the highest half-hour of its year is 0.9 kWh
    capacity_kw: 2,
    latitude: -33.8688,
    longitude: 151.2093,
    time_zone: "Australia/Sydney",
    interval_minutes: 30,
    source: "history",
  },
  // capacities are `pv.nominal_power` of the challenge's schema.json
  { ...fontana, site_id: "citylearn-building-1", name: "CityLearn building 1", capacity_kw: 4 },
  { ...fontana, site_id: "citylearn-building-2", name: "CityLearn building 2", capacity_kw: 4 },
  { ...fontana, site_id: "citylearn-building-3", name: "CityLearn building 3", capacity_kw: 4 },
  { ...fontana, site_id: "citylearn-building-4", name: "CityLearn building 4", capacity_kw: 5 },
  { ...fontana, site_id: "citylearn-building-5", name: "CityLearn building 5", capacity_kw: 4 },
];

/** Those that the simulator makes readings of. */
export const simulatedSites: readonly Site[] = sites.filter(({ source }) => source === "simulated");

const byId: ReadonlyMap<string, Site> = new Map(sites.map((site) => [site.site_id, site]));

/** @throws Error that names the nearest known site, for an id that isn't one: readings are checked before. */
export function siteOf(siteId: string): Site {
  const site = byId.get(siteId);
  if (site === undefined) {
    throw new Error(
      message({
        column: "site_id",
        problem: "unknown site",
        found: siteId,
        known: [...byId.keys()],
      }),
    );
  }
  return site;
}

/** What a site can generate in one of its intervals, in kWh. */
export const capacityKwh = (site: Site): number => (site.capacity_kw * site.interval_minutes) / 60;
