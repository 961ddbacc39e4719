/** What a run is given that is killed: two datasets, and every outcome that a row or a file can have. */

import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Home } from "@penstock/local/home.ts";

export const pipelineName = "charging-sessions";
const prefix = "raw/ev_sessions/";
const sessionHeader =
  "session_id,operator,site_id,site_name,charger_id,charger_model,connector_id,connector_type,started_at,ended_at,time_zone,energy_kwh,user_id";
const siteHeader = "site_id,site_name,time_zone,connectors,opens_at,closes_at";

/** Generation 0 is what the lake has before; each later one meets what the ones before it left. */
export function filesOf(generation: number): Readonly<Record<string, string>> {
  const mine = (name: string): string => `g${String(generation).padStart(4, "0")}-${name}`;
  const file = (...lines: string[]): string => `${lines.join("\n")}\n`;
  if (generation === 0) {
    return {
      [`${prefix}${mine("sessions.csv")}`]: file(
        sessionHeader,
        ...["grows", "stays", "newer"].map((id) => session(id, id === "newer" ? 50 : 5)),
      ),
      [`${prefix}${mine("sites.csv")}`]: file(siteHeader, site("site-1", "First"), site("site-2", "Second")),
    };
  }
  return {
    [`${prefix}${mine("sessions.csv")}`]: file(
      sessionHeader,
      session("grows", 5 + generation / 1000), // updated
      session("stays", 5), // the same row from another file
      session("newer", 20), // superseded
      session(mine("new"), 8),
      session(mine("other"), 9, "site-2"),
      session(mine("twice"), 6),
      session(mine("twice"), 7), // and a duplicate before it
      session(mine("open"), 7).replace(/T11:00:00Z/, ""), // quarantined
      "not,a,row",
      ...["a", "b", "c"].map((id) => session(mine(id), 12)),
    ),
    [`${prefix}${mine("sites.csv")}`]: file(
      siteHeader,
      site("site-1", `First, called ${generation}`),
      site("site-2", "Second"),
      site(mine("site"), "New"),
      ...["a", "b"].map((id) => site(mine(`site-${id}`), "New")),
      site(mine("odd"), "Odd").replace("Europe/London", "Mars/Olympus"),
    ),
    [`${prefix}${mine("odd.csv")}`]: "what,is,this\n1,2,3\n",
  };
}

/**
 * Puts the files of generations 0 to `last` into the lake, dated one minute apart, as if their events had been
 * delivered long ago: the test alone starts executions, so that they reach the same points each time.
 */
export function plantFiles(home: Home, last: number): void {
  for (let generation = 0; generation <= last; generation += 1) {
    const modified = new Date(Date.UTC(2026, 1, 1, 0, generation));
    for (const [key, content] of Object.entries(filesOf(generation))) {
      const path = join(home.lake, key);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      utimesSync(path, modified, modified);
      markDelivered(home, key, content, modified);
    }
  }
}

/** Makes as if the event of a file had been delivered before: no execution is started by it. */
export function markDelivered(home: Home, key: string, content: string | Buffer, modified: Date): void {
  const version = `${Buffer.byteLength(content)} ${modified.getTime()}`;
  appendFileSync(join(home.events, "delivered.ndjson"), `${JSON.stringify({ key, version })}\n`);
}

function session(id: string, kwh: number, siteId = "site-1"): string {
  const times = "2026-01-05T10:00:00Z,2026-01-05T11:00:00Z";
  return `${id},acme,${siteId},"Site, so called",ch-1,,${id},CCS,${times},Europe/London,${kwh.toFixed(3)},user-1`;
}

const site = (id: string, name: string): string => `${id},"${name}",Europe/London,2,08:00,20:00`;
