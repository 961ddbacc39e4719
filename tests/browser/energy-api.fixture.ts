/**
 * An invented API of the energy pipeline, for its charts: fixed readings by formula, served in pages as the real one
 * serves them. It checks no parameters and knows no errors but 404.
 */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface FixtureSite {
  readonly site_id: string;
  readonly name: string;
  readonly kind: string;
  readonly capacity_kw: number;
  readonly interval_minutes: number;
}

interface FixtureRecord {
  readonly site_id: string;
  readonly timestamp: string;
  readonly energy_generated_kwh: number;
  readonly energy_consumed_kwh: number;
  readonly net_energy_kwh: number;
  readonly anomaly: boolean;
  readonly anomaly_reasons: readonly string[];
}

/** Ends its script element, leaves its folder, and opens an image that is not there. */
export const hostile = "../../</script><script>document.title='taken'</script><img src=x onerror=alert(1)>";

interface History {
  readonly site: FixtureSite;
  readonly records: readonly FixtureRecord[];
}

const minute = 60_000;
const day = 24 * 60 * minute;
const last = Date.parse("2026-11-20T23:55:00Z");

/** Shares of capacity, by the hour of the day and the day's number. */
const shapes = {
  pv: (hour: number, date: number) =>
    Math.max(0, Math.sin(((hour - 6) / 12) * Math.PI)) * (0.35 + 0.55 * Math.abs(Math.sin(date * 1.7))),
  wind: (hour: number, date: number) =>
    0.45 + 0.35 * Math.sin((date * 24 + hour) / 17) + 0.1 * Math.sin(hour),
  battery: (hour: number) => (hour >= 17 && hour < 21 ? 0.8 : 0),
  none: () => 0,
};
const needs = {
  pv: () => 0.02,
  wind: () => 0.015,
  battery: (hour: number) => (hour >= 10 && hour < 15 ? 0.72 : 0.01),
  building: (hour: number, date: number) =>
    (hour >= 7 && hour < 19 && date % 7 < 5 ? 0.9 : 0.3) + 0.05 * Math.sin(hour * 3),
  home: (hour: number) => 0.15 + (hour >= 17 && hour < 22 ? 0.5 : 0) + 0.05 * Math.sin(hour * 5),
};

/** The sites of the fixture: large and small, of today and of long ago, one empty, one hostile. */
export function histories(): readonly History[] {
  const of = (
    site_id: string,
    name: string,
    kind: string,
    capacity_kw: number,
    interval_minutes: number,
  ) => ({
    site_id,
    name,
    kind,
    capacity_kw,
    interval_minutes,
    latitude: 48.1,
    longitude: 11.6,
    time_zone: "Europe/Berlin",
  });
  const alpha = of("site-alpha-pv-farm-01", "Alpha PV farm", "pv", 5000, 5);
  return [
    { site: alpha, records: readings(alpha, 30, shapes.pv, needs.pv, last, [11, 12]) },
    of("site-beta-wind-01", "Beta wind park", "wind", 3200, 5),
    of("site-gamma-battery-01", "Gamma battery", "battery", 1000, 5),
    of("site-delta-office-01", "Delta office tower with a PV roof", "building", 180, 5),
  ]
    .map((each) => {
      if ("records" in each) return each;
      if (each.kind === "wind")
        return { site: each, records: readings(each, 30, shapes.wind, needs.wind, last) };
      if (each.kind === "battery")
        return { site: each, records: readings(each, 30, shapes.battery, needs.battery, last) };
      return { site: each, records: readings(each, 30, shapes.pv, needs.building, last) };
    })
    .concat(
      [of("ausgrid-home", "Ausgrid home", "building", 4, 30)].map((site) => ({
        site,
        records: readings(site, 90, shapes.pv, needs.home, Date.parse("2013-06-30T23:30:00Z"), [80]),
      })),
      [of("site-not-yet", "Not yet connected", "wind", 800, 5)].map((site) => ({ site, records: [] })),
      [of(hostile, hostile, "pv", 12, 60)].map((site) => ({
        site,
        records: readings(site, 6, shapes.pv, needs.home, last),
      })),
    );
}

function readings(
  site: FixtureSite,
  days: number,
  generation: (hour: number, date: number) => number,
  consumption: (hour: number, date: number) => number,
  until: number,
  /** Days, counted from the first, of which nothing was heard. */
  silent: readonly number[] = [],
): readonly FixtureRecord[] {
  const step = site.interval_minutes * minute;
  const records: FixtureRecord[] = [];
  const hours = site.interval_minutes / 60;
  for (let at = until - days * day + step, n = 0; at <= until; at += step, n += 1) {
    const date = Math.floor((at - (until - days * day + step)) / day);
    if (silent.includes(date)) continue;
    const hour = (at % day) / (60 * minute);
    const reasons = [
      ...(n % 397 === 211 ? ["spike"] : []),
      ...(n % 997 === 500 ? ["negative_generation"] : []),
      ...(n % 611 === 300 ? ["missing_interval"] : []),
      ...(site.kind === "pv" && n % 733 === 10 ? ["generation_at_night"] : []),
      ...(n % 1999 === 1500 ? ["above_capacity", "spike"] : []),
    ].filter((reason, place, all) => all.indexOf(reason) === place);
    const usual = generation(hour, date) * site.capacity_kw * hours;
    const generated = reasons.includes("negative_generation")
      ? -usual
      : reasons.includes("above_capacity")
        ? 1.6 * site.capacity_kw * hours
        : usual;
    const consumed = consumption(hour, date) * site.capacity_kw * hours;
    records.push({
      site_id: site.site_id,
      timestamp: `${new Date(at).toISOString().slice(0, 19)}Z`,
      energy_generated_kwh: rounded(generated),
      energy_consumed_kwh: rounded(consumed),
      net_energy_kwh: rounded(rounded(generated) - rounded(consumed)),
      anomaly: reasons.length > 0,
      anomaly_reasons: reasons,
    });
  }
  return records;
}

const rounded = (value: number): number => Number(value.toFixed(4));

/** A page is short, so that reading a site takes several. */
const longestPage = 5000;

export async function serveEnergyApi(
  served: readonly History[],
): Promise<{ readonly url: string; readonly asked: readonly string[]; close(): Promise<void> }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const answer = answerOf(served, new URL(request.url ?? "/", "http://fixture"));
    const type = answer === undefined ? "application/problem+json" : "application/json";
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": type });
    response.end(JSON.stringify(answer ?? { title: "Not found", status: 404 }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => closed(server) };
}

function answerOf(served: readonly History[], { pathname, searchParams }: URL): unknown {
  if (pathname === "/sites") return { sites: served.map(({ site }) => site) };
  const id = /^\/records\/([^/]+)$/.exec(pathname)?.[1];
  const history = served.find(({ site }) => id !== undefined && site.site_id === decodeURIComponent(id));
  if (history === undefined) return undefined;
  const start = searchParams.get("start") ?? "";
  const end = searchParams.get("end") ?? "9999";
  // a day as an end includes all of it
  const until = end.length === 10 ? `${end}T23:59:59Z` : end;
  const found = history.records.filter(({ timestamp }) => timestamp >= start && timestamp <= until);
  const ordered = searchParams.get("order") === "desc" ? found.toReversed() : found;
  const from = Number(searchParams.get("cursor") ?? 0);
  const next = from + Math.min(longestPage, Number(searchParams.get("limit") ?? longestPage));
  return {
    site_id: history.site.site_id,
    records: ordered.slice(from, next),
    next_cursor: next < ordered.length ? String(next) : null,
  };
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

if (import.meta.main) console.log((await serveEnergyApi(histories())).url);
