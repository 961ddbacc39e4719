/** A dataset: the one place where its columns are named, and all that follows from them is decided. */

import { checkDataset } from "./check-dataset.ts";
import type { Column, ColumnBuilder, Columns, Kind } from "./column.ts";
import { ContractError } from "./errors.ts";
import type { Gate } from "./gate.ts";

/** How a table is split into files, by a transform of one column. */
export interface Partition<N extends string = string> {
  readonly transform: "month" | "day" | "identity";
  readonly column: N;
}

/** What keeps the table: Iceberg, whose runs are staged on a branch, or Delta Lake, whose runs are one transaction. */
export type Format = "iceberg" | "delta";

/**
 * A column that names a row of another dataset by its primary key. A row whose parent has not arrived is an orphan:
 * it waits in quarantine, and is put through by the run that brings the parent.
 */
export interface ForeignKey<N extends string = string> {
  readonly column: N;
  /** The parent's name. */
  readonly dataset: string;
  /** The parent's primary key. */
  readonly key: string;
  /** The key's column there; of the same kind here. */
  readonly kind: Kind;
  /** How long a row may wait before runs report it: a count and a unit, as in `Freshness`. */
  readonly reportAfter: string;
}

/** How accepted rows reach the table: by primary key, the newest version of a row winning. */
export interface Write {
  readonly kind: "merge";
}

/**
 * A rule every row must keep, as a Spark SQL predicate over the dataset's columns.
 * A row breaks it when the predicate is FALSE; NULL passes, since a missing value is the column's matter.
 */
export interface Rule {
  readonly name: string;
  readonly predicate: string;
}

/** How late the newest row may be; `within` is a count and a unit: "36 hours", "30 minutes", "7 days". */
export interface Freshness<N extends string = string> {
  readonly column: N;
  readonly within: string;
}

/** A dataset's contract as plain data. */
export interface Dataset<C extends Columns = Columns> {
  /** The table's name, in snake case. */
  readonly name: string;
  /** What one row is called, in Pascal case: `ChargingSession`. */
  readonly row: string;
  readonly description: string;
  readonly columns: C;
  readonly primaryKey: readonly string[];
  /** Which of two versions of a row wins: the greater in these columns, then the later file, key and line. */
  readonly newestBy: readonly string[];
  readonly write: Write;
  readonly format: Format;
  readonly partitionBy: readonly Partition[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly rows: readonly Rule[];
  readonly gates: readonly Gate[];
  readonly freshness?: Freshness;
}

/** What a contract says; the names of columns are checked by the compiler and again when it is read. */
export interface DatasetFacts<B extends Readonly<Record<string, ColumnBuilder>>> {
  readonly description: string;
  readonly columns: B;
  readonly primaryKey: readonly NoInfer<keyof B & string>[];
  readonly newestBy?: readonly NoInfer<keyof B & string>[];
  readonly write: Write;
  /** `iceberg` unless it says otherwise. */
  readonly format?: Format;
  readonly partitionBy?: readonly Partition<NoInfer<keyof B & string>>[];
  readonly foreignKeys?: readonly ForeignKey<NoInfer<keyof B & string>>[];
  readonly rows?: readonly Rule[];
  readonly gates?: readonly Gate<NoInfer<keyof B & string>>[];
  readonly freshness?: Freshness<NoInfer<keyof B & string>>;
  /** What one row is called, where the table's name in the singular is not it. */
  readonly row?: string;
}

type ColumnsOf<B extends Readonly<Record<string, ColumnBuilder>>> = {
  readonly [K in keyof B]: B[K]["column"];
};

/** What one value of a column is in TypeScript. */
type Value<C extends Column> = C extends { readonly kind: "boolean" }
  ? boolean
  : C extends { readonly kind: "integer" | "long" | "double" }
    ? number
    : C extends { readonly kind: "oneOf"; readonly values: readonly (infer V)[] }
      ? V
      : string;

/** One row of a dataset: decimals and times are text, an optional column may be null. */
export type Row<D extends Dataset> = {
  -readonly [K in keyof D["columns"]]: D["columns"][K]["nullable"] extends true
    ? Value<D["columns"][K]> | null
    : Value<D["columns"][K]>;
};

/**
 * Defines a dataset.
 *
 * @throws ContractError when the contract contradicts itself, such as a key over a column that isn't there
 */
export function dataset<B extends Readonly<Record<string, ColumnBuilder>>>(
  name: string,
  facts: DatasetFacts<B>,
): Dataset<ColumnsOf<B>> {
  const columns = Object.fromEntries(
    Object.entries(facts.columns).map(([column, builder]) => [column, builder.column]),
  ) as ColumnsOf<B>;
  const defined: Dataset<ColumnsOf<B>> = {
    name,
    row: facts.row ?? rowName(name),
    description: facts.description,
    columns,
    primaryKey: facts.primaryKey,
    newestBy: facts.newestBy ?? [],
    write: facts.write,
    format: facts.format ?? "iceberg",
    partitionBy: facts.partitionBy ?? [],
    foreignKeys: facts.foreignKeys ?? [],
    rows: facts.rows ?? [],
    gates: facts.gates ?? [],
    ...(facts.freshness === undefined ? {} : { freshness: facts.freshness }),
  };
  checkDataset(defined);
  return defined;
}

export const merge = (): Write => ({ kind: "merge" });

export const month = <const N extends string>(column: N): Partition<N> => ({ transform: "month", column });

export const day = <const N extends string>(column: N): Partition<N> => ({ transform: "day", column });

/** One partition for each value of the column. */
export const identity = <const N extends string>(column: N): Partition<N> => ({
  transform: "identity",
  column,
});

/**
 * The column names a row of that dataset.
 *
 * @throws ContractError when the dataset has a key of several columns
 */
export function references<const N extends string>(
  parent: Dataset,
  column: N,
  { reportAfter = "7 days" }: { readonly reportAfter?: string } = {},
): ForeignKey<N> {
  const [key = "", ...more] = parent.primaryKey;
  const kind = parent.columns[key]?.kind;
  if (more.length > 0 || kind === undefined) {
    throw new ContractError({
      problem: `a reference to "${parent.name}"`,
      found: `the key ${parent.primaryKey.join(", ")}`,
      expected: "a key of one column",
    });
  }
  return { column, dataset: parent.name, key, kind, reportAfter };
}

export const rule = (name: string, predicate: string): Rule => ({ name, predicate });

/** `charging_sessions` → `ChargingSession`: the last word in the singular, each word capitalised. */
function rowName(dataset: string): string {
  return dataset
    .replace(/ies$/, "y")
    .replace(/(ss|x|ch|sh)es$/, "$1")
    .replace(/([^s])s$/, "$1")
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}
