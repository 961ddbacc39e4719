import type { Column } from "./column.ts";
import type { Finding } from "./errors.ts";

/** Ends the check by throwing, with the dataset filled in. */
export type Fail = (finding: Finding) => never;

export function checkName(name: string, what: string, fail: Fail): void {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    fail({ problem: what, found: name, expected: "snake case: small letters, digits and _, a letter first" });
  }
}

/** A column must be possible: its name, its digits, its values, its bounds. */
export function checkColumn(name: string, column: Column, fail: Fail): void {
  checkName(name, "a column's name", (finding) => fail({ column: name, ...finding }));
  switch (column.kind) {
    case "string":
    case "boolean":
      return;
    case "oneOf": {
      if (column.values.length === 0)
        fail({ column: name, problem: "oneOf without values", expected: "at least one" });
      const twice = column.values.find((value, index) => column.values.indexOf(value) !== index);
      if (twice !== undefined) fail({ column: name, problem: "a value stands twice in oneOf", found: twice });
      // Spark, Deequ and Athena disagree about what a backslash in text means.
      const slashed = column.values.find((value) => value.includes("\\"));
      if (slashed !== undefined) {
        fail({ column: name, problem: "a value of oneOf", found: slashed, expected: "no backslash" });
      }
      return;
    }
    case "decimal":
      checkDecimal(name, column.precision, column.scale, fail);
      for (const bound of [column.min, column.max]) {
        if (bound !== undefined && !/^-?\d+(\.\d+)?$/.test(bound)) {
          fail({
            column: name,
            problem: "a bound of a decimal",
            found: bound,
            expected: "digits, such as 12.5",
          });
        }
      }
      checkOrder(name, column.min, column.max, Number, fail);
      return;
    case "integer":
    case "long":
    case "double":
      checkOrder(name, column.min, column.max, Number, fail);
      return;
    case "date":
    case "timestamp":
      for (const bound of [column.min, column.max]) checkTime(name, column.kind, bound, fail);
      checkOrder(name, column.min, column.max, Date.parse, fail);
      return;
    default:
      column satisfies never;
  }
}

function checkDecimal(column: string, precision: number, scale: number, fail: Fail): void {
  if (!Number.isInteger(precision) || precision < 1 || precision > 38) {
    fail({
      column,
      problem: "a decimal's precision",
      found: String(precision),
      expected: "a whole number, 1 to 38",
    });
  }
  if (!Number.isInteger(scale) || scale < 0 || scale > precision) {
    fail({
      column,
      problem: "a decimal's scale",
      found: String(scale),
      expected: `a whole number, 0 to ${precision}`,
    });
  }
}

function checkTime(column: string, kind: "date" | "timestamp", bound: string | undefined, fail: Fail): void {
  if (bound === undefined) return;
  const [shape, example] =
    kind === "date"
      ? [/^\d{4}-\d{2}-\d{2}$/, "2018-09-01"]
      : [/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/, "2018-09-01T00:00:00Z"];
  if (!shape.test(bound) || Number.isNaN(Date.parse(bound))) {
    fail({ column, problem: `a bound of a ${kind}`, found: bound, expected: `ISO-8601, such as ${example}` });
  }
}

export function checkOrder<B extends number | string>(
  column: string,
  min: B | undefined,
  max: B | undefined,
  value: (bound: string) => number,
  fail: Fail,
): void {
  if (min === undefined || max === undefined || value(String(min)) <= value(String(max))) return;
  fail({
    column,
    problem: "bounds the wrong way round",
    found: `${min} to ${max}`,
    expected: "the smaller first",
  });
}
