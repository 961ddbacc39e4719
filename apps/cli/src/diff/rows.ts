import type { Dataset } from "@penstock/contracts/dataset.ts";
import { tableNames } from "@penstock/contracts/tables.ts";
import type { Queries, QueryResult } from "@penstock/lake/queries.ts";
import { selectAt, type Versions } from "./versions.ts";

/** The primary key of a row, each column as its text. */
export type Key = Readonly<Record<string, string | null>>;

/** What became of a table's rows from one run to another. */
export interface RowChanges {
  readonly from_snapshot: string | null;
  readonly to_snapshot: string | null;
  readonly added: number;
  readonly gone: number;
  /** Of the same primary key, with another content. */
  readonly changed: number;
  /** The first keys of each kind. */
  readonly sample: Readonly<Record<Change, readonly Key[]>>;
}

export const changes = ["added", "gone", "changed"] as const;
export type Change = (typeof changes)[number];

/** Compares a dataset's table at two snapshots by primary key and the hash of each row. @throws QueryFailed */
export async function rowChanges(
  dataset: Dataset,
  between: { readonly from: Versions; readonly to: Versions; readonly limit: number },
  queries: Queries,
): Promise<RowChanges> {
  const { curated } = tableNames(dataset);
  const from_snapshot = between.from[curated] ?? null;
  const to_snapshot = between.to[curated] ?? null;
  const found =
    from_snapshot === to_snapshot
      ? undefined
      : await queries.run(changesSql(dataset, { from_snapshot, to_snapshot, limit: between.limit }));
  return { from_snapshot, to_snapshot, ...counted(found, dataset.primaryKey, between.limit) };
}

/** Athena SQL: for each kind of change its number, and the first keys, in one row each. */
function changesSql(
  dataset: Dataset,
  of: { readonly from_snapshot: string | null; readonly to_snapshot: string | null; readonly limit: number },
): string {
  const { curated } = tableNames(dataset);
  const keys = dataset.primaryKey.map((column) => `"${column}"`);
  const columns = [...keys, "_row_hash"].join(", ");
  const first = keys[0] ?? "";
  // the first is there for the count, even when no key is wanted
  const most = Math.max(1, of.limit);
  return `WITH
earlier AS (${selectAt(columns, curated, of.from_snapshot)}),
later AS (${selectAt(columns, curated, of.to_snapshot)}),
changes AS (
  SELECT
    CASE WHEN earlier.${first} IS NULL THEN 'added' WHEN later.${first} IS NULL THEN 'gone' ELSE 'changed' END AS change,
    ${keys.map((key) => `coalesce(later.${key}, earlier.${key}) AS ${key}`).join(",\n    ")}
  FROM earlier
  FULL JOIN later ON ${keys.map((key) => `later.${key} = earlier.${key}`).join(" AND ")}
  WHERE earlier.${first} IS NULL OR later.${first} IS NULL OR earlier._row_hash <> later._row_hash
),
numbered AS (
  SELECT
    change,
    ${keys.join(", ")},
    count(*) OVER (PARTITION BY change) AS total,
    row_number() OVER (PARTITION BY change ORDER BY ${keys.join(", ")}) AS place
  FROM changes
)
SELECT change, total, ${keys.join(", ")} FROM numbered WHERE place <= ${most} ORDER BY change, place`;
}

function counted(
  found: QueryResult | undefined,
  primaryKey: readonly string[],
  limit: number,
): Pick<RowChanges, Change | "sample"> {
  const rows = found?.rows ?? [];
  const of = (change: Change) => rows.filter((row) => row[0] === change);
  const total = (change: Change): number => Number(of(change)[0]?.[1] ?? 0);
  const keys = (change: Change): Key[] =>
    of(change)
      .slice(0, limit)
      .map(([, , ...key]) => Object.fromEntries(primaryKey.map((column, at) => [column, key[at] ?? null])));
  return {
    added: total("added"),
    gone: total("gone"),
    changed: total("changed"),
    sample: { added: keys("added"), gone: keys("gone"), changed: keys("changed") },
  };
}
