/** What a clock on a site's wall shows. */
export interface LocalTime {
  /** From 0 up to, but not including, 24; half past six is 6.5. */
  readonly hour: number;
  readonly weekend: boolean;
}

/** @param timeZone IANA name */
export function localTime(at: number, timeZone: string): LocalTime {
  const parts = new Map(
    formatter(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const weekday = parts.get("weekday");
  return {
    hour: Number(parts.get("hour")) + Number(parts.get("minute")) / 60,
    weekend: weekday === "Sat" || weekday === "Sun",
  };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Kept, because making one takes a thousand times as long as using it. */
function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  formatters.set(timeZone, made);
  return made;
}
