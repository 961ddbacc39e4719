/**
 * Moments in Trino: a date, a timestamp, or a timestamp with time zone, which is an instant and a zone. Fields
 * and days are those of the zone's own clocks, hours and less are counted along the time line.
 */

import { refuse } from "./errors.ts";
import { type Type, timestamptz } from "./type.ts";
import { made, quote, type Value } from "./value.ts";
import { checkZone } from "./zone-clock.ts";

/** What the value's own clocks show, as a TIMESTAMP. */
export function local(value: Value): string {
  if (value.type.kind === "date") return `CAST(${value.sql} AS TIMESTAMP)`;
  if (value.type.kind !== "timestamptz") return value.sql;
  return clockOf(instant(value), zoneOf(value));
}

/** The point on the time line, as a TIMESTAMP WITH TIME ZONE; without a zone the session's is meant, UTC. */
export function instant(value: Value): string {
  if (value.type.kind !== "timestamptz") return toInstant(local(value), "'UTC'");
  if (value.zoned !== undefined) return value.zoned.instant;
  return value.type.zone === null ? `(${value.sql}).t` : value.sql;
}

/** The name of the value's zone. */
export function zoneOf(value: Value): string {
  if (value.type.kind !== "timestamptz") return "'UTC'";
  if (value.type.zone !== null) return quote(value.type.zone);
  return value.zoned?.zone ?? `(${value.sql}).z`;
}

/** The instant at which those clocks show this. */
export function toInstant(moment: string, zone: string): string {
  return zone === "'UTC'" ? `make_timestamptz(epoch_us(${moment}))` : `trino_instant(${moment}, ${zone})`;
}

/** What the clocks of a zone show at that instant. */
export function clockOf(at: string, zone: string): string {
  // For UTC the number is the same, and ICU need not be asked.
  if (zone === "'UTC'") return `make_timestamp(epoch_us(${at}))`;
  // A zone that is a literal is quick as it stands; the macro repeats the instant, which must be a short one.
  return zone.startsWith("'") || at.length > 100 ? `timezone(${zone}, ${at})` : `trino_local(${at}, ${zone})`;
}

/** A timestamp with a zone that may differ from row to row. */
export function zoned(at: string, zone: Value, precision: number, from: readonly Value[]): Value {
  if (zone.constant !== undefined) {
    const name = zoneName(zone.constant);
    return made(timestamptz(precision, name), at, from);
  }
  return carried(at, zone.sql, precision, [...from, zone]);
}

function carried(at: string, zone: string, precision: number, from: readonly Value[]): Value {
  return {
    ...made(timestamptz(precision, null), `trino_zoned(${at}, ${zone})`, from),
    zoned: { instant: at, zone },
  };
}

/** A value of the same type as `like`, at another local time. */
export function atLocal(like: Value, moment: string, from: readonly Value[] = [like]): Value {
  const { type } = like;
  if (type.kind === "date") return made(type, `CAST(${moment} AS DATE)`, from);
  if (type.kind !== "timestamptz") return made(type, moment, from);
  return atInstant(like, toInstant(moment, zoneOf(like)), from);
}

/** A value of the same type and zone as `like`, at another instant. */
export function atInstant(like: Value, at: string, from: readonly Value[] = [like]): Value {
  const { type } = like;
  if (type.kind !== "timestamptz") return made(type, clockOf(at, "'UTC'"), from);
  if (type.zone !== null) return made(type, at, from);
  return carried(at, zoneOf(like), type.precision, from);
}

/** As Trino shows a zone's name; offsets such as `+02:00` are left to Athena. */
export function zoneName(text: string): string {
  if (/^(utc|z|zulu|gmt|ut|[+-]00:00)$/i.test(text)) return "UTC";
  if (/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/.test(text)) {
    checkZone(text);
    return text;
  }
  throw refuse(`Time zone '${text}'`, "zones are known by name only", "a name such as 'Europe/London'");
}

/** Trino's text of a moment, with as many digits of a second as its type says. */
export function momentText(moment: string, precision: number): string {
  const seconds = `strftime(${moment}, '%Y-%m-%d %H:%M:%S')`;
  if (precision === 0) return seconds;
  return `(${seconds} || '.' || left(strftime(${moment}, '%f'), ${precision}))`;
}

export function isMoment(type: Type): boolean {
  return type.kind === "date" || type.kind === "timestamp" || type.kind === "timestamptz";
}
