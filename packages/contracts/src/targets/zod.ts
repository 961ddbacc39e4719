/** The run-time validator of one row, in zod, and what it finds, in the words of the one message builder. */

import * as z from "zod";
import type { Column } from "../column.ts";
import type { Dataset, Row } from "../dataset.ts";
import { type Finding, message } from "../errors.ts";
import { limits } from "../limits.ts";
import { compareDecimals, compareTimestamps, decimalPattern, timestampPattern } from "../patterns.ts";

/** @returns a schema that takes exactly the dataset's rows: no column missing, none besides */
export function validator<D extends Dataset>(dataset: D): z.ZodType<Row<D>> {
  const shape = Object.fromEntries(
    Object.entries(dataset.columns).map(([name, column]) => [
      name,
      column.nullable ? z.nullable(value(column)) : value(column),
    ]),
  );
  // The shape is built from the columns, so zod can't infer what the contract's type already says.
  return z.strictObject(shape) as unknown as z.ZodType<Row<D>>;
}

/**
 * What is wrong with a row, a message each; nothing when it is a row of the dataset.
 * Values of columns that hold personal data are not quoted.
 */
export function problems(
  dataset: Dataset,
  row: unknown,
  where: Pick<Finding, "file" | "row"> = {},
): readonly string[] {
  const checked = validator(dataset).safeParse(row);
  if (checked.success) return [];
  const messages = checked.error.issues
    .flatMap((issue) => findings(dataset, row, issue))
    .map((finding) => message({ dataset: dataset.name, ...where, ...finding }));
  // A value can fail its format and its pattern; to the reader that is one thing.
  return [...new Set(messages)];
}

function value(column: Column): z.ZodType {
  switch (column.kind) {
    case "string":
      return z.string();
    case "boolean":
      return z.boolean();
    case "integer":
      return bounded(z.int32(), column, (a, b) => a - b);
    case "long":
      return bounded(z.int(), column, (a, b) => a - b);
    case "double":
      return bounded(z.number(), column, (a, b) => a - b);
    case "decimal":
      return bounded(z.string().regex(decimalPattern(column)), column, compareDecimals);
    case "date":
      return bounded(z.iso.date(), column, compareTimestamps);
    case "timestamp":
      return bounded(z.iso.datetime().regex(timestampPattern), column, compareTimestamps);
    case "oneOf":
      return z.enum(column.values);
    default:
      return column satisfies never;
  }
}

function bounded<B extends number | string>(
  schema: z.ZodType<B>,
  column: { readonly min?: B; readonly max?: B },
  compare: (a: B, b: B) => number,
): z.ZodType {
  const { min, max } = column;
  if (min === undefined && max === undefined) return schema;
  return schema.refine(
    (found) =>
      (min === undefined || compare(found, min) >= 0) && (max === undefined || compare(found, max) <= 0),
    // A value of the wrong shape has no place in the order; its shape is what is reported.
    { when: ({ issues }) => issues.length === 0 },
  );
}

function findings(dataset: Dataset, row: unknown, issue: z.core.$ZodIssue): readonly Finding[] {
  const known = Object.keys(dataset.columns);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ problem: "unknown column", found: key, known }));
  }
  const name = String(issue.path[0] ?? "");
  const column = dataset.columns[name];
  if (column === undefined) return [{ problem: "not a row", found: typeof row, expected: "an object" }];
  const found = (row as Readonly<Record<string, unknown>>)[name];
  if (found === undefined) return [{ column: name, problem: "missing", expected: expectation(column) }];
  const quoted = column.pii === undefined ? { found: String(found) } : {};
  return [{ column: name, problem: "unusable value", ...quoted, expected: expectation(column) }];
}

function expectation(column: Column): string {
  const kind = {
    string: "text",
    boolean: "true or false",
    integer: "a whole number of 32 bits",
    long: "a whole number",
    double: "a number",
    decimal: column.kind === "decimal" ? `a decimal(${column.precision},${column.scale}) as text` : "",
    date: "a day as ISO-8601 text",
    timestamp: "an instant in UTC as ISO-8601 text",
    oneOf: column.kind === "oneOf" ? `one of ${column.values.join(", ")}` : "",
  }[column.kind];
  return [kind, limits(column), column.nullable ? "or null" : ""].filter((part) => part !== "").join(" ");
}
