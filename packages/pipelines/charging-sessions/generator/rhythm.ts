/** When people charge: by hour of the day and day of the week, for each kind of site. */

import { cumulated } from "@penstock/sampling/random.ts";
import type { Kind } from "./places.ts";

/** How many plug in at each local hour, 0 to 23, compared with other hours. */
const hours: Readonly<Record<Kind, readonly number[]>> = {
  motorway: [1, 1, 1, 1, 2, 3, 5, 7, 8, 9, 10, 10, 10, 9, 9, 9, 10, 10, 9, 7, 5, 4, 3, 2],
  town: [1, 1, 0, 0, 0, 1, 2, 5, 7, 9, 10, 10, 9, 8, 8, 8, 9, 11, 12, 9, 6, 4, 3, 2],
  office: [0, 0, 0, 0, 0, 1, 5, 14, 20, 12, 6, 5, 7, 8, 5, 3, 2, 1, 0, 0, 0, 0, 0, 0],
  depot: [8, 6, 4, 3, 2, 1, 1, 1, 1, 2, 2, 3, 4, 3, 2, 2, 3, 5, 8, 12, 14, 14, 12, 10],
};

/** Monday first. */
const weekdays: Readonly<Record<Kind, readonly number[]>> = {
  motorway: [8, 8, 8, 9, 12, 11, 12],
  town: [9, 9, 9, 10, 12, 13, 8],
  office: [11, 12, 12, 12, 10, 2, 1],
  depot: [11, 11, 11, 11, 11, 6, 4],
};

const day = 86_400_000;

export const hourTotals: Readonly<Record<Kind, Float64Array>> = {
  motorway: cumulated(hours.motorway),
  town: cumulated(hours.town),
  office: cumulated(hours.office),
  depot: cumulated(hours.depot),
};

/** How busy a kind of site is on a day, compared with other days; `midnight` in ms. */
export function dayWeight(kind: Kind, midnight: number): number {
  // 1 January 1970 was a Thursday
  return weekdays[kind][(Math.floor(midnight / day) + 3) % 7] ?? 0;
}

/** Ahead of UTC by so many ms, at the noon of a day: exact but for the hours before the clocks change. */
export function zoneOffset(timeZone: string, midnight: number): number {
  const noon = midnight + day / 2;
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone, dateStyle: "short", timeStyle: "medium" });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(noon).map((part) => [part.type, Number(part.value)]));
  const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, date, hour, minute, second) - noon;
}

const formats = new Map<string, Intl.DateTimeFormat>();
