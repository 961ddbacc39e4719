/** The sites whose energy is read: the simulator's own, and those that come from files of the past. */

export type SiteKind = "pv" | "wind" | "battery" | "building";

export interface Site {
  readonly site_id: string;
  readonly name: string;
  readonly kind: SiteKind;
  /** kW of generation (a battery: of discharge), for what it can deliver in an interval. */
  readonly capacity_kw: number;
  readonly latitude: number;
  readonly longitude: number;
  /** IANA. */
  readonly time_zone: string;
  /** Minutes between two readings. */
  readonly interval_minutes: number;
  /** Where its readings come from: the project's own simulator, or files of the past. */
  readonly source: "simulated" | "history";
}

const citylearn = (building: number, capacity_kw: number): Site => ({
  site_id: `citylearn-building-${building}`,
  name: `CityLearn building ${building}`,
  kind: "building",
  capacity_kw,
  latitude: 34.09,
  longitude: -117.43,
  time_zone: "America/Los_Angeles",
  interval_minutes: 60,
  source: "history",
});

export const sites: readonly Site[] = [
  {
    site_id: "site-alpha-pv-farm-01",
    name: "Alpha PV farm",
    kind: "pv",
    capacity_kw: 500,
    latitude: 52.23,
    longitude: 21.01,
    time_zone: "Europe/Warsaw",
    interval_minutes: 5,
    source: "simulated",
  },
  {
    site_id: "ausgrid-home",
    name: "Ausgrid home",
    kind: "building",
    capacity_kw: 2,
    latitude: -33.87,
    longitude: 151.21,
    time_zone: "Australia/Sydney",
    interval_minutes: 30,
    source: "history",
  },
  citylearn(1, 4),
  citylearn(2, 4),
  citylearn(3, 4),
  citylearn(4, 5),
  citylearn(5, 4),
];
