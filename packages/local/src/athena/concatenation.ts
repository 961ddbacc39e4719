/** `||`: texts, arrays, or an array and an element. */

import { coerce, unify } from "./cast.ts";
import { refuse } from "./errors.ts";
import { array, varchar } from "./type.ts";
import { made, type Value } from "./value.ts";

/** `||` joins texts, arrays, or an array and an element; NULL makes NULL. */
export function joined(left: Value, right: Value): Value {
  if (left.type.kind === "array" || right.type.kind === "array") return joinedArrays(left, right);
  if (left.type.kind === "varbinary" || right.type.kind === "varbinary") {
    throw refuse("|| on varbinary", "only texts and arrays are joined");
  }
  const [a, b] = [coerce(left, varchar, "||"), coerce(right, varchar, "||")];
  // A literal NULL would make DuckDB forget the type.
  const sql = `(${a.sql} || ${b.sql})`;
  const untyped = left.type.kind === "unknown" || right.type.kind === "unknown";
  return made(varchar, untyped ? `CAST(${sql} AS VARCHAR)` : sql, [a, b]);
}

function joinedArrays(left: Value, right: Value): Value {
  const whole = (value: Value): Value =>
    value.type.kind === "array" ? value : made(array(value.type), `[${value.sql}]`, [value]);
  if (left.type.kind === "unknown" || right.type.kind === "unknown")
    throw refuse("|| of an array and NULL", "it may mean an element");
  const { type, values } = unify([whole(left), whole(right)], "||");
  const nulls = values.map((value) => `${value.sql} IS NULL`).join(" OR ");
  return made(
    type,
    `CASE WHEN ${nulls} THEN NULL ELSE list_concat(${values.map((value) => value.sql).join(", ")}) END`,
    values,
  );
}
