/** Numbers, times and codes as a reader wants them. */

/** Two digits after the point of what is small, none of what is large. */
export function number(value: number): string {
  const size = Math.abs(value);
  const digits = size < 10 ? 2 : size < 1000 ? 1 : 0;
  const text = value.toLocaleString("en-GB", { maximumFractionDigits: digits });
  return (text === "-0" ? "0" : text).replace("-", "−");
}

export const kwh = (value: number): string => `${number(value)} kWh`;
export const kw = (value: number): string => `${number(value)} kW`;

export function percent(share: number): string {
  const size = Math.abs(share * 100);
  const text = (share * 100).toLocaleString("en-GB", {
    maximumFractionDigits: size < 10 ? 2 : size < 100 ? 1 : 0,
  });
  return `${(text === "-0" ? "0" : text).replace("-", "−")} %`;
}

/** `1,200 readings`, `1 reading`, `1,200`. */
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

const reasons: ReadonlyMap<string, string> = new Map([
  ["negative_generation", "Negative generation"],
  ["negative_consumption", "Negative consumption"],
  ["above_capacity", "Above capacity"],
  ["generation_at_night", "Generation at night"],
  ["stuck_meter", "Meter stuck at one value"],
  ["spike", "Spike"],
  ["missing_interval", "Missing interval"],
  ["future_timestamp", "Timestamp in the future"],
]);

/** A reason's code in words; one that is new here as it stands. */
export const reasonInWords = (code: string): string => reasons.get(code) ?? code;
