/** What a pipeline's generator.ts makes: files of sample data, and word of every row that it broke. */

/** By kind of fault a share of all rows, 0 to 1. */
export type FaultRates = Readonly<Record<string, number>>;

/** A row that a generator broke, and what a run has to make of it. */
export interface BrokenRow {
  /** Its line in the file; the header is line 1. */
  readonly line: number;
  readonly fault: string;
  /** All that quarantine says against it; nothing against a duplicate. */
  readonly reasons: readonly string[];
  /** Of a duplicate: the earlier line with the same key. */
  readonly duplicateOf?: number;
}

export interface SampleOptions {
  readonly rows: number;
  readonly seed: number;
  /** By kind of fault the share of rows that are broken so. */
  readonly faults: FaultRates;
}

export interface SampleFile {
  /** The dataset that its rows are of. */
  readonly dataset: string;
  /**
   * Its lines, header first; `tell` hears of each broken row, in order. A lone surrogate U+DC80 to U+DCFF is
   * written as the byte 80 to FF: how a line that is no UTF-8 is said in a string, as Python does it too.
   */
  readonly lines: (tell: (broken: BrokenRow) => void) => Iterable<string>;
}

/** What a pipeline's generator.ts exports. */
export interface Generator {
  /** Every way in which it can break a row, by name. */
  readonly knownFaults: readonly string[];
  /** Generated files by name, the main one first. The same options give the same bytes. */
  sampleFiles(options: SampleOptions): Readonly<Record<string, SampleFile>>;
}
