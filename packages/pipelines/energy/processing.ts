/** What only energy knows of its readings, for the function that processes them as they arrive. */

import type { ProcessedRow, Processing } from "@penstock/workflows/series.ts";
import Big from "big.js";
import { assess, type Reading, recentReadings } from "./anomalies.ts";
import { sites } from "./sites.ts";

const known: ReadonlySet<string> = new Set(sites.map(({ site_id }) => site_id));

export const processing: Processing = {
  given: ["site_id", "timestamp", "energy_generated_kwh", "energy_consumed_kwh"],
  derive: (row) => ({ ...row, net_energy_kwh: netEnergy(row) }),
  objections: ({ site_id = "" }) => (known.has(site_id) ? [] : ["site is known"]),
  recent: recentReadings,
  assess: (row, recent) => assess(readingOf(row), recent.map(readingOf)),
};

/** Generated less consumed, exact. */
const netEnergy = ({ energy_generated_kwh = "0", energy_consumed_kwh = "0" }: ProcessedRow): string =>
  new Big(energy_generated_kwh).minus(energy_consumed_kwh).toFixed();

/** The columns are all there: `given`, `net_energy_kwh`, and when the file came. */
const readingOf = (row: ProcessedRow): Reading => row as unknown as Reading;
