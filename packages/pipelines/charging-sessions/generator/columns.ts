/** The columns of the project's own format, in the order of its files. */
export const columns = [
  "session_id",
  "operator",
  "site_id",
  "site_name",
  "charger_id",
  "charger_model",
  "connector_id",
  "connector_type",
  "started_at",
  "ended_at",
  "time_zone",
  "energy_kwh",
  "user_id",
] as const;

export type ColumnName = (typeof columns)[number];

/** One field of a row, given as its CSV fields. */
export const fieldOf = (row: readonly string[], column: ColumnName): string =>
  row[columns.indexOf(column)] ?? "";

/** The row with other fields. */
export function withFields(
  row: readonly string[],
  fields: Readonly<Partial<Record<ColumnName, string>>>,
): readonly string[] {
  return row.map((field, index) => fields[columns[index] ?? "session_id"] ?? field);
}

/** A time as the format writes it; `time` in ms since 1970. */
export const instant = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
