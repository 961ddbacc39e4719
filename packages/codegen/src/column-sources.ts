/** From which raw columns a profile's SQL computes each column: so that a NULL can be called unparsable or missing. */

import type { Dataset } from "@penstock/contracts/dataset.ts";
import { ContractError } from "@penstock/contracts/errors.ts";
import {
  Dialect,
  type LineageNode,
  lineageWithSchema,
  outputColumnsWithSchema,
  parse,
} from "@polyglot-sql/sdk";

/** What comes along with every raw row; by `_source` the runtime knows the line that a row was made of. */
const rowFacts = ["_file", "_line", "_raw", "_source"];

/** What a profile may yield besides: its own reasons against a row, an array of texts. */
const problems = "_problems";

/** A column is followed without the others of its SELECT, in a third of the time. */
const onlyItsOwn = true;

/** A profile's query for one dataset. */
export interface ProfileQuery {
  /** Where it stands, for messages. */
  readonly file: string;
  readonly sql: string;
  readonly header: readonly string[];
  readonly dataset: Dataset;
}

/**
 * Follows each column through the syntax tree, common table expressions and sub-queries included.
 *
 * @returns for each column of the dataset its raw columns, as the header writes them, in the header's order;
 *   a column that none goes into, such as a constant, is left out, and so is a remark
 *   An optional column may be left out of the SELECT: the source doesn't have it
 * @throws ContractError when the SQL can't be read, names columns that aren't there or lacks a required one
 */
export function columnSources(query: ProfileQuery): Readonly<Record<string, readonly string[]>> {
  const schema = {
    tables: [
      { name: "raw", columns: [...query.header, ...rowFacts].map((name) => ({ name, type: "STRING" })) },
    ],
  };
  const output = outputNames(query, schema);
  checkOutput(query, output);
  return Object.fromEntries(
    Object.keys(query.dataset.columns).flatMap((column) => {
      if (!output.includes(column) || query.dataset.columns[column]?.remark === true) return [];
      const traced = lineageWithSchema(column, query.sql, schema, Dialect.Spark, onlyItsOwn);
      if (!traced.success || traced.lineage === undefined) throw unreadable(query, String(traced.error));
      const raw = rawColumns(traced.lineage);
      checkRaw(query, raw);
      const sources = query.header.filter((name) => raw.has(name.toLowerCase()));
      return sources.length === 0 ? [] : [[column, sources]];
    }),
  );
}

type Schema = Parameters<typeof lineageWithSchema>[2];

function outputNames(query: ProfileQuery, schema: Schema): readonly string[] {
  const { ast, error } = parse(query.sql, Dialect.Spark);
  if (!Array.isArray(ast)) throw unreadable(query, String(error));
  if (ast.length !== 1) throw unreadable(query, `expected one statement, found ${ast.length}`);
  const found = outputColumnsWithSchema(query.sql, schema, Dialect.Spark);
  if (!found.output) throw unreadable(query, String(found.error));
  return found.output.columns.map((column) => (column.kind === "named" ? column.name : ""));
}

function checkOutput(query: ProfileQuery, found: readonly string[]): void {
  const known = Object.keys(query.dataset.columns);
  const extra = found.find((name) => !known.includes(name) && ![...rowFacts, problems].includes(name));
  const { file, dataset } = query;
  if (extra !== undefined) {
    throw new ContractError({ file, dataset: dataset.name, problem: "unknown column", found: extra, known });
  }
  const lacking = known.find((name) => !dataset.columns[name]?.nullable && !found.includes(name));
  if (lacking !== undefined) {
    throw new ContractError({
      file,
      dataset: dataset.name,
      column: lacking,
      problem: "missing in the SELECT",
    });
  }
}

/** A column that no file has would read as unresolved in Spark only, when the job runs. */
function checkRaw({ file, dataset, header }: ProfileQuery, raw: ReadonlySet<string>): void {
  const known = [...header, ...rowFacts];
  const found = [...raw].find((name) => !known.some((one) => one.toLowerCase() === name));
  if (found === undefined) return;
  throw new ContractError({
    file,
    dataset: dataset.name,
    problem: "unknown raw column",
    found,
    known: header,
  });
}

function unreadable({ file, dataset }: ProfileQuery, error: string): ContractError {
  return new ContractError({ file, dataset: dataset.name, problem: `unreadable SQL: ${error}` });
}

/** The leaves of the lineage that are columns of `raw`, in small letters: SQL's names have no case. */
function rawColumns(node: LineageNode): ReadonlySet<string> {
  const leaves = (one: LineageNode): readonly LineageNode[] =>
    one.downstream.length === 0 ? [one] : one.downstream.flatMap(leaves);
  return new Set(
    leaves(node)
      .filter(({ source_name }) => source_name === "raw")
      .map(({ name }) => name.replace(/^raw\./, "").toLowerCase()),
  );
}
