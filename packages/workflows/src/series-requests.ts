/** What may be asked of the API of a series: read by the API itself and by its document, so that they agree. */

/** The most records that one answer has, and how many it has when nobody says. */
export const mostRecords = 10_000;

/** The parameters of a request for records, in the order they are documented. */
export const recordParameters = [
  "start",
  "end",
  "limit",
  "order",
  "cursor",
  "start_date",
  "end_date",
] as const;

export type RecordParameter = (typeof recordParameters)[number];

/** Other names of two of them, older than the rest. */
export const aliases = { start: "start_date", end: "end_date" } as const;

export const orders = ["asc", "desc"] as const;

export type Order = (typeof orders)[number];

/** The routes of records: all rows of a key, and the anomalies among them. */
export const recordRoutes = ["records", "anomalies"] as const;

export type RecordRoute = (typeof recordRoutes)[number];
