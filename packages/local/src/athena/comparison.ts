/** Comparisons, with IEEE's NaN (DuckDB takes it for the largest number, equal to itself) and Trino's strict types. */

import { unify } from "./cast.ts";
import { AthenaError, refuse } from "./errors.ts";
import { instant } from "./time.ts";
import { boolean, isFloating, type Type, trinoName } from "./type.ts";
import { made, type Value } from "./value.ts";

export type Comparison = "=" | "<>" | "<" | "<=" | ">" | ">=";

export function compare(op: Comparison, left: Value, right: Value): Value {
  const [a, b] = comparable(op, left, right);
  if (!isFloating(a.type)) return made(boolean, `(${key(a)} ${op} ${key(b)})`, [left, right]);
  return made(boolean, floating(op, a, b), [left, right]);
}

/** IS [NOT] DISTINCT FROM: a NaN is not distinct from a NaN, in both engines. */
export function distinct(not: boolean, left: Value, right: Value): Value {
  const [a, b] = comparable("IS DISTINCT FROM", left, right);
  return made(boolean, `(${key(a)} IS ${not ? "NOT " : ""}DISTINCT FROM ${key(b)})`, [left, right]);
}

/** Both sides as one type that can be compared. */
export function comparable(op: string, left: Value, right: Value): [Value, Value] {
  let pair: readonly Value[];
  try {
    pair = unify([left, right], op).values;
  } catch (error) {
    if (!(error instanceof AthenaError) || error.code !== "TYPE_MISMATCH") throw error;
    const types = `${trinoName(left.type)}, ${trinoName(right.type)}`;
    throw new AthenaError("TYPE_MISMATCH", `'${op}' cannot be applied to ${types}`);
  }
  const [a, b] = pair;
  if (a === undefined || b === undefined)
    throw new AthenaError("INTERNAL_ERROR", "two values make a comparison");
  scalar(a.type, op);
  return [a, b];
}

/** Arrays, maps and rows compare otherwise when NULLs are in them. */
function scalar(type: Type, op: string): void {
  if (type.kind === "array" || type.kind === "map" || type.kind === "row") {
    throw refuse(
      `'${op}' on ${trinoName(type)}`,
      "NULLs inside compare otherwise",
      "a comparison of the elements",
    );
  }
}

/** What is compared, grouped or ordered: of a moment with its own zone, the instant. */
export function key(value: Value): string {
  return value.type.kind === "timestamptz" && value.type.zone === null ? instant(value) : value.sql;
}

/** Every comparison with NaN is false, but for <>. A literal is never NaN. */
function floating(op: Comparison, a: Value, b: Value): string {
  const plain = `${a.sql} ${op} ${b.sql}`;
  // Where a NaN would make DuckDB's answer wrong: on the larger side, or on both.
  const suspects = op === "=" || op === "<>" ? [a, b] : [op.startsWith("<") ? b : a];
  const strict = op === "<=" || op === ">=" ? [a, b] : suspects;
  const doubtful = strict.filter((value) => value.constant === undefined);
  if (doubtful.length === 0 || ((op === "=" || op === "<>") && doubtful.length < 2)) return `(${plain})`;
  const nan = doubtful.map((value) => `isnan(${value.sql})`).join(" OR ");
  const answer = op === "<>" ? "true" : "false";
  return `CASE WHEN ${nan} THEN CASE WHEN ${a.sql} IS NULL OR ${b.sql} IS NULL THEN NULL ELSE ${answer} END ELSE ${plain} END`;
}
