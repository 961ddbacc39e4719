/** Which rows of a sample are broken, and how. */

import { type FaultKind, faultKinds, faults, repeats } from "./faults.ts";
import type { Random } from "./random.ts";

/** For each kind of fault the share of rows that have it, 0 to 1; together at most 1. */
export type FaultRates = Readonly<Partial<Record<FaultKind, number>>>;

/** A row that was broken, and what a run has to make of it. */
export interface BrokenRow {
  /** Its line in the file; the header is line 1. */
  readonly line: number;
  readonly fault: FaultKind;
  /** All that quarantine says against it; nothing against a duplicate. */
  readonly reasons: readonly string[];
  /** Of a duplicate: the earlier line with the same key. */
  readonly duplicateOf?: number;
}

/** A broken row's text in place of the good one. */
export interface Break extends BrokenRow {
  readonly text: string;
}

/** Takes a file's good rows one by one, as CSV fields; answers with the break of those that it breaks. */
export type Breaker = (row: readonly string[], line: number) => Break | undefined;

interface Earlier {
  readonly row: readonly string[];
  readonly line: number;
}

/**
 * Rows are broken at random, at the rates' sum. Kinds take turns, each as often as its rate says, so that
 * those of one rate occur about equally often even among few.
 *
 * @throws RangeError when a rate is no share, or all of them together are more than 1
 */
export function breaker(rates: FaultRates, from: Random): Breaker {
  const kinds = faultKinds.filter((kind) => (rates[kind] ?? 0) !== 0);
  const share = (kind: FaultKind) => rates[kind] ?? 0;
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
    const broken = kind === undefined ? undefined : breakRow(kind, row, line, earlier);
    // now and then, so that a repeat may stand far from what it repeats
    if (broken === undefined && (earlier === undefined || from.unit() < 0.05)) earlier = { row, line };
    return broken;
  };

  function nextKind(): FaultKind | undefined {
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
  kind: FaultKind,
  row: readonly string[],
  line: number,
  earlier: Earlier | undefined,
): Break | undefined {
  if (isRepeat(kind)) {
    if (earlier === undefined) return undefined;
    const text = repeats[kind](earlier.row);
    return { line, fault: kind, reasons: [], duplicateOf: earlier.line, text };
  }
  return { line, fault: kind, reasons: faults[kind].reasons, text: faults[kind].line(row) };
}

const isRepeat = (kind: FaultKind): kind is keyof typeof repeats => kind in repeats;
