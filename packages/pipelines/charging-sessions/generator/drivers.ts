/** The invented people who charge: most come back, to the same place at about the same hour. */

import { cumulated, draw, type Random, random } from "@penstock/sampling/random.ts";
import type { Site } from "./places.ts";

export interface Driver {
  readonly id: string;
  /** The local hour at which they usually plug in, such as 17.5. */
  readonly usualHour: number;
  /** What a session usually adds, in kWh. */
  readonly usualKwh: number;
  /** Their sessions that may still matter to the next: pairs of start and end, ms, in no order. */
  readonly busy: number[];
}

export interface Drivers {
  readonly all: readonly Driver[];
  /** Who comes to a site: mostly those who live nearby, now and then somebody from the same country. */
  at(site: number, from: Random): Driver | undefined;
}

const most = 5000;

/** Five thousand people at most, however many rows; each has a site nearby. */
export function driversOf(seed: number, rows: number, sites: readonly Site[]): Drivers {
  const from = random(seed, 1);
  const count = Math.min(most, Math.max(sites.length * 4, Math.ceil(rows / 20)));
  const all: Driver[] = [];
  const near = sites.map((): { drivers: Driver[]; weights: number[] } => ({ drivers: [], weights: [] }));
  for (let index = 0; index < count; index++) {
    const driver = {
      id: `driver-${String(index + 1).padStart(5, "0")}`,
      usualHour: 7 + from.unit() * 14,
      usualKwh: 8 + from.unit() * 30,
      busy: [],
    };
    all.push(driver);
    near[index % sites.length]?.drivers.push(driver);
    near[index % sites.length]?.weights.push(0.2 + from.unit() ** 3 * 3);
  }
  const totals = near.map(({ weights }) => cumulated(weights));
  const sameCountry = sites.map(({ timeZone }) =>
    sites.flatMap((other, index) => (other.timeZone === timeZone ? [index] : [])),
  );
  return {
    all,
    at: (site, draws) => {
      const country = sameCountry[site] ?? [site];
      const home = draws.unit() < 0.75 ? site : (country[draws.below(country.length)] ?? site);
      const weights = totals[home];
      return weights === undefined ? undefined : near[home]?.drivers[draw(weights, draws)];
    },
  };
}
