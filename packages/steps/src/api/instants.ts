/** Days and instants as a client writes them, to the whole second that rows have. */

/** The first and the last instant that there is, in milliseconds since 1970. */
export const earliest = Date.parse("0001-01-01T00:00:00Z");
export const latest = Date.parse("9999-12-31T23:59:59Z");

const second = 1000;
const day = 24 * 60 * 60 * second;

const pattern =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?:[Zz]|([+ -])([01]\d|2[0-3]):([0-5]\d)))?$/;

/**
 * Reads `2026-11-28`, `2026-11-28T21:05:00Z` or `2026-11-28T23:05:00+02:00`; seconds may be left out, and a plus that
 * came unescaped, which a URL takes for a space, is one.
 *
 * @param edge a day is its first second as the start of a range and its last as the end; a fraction of a second is
 *   rounded into the range
 * @returns milliseconds since 1970, of a whole second; null when it is none, such as 30 February
 */
export function parseInstant(text: string, edge: "start" | "end"): number | null {
  const [
    matched,
    date = "",
    hours,
    minutes,
    seconds = "00",
    fraction = "0",
    sign,
    offsetHours,
    offsetMinutes,
  ] = pattern.exec(text) ?? [];
  if (matched === undefined || !exists(date)) return null;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (hours === undefined) return within(edge === "start" ? midnight : midnight + day - second);
  const clock = midnight + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * second;
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * 60 * second;
  const whole = clock - (sign === "-" ? -offset : offset);
  return within(edge === "start" && Number(fraction) > 0 ? whole + second : whole);
}

/** `2026-11-28T21:05:00Z`, as rows have it. */
export const instantText = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** Reads what `instantText` wrote; null when it is anything else. */
export function storedInstant(text: string): number | null {
  const read = parseInstant(text, "start");
  return read !== null && instantText(read) === text ? read : null;
}

/** JavaScript takes 30 February for 2 March. */
function exists(date: string): boolean {
  const read = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date);
}

const within = (instant: number): number => Math.min(Math.max(instant, earliest), latest);
