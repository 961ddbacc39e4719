/** The project's own three formats: the columns of each file, in its order. */

import type { Fields } from "@penstock/sampling/breaker.ts";

export const productColumns = ["product_id", "department_id", "department", "product_name"] as const;

export const orderColumns = [
  "order_id",
  "order_num",
  "user_id",
  "order_timestamp",
  "total_amount",
  "date",
] as const;

export const itemColumns = [
  "id",
  "order_id",
  "user_id",
  "days_since_prior_order",
  "product_id",
  "add_to_cart_order",
  "reordered",
  "order_timestamp",
  "date",
] as const;

/** One field of a row, given as its CSV fields. */
export const fieldOf = <N extends string>(columns: readonly N[], row: Fields, column: N): string =>
  row[columns.indexOf(column)] ?? "";

/** The row with other fields. */
export const withFields = <N extends string>(
  columns: readonly N[],
  row: Fields,
  fields: Readonly<Partial<Record<N, string>>>,
): Fields =>
  row.map((field, index) => {
    const column = columns[index];
    return column === undefined ? field : (fields[column] ?? field);
  });

/** A time as the formats write it; `time` in ms since 1970. */
export const instant = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** Its day. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
