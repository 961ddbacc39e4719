/** The invented world that sessions happen in: sites with their chargers and connectors. */

import { type Random, random } from "@penstock/sampling/random.ts";

/** What kind of place a site is, which decides when people come and how long they stay. */
export type Kind = "motorway" | "town" | "office" | "depot";

export interface Connector {
  readonly site: Site;
  readonly chargerId: string;
  readonly model: string;
  readonly connectorId: string;
  readonly type: string;
  readonly kilowatts: number;
  /** Its sessions that may still matter to the next: pairs of start and end, ms, in no order. */
  readonly busy: number[];
}

export interface Site {
  readonly id: string;
  readonly name: string;
  readonly operator: string;
  readonly kind: Kind;
  readonly timeZone: string;
  /** Local time, HH:MM; null when open all day. */
  readonly opensAt: string | null;
  readonly closesAt: string | null;
  /** How many come here, compared with other sites. */
  readonly weight: number;
  readonly connectors: readonly Connector[];
}

export const mostSites = 40;

/** The first sites of a seed: asking for fewer gives the same ones. */
export function sitesOf(seed: number, count: number = mostSites): readonly Site[] {
  return Array.from({ length: count }, (_, index) => buildSite(random(seed, 100 + index), index));
}

const towns = [
  ["Ashford", "Europe/London"],
  ["Utrecht", "Europe/Amsterdam"],
  ["Leeds", "Europe/London"],
  ["Freiburg", "Europe/Berlin"],
  ["Albany", "America/New_York"],
  ["Lyon", "Europe/Paris"],
  ["Stirling", "Europe/London"],
  ["Pune", "Asia/Kolkata"],
  ["Girona", "Europe/Madrid"],
  ["Fresno", "America/Los_Angeles"],
] as const;
const operators = ["brightway", "voltlane", "kerbside"] as const;
const kinds: readonly Kind[] = ["town", "motorway", "office", "town", "depot"];
const placeNames: Readonly<Record<Kind, readonly string[]>> = {
  motorway: ["Services North", "Services South", "Ring Road"],
  town: ["Market Square", "Station Road", "Riverside", "Old Mill"],
  office: ["Science Park", "Business Centre"],
  depot: ["Bus Depot", "Parcel Depot"],
};

function buildSite(from: Random, index: number): Site {
  const kind = kinds[index % kinds.length] ?? "town";
  const [town, timeZone] = towns[(index * 3) % towns.length] ?? towns[0];
  const names = placeNames[kind];
  const name = `${town}, ${names[from.below(names.length)]} ${1 + Math.floor(index / towns.length)}`;
  const connectors: Connector[] = [];
  const [opensAt, closesAt] = kind === "office" ? ["07:00", "20:30"] : [null, null];
  const site: Site = {
    id: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
    name,
    operator: operators[index % operators.length] ?? "brightway",
    kind,
    timeZone,
    opensAt,
    closesAt,
    weight: 0.5 + from.unit(),
    connectors,
  };
  const chargers = 6 + from.below(kind === "motorway" ? 12 : 8);
  for (let charger = 1; charger <= chargers; charger++) connectors.push(...buildCharger(site, charger, from));
  return site;
}

function buildCharger(site: Site, number: number, from: Random): Connector[] {
  const north = site.timeZone.startsWith("America/");
  const rapid = site.kind === "motorway" || (site.kind === "town" && from.unit() < 0.3);
  const [model, plugs]: readonly [string, readonly (readonly [string, number])[]] = rapid
    ? [
        "Rapid 150 Twin",
        [
          [north ? "NACS" : "CCS", 150],
          [from.unit() < 0.5 ? "CHAdeMO" : "CCS", 50],
        ],
      ]
    : site.kind === "depot"
      ? ["Depot 50", [["CCS", 50]]]
      : [
          "Post 22 Dual",
          [
            [north ? "Type 1" : "Type 2", north ? 7.4 : 22],
            [north ? "Type 1" : "Type 2", 7.4],
          ],
        ];
  return plugs.map(([type, kilowatts], index) => ({
    site,
    chargerId: `${site.id}-c${String(number).padStart(2, "0")}`,
    model,
    connectorId: String(index + 1),
    type,
    kilowatts,
    busy: [],
  }));
}
