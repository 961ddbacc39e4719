/**
 * Invented readings of the simulated sites, and the files that they arrive in. The same seed and interval always give
 * the same readings, on any machine and in any order, so that history can be made after the fact.
 */

import { type FaultRates, readingsOf, usualFaults } from "./simulate/faults.ts";
import { type RawReading, timestampOf } from "./simulate/raw-reading.ts";
import { type Site, sites } from "./sites.ts";

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

const simulated: readonly Site[] = sites.filter(({ source }) => source === "simulated");

/** All simulated sites' readings of the interval that starts at an instant, or that it lies in. */
export function readingsAt(
  instant: Date,
  { faults = usualFaults, seed = 1 }: SimulateOptions = {},
): readonly RawReading[] {
  const start = Math.floor(instant.getTime() / interval) * interval;
  return simulated.flatMap((site) => readingsOf(site, start, faults, seed));
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
 * The files of all intervals that start from `from` up to, but not including, `to`. Up to an hour it is a file an
 * interval, under the simulator's own keys; beyond, a file a day of UTC, `raw/energy/2026/11/28/20261128.json`, because
 * 288 small files a day are slow to load. History has no readings of the future: files that arrive late can't.
 */
export function* history(from: Date, to: Date, options: SimulateOptions = {}): Iterable<RawFile> {
  const { faults = usualFaults } = options;
  const past = { ...options, faults: { ...faults, future_timestamp: 0 } };
  const daily = to.getTime() - from.getTime() > hour;
  let file: { key: string; readings: RawReading[] } | undefined;
  for (const instant of intervals(from, to)) {
    const key = daily ? dayKey(instant) : rawKey(instant);
    if (file !== undefined && file.key !== key) {
      yield { key: file.key, text: rawFile(file.readings) };
      file = undefined;
    }
    file ??= { key, readings: [] };
    file.readings.push(...readingsAt(instant, past));
  }
  if (file !== undefined) yield { key: file.key, text: rawFile(file.readings) };
}

const dayKey = (instant: Date) =>
  `${folder(instant)}${instant.toISOString().slice(0, 10).replaceAll("-", "")}.json`;

function* intervals(from: Date, to: Date): Iterable<Date> {
  const first = Math.ceil(from.getTime() / interval) * interval;
  for (let at = first; at < to.getTime(); at += interval) yield new Date(at);
}
