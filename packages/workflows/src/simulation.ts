/** A source that does not exist: the files that it would put. */

export interface SimulatedFile {
  /** Its key in the lake. */
  readonly key: string;
  readonly text: string;
}

/** `simulate.ts` of a pipeline's folder makes it, and its pipeline.ts exports it as `simulation`. */
export interface Simulation {
  /** How long an interval is. */
  readonly everyMinutes: number;
  /** The file of the interval that starts then, the same each time. */
  file(start: Date): SimulatedFile;
  /** The files of the intervals that start from one instant on, before another; fewer and larger ones when there are many. */
  history(from: Date, to: Date): Iterable<SimulatedFile>;
}
