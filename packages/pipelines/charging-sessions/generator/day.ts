/** One day in the invented world: who comes where, when, for how long. */

import { cumulated, draw, type Random } from "@penstock/sampling/random.ts";
import type { Driver, Drivers } from "./drivers.ts";
import type { Connector, Site } from "./places.ts";
import { dayWeight, hourTotals, zoneOffset } from "./rhythm.ts";

export interface World {
  readonly sites: readonly Site[];
  readonly drivers: Drivers;
}

export interface Session {
  readonly connector: Connector;
  /** ms since 1970, whole seconds. */
  readonly start: number;
  readonly end: number;
  /** Thousandths of a kWh. */
  readonly wattHours: number;
  readonly driver: Driver | undefined;
}

const day = 86_400_000;
const minute = 60_000;

/**
 * Sessions that start on one local day at each site, by start.
 *
 * @throws RangeError when the connectors have no room for so many
 */
export function liveADay(world: World, midnight: number, count: number, from: Random): Session[] {
  const { sites, drivers } = world;
  const offsets = sites.map((site) => zoneOffset(site.timeZone, midnight));
  const totals = cumulated(sites.map((site) => siteWeight(site, midnight)));
  for (const site of sites) for (const { busy } of site.connectors) forgetBefore(busy, midnight - day);
  for (const { busy } of drivers.all) forgetBefore(busy, midnight - day);

  const sessions: Session[] = [];
  let tries = 0;
  while (sessions.length < count) {
    if (++tries > count * 20 + 1000) {
      throw new RangeError(`no room for ${count} sessions a day on these connectors: give a longer period`);
    }
    const index = draw(totals, from);
    const site = sites[index];
    if (site === undefined) continue;
    const driver = from.unit() < 0.85 ? drivers.at(index, from) : undefined;
    const session = arrive(site, driver, midnight - (offsets[index] ?? 0), from);
    if (session !== undefined) sessions.push(session);
  }
  return sessions.sort((a, b) => a.start - b.start);
}

/** How much happens on a day on the whole, compared with other days. */
export function busyness(world: World, midnight: number): number {
  return world.sites.reduce((sum, site) => sum + siteWeight(site, midnight), 0);
}

function siteWeight(site: Site, midnight: number): number {
  return site.weight * site.connectors.length * dayWeight(site.kind, midnight);
}

/** Somebody comes, and drives on when the connector is taken. */
function arrive(site: Site, driver: Driver | undefined, midnight: number, from: Random): Session | undefined {
  const connector = site.connectors[from.below(site.connectors.length)];
  if (connector === undefined) return undefined;
  const hour =
    driver !== undefined && from.unit() < 0.5
      ? Math.min(23.99, Math.max(0, driver.usualHour + from.normal() * 0.75))
      : draw(hourTotals[site.kind], from) + from.unit();
  const start = midnight + Math.floor(hour * 3600) * 1000;

  const kwh = Math.max(0.2, (driver?.usualKwh ?? 15) * (1 + from.normal() * 0.35));
  // batteries take less than the connector could give, and cars stay when they are full
  const charging = (kwh / (connector.kilowatts * (0.55 + from.unit() * 0.35))) * 60 * minute;
  const staying = from.unit() * from.unit() * (connector.kilowatts > 40 ? 8 : 100) * minute;
  const length = Math.min(20 * 60 * minute, charging + staying + minute);
  const end = start + Math.floor(length / 1000) * 1000;

  if (isTaken(connector.busy, start, end)) return undefined;
  if (driver !== undefined && isTaken(driver.busy, start, end)) return undefined;
  connector.busy.push(start, end);
  driver?.busy.push(start, end);
  return { connector, start, end, wattHours: Math.round(kwh * 1000), driver };
}

function isTaken(busy: readonly number[], start: number, end: number): boolean {
  for (let at = 0; at < busy.length; at += 2) {
    if (start < (busy[at + 1] ?? 0) && end > (busy[at] ?? 0)) return true;
  }
  return false;
}

function forgetBefore(busy: number[], time: number): void {
  let kept = 0;
  for (let at = 0; at < busy.length; at += 2) {
    const start = busy[at] ?? 0;
    const end = busy[at + 1] ?? 0;
    if (end < time) continue;
    busy[kept++] = start;
    busy[kept++] = end;
  }
  busy.length = kept;
}
