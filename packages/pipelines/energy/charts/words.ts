/** Numbers, times and codes as a reader wants them. */

import type { Reason } from "../anomalies.ts";

/** Two digits after the point of what is small, none of what is large. */
export function number(value: number): string {
  const size = Math.abs(value);
  const digits = size < 10 ? 2 : size < 1000 ? 1 : 0;
  return signed(
    value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
}

/** A minus as wide as a digit; zero has none. */
const signed = (text: string): string =>
  /[1-9]/.test(text) ? text.replace("-", "−") : text.replace("-", "");

export const kwh = (value: number): string => `${number(value)} kWh`;
export const kw = (value: number): string => `${number(value)} kW`;

export const percent = (share: number): string => `${number(share * 100)} %`;

/** `1,200 readings`, `1 reading`, `1,200`: what is counted or configured, with the digits that it has. */
export function counted(count: number, what?: string): string {
  const text = count.toLocaleString("en-GB");
  return what === undefined ? text : `${text} ${what}${count === 1 ? "" : "s"}`;
}

/** `2026-11-28 21:05`, UTC. */
export const timeOf = (at: number): string => new Date(at).toISOString().slice(0, 16).replace("T", " ");

/** What others named, short enough for a chart. */
export function shortened(text: string, most = 40): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

const words: Readonly<Record<Reason, string>> = {
  negative_generation: "Negative generation",
  negative_consumption: "Negative consumption",
  above_capacity: "Above capacity",
  generation_at_night: "Generation at night",
  stuck_meter: "Meter stuck at one value",
  spike: "Spike",
  missing_interval: "Missing interval",
  future_timestamp: "Timestamp in the future",
};
const wordsOf: ReadonlyMap<string, string> = new Map(Object.entries(words));

/** A reason's code in words; one that the API knows and this version does not, as it stands. */
export const reasonInWords = (code: string): string => wordsOf.get(code) ?? code;
