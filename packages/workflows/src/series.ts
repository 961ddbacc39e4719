/** A series: the rows of one dataset as they are served one by one, by key and time. */

/** Two DynamoDB tables: the rows, with an index of the anomalies among them, and figures per key and period. */
export interface Series {
  /** The dataset whose rows it serves: `energy_readings`. Its primary key is `key` and `time`. */
  readonly dataset: string;
  /** The partition key: `site_id`. */
  readonly key: string;
  /** The sort key, an instant of a whole second as ISO 8601 in UTC: `timestamp`. */
  readonly time: string;
  /** The decimal columns, which figures are the sums of. */
  readonly sums: readonly string[];
}

/** A row of a series while it is processed: its columns, each as text, and when its file was put (`received_at`). */
export type ProcessedRow = Readonly<Record<string, string>>;

/** What a pipeline alone knows of its rows; its pipeline.ts exports it as `processing`. Pure functions. */
export interface Processing {
  /** The fields that a record must have, by what its raw file calls them: the columns that are not derived. */
  readonly given: readonly string[];
  /** Completes a row with the columns that follow from the others. */
  derive(row: ProcessedRow): ProcessedRow;
  /** What is against a row that is one by its columns, in the words of the contract's rules. */
  objections(row: ProcessedRow): readonly string[];
  /** How many rows before it an assessment looks at. */
  readonly recent: number;
  /** Why a row is an anomaly; `recent` are the rows of the same key before it, the oldest first. */
  assess(row: ProcessedRow, recent: readonly ProcessedRow[]): readonly string[];
}

/** The keys of a series, all there are: a request for another is one for something unknown. */
export interface ServedKeys {
  /** What they are, in the plural: `sites`. It is the route that lists them, `GET /sites`, and the list's field. */
  readonly name: string;
  /** What is told of each, and what that means, in the order it is told; the series' key is among them. */
  readonly fields: Readonly<Record<string, string>>;
  /** The keys. What a key has beside `fields` is not told. */
  readonly items: readonly Readonly<Record<string, string | number>>[];
}

/** What a pipeline serves over HTTP. */
export interface Serves {
  readonly series: Series;
  readonly keys: ServedKeys;
  /** The API's title in its documents. */
  readonly title: string;
}
