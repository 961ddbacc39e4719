import type { SiteReadings } from "./site-readings.ts";

/** UTC dates, both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** What is shown when nobody says how much. */
const usualDays = 30;

/** `2026-11-28` of a time in milliseconds. */
export const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** So many days that end with a date. */
export function daysUntil(to: string, days: number = usualDays): string {
  return dateOf(Date.parse(to) - (days - 1) * 86_400_000);
}

/** Which days were taken, in a sentence. */
export function periodInWords(
  sites: readonly SiteReadings[],
  asked: { readonly from: string | null; readonly to: string | null },
): string {
  const periods = sites.flatMap(({ period }) => (period === null ? [] : [period]));
  const froms = periods.map(({ from }) => from).sort();
  const tos = periods.map(({ to }) => to).sort();
  const [first] = froms;
  const last = tos.at(-1);
  if (first === undefined || last === undefined)
    return asked.from === null && asked.to === null
      ? "No readings so far."
      : `No readings from ${asked.from ?? "the beginning"} to ${asked.to ?? "today"}.`;
  if (first === froms.at(-1) && last === tos[0]) return `${first} to ${last} (UTC).`;
  const each =
    asked.from === null
      ? `Each site's own last ${usualDays} days with readings`
      : "Up to each site's last reading";
  return `${each}, between ${first} and ${last} (UTC).`;
}
