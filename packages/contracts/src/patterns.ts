/** How values that travel as text are written. */

import type { DecimalColumn } from "./column.ts";

/** `2018-09-01T08:30:00Z`, with up to six digits of a second; always UTC. */
export const timestampPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/;

/** At most `precision - scale` digits before the point and `scale` behind it. */
export function decimalPattern(column: Pick<DecimalColumn, "precision" | "scale">): RegExp {
  const whole = column.precision - column.scale;
  const before = whole === 0 ? "0" : `\\d{1,${whole}}`;
  const behind = column.scale === 0 ? "" : `(\\.\\d{1,${column.scale}})?`;
  return new RegExp(`^-?${before}${behind}$`);
}

/** Compares two decimals written as text, exactly: negative, zero or positive, as sort wants it. */
export function compareDecimals(a: string, b: string): number {
  const digits = Math.max(fraction(a).length, fraction(b).length);
  const difference = scaled(a, digits) - scaled(b, digits);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function scaled(text: string, digits: number): bigint {
  const [whole = "0"] = text.split(".");
  return BigInt(whole + fraction(text).padEnd(digits, "0"));
}

function fraction(text: string): string {
  return text.split(".")[1] ?? "";
}

/** Compares two instants as `timestampPattern` writes them, to the microsecond. */
export function compareTimestamps(a: string, b: string): number {
  const [x, y] = [padded(a), padded(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function padded(text: string): string {
  const [seconds = "", fraction = ""] = text.replace("Z", "").split(".");
  return `${seconds}.${fraction.padEnd(6, "0")}`;
}
