/**
 * Invented readings of the simulated sites, and the files that they arrive in. The same seed and interval always give
 * the same readings, on any machine and in any order, so that history can be made after the fact.
 */

import { type FaultRates, readingsOf, usualFaults } from "./simulate/faults.ts";
import { type RawReading, timestampOf } from "./simulate/raw-reading.ts";
import { simulatedSites } from "./sites.ts";

export interface SimulateOptions {
  /** For each kind of fault the share of a site's readings that are wrong so; `usualFaults` by default, `{}` for none. */
  readonly faults?: FaultRates;
  /** 1 by default. */
  readonly seed?: number;
}

/** Minutes between two files; every simulated site meters intervals of it. */
export const simulatedMinutes = 5;

const interval = simulatedMinutes * 60_000;
const hour = 3600_000;
const day = 24 * hour;

/** All simulated sites' readings of the interval that starts at an instant, or that it lies in. */
export function readingsAt(
  instant: Date,
  { faults = usualFaults, seed = 1 }: SimulateOptions = {},
): readonly RawReading[] {
  const start = Math.floor(instant.getTime() / interval) * interval;
  return simulatedSites.flatMap((site) => readingsOf(site, start, faults, seed));
}

/** The text of a raw file: a JSON array with one reading a line. */
export const rawFile = (readings: readonly RawReading[]): string =>
  `[\n${readings.map((reading) => JSON.stringify(reading)).join(",\n")}\n]\n`;

/** The key of an interval's file: `raw/energy/2026/11/28/20261128T2105Z.json`. */
export function rawKey(instant: Date): string {
  const minute = timestampOf(Math.floor(instant.getTime() / interval) * interval).slice(0, 16);
  return `${folder(instant)}${minute.replaceAll(/[-:]/g, "")}Z.json`;
}

/** `raw/energy/2026/11/28/` */
const folder = (instant: Date) => `raw/energy/${instant.toISOString().slice(0, 10).replaceAll("-", "/")}/`;

export interface RawFile {
  readonly key: string;
  readonly text: string;
}

/**
 * The files of all intervals that start from `from` up to, but not including, `to`: one for each whole day of UTC
 * (`raw/energy/2026/11/28/20261128.json`), for each whole hour that is left (`20261128T21.json`), and for each
 * interval that is left then, under the simulator's own key. History has no readings of the future: files that
 * arrive late can't.
 */
export function* history(from: Date, to: Date, options: SimulateOptions = {}): Iterable<RawFile> {
  const { faults = usualFaults } = options;
  const past = { ...options, faults: { ...faults, future_timestamp: 0 } };
  const end = to.getTime();
  for (let at = Math.ceil(from.getTime() / interval) * interval; at < end; ) {
    const length = [day, hour].find((each) => at % each === 0 && at + each <= end) ?? interval;
    const readings: RawReading[] = [];
    for (let start = at; start < at + length; start += interval)
      readings.push(...readingsAt(new Date(start), past));
    yield { key: keyOf(new Date(at), length), text: rawFile(readings) };
    at += length;
  }
}

function keyOf(start: Date, length: number): string {
  const key = rawKey(start);
  if (length === day) return key.replace(/T\d+Z\.json$/, ".json");
  return length === hour ? key.replace(/\d\dZ\.json$/, ".json") : key;
}
