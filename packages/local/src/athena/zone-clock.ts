/** What the clocks of a time zone show at an instant. */

import { AthenaError } from "./errors.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** @returns microseconds of the local time, as if it were UTC */
export function localMicros(micros: bigint, zone: string): bigint {
  if (zone === "UTC") return micros;
  const seconds = floorDivide(micros, 1_000_000n);
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(Number(seconds * 1000n))
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return (
    BigInt(Date.UTC(year, month - 1, day, hour, minute, second)) * 1000n + (micros - seconds * 1_000_000n)
  );
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = formatIn(zone);
  formats.set(zone, made);
  return made;
}

/** @throws AthenaError when there is no such zone */
export function checkZone(zone: string): void {
  formatOf(zone);
}

function formatIn(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", options(zone));
  } catch {
    throw new AthenaError("INVALID_ARGUMENT", `'${zone}' is not a valid time zone`);
  }
}

function options(zone: string): Intl.DateTimeFormatOptions {
  return {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  };
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
