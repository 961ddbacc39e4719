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
