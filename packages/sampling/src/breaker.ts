/** Which rows of a sample are broken, and how. */

import type { Random } from "./random.ts";
import type { BrokenRow, FaultRates } from "./sample-file.ts";

/** A row's CSV fields. */
export type Fields = readonly string[];

/** One way to break a row, which ends in quarantine. */
export interface Fault {
  /** Every reason against the row. */
  readonly reasons: readonly string[];
  /** The broken line; a lone surrogate U+DC80 to U+DCFF stands for the byte 80 to FF, which is no UTF-8. */
  readonly line: (row: Fields) => string;
}

/** What can go wrong in the files of one dataset. */
export interface Faults {
  /** By name, those that end in quarantine. */
  readonly faults: Readonly<Record<string, Fault>>;
  /** By name, the lines that give an earlier row once more, so that one of the two counts as a duplicate. */
  readonly repeats: Readonly<Record<string, (row: Fields) => string>>;
}

/** A broken row's text in place of the good one. */
export interface Break extends BrokenRow {
  readonly text: string;
}

/** Takes a file's good rows one by one, as CSV fields; answers with the break of those that it breaks. */
export type Breaker = (row: Fields, line: number) => Break | undefined;

interface Earlier {
  readonly row: Fields;
  readonly line: number;
}

/** The names of all faults of a dataset. */
export const faultNames = ({ faults, repeats }: Faults): readonly string[] => [
  ...Object.keys(faults),
  ...Object.keys(repeats),
];

/**
 * Rows are broken at random, at the rates' sum. Kinds take turns, each as often as its rate says, so that
 * those of one rate occur about equally often even among few. Rates of kinds that are not among the faults are
 * another file's.
 *
 * @throws RangeError when a rate is no share, or all of them together are more than 1
 */
export function breaker(known: Faults, rates: FaultRates, from: Random): Breaker {
  const kinds = faultNames(known).filter((kind) => (rates[kind] ?? 0) !== 0);
  const share = (kind: string) => rates[kind] ?? 0;
  const total = kinds.reduce((sum, kind) => sum + share(kind), 0);
  // sums of decimal fractions miss 1 by a hair
  if (!(kinds.every((kind) => share(kind) > 0) && total <= 1 + 1e-9)) {
    throw new RangeError(`fault rates are shares of all rows, together at most 1: found ${total}`);
  }
  if (kinds.length === 0) return () => undefined;
  const due = new Map(kinds.map((kind) => [kind, from.unit() * (share(kind) / total)]));
  let earlier: Earlier | undefined;

  return (row, line) => {
    const kind = from.unit() < total ? nextKind() : undefined;
    const broken = kind === undefined ? undefined : breakRow(known, kind, { row, line }, earlier);
    // now and then, so that a repeat may stand far from what it repeats
    if (broken === undefined && (earlier === undefined || from.unit() < 0.05)) earlier = { row, line };
    return broken;
  };

  function nextKind(): string | undefined {
    let next = kinds[0];
    for (const kind of kinds) {
      due.set(kind, (due.get(kind) ?? 0) + share(kind) / total);
      if (next === undefined || (due.get(kind) ?? 0) > (due.get(next) ?? 0)) next = kind;
    }
    if (next !== undefined) due.set(next, (due.get(next) ?? 0) - 1);
    return next;
  }
}

/** Nothing is broken where an earlier row is asked for and there is none yet. */
function breakRow(
  { faults, repeats }: Faults,
  kind: string,
  { row, line }: Earlier,
  earlier: Earlier | undefined,
): Break | undefined {
  const fault = faults[kind];
  if (fault !== undefined) return { line, fault: kind, reasons: fault.reasons, text: fault.line(row) };
  const repeat = repeats[kind];
  if (repeat === undefined || earlier === undefined) return undefined;
  return { line, fault: kind, reasons: [], duplicateOf: earlier.line, text: repeat(earlier.row) };
}
