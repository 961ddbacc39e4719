/** CASE, with and without an operand. */

import { coerce, unify } from "./cast.ts";
import { compare } from "./comparison.ts";
import { child, type Fields, type Node, only } from "./node.ts";
import type { Context } from "./scope.ts";
import { sub } from "./scope.ts";
import { boolean } from "./type.ts";
import { made, type Value } from "./value.ts";

export function caseWhen(f: Fields, context: Context): Value {
  only("CASE", f, ["operand", "whens", "else_", "else", "default"]);
  const operand = child(f["operand"]) === undefined ? undefined : sub(f["operand"], context);
  const whens = (Array.isArray(f["whens"]) ? f["whens"] : []) as readonly (readonly [Node, Node])[];
  const tests = whens.map(([when]) => {
    const value = context.statement.expression(when, context);
    return operand === undefined ? coerce(value, boolean, "CASE WHEN") : compare("=", operand, value);
  });
  const otherwise = child(f["else_"] ?? f["else"] ?? f["default"]);
  const results = whens.map(([, then]) => context.statement.expression(then, context));
  const last = otherwise === undefined ? [] : [context.statement.expression(otherwise, context)];
  const { type, values } = unify([...results, ...last], "CASE");
  const arms = tests.map((test, i) => `WHEN ${test.sql} THEN ${values[i]?.sql}`).join(" ");
  const ending = otherwise === undefined ? "" : ` ELSE ${values[values.length - 1]?.sql}`;
  return made(type, `CASE ${arms}${ending} END`, [...tests, ...values]);
}
