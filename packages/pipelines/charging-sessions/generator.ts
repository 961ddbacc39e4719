/**
 * Sample data for charging-sessions: an invented world of sites, chargers and drivers, lived through day by day.
 * The same options give the same bytes, on any machine. Without faults every row is one that the contract takes,
 * and no two sessions of a connector overlap.
 */

import { breaker } from "@penstock/sampling/breaker.ts";
import { cumulated, random } from "@penstock/sampling/random.ts";
import type { BrokenRow, FaultRates, SampleFile } from "@penstock/sampling/sample-file.ts";
import { columns, instant } from "./generator/columns.ts";
import { busyness, liveADay, type Session, type World } from "./generator/day.ts";
import { driversOf } from "./generator/drivers.ts";
import { faultKinds, sessionFaults } from "./generator/faults.ts";
import { mostSites, sitesOf } from "./generator/places.ts";

export interface SampleOptions {
  /** How many rows, the header not counted. */
  readonly rows: number;
  readonly seed: number;
  /** First day, `2025-01-01`; by default as early as it takes to keep the connectors as busy as real ones. */
  readonly from?: string;
  /** The day after the last; 1 January 2026 by default. */
  readonly until?: string;
  /** The share of rows that are broken in each way; none by default. */
  readonly faults?: FaultRates;
}

/** Every way in which a row can be broken, by name. */
export const knownFaults: readonly string[] = faultKinds;

const day = 86_400_000;
/** What a connector in public sees, on the whole. */
const sessionsADay = 2.5;

/**
 * The lines of a CSV file of sessions in the project's own format, header first, day by day. In a broken line a
 * lone surrogate may stand for a byte that is no UTF-8; see the faults.
 *
 * @throws RangeError when the period is empty or has no room for so many sessions, or fault rates make no sense
 */
export function* generateSessions(
  options: SampleOptions,
  tell: (broken: BrokenRow) => void = () => {},
): Iterable<string> {
  const { rows, seed, faults = {} } = options;
  const world = worldOf(rows, seed);
  const until = Date.parse(options.until ?? "2026-01-01");
  const days =
    options.from === undefined ? naturalDays(world, rows) : (until - Date.parse(options.from)) / day;
  if (!(days >= 1)) throw new RangeError("the period ends before it has begun");
  const sessions = random(seed, 2);
  const broken = breaker(sessionFaults, faults, random(seed, 3));

  yield columns.join(",");
  let number = 0;
  const midnights = Array.from({ length: days }, (_, index) => until - (days - index) * day);
  for (const [index, count] of spread(
    rows,
    midnights.map((midnight) => busyness(world, midnight)),
  ).entries()) {
    for (const session of liveADay(world, midnights[index] ?? until, count, sessions)) {
      const row = csvRow(session, seed, ++number);
      const found = broken(row, number + 1);
      if (found === undefined) yield row.join(",");
      else {
        const { text, ...what } = found;
        tell(what);
        yield text;
      }
    }
  }
}

/** The lines of the sites.csv that goes with the sessions of a seed, header first. */
export function* generateSites(seed: number): Iterable<string> {
  yield "site_id,site_name,time_zone,connectors,opens_at,closes_at";
  for (const site of sitesOf(seed)) {
    const { id, name, timeZone, connectors, opensAt, closesAt } = site;
    yield [id, quoted(name), timeZone, connectors.length, opensAt ?? "", closesAt ?? ""].join(",");
  }
}

/** Every file of a sample by name, the main one first: what `penstock sample` and `penstock start` write. */
export function sampleFiles(options: SampleOptions): Readonly<Record<string, SampleFile>> {
  return {
    "sample-sessions.csv": {
      dataset: "charging_sessions",
      lines: (tell) => generateSessions(options, tell),
    },
    "sample-sites.csv": { dataset: "sites", lines: () => generateSites(options.seed) },
  };
}

/** More rows need more sites, up to forty: 1,000 rows are a week at eight sites, a million a year at forty. */
function worldOf(rows: number, seed: number): World {
  const sites = sitesOf(seed, Math.min(mostSites, Math.max(3, Math.round(rows ** 0.3))));
  return { sites, drivers: driversOf(seed, rows, sites) };
}

function naturalDays({ sites }: World, rows: number): number {
  const connectors = sites.reduce((sum, site) => sum + site.connectors.length, 0);
  return Math.max(1, Math.ceil(rows / (connectors * sessionsADay)));
}

/** Rows for each day, as its weight says; together exactly as many as asked for. */
function spread(rows: number, weights: readonly number[]): number[] {
  const totals = cumulated(weights);
  const until = (index: number) =>
    Math.floor((rows * (totals[index] ?? 0)) / (totals[totals.length - 1] ?? 1));
  return weights.map((_, index) => until(index) - (index === 0 ? 0 : until(index - 1)));
}

/** The seed is part of the id: sessions of two worlds are not versions of each other. */
function csvRow(session: Session, seed: number, number: number): string[] {
  const { connector } = session;
  const { site } = connector;
  return [
    `${site.operator}-${seed}-${String(number).padStart(8, "0")}`,
    site.operator,
    site.id,
    quoted(site.name),
    connector.chargerId,
    connector.model,
    connector.connectorId,
    connector.type,
    instant(session.start),
    instant(session.end),
    site.timeZone,
    (session.wattHours / 1000).toFixed(3),
    session.driver?.id ?? "",
  ];
}

function quoted(name: string): string {
  return name.includes(",") ? `"${name}"` : name;
}
