/** Where a command acts: on the laptop, or on an environment on AWS. One interface, and an opener for each. */

import type { Ledger } from "@penstock/lake/ledger.ts";
import type { Lookups } from "@penstock/lake/lookups.ts";
import type { Environment } from "@penstock/lake/names.ts";
import type { ResultColumn, ResultRows } from "@penstock/lake/queries.ts";
import type { SeriesFigures } from "@penstock/lake/series-figures.ts";
import type { Json } from "@penstock/local/athena/json-rows.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import type { Series } from "@penstock/workflows/series.ts";
import type { Table } from "apache-arrow";

/** The tables, as Athena SQL sees them. */
export interface Tables {
  readonly environment: Environment;
  /** The pipelines that are there. */
  readonly pipelines: readonly Pipeline[];
  /** What to type as long as nothing has run. */
  readonly firstCommand: string;
  /** Runs one query and gives every row, as texts. @throws AthenaError, QueryFailed */
  query(sql: string): Promise<{ readonly columns: readonly ResultColumn[]; readonly rows: ResultRows }>;
  /** Runs one query whose rows may be many, in a form that is then asked for, once. @throws AthenaError, QueryFailed */
  answer(sql: string): Promise<Answer>;
}

/** What a query answers; whatever is asked for throws AthenaError when only that shows that the query is wrong. */
export interface Answer {
  /** Bytes that it read, where that is what it costs; else null. */
  readonly scanned: number | null;
  texts(): Promise<{ readonly columns: readonly ResultColumn[]; readonly pages: Pages<ResultRows> }>;
  json(): Pages<readonly Readonly<Record<string, Json>>[]>;
  arrow(): Promise<Table>;
  /** Writes one Parquet file. */
  parquet(path: string): Promise<void>;
}

/** Rows as they come, some at a time. */
export type Pages<Rows> = AsyncIterable<Rows>;

/** Tables, and all that runs write and leave behind. */
export interface Session extends Tables {
  /** The root of the lake, ending in a slash. */
  readonly lakeUrl: string;
  /** How often what is under way is asked how it goes, in milliseconds. */
  readonly askEvery: number;
  /** Where the lines are that a run's log does not show. */
  readonly logs: string;
  /** Where this is, as JSON: what answers AWS's protocols and where the state is, both null on AWS itself. */
  readonly place: { readonly daemon: string | null; readonly home: string | null };
  /** The HTTP APIs by pipeline, where they can be told: on the laptop. */
  readonly apis: Readonly<Record<string, string>>;
  /** The same in a sentence. */
  readonly whereabouts: string;
  /** @throws WrongUsage when the pipeline is not one of those that are there */
  ledger(pipeline: string): Ledger;
  lookups(pipeline: string, key: string): Lookups;
  figures(pipeline: string, series: Series): SeriesFigures;
}

/** What a command is asked to act on. */
export interface Target {
  /** An environment on AWS; the laptop when there is none. */
  readonly env?: string | undefined;
  /** What the command is about, if it is about one. */
  readonly pipeline?: Pipeline;
}

/** Does work on the tables, which on the laptop needs no daemon. @throws Failure, WrongUsage */
export async function withTables<T>(target: Target, work: (tables: Tables) => Promise<T>): Promise<T> {
  if (target.env !== undefined) return await withSession(target, work);
  const { openLaptopTables } = await import("./laptop-tables.ts");
  return await work(await openLaptopTables());
}

/** Does work where the target is. @throws Failure, WrongUsage */
export async function withSession<T>(target: Target, work: (session: Session) => Promise<T>): Promise<T> {
  const { env, pipeline } = target;
  if (env !== undefined) return await (await import("./aws.ts")).onAws(env, pipeline, work);
  const { openLaptop } = await import("./laptop.ts");
  return await work(await openLaptop());
}
