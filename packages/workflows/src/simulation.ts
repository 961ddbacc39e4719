/** A source that does not exist: the file that it would put for an interval. */

export interface Simulation {
  /** How long an interval is. */
  readonly everyMinutes: number;
  /** The file of the interval that starts then, the same each time: its key in the lake and its content. */
  file(start: Date): { readonly key: string; readonly text: string };
}
