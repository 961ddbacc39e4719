/** What goes wrong in operators' files: a row is broken in one of these ways. */

import type { Random } from "./random.ts";

export type Fault = keyof typeof faults;

export interface Break {
  readonly fault: Fault;
  /** The broken line of the CSV file. */
  readonly line: string;
}

/** Columns of the project's own format that faults touch. */
const started = 8;
const ended = 9;
const energy = 11;

const faults = {
  "still open": (row: string[]) => row.with(ended, "").with(energy, ""),
  "ends before it starts": (row: string[]) =>
    row.with(started, row[ended] ?? "").with(ended, row[started] ?? ""),
  "negative energy": (row: string[]) => row.with(energy, `-${row[energy]}`),
  "longer than 7 days": (row: string[]) => row.with(started, earlier(row[started] ?? "", 8)),
  "no such time": (row: string[]) =>
    row.with(started, (row[started] ?? "").replace(/-\d\d-\d\dT/, "-13-32T")),
  "no charger": (row: string[]) => row.with(4, ""),
} as const satisfies Readonly<Record<string, (row: string[]) => string[]>>;

const kinds = Object.keys(faults) as Fault[];

/** Breaks a row, given as its CSV fields; kinds take turns so that each occurs even among few. */
export function breakRow(row: string[], before: Break | undefined, from: Random): Break {
  const turn = before === undefined ? from.below(kinds.length) : kinds.indexOf(before.fault) + 1;
  const fault = kinds[turn % kinds.length] ?? "still open";
  return { fault, line: faults[fault](row).join(",") };
}

function earlier(time: string, days: number): string {
  return `${new Date(Date.parse(time) - days * 86_400_000).toISOString().slice(0, 19)}Z`;
}
