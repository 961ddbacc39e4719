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

/** What a pipeline serves over HTTP. */
export interface Serves {
  readonly series: Series;
  /** The API's title in its documents. */
  readonly title: string;
}
